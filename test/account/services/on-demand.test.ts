import { nameOf } from '../../../account/reading.ts';
import { READINGS } from '../../../account/services/index.ts';
import { ASKS } from '../../../account/services/live.ts';
import { onDemand } from '../../../account/services/on-demand.ts';

const asks = new Map(ASKS.map((one) => [one.reading, one]));

test.each(READINGS.map((reading) => [nameOf(reading), reading] as const))(
  '%s is asked by the same ask as when all are loaded',
  async (_, reading) => {
    expect(onDemand.serves(reading)).toBe(asks.has(reading));
    expect(await onDemand.load(reading)).toBe(asks.get(reading));
  },
);

test('what nobody declares is not asked for', async () => {
  const [one] = READINGS;
  const other = { ...one } as (typeof READINGS)[number];
  expect(onDemand.serves(other)).toBe(false);
  expect(await onDemand.load(other)).toBeUndefined();
});

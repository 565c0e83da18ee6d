import type { LiveAsk } from '../live/service.ts';
import type { AsksOnDemand } from '../live/source.ts';
import type { Reading } from '../reading.ts';
import { asksIn } from './gather.ts';
import { DECLARED } from './index.ts';
import { LOADERS } from './loaders.ts';

const folders = new Map(DECLARED.map(({ reading, folder }) => [reading, folder]));
const loaded = new Map<string, Promise<ReadonlyMap<Reading, LiveAsk>>>();

/** Every ask there is. A command that reads of three services should not wait for the clients of thirty. */
export const onDemand: AsksOnDemand = {
  serves: (reading) => !reading.byHand && LOADERS[folders.get(reading) ?? ''] !== undefined,
  async load(reading) {
    const folder = folders.get(reading);
    if (folder === undefined || reading.byHand) return undefined;
    const asks = loaded.get(folder) ?? load(folder);
    loaded.set(folder, asks);
    return (await asks).get(reading);
  },
};

/** Loads what the readings will be asked with. What cannot be loaded is said when it is needed. */
export function loadAhead(readings: readonly Reading[]): void {
  for (const reading of readings) onDemand.load(reading).catch(() => {});
}

async function load(folder: string): Promise<ReadonlyMap<Reading, LiveAsk>> {
  const module = await LOADERS[folder]?.();
  return new Map(asksIn(module ? { [folder]: module } : {}).map((one) => [one.reading, one]));
}

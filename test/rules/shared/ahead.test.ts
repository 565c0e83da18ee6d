import { heldBack, inRegions } from '../../../rules/shared/ahead.ts';

/** A part that says when it goes on, and yields these. */
async function* part(said: string[], name: string, values: readonly (number | Error)[]) {
  for (const value of values) {
    said.push(`${name} goes on`);
    await Promise.resolve();
    if (value instanceof Error) throw value;
    yield value;
  }
}

const turn = () => new Promise((done) => setImmediate(done));

describe('parts that are held back', () => {
  test('all run at once, and are told in their order', async () => {
    const said: string[] = [];
    const parts = heldBack([part(said, 'a', [1, 2]), part(said, 'b', [3])]);
    await turn();
    expect(said).toEqual(['a goes on', 'b goes on', 'a goes on']);
    const told: number[] = [];
    for (const one of parts) for await (const value of one) told.push(value);
    expect(told).toEqual([1, 2, 3]);
  });

  test('tell an error in its turn', async () => {
    const [first, second] = heldBack([part([], 'a', [1]), part([], 'b', [2, new Error('no')])]);
    await turn();
    const told: number[] = [];
    for await (const value of first ?? []) told.push(value);
    const rest = (async () => {
      for await (const value of second ?? []) told.push(value);
    })();
    await expect(rest).rejects.toThrow('no');
    expect(told).toEqual([1, 2]);
  });

  test('stand still once a thousand wait', async () => {
    const said: string[] = [];
    heldBack([
      part(
        said,
        'a',
        Array.from({ length: 5000 }, (_, at) => at),
      ),
    ]);
    for (let round = 0; round < 20; round++) await turn();
    expect(said.length).toBeGreaterThan(900);
    expect(said.length).toBeLessThan(1100);
  });
});

test.each([
  [true, ['a goes on', 'b goes on', 'a goes on', 'b goes on']],
  [false, ['a goes on', 'a goes on', 'b goes on', 'b goes on']],
])('Regions of an account that is afar (%s) are judged in their order', async (isAfar, order) => {
  const said: string[] = [];
  const told: number[] = [];
  const judged = inRegions({ isAfar }, ['a', 'b'], (region) => part(said, region, [1, 2]));
  for await (const value of judged) told.push(value);
  expect(told).toEqual([1, 2, 1, 2]);
  expect(said).toEqual(order);
});

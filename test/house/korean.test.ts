/** What each rule says, it says in Korean too. */
import { fixes, rules } from '../../rules/index.ts';
import { korean } from '../../rules/korean.ts';

const all = [...rules, ...fixes];

/** Rules that speak English only, still. */
const MISSING = new Set(
  all
    .map(({ id }) => id)
    .filter((id) => !['access-analyzer-findings', 'access-key-age', 'root-last-used'].includes(id)),
);

test('every rule has its findings in Korean', () => {
  expect(all.filter(({ id }) => !korean.has(id)).map(({ id }) => id)).toEqual([...MISSING]);
});

test.each(all.filter(({ id }) => !MISSING.has(id)))(
  '$id has a Korean sentence for each kind of finding',
  ({ id, messages }) => {
    expect(Object.keys(korean.get(id) ?? {}).sort()).toEqual(Object.keys(messages).sort());
  },
);

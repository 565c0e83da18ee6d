/** What rules say of their calls, by which `groundrules cost` reckons, is what they make. */
import { askedBy } from '../../bench/asked.ts';
import { readCorpus } from '../../bench/corpus/situations.ts';
import { rules } from '../../rules/index.ts';

test('every rule says how many calls it makes', () => {
  expect(rules.filter(({ calls }) => calls === undefined).map(({ id }) => id)).toEqual([]);
});

// The others make as many as there are resources; docs/benchmarks.md has these as they grow.
const GROWING = ['ec2-no-embedded-keys', 'unused-resources'];
const ofAccount = rules.filter(({ resourceTypes }) =>
  resourceTypes.every((type) => type === 'AWS::::Account'),
);

const askedById = (id: string) => {
  const rule = rules.find((one) => one.id === id);
  const [corpus] = readCorpus([id]);
  if (!rule || !corpus) throw new Error(`corpus/${id}.json is not there`);
  return askedBy(rule, corpus);
};

test.each(GROWING)('one more resource costs %s as many calls as it says', async (id) => {
  const { each } = await askedById(id);
  expect(each).toBe(rules.find((rule) => rule.id === id)?.calls?.each);
});

test.each(ofAccount)(
  '$id makes no fewer than half of its situations do, and no more than any',
  async (rule) => {
    const [corpus] = readCorpus([rule.id]);
    if (!corpus) throw new Error(`corpus/${rule.id}.json is not there`);
    const { median, most } = await askedBy(rule, corpus);
    expect(rule.calls?.fixed).toBeGreaterThanOrEqual(median);
    expect(rule.calls?.fixed).toBeLessThanOrEqual(most);
  },
);

/** What says the same in another way has the same verdict: in every situation of every rule. */

import { pathOf, type Reading } from '../../account/reading.ts';
import { READINGS } from '../../account/services/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { Failure, fails, judged, memoryAccount } from '../support/memory.ts';
import { allSituations, type Situation } from '../support/situations.ts';

type Readings = Situation['readings'];

/** Each once: two errors about the same are one "could not tell". */
async function verdicts(
  rule: AnyRule,
  { regions = ['us-east-1'], parameters }: Situation,
  readings: Readings,
): Promise<string> {
  const said = await judged(rule, memoryAccount(readings, { regions }), parameters);
  const all = said.map(({ type, region, id, compliance }) => `${type} ${region} ${id}: ${compliance}`);
  return [...new Set(all)].sort().join('; ');
}

const otherSpelling = (code: string) =>
  code.endsWith('Exception') ? code.slice(0, -'Exception'.length) : `${code}Exception`;

/** Each answer changed by itself, of those that `change` has another for. */
const changed = (readings: Readings, change: (path: string, answer: unknown) => unknown) =>
  Object.entries(readings).flatMap(([path, answer]) => {
    const other = change(path, answer);
    return other === undefined ? [] : [{ path, readings: { ...readings, [path]: other } }];
  });

/** A list's place in answers, by the path of what it was asked about. */
const lists = READINGS.filter(({ member, within }) => member !== undefined && within === undefined);
const patterns = lists.map((reading): [RegExp, Reading] => {
  const path = pathOf(reading, { region: 'REGION', id: 'ID' });
  const of = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('REGION', '[a-z0-9-]+');
  return [new RegExp(`^${of.replace('/ID', '/.+')}$`), reading];
});
const listAt = (path: string) => patterns.find(([pattern]) => pattern.test(path))?.[1];

const elements = (path: string, answer: unknown): [member: string, all: readonly unknown[]] | undefined => {
  const member = listAt(path)?.member;
  const all = member && typeof answer === 'object' && answer !== null && Reflect.get(answer, member);
  return member && Array.isArray(all) ? [member, all] : undefined;
};

/** An element of which nothing is known. */
const withBroken = (path: string, answer: unknown) => {
  const found = elements(path, answer);
  return found && { ...(answer as object), [found[0]]: [...found[1], { Strange: true }] };
};
/** A list that has elements which nobody has read. */
const withMore = (path: string, answer: unknown) =>
  elements(path, answer) && { ...(answer as object), NextToken: 'more' };

describe.each(allSituations.map((one) => ({ id: one.rule.id, ...one })))('$id', ({ rule, situations }) => {
  test("an error code with and without the ending 'Exception'", async () => {
    const wrong: unknown[] = [];
    for (const situation of situations) {
      const said = await verdicts(rule, situation, situation.readings);
      const respelled = (_: string, answer: unknown) =>
        answer instanceof Failure ? fails(otherSpelling(answer.code)) : undefined;
      for (const { path, readings } of changed(situation.readings, respelled)) {
        const other = await verdicts(rule, situation, readings);
        if (other !== said) wrong.push({ situation: situation.situation, path, said, other });
      }
    }
    expect(wrong).toEqual([]);
  });

  test('an element of which nothing is known, and a list that goes on', async () => {
    const wrong: unknown[] = [];
    for (const situation of situations) {
      const cut = changed(situation.readings, withMore);
      const broken = changed(situation.readings, withBroken);
      for (const [at, { path, readings }] of broken.entries()) {
        const said = await verdicts(rule, situation, readings);
        const other = await verdicts(rule, situation, cut[at]?.readings ?? {});
        if (other !== said) wrong.push({ situation: situation.situation, path, broken: said, cut: other });
      }
    }
    expect(wrong).toEqual([]);
  });
});

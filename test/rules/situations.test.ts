/** Every situation of every rule: the verdict from what is printed, and the same in every other form. */
import { removeFolders } from '../account/snapshot/support.ts';
import { inEveryForm } from '../support/forms.ts';
import { judged, memoryAccount } from '../support/memory.ts';
import { allSituations } from '../support/situations.ts';
import { verdictsOf } from '../support/verdicts.ts';

afterAll(removeFolders);

const ANY = expect.any(String);
const byId = ([one]: readonly unknown[], [other]: readonly unknown[]) =>
  String(one) < String(other) ? -1 : 1;

describe.each(allSituations.map((one) => ({ id: one.rule.id, ...one })))('$id', ({ rule, situations }) => {
  test('no situation is there twice', () => {
    const titles = situations.map(({ situation }) => situation);
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
  });

  test.each(situations)('$situation', async (situation) => {
    const { readings, regions = ['us-east-1'], parameters = {}, recorded, filesOnly } = situation;
    const said = await judged(rule, memoryAccount(readings, { regions }), parameters);
    const expected = verdictsOf(situation).map(([id = said[0]?.id, [compliance, words = ANY]]) => {
      const like = words instanceof RegExp ? expect.stringMatching(words) : words;
      return compliance === 'UNKNOWN' ? [id, compliance, like, ANY] : [id, compliance, undefined, like];
    });
    const received = said.map(({ id, compliance, code, annotation }) => [id, compliance, code, annotation]);
    expect(received.sort(byId)).toEqual(expected.sort(byId));

    const forms = await inEveryForm({ rule, readings, parameters, regions, ...(recorded && { recorded }) });
    const verdicts = said
      .map(
        ({ type, id, compliance }) =>
          `${type} ${id}: ${compliance === 'UNKNOWN' ? 'could not tell' : compliance}`,
      )
      .sort();
    const { live, ...others } = forms;
    expect(others).toEqual(Object.fromEntries(Object.keys(others).map((form) => [form, verdicts])));
    // A reason that does not hold any more is as wrong as none.
    if (filesOnly) expect([filesOnly, live]).not.toEqual([filesOnly, verdicts]);
    else expect({ live }).toEqual({ live: verdicts });
  });
});

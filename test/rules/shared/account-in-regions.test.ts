import { AccountError } from '../../../account/errors.ts';
import { anyRegion, everyRegion, inEachRegion } from '../../../rules/shared/account-in-regions.ts';

const ACCOUNT = { id: '123456789012' };
const DENIED = new AccountError('AccessDenied', 'config:DescribeConfigurationRecorders', 'denied');
const WRONG = { kind: 'stopped', region: 'b' };
type Answers = Readonly<Record<string, readonly (typeof WRONG)[] | AccountError>>;
const asked = (answers: Answers) =>
  inEachRegion(Object.keys(answers), async (region) => {
    const said = answers[region] ?? [];
    if (said instanceof AccountError) throw said;
    return said;
  });
const told = (
  judgements: Iterable<{ compliance?: string; resource: { id: string; region: string }; findings?: unknown }>,
) =>
  [...judgements].map(
    ({ compliance = 'error', resource }) => `${compliance} ${resource.id} ${resource.region}`,
  );

test.each<[situation: string, answers: Answers, expected: string[]]>([
  ['all fine', { a: [], b: [] }, ['COMPLIANT 123456789012 global']],
  ['one wrong', { a: [], b: [WRONG] }, ['NON_COMPLIANT 123456789012 global']],
  ['one unread', { a: [], b: DENIED }, ['error 123456789012 b']],
  ['two unread', { a: DENIED, b: DENIED, c: [] }, ['error 123456789012 a', 'error 123456789012 b']],
  ['one wrong, one unread', { a: DENIED, b: [WRONG] }, ['NON_COMPLIANT 123456789012 global']],
  ['no Region', {}, []],
])('every Region has to be fine: %s', async (_, answers, expected) => {
  expect(told(everyRegion(ACCOUNT, await asked(answers)))).toEqual(expected);
});

test.each<[situation: string, answers: Answers, expected: string[]]>([
  ['one is', { a: [], b: [WRONG] }, ['COMPLIANT 123456789012 global']],
  ['one is, another is unread', { a: DENIED, b: [] }, ['COMPLIANT 123456789012 global']],
  ['none is', { a: [WRONG], b: [WRONG] }, ['NON_COMPLIANT 123456789012 global']],
  ['none is, another is unread', { a: [WRONG], b: DENIED }, ['error 123456789012 b']],
  ['no Region', {}, []],
])('one Region has to be fine: %s', async (_, answers, expected) => {
  const judged = anyRegion(
    ACCOUNT,
    await asked(answers),
    (said) => said.length === 0,
    (read) => read.flat(),
  );
  expect(told(judged)).toEqual(expected);
});

test('Regions are asked once each, in their order, and what is no AccountError is a bug', async () => {
  const regions: string[] = [];
  const answers = await inEachRegion(['b', 'a', 'b'], async (region) => regions.push(region));
  expect(answers.map(({ region }) => region)).toEqual(['b', 'a']);
  expect(regions).toEqual(['b', 'a']);
  await expect(inEachRegion(['a'], async () => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug');
});

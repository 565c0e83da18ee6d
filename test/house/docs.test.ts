import { join } from 'node:path';
import { fixes, rules } from '../../rules/index.ts';
import { parameter, words } from '../../rules/parameters.ts';
import { type AnyRule, every, onChange } from '../../rules/rule.ts';
import { fill, header, pages } from '../../scripts/pages.ts';
import { type ListedRule, listedRule, rulesList } from '../../scripts/rules-list.ts';
import { readingOf } from '../support/readings.ts';
import { summary } from '../support/summary.ts';

const ROOT = join(__dirname, '../..');

test('no page is out of date (npm run docs)', () => {
  const all = pages({ rules, fixes }, ROOT);
  expect(all.filter(({ text, derived }) => text !== derived).map(({ path }) => path)).toEqual([]);
  // Two pages a rule and a fix, README.md and README.ko.md; the index of fixes likewise.
  expect(all).toHaveLength(2 * (rules.length + fixes.length + 2));
});

const rule: AnyRule = {
  id: 'tidy-desk',
  severity: 'LOW',
  resourceTypes: ['AWS::S3::Bucket', 'AWS::::Account'],
  scope: 'global',
  triggers: [onChange(), every('One_Hour'), every('TwentyFour_Hours')],
  parameters: {
    names: parameter(words(), '', { en: 'Names a|b.', ko: '이름.' }),
    limit: parameter(words(), '80,443', { en: 'The limit.', ko: '한도.' }),
  },
  reads: ['s3:ListBuckets', 'iam:GetCredentialReport', 's3control:GetPublicAccessBlock'].map(readingOf),
  messages: {},
  judge: async function* () {},
  fix: {
    summary,
    options: {},
    reads: [],
    inputs: {},
    plan: () => ({ steps: [] }),
    undo: () => ({ steps: [] }),
    verify: () => ({ before: null, made: [], others: [] }),
  },
};

/** A table without the spaces that align it. */
const cells = (text: string) => text.replace(/ +\|/g, ' |').replace(/-{3,}/g, '---');

test('a header says what the rule reports on, when it runs, what it may read and what can be set', () => {
  expect(cells(header(rule, 'en'))).toBe(`| Severity | LOW |
| --- | --- |
| Reports on | \`AWS::S3::Bucket\`, \`AWS::::Account\` |
| Runs | when a resource changes, every hour, every 24 hours |
| Scope | global: judged in the home Region only |
| IAM actions, to read | \`iam:GenerateCredentialReport\`, \`iam:GetCredentialReport\`, \`s3:GetAccountPublicAccessBlock\`, \`s3:ListAllMyBuckets\` |
| Function | \`dist/lambda/tidy-desk/index.mjs\` |

| Parameter | Default | Meaning |
| --- | --- | --- |
| \`names\` | (empty) | Names a\\|b |
| \`limit\` | \`80,443\` | The limit |`);
});

test('the Korean header differs in words only', () => {
  const shape = (text: string) => text.split('\n').map((line) => line.split('|').length);
  expect(shape(header(rule, 'ko').replace('a|b', 'a'))).toEqual(
    shape(header(rule, 'en').replace('a\\|b', 'a')),
  );
  expect(cells(header(rule, 'ko'))).toContain('| 실행 시점 | 리소스가 바뀔 때, 1시간마다, 24시간마다 |');
});

const document = `
schemaVersion: '0.3'
assumeRole: '{{ AutomationAssumeRole }}'
parameters:
  AutomationAssumeRole: { type: String, description: The role., default: '' }
  Desk: { type: String, description: The desk. }
  Mode: { type: String, description: How., default: Preview }
mainSteps:
  - { name: Block, action: aws:executeAwsApi, inputs: { Service: s3, Api: PutPublicAccessBlock, Bucket: '{{ Desk }}' } }
  - { name: Tell, action: aws:invokeLambdaFunction, inputs: { FunctionName: groundrules-tidy-desk } }
`;

test('a header says what the document needs, and what else can be set', () => {
  const options = { Force: parameter(words(), 'false', { en: 'Whether.', ko: '여부.' }) };
  const fix = { ...rule.fix, options, reads: ['s3:ListBuckets', 's3:GetBucketPolicy'].map(readingOf) };
  const text = cells(header({ ...rule, fix }, 'en', document));
  expect(text).toContain(`| IAM actions, to read for a fix | \`s3:GetBucketPolicy\` |
| Function | \`dist/lambda/tidy-desk/index.mjs\` |
| Document | \`Groundrules-TidyDesk\` |
| Document's IAM actions | \`lambda:InvokeFunction\`, \`s3:PutBucketPublicAccessBlock\` |`);
  expect(text).toMatch(
    /\| Document's own parameter \| Default \| Meaning \|\n.*\n\| `Force` \| `false` \| Whether \|$/,
  );
  const korean = cells(header({ ...rule, fix }, 'ko', document));
  expect(korean.split('\n')).toHaveLength(text.split('\n').length);
});

test('a fix of what a managed rule reports says which', () => {
  const text = cells(header({ ...rule, triggers: [], detectedBy: 'DESK_TIDY' }, 'en'));
  expect(text).toContain('| Reported by | the AWS managed rule `DESK_TIDY` |');
  expect(text).not.toContain('Runs');
  expect(cells(header({ ...rule, triggers: [] }, 'en'))).toContain(
    '| Runs | when somebody starts its document |',
  );
});

test('a rule without parameters has no table of them', () => {
  expect(header({ ...rule, parameters: {} }, 'en')).not.toContain('Parameter');
});

const listed: ListedRule[] = [
  { id: 'tidy-desk', severity: 'LOW', place: 'workloads', sentence: 'Every desk is tidy.' },
  { id: 'locked-door', severity: 'HIGH', place: 'root', sentence: 'The door is locked.' },
  { id: 'open-window', severity: 'LOW', place: 'none', sentence: 'No window is open.' },
  { id: 'clean-floor', severity: 'LOW', place: 'workloads', sentence: 'Every floor is clean.' },
];

test('README lists the rules by pack, in the order of the packs', () => {
  expect(rulesList(listed, 'en')).toBe(`**Root user and account**

| Rule | Severity | What has to hold |
| --- | --- | --- |
| [locked-door](rules/locked-door/README.md) | HIGH | The door is locked. |

**Workloads and data**

| Rule | Severity | What has to hold |
| --- | --- | --- |
| [tidy-desk](rules/tidy-desk/README.md) | LOW | Every desk is tidy. |
| [clean-floor](rules/clean-floor/README.md) | LOW | Every floor is clean. |

**In no pack**

| Rule | Severity | What has to hold |
| --- | --- | --- |
| [open-window](rules/open-window/README.md) | LOW | No window is open. |`);
  expect(rulesList(listed, 'ko')).toContain('| [tidy-desk](rules/tidy-desk/README.ko.md) | LOW |');
});

test('README says of a rule what its page begins with', () => {
  expect(listedRule(rules.find(({ id }) => id === 'trail-object-lock') as AnyRule, 'en', ROOT)).toMatchObject(
    {
      place: 'logging',
      sentence: expect.stringMatching(/^Every CloudTrail trail delivers .* or overwritten, long enough\.$/),
    },
  );
});

test.each([
  ['between the marks', 'a\n<!-- x -->\nold\n<!-- /x -->\nb', 'a\n<!-- x -->\nnew $1\n<!-- /x -->\nb'],
  ['between marks with nothing in them', '<!-- x -->\n<!-- /x -->', '<!-- x -->\nnew $1\n<!-- /x -->'],
  ['nowhere without marks', 'a <!-- x --> b', undefined],
])('fills in %s', (_, text, filled) => {
  expect(fill(text, 'x', 'new $1')).toBe(filled);
  if (filled) expect(fill(filled, 'x', 'new $1')).toBe(filled);
});

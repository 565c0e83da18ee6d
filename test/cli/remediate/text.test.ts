import type { Item } from '../../../cli/remediate/outcome.ts';
import { previewText, resultText } from '../../../cli/remediate/text.ts';

const STYLE = { colour: false, width: 80, language: 'en' } as const;
const ACCOUNT = '123456789012';
const item = (more: Partial<Item> = {}): Item => ({
  rule: 'sg-open-ports',
  severity: 'HIGH',
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: 'sg-1',
  resourceName: 'web',
  region: 'us-east-1',
  outcome: 'WouldChange',
  changed: false,
  compliance: 'NON_COMPLIANT',
  annotation: 'tcp 22 open to 0.0.0.0/0',
  message: '',
  plan: {
    steps: [
      {
        api: 'ec2:RevokeSecurityGroupIngress',
        input: { GroupId: 'sg-1', SecurityGroupRuleIds: ['sgr-1'] },
        why: 'tcp 22 revoked',
      },
    ],
    refusals: ['tcp 23 is in use'],
    uses: ['Access key AKIA1: last used at noon (s3).'],
    warnings: ['Whoever is connected stays so.'],
    manual: ['Tell them.'],
  },
  ...more,
});

test('a preview says what, why and by which call, and no JSON', () => {
  expect(
    previewText(item(), ACCOUNT, STYLE, true),
  ).toBe(`sg-open-ports: web (sg-1) HIGH, account 123456789012, us-east-1
NON_COMPLIANT: tcp 22 open to 0.0.0.0/0
Would change:
  1. tcp 22 revoked
     ec2:RevokeSecurityGroupIngress
      GroupId: sg-1
      SecurityGroupRuleIds:
        - sgr-1
Refused:
  - tcp 23 is in use
Used:
  - Access key AKIA1: last used at noon (s3).
Mind:
  - Whoever is connected stays so.
Left to you:
  - Tell them.
`);
});

test('in a list, a change is one line', () => {
  const text = previewText(item(), ACCOUNT, STYLE, false);
  expect(text).toContain('  1. tcp 22 revoked (ec2:RevokeSecurityGroupIngress)\n');
  expect(text).not.toContain('SecurityGroupRuleIds');
});

test.each([40, 60])('nothing is wider than a terminal of %i columns', (width) => {
  const long = 'a sentence of some length '.repeat(4).trim();
  const plan = {
    steps: [{ api: 'ec2:RevokeSecurityGroupIngress', input: { GroupId: 'sg-1' }, why: long }],
    refusals: [long],
    uses: [long],
    warnings: [long],
    manual: [long],
  };
  const style = { ...STYLE, width };
  const texts = [
    previewText(item({ annotation: long, plan }), ACCOUNT, style, true),
    resultText(item({ outcome: 'Left', message: long }), ACCOUNT, style),
  ];
  expect(texts.flatMap((text) => text.split('\n')).filter((line) => line.length > width)).toEqual([]);
});

test('with nothing to do it says why', () => {
  const { plan, ...other } = item({
    outcome: 'Nothing',
    annotation: '',
    message: 'sg-1 is COMPLIANT: nothing to change.',
  });
  expect(previewText(other, ACCOUNT, STYLE, true)).toMatch(/\nsg-1 is COMPLIANT: nothing to change\.\n$/);
});

test('a name that would steer the terminal is shown as what it is', () => {
  const evil = '\u001B[2J\u202Eweb\r\n';
  const steps = [{ api: 'ec2:X', input: { Description: evil, [evil]: 1 }, why: evil }];
  const plan = { steps, refusals: [evil], uses: [evil], warnings: [], manual: [] };
  const text = previewText(item({ resourceName: evil, annotation: evil, plan }), ACCOUNT, STYLE, true);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must not be there.
  expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
  expect(text).toContain('\\u{1b}[2J\\u{202e}web');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
  expect(resultText(item({ message: evil }), ACCOUNT, STYLE)).not.toMatch(/\u001B/);
});

describe('what came of it', () => {
  test('names the record, and how to undo', () => {
    const done = item({ outcome: 'Done', changed: true, message: 'Changed.', record: "runs/it's.json" });
    expect(resultText(done, ACCOUNT, STYLE)).toMatch(
      /\nDone\. Changed\.\nRecord: runs\/it's\.json\nTo undo: groundrules remediate --undo 'runs\/it'\\''s\.json'\n$/,
    );
  });

  test.each([
    [true, /Some of it may have been done\./],
    [false, /Nothing was changed\./],
  ])('a failure says whether something was changed: %s', (changed, message) => {
    expect(
      resultText(item({ outcome: 'Failed', changed, message: 'Block: denied' }), ACCOUNT, STYLE),
    ).toMatch(message);
  });
});

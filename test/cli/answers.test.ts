import { join } from 'node:path';
import {
  ACCOUNT,
  describedGroup,
  folderOf,
  groupItem,
  removeFolders,
  snapshotFile,
} from '../account/snapshot/support.ts';
import { evaluate } from './support.ts';

afterAll(removeFolders);

const ARN = `arn:aws:ec2:eu-west-1:${ACCOUNT}:security-group/sg-1`;
const own = { ...describedGroup('sg-1', 22), OwnerId: ACCOUNT };
const full = { ...own, SecurityGroupArn: ARN };
const OPEN = ['sg-open-ports sg-1: NON_COMPLIANT'];
const where = { account: ACCOUNT, region: ['us-east-1'] };

async function judged(content: unknown, options = {}) {
  return evaluate([join(await folderOf({ file: content }), 'file')], options);
}

describe('one answer of the aws command is judged', () => {
  test.each<[situation: string, content: unknown, options: object]>([
    ['that says whose it is', { SecurityGroups: [full] }, {}],
    ['whose Region an option says', { SecurityGroups: [own] }, { region: ['us-east-1'] }],
    ['that says nothing', { SecurityGroups: [describedGroup('sg-1', 22)] }, where],
    ['--query SecurityGroups', [own], { region: ['us-east-1'] }],
    ["--query 'SecurityGroups[0]'", full, {}],
  ])('%s', async (_situation, content, options) => {
    const { report, said } = await judged(content, options);
    expect(said).toEqual(OPEN);
    expect(report.accountIds).toEqual([ACCOUNT]);
  });

  test('several of one account together', async () => {
    const folder = await folderOf({
      a: { SummaryMap: { AccountMFAEnabled: 1, AccountPasswordPresent: 1 } },
      b: { SecurityGroups: [full] },
    });
    const { said } = await evaluate([join(folder, 'a'), join(folder, 'b')], { rule: ['sg-open-ports'] });
    expect(said).toEqual(OPEN);
  });

  test.each<[situation: string, content: unknown, options: object, message: RegExp]>([
    ['no Region', { SecurityGroups: [own] }, {}, /does not say of which Region.*--region/],
    [
      'no account',
      { Buckets: [{ Name: 'b', CreationDate: 'x' }] },
      {},
      /"aws s3api list-buckets".*--account/,
    ],
    [
      'another account',
      { SecurityGroups: [full] },
      { account: '999999999999' },
      /is of account 111122223333/,
    ],
    ['another Region', { SecurityGroups: [full] }, { region: ['us-east-1'] }, /nothing of this Region/],
    ['an account that is none', { SecurityGroups: [full] }, { account: '1' }, /twelve digits/],
    ['a bucket’s ACL', { Owner: {}, Grants: [] }, where, /of which bucket.*get-bucket-acl\/<bucket>\.json/],
    ['a group’s users', { Users: [], Group: {} }, where, /iam get-group.*list-users/],
    ['YAML', 'SecurityGroups:\n- GroupId: sg-1\n', where, /YAML.*--output json/],
    ['text', 'SECURITYGROUPS\tdefault\tsg-1\n', where, /--output text.*--output json/],
    [
      'an error',
      '\nAn error occurred (UnauthorizedOperation) when calling the DescribeSecurityGroups operation: No.\n',
      where,
      /UnauthorizedOperation when calling DescribeSecurityGroups: No\./,
    ],
  ])('or refused with what helps: %s', async (_situation, content, options, message) => {
    await expect(judged(content, options)).rejects.toThrow(message);
  });
});

describe('the bucket that AWS Config delivers to', () => {
  const region = `prefix/AWSLogs/o-abc1234567/${ACCOUNT}/Config/eu-west-1`;
  const at = (kind: string, time: string) =>
    `${region}/2026/11/1/${kind.split('_')[0]}/${ACCOUNT}_Config_eu-west-1_${kind}_${time}_1.json.gz`;
  const bucket = async () =>
    folderOf(
      Object.fromEntries(
        [
          [at('ConfigSnapshot', '20261101T000000Z'), '2026-11-01T00:00:00.000Z', 443] as const,
          [at('ConfigSnapshot', '20261001T000000Z'), '2026-12-01T00:00:00.000Z', 443] as const,
          [
            at('ConfigHistory_AWS::EC2::SecurityGroup', '20261102T000000Z_20261102T010000Z'),
            '2026-11-02T00:00:00.000Z',
            22,
          ] as const,
        ].map(([name, captured, port]) => [
          name,
          snapshotFile(
            groupItem('sg-1', port, { awsRegion: 'eu-west-1', configurationItemCaptureTime: captured }),
          ),
        ]),
      ),
    );

  test.each([
    '',
    'prefix',
    'prefix/AWSLogs',
    `prefix/AWSLogs/o-abc1234567`,
    region.replace(/\/Config.*/, ''),
    region.replace(/\/eu-west-1$/, ''),
    region,
    `${region}/2026`,
  ])('from the level %j on: the newest snapshot, and what changed since', async (level) => {
    expect((await evaluate([join(await bucket(), level)])).said).toEqual(OPEN);
  });

  test('without any file of items', async () => {
    const folder = await folderOf({ [`AWSLogs/${ACCOUNT}/Config/ConfigWritabilityCheckFile`]: '' });
    await expect(evaluate([folder])).rejects.toThrow(/deliver-config-snapshot/);
  });
});

import { LiveError } from '../../../account/live/failures.ts';
import { nameOf, type Reading } from '../../../account/reading.ts';
import { securityGroups } from '../../../account/services/ec2/readings.ts';
import { accountSummary, users } from '../../../account/services/iam/readings.ts';
import { bucketPolicy, buckets, bucketVersioning } from '../../../account/services/s3/readings.ts';
import { accountPublicAccessBlock } from '../../../account/services/s3control/readings.ts';
import { deliveredAccount } from '../../../account/snapshot/account.ts';
import type { ConfigFile } from '../../../account/snapshot/config-files.ts';
import { unentered } from '../../../account/snapshot/filled.ts';
import type { Source } from '../../../account/source.ts';
import { fileOf } from '../../support/delivered.ts';
import { ACCOUNT, bucketItem, groupItem, listedUntil } from './support.ts';

const HERE = { region: 'us-east-1' };
const ELSEWHERE = { region: 'eu-west-1' };

const file = (bytes: Buffer, region = 'us-east-1'): ConfigFile => ({
  ...{
    path: `s3://logs/${region}`,
    label: `s3://logs/${region}`,
    region,
    accountId: ACCOUNT,
    isDelivered: true,
  },
  async *bytes() {
    yield bytes;
  },
});

/** The account itself, which has changed since, and what it was asked. */
function live(): { source: Source; asked: string[] } {
  const asked: string[] = [];
  const answers = new Map<Reading, unknown>([
    [securityGroups, { SecurityGroups: [{ GroupId: 'sg-live', GroupName: 'live', IpPermissions: [] }] }],
    [buckets, { Buckets: [{ Name: 'bucket-live' }] }],
    [bucketPolicy, { Policy: '{"Statement":"live"}' }],
    [bucketVersioning, { Status: 'Enabled' }],
    [users, { Users: [] }],
    [accountPublicAccessBlock, null],
    [accountSummary, { SummaryMap: { AccountMFAEnabled: 1 } }],
  ]);
  const source: Source = {
    accountId: ACCOUNT,
    regions: [],
    async read(reading, target = {}) {
      asked.push([nameOf(reading), target.id, target.region].filter(Boolean).join(' '));
      return answers.get(reading);
    },
  };
  return { source, asked };
}

const FILES = [file(fileOf(groupItem('sg-1', 22), bucketItem('bucket-1')))];

test('what items tell is never asked, and wins', async () => {
  const { source, asked } = live();
  const { account } = await deliveredAccount(ACCOUNT, FILES, ['us-east-1'], source);
  const groups = await listedUntil(account.each(securityGroups, HERE));
  expect(groups).toEqual({ values: [expect.objectContaining({ id: 'sg-1' })] });
  expect(await account.read(buckets)).toMatchObject([{ name: 'bucket-1' }]);
  expect(await account.read(bucketPolicy, { id: 'bucket-1' })).toBe('{"Statement":"item"}');
  expect(asked).toEqual([]);
});

test('what no item tells, the account answers: readings, types and Regions that are not recorded', async () => {
  const { source, asked } = live();
  const { account } = await deliveredAccount(
    ACCOUNT,
    [...FILES, file(fileOf(), 'eu-west-1')],
    ['us-east-1', 'eu-west-1'],
    source,
  );
  expect(account.regions).toEqual(['eu-west-1', 'us-east-1']);
  expect(await account.read(users)).toEqual([]);
  expect(await account.read(accountPublicAccessBlock)).toBeNull();
  expect(await account.read(bucketVersioning, { id: 'bucket-1' })).toBeDefined();
  const groups = await listedUntil(account.each(securityGroups, ELSEWHERE));
  expect(groups.values).toMatchObject([{ id: 'sg-live' }]);
  expect(asked.sort()).toEqual([
    'ec2:DescribeSecurityGroups eu-west-1',
    'iam:ListUsers',
    's3:GetBucketVersioning bucket-1',
    's3control:GetPublicAccessBlock',
  ]);
});

test('a list that a broken file may have more of stays one, whatever the account says', async () => {
  const { source, asked } = live();
  const cut = file(fileOf(groupItem('sg-2', 443)).subarray(0, 60), 'eu-west-1');
  const { account } = await deliveredAccount(ACCOUNT, [...FILES, cut], ['us-east-1', 'eu-west-1'], source);
  const { values, error } = await listedUntil(account.each(securityGroups, ELSEWHERE));
  expect(values).toEqual([]);
  expect(error).toMatchObject({ code: 'Malformed', message: expect.stringContaining('s3://logs/eu-west-1') });
  await expect(account.read(buckets)).rejects.toMatchObject({ code: 'Malformed' });
  expect(asked).toEqual([]);
});

test('of an account that nobody is let into, that is the error of what no item tells, and of nothing else', async () => {
  const closed = unentered(ACCOUNT, new LiveError('AccessDenied', 'sts:AssumeRole of arn:x: access denied'));
  const { account } = await deliveredAccount(ACCOUNT, FILES, ['us-east-1'], closed);
  expect((await listedUntil(account.each(securityGroups, HERE))).error).toBeUndefined();
  await expect(account.read(accountSummary)).rejects.toMatchObject({
    code: 'AccessDenied',
    api: 'iam:GetAccountSummary',
    message: 'iam:GetAccountSummary: sts:AssumeRole of arn:x: access denied',
  });
});

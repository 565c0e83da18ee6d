import { join } from 'node:path';
import {
  ConfigServiceClient,
  DescribeConfigurationRecordersCommand,
  GetDiscoveredResourceCountsCommand,
  type RecordingGroup,
  type ResourceType,
} from '@aws-sdk/client-config-service';
import { mockClient } from 'aws-sdk-client-mock';
import { readAccount } from '../../../account/open.ts';
import { configFilesOf } from '../../../account/snapshot/config-files.ts';
import { snapshotSource } from '../../../account/snapshot/source.ts';
import { countAccount, countConfigFiles } from '../../../cli/cost/count.ts';
import { Counts } from '../../../cli/cost/counts.ts';
import { countRecorded, records } from '../../../cli/cost/recorded.ts';
import {
  ACCOUNT,
  accountFolder,
  type Files,
  folderOf,
  groupItem,
  item,
  removeFolders,
  snapshotFile,
} from '../../account/snapshot/support.ts';

afterAll(removeFolders);

const BUCKET = 'AWS::S3::Bucket';
const REGIONS = ['us-east-1', 'eu-west-1'];

async function counted(files: Files): Promise<Counts> {
  const source = snapshotSource(await accountFolder(files));
  return countAccount(readAccount(source), REGIONS, 'us-east-1');
}
const denied = (file: string) => ({
  'errors.json': [{ file, code: 'AccessDenied', message: 'no' }],
});

describe('the lists of an account', () => {
  test('buckets by Region; where nobody knows, at home', async () => {
    const counts = await counted({
      'global/s3api/list-buckets.json': {
        Buckets: [
          { Name: 'one', BucketRegion: 'us-east-1' },
          { Name: 'two', BucketRegion: 'ap-northeast-2' },
          { Name: 'three' },
        ],
      },
    });
    expect(REGIONS.map((region) => counts.get(BUCKET, region))).toEqual([2, 0]);
    expect(counts.get(BUCKET, 'ap-northeast-2')).toBe(1);
  });

  test('what was not collected is not known, and not zero', async () => {
    const counts = await counted({ 'us-east-1/ec2/describe-security-groups.json': { SecurityGroups: [] } });
    expect(counts.get(BUCKET, 'us-east-1')).toBeUndefined();
    expect(counts.get('AWS::EC2::SecurityGroup', 'us-east-1')).toBe(0);
    expect(counts.get('AWS::EC2::SecurityGroup', 'eu-west-1')).toBeUndefined();
    expect(counts.get('AWS::RDS::DBInstance', 'us-east-1')).toBeUndefined();
    expect(counts.why('AWS::RDS::DBInstance', 'us-east-1')).toBeUndefined();
  });

  test('what was denied is not known, and why', async () => {
    const counts = await counted({
      ...denied('us-east-1/ec2/describe-security-groups.json'),
      'us-east-1/cloudtrail/describe-trails.json': { trailList: [] },
    });
    expect(counts.get('AWS::EC2::SecurityGroup', 'us-east-1')).toBeUndefined();
    expect(counts.why('AWS::EC2::SecurityGroup', 'us-east-1')).toMatch(
      /ec2:DescribeSecurityGroups.*AccessDenied/,
    );
  });

  test('an element that cannot be read is a resource nevertheless', async () => {
    const counts = await counted({
      'us-east-1/ec2/describe-security-groups.json': {
        SecurityGroups: [
          { GroupId: 'sg-1', GroupName: 'a', IpPermissions: [], VpcId: 'vpc-1' },
          { GroupId: 'sg-2', GroupName: 'b', IpPermissions: 'none' },
        ],
      },
    });
    expect(counts.get('AWS::EC2::SecurityGroup', 'us-east-1')).toBe(2);
  });

  test('trails at home in the Region, of the account', async () => {
    const trail = (name: string, region: string, account = ACCOUNT) => ({
      Name: name,
      HomeRegion: region,
      TrailARN: `arn:aws:cloudtrail:${region}:${account}:trail/${name}`,
      S3BucketName: 'logs',
    });
    const trailList = [
      trail('own', 'us-east-1'),
      trail('shadow', 'eu-west-1'),
      trail('org', 'us-east-1', '999988887777'),
    ];
    const counts = await counted({ 'us-east-1/cloudtrail/describe-trails.json': { trailList } });
    expect(counts.get('AWS::CloudTrail::Trail', 'us-east-1')).toBe(1);
  });

  test('IAM’s own summary, and its list where there is one', async () => {
    const summary = {
      'global/iam/get-account-summary.json': { SummaryMap: { Users: 3, Policies: 7, Roles: 9 } },
    };
    const counts = await counted(summary);
    expect(
      ['User', 'Policy', 'Role', 'Group'].map((name) => counts.get(`AWS::IAM::${name}`, 'us-east-1')),
    ).toEqual([3, 7, 9, undefined]);
    const user = { UserName: 'a', UserId: 'AIDA1', Arn: `arn:aws:iam::${ACCOUNT}:user/a` };
    const listed = await counted({ ...summary, 'global/iam/list-users.json': { Users: [user] } });
    expect(listed.get('AWS::IAM::User', 'us-east-1')).toBe(1);
  });
});

describe('AWS Config files', () => {
  const volume = (id: string, more: Record<string, unknown> = {}) => item('AWS::EC2::Volume', id, more);
  async function files(
    ...items: object[][]
  ): Promise<Map<string, { regions: readonly string[]; counts: Counts }>> {
    const folder = await folderOf(
      Object.fromEntries(
        items.map((some, index) => [`us-east-1/config/${index}.json`, snapshotFile(...some)]),
      ),
    );
    return countConfigFiles(configFilesOf(folder, ['us-east-1']));
  }

  test('any type, each resource once, those that are there', async () => {
    const later = { configurationItemCaptureTime: '2026-11-02T00:00:00.000Z' };
    const found = await files(
      [volume('vol-1'), volume('vol-2'), volume('vol-3'), groupItem('sg-1', 22)],
      [volume('vol-1', later), volume('vol-2', { ...later, configurationItemStatus: 'ResourceDeleted' })],
    );
    const { counts, regions } = found.get(ACCOUNT) ?? { counts: new Counts(), regions: [] };
    expect(regions).toEqual(['us-east-1']);
    expect(counts.get('AWS::EC2::Volume', 'us-east-1')).toBe(2);
    expect(counts.get('AWS::EC2::SecurityGroup', 'us-east-1')).toBe(1);
    expect(counts.get('AWS::EC2::Instance', 'us-east-1')).toBeUndefined();
  });

  test('a deletion that is older than the item does not count', async () => {
    const older = {
      configurationItemCaptureTime: '2026-10-01T00:00:00.000Z',
      configurationItemStatus: 'ResourceDeleted',
    };
    const found = await files([volume('vol-1')], [volume('vol-1', older)]);
    expect(found.get(ACCOUNT)?.counts.get('AWS::EC2::Volume', 'us-east-1')).toBe(1);
  });

  test('of a type whose resources are all gone there are none', async () => {
    const found = await files([volume('vol-1', { configurationItemStatus: 'ResourceDeleted' })]);
    expect(found.get(ACCOUNT)?.counts.get('AWS::EC2::Volume', 'us-east-1')).toBe(0);
  });

  test('accounts and Regions apart', async () => {
    const found = await files([
      volume('vol-1'),
      volume('vol-1', { awsRegion: 'eu-west-1' }),
      volume('vol-1', { awsAccountId: '999988887777' }),
    ]);
    expect([...found.keys()].sort()).toEqual([ACCOUNT, '999988887777']);
    expect(REGIONS.map((region) => found.get(ACCOUNT)?.counts.get('AWS::EC2::Volume', region))).toEqual([
      1, 1,
    ]);
  });

  test('a file that ends early is an error that names it', async () => {
    const folder = await folderOf({ 'us-east-1/config/cut.json': '{"configurationItems":[{"resourceType":' });
    const cut = configFilesOf(folder, ['us-east-1']);
    await expect(countConfigFiles(cut)).rejects.toThrow(/us-east-1\/config\/cut\.json/);
    expect(cut[0]?.path).toBe(join(folder, 'us-east-1/config/cut.json'));
  });
});

describe('one source and another', () => {
  const counts = (...all: [type: string, region: string, count: number][]) => {
    const made = new Counts();
    for (const [type, region, count] of all) made.set(type, region, count);
    return made;
  };
  test('the first wins, the second fills in', () => {
    const both = counts([BUCKET, 'us-east-1', 1]).or(
      counts([BUCKET, 'us-east-1', 5], [BUCKET, 'eu-west-1', 7]),
    );
    expect(REGIONS.map((region) => both.get(BUCKET, region))).toEqual([1, 7]);
  });
  test('the first knows all: the second has no say', () => {
    const whole = counts([BUCKET, 'us-east-1', 1]);
    whole.complete(BUCKET);
    const both = whole.or(counts([BUCKET, 'us-east-1', 5], [BUCKET, 'eu-west-1', 7]));
    expect(REGIONS.map((region) => both.get(BUCKET, region))).toEqual([1, 0]);
  });
  test('the second knows all: what the first says of a Region still holds', () => {
    const whole = counts([BUCKET, 'us-east-1', 5]);
    whole.complete(BUCKET);
    const both = counts([BUCKET, 'us-east-1', 1]).or(whole);
    expect(REGIONS.map((region) => both.get(BUCKET, region))).toEqual([1, 0]);
  });
  test('what a list says of users wins over what AWS Config has recorded of them', async () => {
    const user = { UserName: 'a', UserId: 'AIDA1', Arn: `arn:aws:iam::${ACCOUNT}:user/a` };
    const listed = await counted({ 'global/iam/list-users.json': { Users: [user] } });
    const both = listed.or(counts(['AWS::IAM::User', 'us-east-1', 4]));
    expect(both.get('AWS::IAM::User', 'us-east-1')).toBe(1);
  });
  test('a user that several Regions have recorded is one user', () => {
    const users = counts(['AWS::IAM::User', 'us-east-1', 4], ['AWS::IAM::User', 'eu-west-1', 4]);
    expect(users.get('AWS::IAM::User', 'us-east-1')).toBe(4);
  });
});

describe('what AWS Config has recorded', () => {
  const config = mockClient(ConfigServiceClient);
  beforeEach(() => config.reset());
  const TYPES = ['AWS::EC2::Instance', 'AWS::EC2::Volume', 'AWS::IAM::User'];

  function answers(recordingGroup: RecordingGroup | undefined, ...pages: Record<string, number>[]): void {
    const ConfigurationRecorders = recordingGroup ? [{ name: 'default', recordingGroup }] : [];
    config.on(DescribeConfigurationRecordersCommand).resolves({ ConfigurationRecorders });
    const call = config.on(GetDiscoveredResourceCountsCommand);
    pages.forEach((page, index) => {
      call.resolvesOnce({
        resourceCounts: Object.entries(page).map(([type, count]) => ({
          resourceType: type as ResourceType,
          count,
        })),
        ...(index < pages.length - 1 && { nextToken: `${index}` }),
      });
    });
  }
  const ask = () => countRecorded({}, ['us-east-1'], TYPES);
  const said = (counts: Counts) => TYPES.map((type) => counts.get(type, 'us-east-1'));

  test('all pages; a type that is recorded and not there has none', async () => {
    answers(
      { allSupported: true, includeGlobalResourceTypes: true },
      { 'AWS::EC2::Instance': 12 },
      { 'AWS::EC2::VPC': 3 },
    );
    expect(said(await ask())).toEqual([12, 0, 0]);
    expect(config.commandCalls(GetDiscoveredResourceCountsCommand)).toHaveLength(2);
  });

  test('a type that is not recorded is not known', async () => {
    answers({ resourceTypes: ['AWS::EC2::Instance', 'AWS::EC2::Volume'] }, { 'AWS::EC2::Instance': 12 });
    const counts = await ask();
    expect(said(counts)).toEqual([12, 0, undefined]);
    expect(counts.why('AWS::IAM::User', 'us-east-1')).toBe(
      'AWS Config does not record AWS::IAM::User in us-east-1',
    );
  });

  test('with the recorder off, or none, nothing is known', async () => {
    answers({ allSupported: true, includeGlobalResourceTypes: true }, {});
    expect(said(await ask())).toEqual([undefined, undefined, undefined]);
    config.reset();
    answers(undefined, {});
    expect(said(await ask())).toEqual([undefined, undefined, undefined]);
  });

  test('denied: not known, and which permission', async () => {
    config
      .on(DescribeConfigurationRecordersCommand)
      .rejects(
        Object.assign(new Error('no'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } }),
      );
    const counts = await ask();
    expect(said(counts)).toEqual([undefined, undefined, undefined]);
    expect(counts.why('AWS::EC2::Instance', 'us-east-1')).toMatch(/config:GetDiscoveredResourceCounts/);
  });

  const groups: [what: string, group: RecordingGroup | undefined, type: string, recorded: boolean][] = [
    ['no group', undefined, 'AWS::EC2::Volume', false],
    ['everything but global types', { allSupported: true }, 'AWS::EC2::Volume', true],
    ['everything but global types', { allSupported: true }, 'AWS::IAM::User', false],
    ['a list', { resourceTypes: ['AWS::EC2::Volume'] }, 'AWS::EC2::Volume', true],
    ['a list', { resourceTypes: ['AWS::EC2::Volume'] }, 'AWS::EC2::Instance', false],
    [
      'all but a list',
      {
        exclusionByResourceTypes: { resourceTypes: ['AWS::EC2::Volume'] },
        recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
      },
      'AWS::EC2::Volume',
      false,
    ],
    [
      'all but a list',
      {
        exclusionByResourceTypes: { resourceTypes: ['AWS::EC2::Volume'] },
        recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
      },
      'AWS::IAM::User',
      true,
    ],
  ];
  test.each(groups)('the recorder records %s: %j, %s: %s', (_, recordingGroup, type, recorded) => {
    expect(records({ ...(recordingGroup && { recordingGroup }) }, type)).toBe(recorded);
  });
});

/** What derives from a declaration, and what does not compile. */
import * as z from 'zod/mini';
import { AccountError } from '../../account/errors.ts';
import { has, laid, says } from '../../account/laid.ts';
import { allPages, type LiveAsk } from '../../account/live/service.ts';
import { liveSource } from '../../account/live/source.ts';
import { readAccount } from '../../account/open.ts';
import { pagesBy } from '../../account/pages.ts';
import { text } from '../../account/parts.ts';
import {
  type AnyTarget,
  actionsOf,
  globalRegionOf,
  isId,
  nameOf,
  partitionOf,
  pathOf,
  type Reading,
} from '../../account/reading.ts';
import { bucketPolicy, buckets } from '../../account/services/s3/readings.ts';
import { snapshotAccount } from '../../account/snapshot/account.ts';
import { cliCommand } from '../../account/snapshot/cli-command.ts';
import { askedAbout, firstAsked } from '../../cli/collect/readings.ts';
import { ACCOUNT, memoryAccount } from '../support/memory.ts';
import { accountFolder, removeFolders } from './snapshot/support.ts';

afterAll(removeFolders);

const guardduty = { name: 'guardduty' } as const;
/** The detectors of a Region. */
const detectors = {
  service: guardduty,
  api: 'ListDetectors',
  regional: true,
  scope: '*',
  member: 'DetectorIds',
  shape: () => text,
} as const satisfies Reading;
const filters = {
  service: guardduty,
  api: 'ListFilters',
  regional: true,
  scope: '*',
  about: {
    options: ['--detector-id'],
    from: [{ reading: detectors, id: ({ DetectorIds = [] }: { DetectorIds?: string[] }) => DetectorIds }],
  },
  member: 'FilterNames',
  shape: () => text,
} as const satisfies Reading;
/** Of two parts. */
const filter = {
  service: guardduty,
  api: 'GetFilter',
  regional: true,
  scope: '*',
  about: {
    options: ['--detector-id', '--filter-name'],
    from: [
      {
        reading: filters,
        id: ({ FilterNames = [] }: { FilterNames?: string[] }, { id }) =>
          FilterNames.map((name) => `${id}/${name}`),
      },
    ],
  },
  shape: () => z.object({ Action: text }),
} as const satisfies Reading;
/** The home Region's, of which each names an alarm of its own Region. */
const topics = {
  service: { name: 'sns' },
  api: 'GetTopicAttributes',
  regional: true,
  scope: '*',
  about: {
    options: ['--topic-arn'],
    from: [
      {
        reading: detectors,
        id: () => [{ id: 'alarms', region: 'eu-west-1' }],
      },
    ],
  },
  shape: () => z.object({}),
} as const satisfies Reading;
/** One Region's, of another service's name and IAM prefix, with an option of its own and paging of its own. */
const instances = {
  service: { name: 'sso-admin', iam: 'sso' },
  api: 'ListInstances',
  askedIn: { aws: 'us-east-1', 'aws-us-gov': 'us-gov-west-1' },
  options: '--region-scope ALL_REGIONS',
  scope: '*',
  needs: { 'organizations:DescribeOrganization': '*' },
  member: 'Instances',
  shape: () => z.object({ InstanceArn: text }),
} as const satisfies Reading;
/** The same operation twice. */
const policies = {
  service: { name: 'organizations' },
  api: 'ListPolicies',
  options: '--filter SERVICE_CONTROL_POLICY',
  variant: 'SERVICE_CONTROL_POLICY',
  scope: '*',
  none: ['AWSOrganizationsNotInUseException'],
  member: 'Policies',
  shape: () => z.object({ Id: text }),
} as const satisfies Reading;
const contacts = {
  service: { name: 'account' },
  api: 'GetAlternateContact',
  about: { options: ['--alternate-contact-type'], from: { ids: ['BILLING', 'SECURITY'] } },
  scope: '*',
  shape: () => z.object({}),
} as const satisfies Reading;

describe('from a declaration derive', () => {
  const cases: [reading: Reading, target: AnyTarget, path: string, command: string, actions: string[]][] = [
    [
      filter,
      { region: 'eu-west-1', id: 'd1/root' },
      'eu-west-1/guardduty/get-filter/d1/root.json',
      'aws guardduty get-filter --detector-id d1 --filter-name root --region eu-west-1',
      ['guardduty:GetFilter'],
    ],
    [
      instances,
      {},
      'global/sso-admin/list-instances.json',
      'aws sso-admin list-instances --region us-east-1 --region-scope ALL_REGIONS',
      ['organizations:DescribeOrganization', 'sso:ListInstances'],
    ],
    [
      policies,
      {},
      'global/organizations/list-policies/SERVICE_CONTROL_POLICY.json',
      'aws organizations list-policies --filter SERVICE_CONTROL_POLICY',
      ['organizations:ListPolicies'],
    ],
  ];
  test.each(cases)('$service.name:$api: its path, its command and its actions', (...all) => {
    const [reading, target, path, command, actions] = all;
    expect(pathOf(reading, target)).toBe(path);
    expect(cliCommand(reading, target, { accountId: ACCOUNT, region: undefined })).toBe(command);
    expect(actionsOf(reading)).toEqual(actions);
  });

  test.each([
    ['ListSAMLProviders', 'list-saml-providers'],
    ['ListOpenIDConnectProviders', 'list-open-id-connect-providers'],
    ['ListVirtualMFADevices', 'list-virtual-mfa-devices'],
    ['DescribeDBClusterParameters', 'describe-db-cluster-parameters'],
    ['DescribeBudgetNotificationsForAccount', 'describe-budget-notifications-for-account'],
  ])('the command of %s, %s', (api, command) => {
    expect(pathOf({ ...policies, service: { name: 'x' }, api })).toContain(`global/x/${command}/`);
  });

  test.each([
    ['d1/root', true],
    ['d1', false],
    ['d1/', false],
    ['d1/../x', false],
    ['d1/..', false],
    ['a\\b/c', false],
  ])('an id of two parts: %s is one: %s', (id, is) => {
    expect(isId(filter, id)).toBe(is);
    expect(isId(filters, id)).toBe(id === 'd1');
  });
});

describe('what collect asks', () => {
  const regions = ['us-east-1', 'eu-west-1'];

  test('first, of a reading whose list is itself about a list, is the first list, in each Region', () => {
    expect(firstAsked([[filter]], regions)).toEqual(
      regions.map((region) => ({ reading: detectors, target: { region } })),
    );
  });

  test('then is what the answers name, a list at a time', () => {
    const lists = [{ reading: detectors, target: { region: 'us-east-1' }, answer: { DetectorIds: ['d1'] } }];
    const second = askedAbout([[filter]], lists, ACCOUNT);
    expect(second).toEqual([{ reading: filters, target: { region: 'us-east-1', id: 'd1' } }]);
    const named = second.map((asked) => ({ ...asked, answer: { FilterNames: ['root', 'a/b'] } }));
    // What would be no file's name is not asked about.
    expect(askedAbout([[filter]], named, ACCOUNT)).toEqual([
      { reading: filter, target: { region: 'us-east-1', id: 'd1/root' } },
    ]);
  });

  test('may be in another Region than the list', () => {
    const lists = [{ reading: detectors, target: { region: 'us-east-1' }, answer: { DetectorIds: [] } }];
    expect(askedAbout([[topics]], lists, ACCOUNT)).toEqual([
      { reading: topics, target: { region: 'eu-west-1', id: 'alarms' } },
    ]);
  });

  test('is of a fixed set of ids all of them', () => {
    expect(firstAsked([[contacts]], regions).map(({ target }) => target)).toEqual([
      { id: 'BILLING' },
      { id: 'SECURITY' },
    ]);
  });
});

describe('a live account', () => {
  const asked: string[] = [];
  const service = { connect: ({ region }: { region: string }) => region };
  const asks: LiveAsk[] = [
    {
      service,
      reading: instances,
      ask: ({ client }) => {
        asked.push(client);
        const pages = [
          { Instances: [{ InstanceArn: 'a' }], Next: '2' },
          { Instances: [{ InstanceArn: 'b' }] },
        ];
        return allPages(
          pagesBy<{ Instances: object[]; Next?: string }>(
            'Next',
            async (from) => pages[from ? 1 : 0] as never,
          ),
          'Instances',
        );
      },
    },
    { service, reading: filter, ask: async ({ client, id }) => ({ Action: `${client} ${id}` }) },
  ];
  const account = (region: string) =>
    readAccount(liveSource({ accountId: ACCOUNT, regions: [region], asks }));

  test.each([
    ['eu-west-1', 'us-east-1'],
    ['us-gov-east-1', 'us-gov-west-1'],
  ])('in %s is asked in %s what only that Region has', async (region, there) => {
    asked.length = 0;
    expect(await account(region).read(instances)).toEqual([{ InstanceArn: 'a' }, { InstanceArn: 'b' }]);
    expect(asked).toEqual([there]);
  });

  test('of a partition that has no such Region cannot tell', async () => {
    await expect(account('cn-north-1').read(instances)).rejects.toMatchObject({
      code: 'NotInPartition',
      api: 'sso-admin:ListInstances',
    });
  });

  test('is asked about an id of two parts', async () => {
    const said = await account('eu-west-1').read(filter, { region: 'eu-west-1', id: 'd1/root' });
    expect(said).toEqual({ Action: 'eu-west-1 d1/root' });
  });
});

test('a snapshot holds ids of two parts and variants, and brings no Region into view with what one Region has', async () => {
  const { account } = snapshotAccount(
    await accountFolder({
      'eu-west-1/guardduty/get-filter/d1/root.json': { Action: 'NOOP' },
      'global/sso-admin/list-instances.json': { Instances: [{ InstanceArn: 'a' }] },
      'errors.json': [
        {
          file: 'global/organizations/list-policies/SERVICE_CONTROL_POLICY.json',
          code: 'AWSOrganizationsNotInUseException',
        },
      ],
    }),
  );
  expect(await account.read(filter, { region: 'eu-west-1', id: 'd1/root' })).toEqual({ Action: 'NOOP' });
  expect(await account.read(instances)).toEqual([{ InstanceArn: 'a' }]);
  expect(await account.read(policies)).toBeNull();
  expect(account.regions).toEqual(['eu-west-1']);
});

test('what is laid over an account wins, an error too, and all else falls through', async () => {
  const given = memoryAccount({
    'global/s3api/get-bucket-policy/b.json': { Policy: 'from AWS' },
    'global/s3api/get-bucket-policy/c.json': { Policy: 'from AWS' },
    'global/s3api/list-buckets.json': { Buckets: [{ Name: 'a' }, { Name: 'b' }] },
  });
  const error = new AccountError('Malformed', nameOf(bucketPolicy), 'no', 'a');
  const account = laid(given, [
    ...says(bucketPolicy, { id: 'a' }, error),
    ...says(bucketPolicy, { id: 'b' }, 'from the item'),
    ...has(buckets, {}, 'a', { name: 'a', region: 'eu-west-1' }),
  ]);
  await expect(account.read(bucketPolicy, { id: 'a' })).rejects.toBe(error);
  expect(await account.read(bucketPolicy, { id: 'b' })).toBe('from the item');
  expect(await account.read(bucketPolicy, { id: 'c' })).toBe('from AWS');
  expect(await account.one(buckets, 'a')).toEqual({ name: 'a', region: 'eu-west-1' });
  expect(await account.one(buckets, 'b')).toEqual({ name: 'b' });
});

test.each([
  ['ap-northeast-2', 'aws', 'us-east-1'],
  ['us-gov-east-1', 'aws-us-gov', 'us-gov-west-1'],
  ['cn-northwest-1', 'aws-cn', 'cn-north-1'],
  ['us-iso-west-1', 'aws-iso', 'us-iso-east-1'],
  ['us-isob-east-1', 'aws-iso-b', 'us-isob-east-1'],
  ['eu-isoe-west-1', 'aws-iso-e', 'eu-isoe-west-1'],
  ['us-isof-east-1', 'aws-iso-f', 'us-isof-south-1'],
  ['eusc-de-east-1', 'aws-eusc', 'eusc-de-east-1'],
])('%s is of the partition %s, whose global services are in %s', (region, partition, global) => {
  expect([partitionOf(region), globalRegionOf(region)]).toEqual([partition, global]);
});

import fc from 'fast-check';
import accessKeyAge from '../../rules/access-key-age/rule.ts';
import rootMfa from '../../rules/root-mfa/rule.ts';
import s3Public from '../../rules/s3-public/rule.ts';
import sgOpenPorts from '../../rules/sg-open-ports/rule.ts';
import trailObjectLock from '../../rules/trail-object-lock/rule.ts';
import { item, removeFolders } from '../account/snapshot/support.ts';
import * as keys from '../support/access-keys.ts';
import { inEveryForm, type Situation } from '../support/forms.ts';
import { ingress } from '../support/ingress.ts';
import { ACCOUNT, denied, fails } from '../support/memory.ts';
import * as root from '../support/root.ts';
import * as trails from '../support/trails.ts';
import * as s3 from './s3-public/bucket.ts';

jest.setTimeout(60_000);
afterAll(removeFolders);

const LISTS = {
  'us-east-1/ec2/describe-managed-prefix-lists.json': {
    PrefixLists: [
      { PrefixListId: 'pl-s3', PrefixListName: 'com.amazonaws.us-east-1.s3', OwnerId: 'AWS' },
      { PrefixListId: 'pl-own', PrefixListName: 'com.example.s3', OwnerId: ACCOUNT },
      { PrefixListId: 'pl-denied', PrefixListName: 'shared', OwnerId: '999988887777' },
    ],
  },
  'us-east-1/ec2/get-managed-prefix-list-entries/pl-s3.json': { Entries: [{ Cidr: '3.4.0.0/14' }] },
  'us-east-1/ec2/get-managed-prefix-list-entries/pl-own.json': { Entries: [{ Cidr: '52.0.0.0/8' }] },
  'us-east-1/ec2/get-managed-prefix-list-entries/pl-denied.json': denied,
};
const GROUPS = 'us-east-1/ec2/describe-security-groups.json';

/** As AWS Config spells what EC2 prints: `ipRanges` holds texts, and `ipv4Ranges` what EC2 calls IpRanges. */
const recordedPermission = (printed: ReturnType<typeof ingress>[number]) => ({
  ipProtocol: printed.IpProtocol,
  ...(printed.FromPort !== undefined && { fromPort: printed.FromPort, toPort: printed.ToPort }),
  ipv4Ranges: printed.IpRanges.map(({ CidrIp }) => ({ cidrIp: CidrIp })),
  ipRanges: printed.IpRanges.map(({ CidrIp }) => CidrIp),
  ipv6Ranges: printed.Ipv6Ranges.map(({ CidrIpv6 }) => ({ cidrIpv6: CidrIpv6 })),
  prefixListIds: printed.PrefixListIds.map(({ PrefixListId }) => ({ prefixListId: PrefixListId })),
  userIdGroupPairs: printed.UserIdGroupPairs.map(({ GroupId }) => ({ groupId: GroupId })),
});

const groups = fc
  .record({
    rules: fc.array(
      fc.tuple(
        fc.constantFrom('tcp 22', 'tcp 443', 'tcp 0-65535', 'udp 53', '-1 -', 'icmp 8..-1', '47 -'),
        fc.subarray(['0.0.0.0/0', '::/0', '10.0.0.0/8', '52.1.0.0/16', '0.0.0.0/1', '128.0.0.0/1', 'sg-2'], {
          maxLength: 2,
        }),
        fc.subarray(['pl-s3', 'pl-own', 'pl-denied'], { maxLength: 1 }),
      ),
      { maxLength: 3 },
    ),
    allowedAwsPrefixLists: fc.constantFrom('', 'com.amazonaws.*.s3'),
    OwnerId: fc.constantFrom(ACCOUNT, ACCOUNT, '999988887777'),
    isExempt: fc.boolean(),
  })
  .map(({ rules, allowedAwsPrefixLists, OwnerId, isExempt }): Situation => {
    const permissions = rules.flatMap(([what, cidrs, lists]) =>
      cidrs.length + lists.length === 0 ? [] : ingress(`${what} ${[...cidrs, ...lists].join(' ')}`),
    );
    const tags = isExempt ? { exempt: 'yes' } : {};
    return {
      rule: sgOpenPorts,
      parameters: { allowedAwsPrefixLists, exemptTagKey: 'exempt' },
      readings: {
        ...LISTS,
        [GROUPS]: {
          SecurityGroups: [
            {
              GroupId: 'sg-1',
              GroupName: 'web',
              OwnerId,
              IpPermissions: permissions,
              Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
            },
          ],
        },
      },
      recorded: {
        insteadOf: [GROUPS],
        items: [
          item('AWS::EC2::SecurityGroup', 'sg-1', {
            resourceName: 'web',
            tags,
            configuration: {
              groupId: 'sg-1',
              groupName: 'web',
              ownerId: OwnerId,
              ipPermissions: permissions.map(recordedPermission),
            },
          }),
        ],
      },
    };
  });

const PERMISSIONS: Record<string, string> = { READ: 'Read', WRITE: 'Write' };
const camelCase = (flags: Record<string, boolean>) =>
  Object.fromEntries(Object.entries(flags).map(([name, on]) => [name[0]?.toLowerCase() + name.slice(1), on]));
const when = (key: string, value: unknown) => s3.allow({ Condition: { StringEquals: { [key]: value } } });

const buckets = fc
  .record({
    grants: fc.subarray([
      ['AllUsers', 'READ'],
      ['AuthenticatedUsers', 'WRITE'],
    ] as const),
    statements: fc.subarray([
      s3.allow(),
      when('aws:SourceVpcArn', 'arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1'),
      when('aws:SourceVpcArn', 'arn:aws:ec2:*:*:vpc/*'),
      when('aws:SourceOrgPaths', 'o-a1/r-b2/ou-c3/'),
      s3.allow({ Principal: { AWS: ACCOUNT } }),
    ]),
    status: fc.constantFrom<unknown>(s3.status(true), s3.status(false), denied),
    own: fc.subarray(['IgnorePublicAcls', 'RestrictPublicBuckets']),
    account: fc.option(fc.subarray(['IgnorePublicAcls', 'RestrictPublicBuckets'])),
  })
  .map(({ grants, statements, status, own, account }): Situation => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    const none = fails('NoSuchPublicAccessBlockConfiguration');
    const has = statements.length > 0;
    const STATUS = s3.file('get-bucket-policy-status');
    return {
      rule: s3Public,
      readings: {
        ...s3.bucket(
          s3.acl(...grants.map(([group, permission]) => s3.grant(group, permission))),
          has ? { [s3.file('get-bucket-policy')]: { Policy: text } } : {},
        ),
        [STATUS]: has
          ? status === denied
            ? denied
            : (status as Record<string, unknown>)[STATUS]
          : fails('NoSuchBucketPolicy'),
        [s3.BUCKET_BLOCK]: s3.flags(...own),
        [s3.ACCOUNT_BLOCK]: account ? s3.flags(...account) : none,
      },
      recorded: {
        insteadOf: [
          'global/s3api/list-buckets.json',
          s3.file('get-bucket-acl'),
          s3.file('get-bucket-policy'),
          s3.BUCKET_BLOCK,
        ],
        items: [
          item('AWS::S3::Bucket', 'web', {
            resourceName: 'web',
            configuration: { name: 'web' },
            supplementaryConfiguration: {
              AccessControlList: JSON.stringify({
                grantList: grants.map(([grantee, permission]) => ({
                  grantee,
                  permission: PERMISSIONS[permission],
                })),
              }),
              BucketPolicy: { policyText: has ? text : null },
              PublicAccessBlockConfiguration: camelCase(s3.flags(...own).PublicAccessBlockConfiguration),
            },
          }),
        ],
      },
    };
  });

const count = fc.option(fc.integer({ min: 0, max: 1 }), { nil: undefined });
const roots = fc
  .record({
    summary: fc.record({
      AccountMFAEnabled: count,
      AccountPasswordPresent: count,
      AccountAccessKeysPresent: count,
      AccountSigningCertificatesPresent: count,
    }),
    devices: fc.subarray<root.Device>([
      { SerialNumber: root.wellKnown },
      root.ofRoot(root.named),
      root.ofRoot(`${root.named}2`, `arn:aws:iam::${ACCOUNT}:user/root`),
    ]),
    report: fc.constantFrom<NonNullable<root.World['report']>>(
      {},
      { password_enabled: 'true' },
      { password_enabled: 'not_supported' },
      { cert_1_active: 'true' },
      'no row',
      denied,
    ),
    requireHardware: fc.constantFrom('true', 'false'),
    noCredentialsVerdict: fc.constantFrom('COMPLIANT', 'NOT_APPLICABLE', 'NON_COMPLIANT'),
  })
  .map(({ summary, devices, report, ...parameters }): Situation => {
    const said = JSON.parse(JSON.stringify(summary)) as root.Summary;
    return { rule: rootMfa, parameters, readings: root.readingsOf({ summary: said, devices, report }) };
  });

const ages = fc.constantFrom(keys.ago(10), keys.ago(85), keys.ago(90), keys.ago(91), keys.ago(400));
const users = fc
  .record({
    reported: fc.array(fc.tuple(fc.boolean(), ages), { maxLength: 2 }),
    changed: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
    rootKey: fc.boolean(),
    isDenied: fc.boolean(),
  })
  .map(({ reported, changed, rootKey, isDenied }): Situation => {
    const fresh = reported.map(([active, made], n) =>
      keys.key(made, active === changed[n] ? 'Inactive' : 'Active', `AKIA${n}`),
    );
    const arn = `arn:aws:iam::${ACCOUNT}:user/alice`;
    return {
      rule: accessKeyAge,
      readings: keys.readingsOf({
        report: { alice: reported },
        root: rootKey ? [[true, keys.ago(1)]] : [],
        keys: { alice: isDenied ? denied : fresh },
      }),
      recorded: {
        insteadOf: ['global/iam/list-users.json'],
        items: [
          item('AWS::IAM::User', 'AIDAALICE', {
            resourceName: 'alice',
            awsRegion: 'global',
            ARN: arn,
            configuration: { userName: 'alice', userId: 'AIDAALICE', arn, path: '/' },
          }),
        ],
      },
    };
  });

const trailSituations = fc
  .record({
    names: fc.subarray([
      trails.trail('main'),
      trails.trail('other', 'us-east-1', { bucket: 'unlocked' }),
      trails.trail('gone', 'us-east-1', { bucket: 'gone' }),
      trails.trail('secret', 'us-east-1', { bucket: 'secret' }),
      trails.trail('org', 'us-east-1', { owner: trails.OTHER, organization: true }),
      trails.trail('shadow', 'eu-west-1'),
    ]),
  })
  .map(
    ({ names }): Situation => ({
      rule: trailObjectLock,
      readings: trails.readingsOf({
        regions: { 'us-east-1': names },
        locks: {
          logs: trails.year,
          unlocked: trails.unlocked,
          gone: fails('NoSuchBucket'),
          secret: denied,
        },
      }),
      ...(names.length > 0 && {
        recorded: {
          insteadOf: ['us-east-1/cloudtrail/describe-trails.json'],
          items: names.map((one) =>
            item('AWS::CloudTrail::Trail', one.Name, {
              resourceName: one.Name,
              ARN: one.TrailARN,
              configuration: {
                name: one.Name,
                trailARN: one.TrailARN,
                homeRegion: one.HomeRegion,
                s3BucketName: one.S3BucketName,
                isOrganizationTrail: one.IsOrganizationTrail,
              },
            }),
          ),
        },
      }),
    }),
  );

test.each<[rule: string, situations: fc.Arbitrary<Situation>]>([
  ['sg-open-ports', groups],
  ['s3-public', buckets],
  ['root-mfa', roots],
  ['access-key-age', users],
  ['trail-object-lock', trailSituations],
])('%s says the same of any situation, in whatever form it comes', async (_, situations) => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(situations, async (situation) => {
      const { files, ...forms } = await inEveryForm(situation);
      // Each is held against the files, and is named where it differs.
      expect(forms).toEqual(Object.fromEntries(Object.keys(forms).map((form) => [form, files])));
      expect(files).not.toEqual([]);
      for (const verdict of files ?? []) seen.add(verdict.replace(/.*: /, ''));
    }),
    { numRuns: 60 },
  );
  // Both verdicts came up, so the property above was about something.
  expect([...seen].sort()).toEqual(expect.arrayContaining(['COMPLIANT', 'NON_COMPLIANT']));
});

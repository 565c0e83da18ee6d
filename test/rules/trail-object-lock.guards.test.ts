import { ACCOUNT, denied, fails } from '../support/memory.ts';
import {
  ACL,
  allowing,
  BUCKETS,
  buckets,
  channels,
  delivers,
  lock,
  logging,
  logsTo,
  POLICY,
  planFor,
  REGIONS,
  REPLICATION,
  type Readings,
  replicates,
  service,
  unlocked,
  VERSIONING,
  world,
} from '../support/trails.ts';

const principal = (Principal: unknown, more: object = {}) => ({ [POLICY]: allowing({ Principal, ...more }) });
const config = service('config.amazonaws.com');
const logs = service('logging.s3.amazonaws.com');
const group = (name: string) => ({
  Grantee: { URI: `http://acs.amazonaws.com/groups/${name}` },
  Permission: 'WRITE',
});
/** The buckets that may send server access logs, and whereto. */
const lockOf = (bucket: string) => `global/s3api/get-object-lock-configuration/${bucket}.json`;
const sources = (targets: Readings) =>
  Object.fromEntries(Object.entries(targets).map(([bucket, target]) => [logging(bucket), target]));

test.each<[situation: string, speaks: Readings, why: RegExp[]]>([
  [
    'AWS Config of another Region delivers there',
    { [channels('eu-west-1')]: delivers('logs') },
    [/^AWS Config of eu-west-1 delivers to bucket logs\..*a bucket of its own/],
  ],
  [
    'AWS Config of every Region delivers there',
    { [channels('eu-west-1')]: delivers('logs'), [channels('us-east-1')]: delivers('logs') },
    [/^AWS Config of us-east-1, eu-west-1 delivers/],
  ],
  [
    "a Region's delivery channels are denied",
    { [channels('eu-west-1')]: denied },
    [/^config:DescribeDeliveryChannels in eu-west-1 cannot be read.*AccessDenied.*option Regions/],
  ],
  [
    'one Region delivers there, and another is denied',
    { [channels('eu-west-1')]: denied, [channels('us-east-1')]: delivers('logs') },
    [/^AWS Config of us-east-1 delivers/, /^config:DescribeDeliveryChannels in eu-west-1 cannot be read/],
  ],
  [
    'nobody may list the Regions',
    { [REGIONS]: denied },
    [/^ec2:DescribeRegions cannot be read.*option Regions/],
  ],
  [
    'an answer about delivery channels that makes no sense',
    { [channels('eu-west-1')]: { DeliveryChannels: [{ name: 'default' }] } },
    [/^config:DescribeDeliveryChannels in eu-west-1 cannot be read.*s3BucketName/],
  ],

  [
    'the policy lets AWS Config write',
    { [POLICY]: allowing(config) },
    [/^the policy of bucket logs lets AWS Config write/],
  ],
  [
    'the policy lets AWS Config write, for this account alone and in other letters',
    {
      [POLICY]: allowing({
        ...config,
        Action: ['s3:getbucketacl', 'S3:PUT*'],
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      }),
    },
    [/lets AWS Config write/],
  ],
  [
    'the policy lets AWS Config do all but something else',
    { [POLICY]: allowing({ ...config, Action: undefined, NotAction: 's3:DeleteObject' }) },
    [/lets AWS Config write/],
  ],
  [
    'the policy lets other accounts write',
    principal({ AWS: [ACCOUNT, '444455556666', 'arn:aws:iam::555566667777:role/config'] }),
    [/lets account 444455556666, account 555566667777 write to it, and so perhaps the AWS Config of another/],
  ],
  [
    'the policy lets an organization write',
    principal('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
    [/lets anyone write/, /^s3:GetBucketLogging of logs, web cannot be read/],
  ],
  [
    'the policy lets everyone but somebody write',
    { [POLICY]: allowing({ NotPrincipal: { AWS: ACCOUNT } }), ...sources({ logs: logsTo(), web: logsTo() }) },
    [/lets anyone but 111122223333 write/],
  ],
  [
    'the policy lets somebody write who is no account',
    principal({ CanonicalUser: 'abc', Federated: 'accounts.google.com' }),
    [/lets Federated accounts.google.com, CanonicalUser abc write/],
  ],
  [
    'the policy is denied',
    { [POLICY]: denied },
    [/^s3:GetBucketPolicy cannot be read.*who else writes to bucket logs/],
  ],
  [
    'the policy makes no sense',
    { [POLICY]: { Policy: '{}' } },
    [/^s3:GetBucketPolicy cannot be read.*malformed/],
  ],
  ['the ACL is denied', { [ACL]: denied }, [/^s3:GetBucketAcl cannot be read/]],

  [
    'the bucket gets server access logs, by policy',
    { [POLICY]: allowing(logs), ...sources({ logs: logsTo(), web: logsTo('logs') }) },
    [/^bucket logs gets the server access logs of web, /],
  ],
  [
    'the bucket gets server access logs, by ACL, its own among them',
    {
      [ACL]: { Grants: [group('s3/LogDelivery')] },
      ...sources({ logs: logsTo('logs'), web: logsTo('logs') }),
    },
    [/^bucket logs gets the server access logs of logs, web, /],
  ],
  [
    "another bucket's logging is denied",
    { [POLICY]: allowing(logs), ...sources({ logs: logsTo(), web: denied }) },
    [/^s3:GetBucketLogging of web cannot be read.*whether bucket logs gets server access logs/],
  ],
  [
    'another bucket is in nobody knows which Region',
    {
      [POLICY]: allowing(logs),
      [BUCKETS]: { Buckets: [{ Name: 'logs', BucketRegion: 'us-east-1' }, { Name: 'odd' }] },
      'global/s3api/get-bucket-location/odd.json': denied,
      ...sources({ logs: logsTo(), odd: logsTo('logs') }),
    },
    [/server access logs of odd/],
  ],
  [
    'many buckets send their logs',
    {
      [POLICY]: allowing(logs),
      [BUCKETS]: buckets('logs', 'a', 'b', 'c', 'd', 'e'),
      ...sources({
        logs: logsTo(),
        a: logsTo('logs'),
        b: logsTo('logs'),
        c: logsTo('logs'),
        d: logsTo('logs'),
        e: logsTo('logs'),
      }),
    },
    [/server access logs of a, b, c and 2 more, /],
  ],
  [
    'the list of buckets is not whole',
    {
      [POLICY]: allowing(logs),
      [BUCKETS]: { Buckets: [...buckets('logs').Buckets, { BucketRegion: 'us-east-1' }] },
      ...sources({ logs: logsTo() }),
    },
    [/^s3:ListBuckets cannot be read.*server access logs/],
  ],

  [
    'the bucket is replicated to one without Object Lock, and to one that denies the read',
    {
      [REPLICATION]: replicates(['dr'], ['dr'], ['archive'], ['far', 'Disabled']),
      [lockOf('dr')]: unlocked,
      [lockOf('archive')]: denied,
    },
    [
      /^bucket logs replicates to bucket dr, which has no Object Lock: .*Turn Object Lock on there first/,
      /^s3:GetObjectLockConfiguration cannot be read.*whether bucket archive, which bucket logs replicates to/,
    ],
  ],
  [
    'replication is denied',
    { [REPLICATION]: denied },
    [/^s3:GetBucketReplication cannot be read.*whether bucket logs is replicated/],
  ],
  [
    'an answer about replication that makes no sense',
    { [REPLICATION]: { ReplicationConfiguration: { Rules: [{ Status: 'Enabled' }] } } },
    [/^s3:GetBucketReplication cannot be read/],
  ],

  [
    "another account's bucket",
    { [BUCKETS]: buckets('web'), [POLICY]: denied },
    [/^bucket logs belongs to another account, and can be locked only there/],
  ],
  [
    'nobody may list the buckets',
    { [BUCKETS]: denied },
    [/^s3:ListBuckets cannot be read.*whose the bucket is/],
  ],
])('refuses: %s', async (_, speaks, why) => {
  const plan = await planFor(world(unlocked, speaks));
  expect(plan.steps).toEqual([]);
  expect(plan.before).toBeUndefined();
  expect(plan.refusals).toEqual(why.map((one) => expect.stringMatching(one)));
});

test.each<[situation: string, says: Readings, options?: Readings]>([
  ['no policy', { [POLICY]: fails('NoSuchBucketPolicy') }],
  ['a bucket of another Region than the trail', { [BUCKETS]: buckets('logs in eu-west-1') }],
  [
    'AWS Config that may look at the bucket, but not write',
    { [POLICY]: allowing({ ...config, Action: ['s3:GetBucketAcl', 's3:ListBucket'] }) },
  ],
  ['AWS Config that is denied', { [POLICY]: allowing({ ...config, Effect: 'Deny' }) }],
  [
    'AWS Config that may do all but write',
    { [POLICY]: allowing({ ...config, Action: undefined, NotAction: 's3:Put*' }) },
  ],
  ["the account's own principals", principal({ AWS: [ACCOUNT, `arn:aws:iam::${ACCOUNT}:role/app`] })],
  [
    'S3 that may deliver logs, where none are delivered to it from its Region',
    { [POLICY]: allowing(logs), ...sources({ logs: logsTo('web'), web: logsTo(), far: logsTo('logs') }) },
  ],
  ['replication that is off', { [REPLICATION]: replicates(['dr', 'Disabled']) }],
  ['replication to a bucket with Object Lock', { [REPLICATION]: replicates(['dr']), [lockOf('dr')]: lock() }],
  [
    'Regions that a policy forbids, where the others are named',
    { [REGIONS]: denied, [channels('eu-west-1')]: denied },
    { Regions: 'us-east-1' },
  ],
])('locks the bucket in spite of %s', async (_, says, options = {}) => {
  const plan = await planFor(world(unlocked, says), {}, options);
  expect(plan.refusals ?? []).toEqual([]);
  expect(plan.steps).toHaveLength(2);
});

test('says what replication of locked objects needs besides', async () => {
  const plan = await planFor(world(unlocked, { [REPLICATION]: replicates(['dr']), [lockOf('dr')]: lock() }));
  expect(plan.warnings).toContainEqual(
    expect.stringMatching(/^Bucket logs replicates to dr: .*s3:GetObjectRetention and s3:GetObjectLegalHold/),
  );
});

test('the Region in view is looked at, whichever are named', async () => {
  const plan = await planFor(
    world(unlocked, { [channels('us-east-1')]: delivers('logs') }),
    {},
    { Regions: 'eu-west-1' },
  );
  expect(plan.refusals).toEqual([expect.stringContaining('AWS Config of us-east-1 delivers')]);
});

test.each<[situation: string, set: unknown, parameters: Readings, why: RegExp]>([
  [
    'COMPLIANCE, which the rule asks for',
    unlocked,
    { mode: 'COMPLIANCE' },
    /^365 days in COMPLIANCE mode cannot be taken back/,
  ],
  [
    'a longer COMPLIANCE, where GOVERNANCE would be weaker',
    lock({ Mode: 'COMPLIANCE', Days: 30 }),
    {},
    /^bucket logs retains for 30 days in COMPLIANCE mode: GOVERNANCE would be weaker, and 365 days in COMPLIANCE/,
  ],
])('does not set %s, until someone confirms it', async (_, set, parameters, why) => {
  const plan = await planFor(world(set), parameters);
  expect(plan).toEqual({ steps: [], refusals: [expect.stringMatching(why)] });
  expect((await planFor(world(set), parameters, { AllowCompliance: true })).steps).not.toEqual([]);
});

test('fails rather than guesses where versioning cannot be read', async () => {
  await expect(planFor(world(unlocked, { [VERSIONING]: denied }))).rejects.toMatchObject({
    api: 's3:GetBucketVersioning',
  });
});

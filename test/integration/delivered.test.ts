/** The bucket that AWS Config delivers to, in moto's S3, and the accounts behind it by moto's AssumeRole. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
  TagResourceCommand,
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { service as s3control } from '../../account/services/s3control/live.ts';
import type { Results } from '../../report/schema.ts';
import { bucketItem, gone, groupItem } from '../account/snapshot/support.ts';
import { call, worldOf } from '../cli/support.ts';
import { fileOf, historyKey, type Of, snapshotKey } from '../support/delivered.ts';
import { type Loopback, passOn, serve } from '../support/loopback.ts';
import { MOTO_ACCOUNT, useMoto } from './support/moto.ts';

jest.setTimeout(120_000);

const moto = useMoto();
const [ONE, DENIED, CUT, WITHOUT] = ['111122223333', '222233334444', '333344445555', '444455556666'] as const;
const NOW = '2026-11-28T12:00:00Z';
const ABOVE = 'central/AWSLogs/o-abc1234567/';
const PATH = 's3://config-logs/central';

let server: Loopback;
let assumed: string[];
let folder: string;
const home = process.cwd();
beforeEach(async () => {
  assumed = [];
  server = await serve((incoming, outgoing) => void gate(incoming, outgoing));
  folder = mkdtempSync(join(tmpdir(), 'groundrules-delivered-'));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
  await server.stop();
});

/** moto lets everybody in: one account does not. */
async function gate(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await buffer(incoming);
  const [, accountId] = /RoleArn=arn%3Aaws%3Aiam%3A%3A(\d{12})/.exec(body.toString()) ?? [];
  if (accountId) assumed.push(accountId);
  if (accountId !== DENIED) return passOn(moto.endpoint, incoming, body, outgoing);
  outgoing
    .writeHead(403, { 'content-type': 'text/xml' })
    .end(
      '<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized</Message></Error></ErrorResponse>',
    );
}

const whose = ({ account, region, at }: Of) => ({
  awsAccountId: account,
  awsRegion: region,
  configurationItemCaptureTime: at,
});

const bucketOf = (account: string, region: string) => `bucket-${account}-${region}`;
/** Everybody may read, and there is no policy. */
const OPEN = {
  AccessControlList: '{"grantList":[{"grantee":"AllUsers","permission":"Read"}]}',
  BucketPolicy: { policyText: null },
};

/** An organization's bucket: four accounts and the one that owns it, two Regions, and what is wrong with some of them. */
async function seed() {
  const s3 = new S3Client({ ...moto.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'config-logs' }));
  const put = (Key: string, Body: Buffer) =>
    s3.send(new PutObjectCommand({ Bucket: 'config-logs', Key, Body }));
  for (const account of [ONE, DENIED, CUT, MOTO_ACCOUNT]) {
    for (const region of ['us-east-1', 'eu-west-1']) {
      const place = { account, region, at: '2026-11-28T02:00:00Z', above: ABOVE };
      const items = [
        groupItem('sg-open', 22, whose(place)),
        groupItem('sg-closed', 443, whose(place)),
        bucketItem(bucketOf(account, region), { ...whose(place), supplementaryConfiguration: OPEN }),
      ];
      const bytes = fileOf(...items);
      await put(
        snapshotKey(place),
        account === CUT && region === 'eu-west-1' ? bytes.subarray(0, 90) : bytes,
      );
      await put(snapshotKey({ ...place, at: '2026-11-27T02:00:00Z' }), fileOf());
    }
    await put(`${ABOVE}${account}/Config/ConfigWritabilityCheckFile`, Buffer.alloc(0));
  }
  const later = { account: ONE, region: 'us-east-1', at: '2026-11-28T08:00:00Z', above: ABOVE };
  const changed = [
    groupItem('sg-open', 22, { ...whose(later), ...gone('ResourceDeleted', later.at) }),
    groupItem('sg-closed', 3389, whose(later)),
  ];
  await put(historyKey('AWS::EC2::SecurityGroup', later), fileOf(...changed));
  const never = { ...later, account: WITHOUT };
  await put(historyKey('AWS::EC2::SecurityGroup', never), fileOf(groupItem('sg-new', 22, whose(never))));
}

async function evaluate(options: object) {
  const said = worldOf({ env: moto.environment() });
  const before = { ...process.env };
  Object.assign(process.env, moto.environment());
  try {
    const more = { now: NOW, format: 'json', endpointUrl: server.endpoint };
    const status = await call('evaluate', [PATH], { ...more, ...options }, said.world);
    return { status, notes: said.notes, report: JSON.parse(said.text()) as Results };
  } finally {
    process.env = before;
  }
}
const saidOf = ({ results, errors }: Results, rule: string, account: string) => [
  ...results
    .filter((one) => one.rule === rule && one.accountId === account)
    .map(({ region, resourceId, compliance }) => `${region} ${resourceId} ${compliance}`),
  ...errors.filter((one) => one.rule === rule && one.accountId === account).map(({ code }) => code),
];

test('an organization is judged by its bucket alone', async () => {
  await seed();
  const { status, report, notes } = await evaluate({ rule: 'sg-open-ports' });
  expect(status).toBe(2);
  expect(report.accountIds).toEqual([ONE, DENIED, CUT, WITHOUT, MOTO_ACCOUNT].sort());
  const both = ['eu-west-1', 'us-east-1'];
  const asItWas = [
    ...both.map((region) => `${region} sg-open NON_COMPLIANT`),
    ...both.map((region) => `${region} sg-closed COMPLIANT`),
  ];
  expect(saidOf(report, 'sg-open-ports', DENIED)).toEqual(asItWas);
  expect(saidOf(report, 'sg-open-ports', ONE).sort()).toEqual([
    'eu-west-1 sg-closed COMPLIANT',
    'eu-west-1 sg-open NON_COMPLIANT',
    'us-east-1 sg-closed NON_COMPLIANT',
    'us-east-1 sg-open NOT_APPLICABLE',
  ]);
  expect(saidOf(report, 'sg-open-ports', CUT)).toEqual(
    ['us-east-1 sg-open NON_COMPLIANT', 'us-east-1 sg-closed COMPLIANT', 'Malformed'].sort(
      (one, other) => Number(one === 'Malformed') - Number(other === 'Malformed'),
    ),
  );
  expect(saidOf(report, 'sg-open-ports', WITHOUT)).toEqual(['us-east-1 sg-new NON_COMPLIANT', 'NoSnapshot']);
  expect(assumed).toEqual([]);
  expect(notes.at(-1)).toMatch(/^s3:\/\/config-logs: \d+ lists and 10 objects/);
});

/** What the account is now, of which the bucket says nothing: its Block Public Access. */
async function seedAccount(accountId: string): Promise<void> {
  const sts = new STSClient(moto.client());
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${accountId}:role/Seeds`, RoleSessionName: 'seed' }),
  );
  const own = moto.client('us-east-1', {
    accessKeyId: Credentials?.AccessKeyId as string,
    secretAccessKey: Credentials?.SecretAccessKey as string,
  });
  const all = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  await s3control
    .connect(own)
    .send(new PutPublicAccessBlockCommand({ AccountId: accountId, PublicAccessBlockConfiguration: all }));
}

test('--with-live asks each account what the bucket lacks, and leaves the rest as it was delivered', async () => {
  await seed();
  await seedAccount(ONE);
  const s3 = new S3Client({ ...moto.client(), forcePathStyle: true });
  for (const region of ['us-east-1', 'eu-west-1'])
    await s3.send(new CreateBucketCommand({ Bucket: bucketOf(MOTO_ACCOUNT, region) }));
  const rule = ['sg-open-ports', 's3-public', 'trail-object-lock'];
  const { status, report, notes } = await evaluate({ rule, withLive: true, exclude: [CUT, WITHOUT] });
  expect(status).toBe(2);
  expect([...new Set(assumed)].sort()).toEqual([ONE, DENIED]);

  // The live account has no such groups.
  expect(saidOf(report, 'sg-open-ports', ONE)).toContain('us-east-1 sg-closed NON_COMPLIANT');
  // What everybody may read is the bucket's word, that of the account's Block Public Access its own.
  const each = (account: string, compliance: string) =>
    ['eu-west-1', 'us-east-1'].map((region) => `${region} ${bucketOf(account, region)} ${compliance}`);
  expect(saidOf(report, 's3-public', ONE)).toEqual(each(ONE, 'COMPLIANT'));
  expect(saidOf(report, 's3-public', MOTO_ACCOUNT)).toEqual(each(MOTO_ACCOUNT, 'NON_COMPLIANT'));
  // AWS Config recorded no trail.
  expect(saidOf(report, 'trail-object-lock', ONE)).toEqual([`global ${ONE} NON_COMPLIANT`]);

  // Of who cannot be entered, what the bucket says is judged all the same.
  expect(saidOf(report, 'sg-open-ports', DENIED)).toHaveLength(4);
  expect(saidOf(report, 's3-public', DENIED)).toEqual(['AccessDenied', 'AccessDenied']);
  expect(report.errors).toContainEqual(
    expect.objectContaining({
      rule: 'trail-object-lock',
      accountId: DENIED,
      message: expect.stringContaining(`sts:AssumeRole of arn:aws:iam::${DENIED}:role/GroundrulesReader`),
    }),
  );
  expect(notes.join('\n')).toContain('1 of 3 accounts could not be entered');
});

test('where Organizations answers, accounts have their names, and settings and waivers of units hold for them', async () => {
  await seed();
  const asked = { rule: ['sg-open-ports'], withLive: true, account: [MOTO_ACCOUNT, ONE] };
  const without = await evaluate(asked);
  expect(without.notes.join('\n')).toContain('names, tags and units of accounts are not known');
  expect(without.report.accounts).toEqual([{ accountId: ONE }, { accountId: MOTO_ACCOUNT }]);

  // The caller's account is in it, and the other one is not.
  const client = new OrganizationsClient(moto.client());
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { Roots = [] } = await client.send(new ListRootsCommand({}));
  const root = Roots[0]?.Id as string;
  const { OrganizationalUnit } = await client.send(
    new CreateOrganizationalUnitCommand({ Name: 'Security', ParentId: root }),
  );
  const unit = OrganizationalUnit?.Id as string;
  await client.send(
    new MoveAccountCommand({ AccountId: MOTO_ACCOUNT, SourceParentId: root, DestinationParentId: unit }),
  );
  await client.send(
    new TagResourceCommand({ ResourceId: MOTO_ACCOUNT, Tags: [{ Key: 'Stage', Value: 'prod' }] }),
  );
  const why = 'reason: a drill, ticket: T-1, owner: kim, until: 2026-12-31';
  writeFileSync(
    'groundrules.waivers.yaml',
    `waivers:\n  - { rule: sg-open-ports, resource: sg-open, organizationalUnit: ${unit}, ${why} }\n`,
  );
  writeFileSync(
    'groundrules.config.json',
    JSON.stringify({
      regions: ['us-east-1', 'eu-west-1'],
      organization: {
        organizationId: 'o-abcdefghij',
        auditAccountId: '222222222222',
        organizationalUnits: ['ou-ab12-cdefghij'],
        groups: [
          {
            name: 'security',
            organizationalUnits: [unit],
            controls: { 'sg-open-ports': { parameters: { allowedTcpPorts: '443' } } },
          },
        ],
      },
    }),
  );
  const { report } = await evaluate({ ...asked, config: 'groundrules.config.json' });
  expect(report.accounts).toEqual([
    { accountId: ONE },
    {
      accountId: MOTO_ACCOUNT,
      ...{ name: 'master', tags: { Stage: 'prod' }, settingsGroup: 'security' },
      units: [
        { id: root, name: 'Root' },
        { id: unit, name: 'Security' },
      ],
    },
  ]);
  const failing = report.results.filter(({ compliance }) => compliance === 'NON_COMPLIANT');
  const of = (account: string) =>
    failing
      .filter(({ accountId }) => accountId === account)
      .map(({ resourceId, waivers }) => `${resourceId} ${waivers ? 'waived' : 'open'}`);
  expect(new Set(of(MOTO_ACCOUNT))).toEqual(new Set(['sg-open waived']));
  expect(new Set(of(ONE))).toEqual(new Set(['sg-open open', 'sg-closed open']));
});

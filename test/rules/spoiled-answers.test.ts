/**
 * A member that is missing is not an empty one, and a text is not a number: whatever of an answer that fails a resource is
 * spoiled, the resource still fails, or nobody can tell. It never passes, and there is never no word.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { snapshotAccount } from '../../account/snapshot/account.ts';
import { parseItem, readItem, withItem } from '../../config/item.ts';
import { InvalidItemError } from '../../config/items/fields.ts';
import accessKeyAge from '../../rules/access-key-age/rule.ts';
import rootMfa from '../../rules/root-mfa/rule.ts';
import type { AnyRule } from '../../rules/rule.ts';
import s3Public from '../../rules/s3-public/rule.ts';
import sgOpenPorts from '../../rules/sg-open-ports/rule.ts';
import trailObjectLock from '../../rules/trail-object-lock/rule.ts';
import { configured, type Json, media, supplemented, webServers } from '../config/support/items.ts';
import { ago, key, readingsOf as keysOf } from '../support/access-keys.ts';
import { note } from '../support/figures.ts';
import { ingress } from '../support/ingress.ts';
import { ACCOUNT, Failure, judged, memoryAccount } from '../support/memory.ts';
import { everything, ofRoot, readingsOf as rootOf } from '../support/root.ts';
import { spoiled } from '../support/spoiled.ts';
import { lock, trail, readingsOf as trailsOf } from '../support/trails.ts';
import { acl, allow, file, flags, grant, policy, publicAcl, publicPolicy } from './s3-public/bucket.ts';

type Readings = Readonly<Record<string, unknown>>;

const GROUPS = 'us-east-1/ec2/describe-security-groups.json';
const group = (shorthand: string): Readings => ({
  [GROUPS]: { SecurityGroups: [{ GroupId: 'sg-1', OwnerId: ACCOUNT, IpPermissions: ingress(shorthand) }] },
});
const list = (id: string, ...cidrs: string[]): Readings => ({
  [`us-east-1/ec2/get-managed-prefix-list-entries/${id}.json`]: {
    Entries: cidrs.map((Cidr) => ({ Cidr })),
  },
});

/** No Block Public Access, no ownership controls: nothing neutralises what is public. */
const bucket = (...readings: Readings[]): Readings =>
  Object.assign(
    {
      'global/s3api/list-buckets.json': { Buckets: [{ Name: 'web', BucketRegion: 'us-east-1' }] },
      ...acl(),
      [file('get-bucket-policy')]: new Failure('NoSuchBucketPolicy'),
      [file('get-public-access-block')]: flags(),
      [file('get-bucket-ownership-controls')]: {
        OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
      },
      'global/s3control/get-public-access-block.json': flags(),
    },
    ...readings,
  );
const owner = { Grantee: { Type: 'CanonicalUser', ID: 'c0ffee' }, Permission: 'FULL_CONTROL' };

const old: [boolean, string] = [true, ago(200)];
const cases: [rule: AnyRule, situation: string, readings: Readings, parameters?: Json][] = [
  [sgOpenPorts, 'SSH open to IPv4', group('tcp 22 0.0.0.0/0')],
  [sgOpenPorts, 'SSH open to IPv4, beside the group itself', group('tcp 22 0.0.0.0/0 sg-1')],
  [sgOpenPorts, 'SSH open to IPv6, beside an office', group('tcp 22 ::/0 198.51.100.7/32')],
  [sgOpenPorts, 'all traffic', group('-1 - 0.0.0.0/0 sg-1')],
  [
    sgOpenPorts,
    'a prefix list that is open',
    { ...group('tcp 22 pl-1 sg-1'), ...list('pl-1', '198.51.100.7/32', '0.0.0.0/0') },
  ],
  [sgOpenPorts, 'ICMP where that is not allowed', group('icmp 8..0 0.0.0.0/0'), { allowIcmp: 'false' }],
  [s3Public, 'a public ACL', bucket(publicAcl)],
  [s3Public, 'a public ACL, after the owner', bucket(acl(owner, grant('AuthenticatedUsers', 'WRITE')))],
  [s3Public, 'a public policy', bucket(publicPolicy)],
  [
    s3Public,
    'a public policy whose condition does not help',
    bucket(policy(allow({ Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/0'] } } }))),
  ],
  [rootMfa, 'root without MFA', rootOf({ summary: { ...everything, AccountMFAEnabled: 0 } })],
  [
    rootMfa,
    "root's virtual device",
    rootOf({ summary: everything, devices: [{ ...ofRoot(), EnableDate: ago(9) } as never] }),
    { requireHardware: 'true' },
  ],
  [accessKeyAge, 'old keys, by the report alone', keysOf({ report: { kim: [old, old] } })],
  [
    accessKeyAge,
    'an old key',
    keysOf({ report: { kim: [[true, ago(200)]] }, keys: { kim: [key(ago(200))] } }),
  ],
  [
    accessKeyAge,
    'an old key of a user who is not in the report yet',
    keysOf({ users: ['kim'], keys: { kim: [key(ago(1)), key(ago(200))] } }),
  ],
  [
    trailObjectLock,
    'a bucket that retains for too short a time',
    trailsOf({ regions: { 'us-east-1': [trail()] }, locks: { logs: lock({ Mode: 'GOVERNANCE', Days: 9 }) } }),
  ],
  [
    trailObjectLock,
    'a bucket that retains in a mode too weak',
    trailsOf({
      regions: { 'us-east-1': [trail()] },
      locks: { logs: lock({ Mode: 'GOVERNANCE', Years: 9 }) },
    }),
    { mode: 'COMPLIANCE' },
  ],
];

/** Each cell of the report that is about a user's keys. */
function* spoiledReports(csv: string) {
  const [header = [], ...rows] = csv.split('\n').map((line) => line.split(','));
  const print = (lines: readonly (readonly string[])[]) => lines.map((line) => line.join(',')).join('\n');
  for (const [at, column] of header.entries()) {
    const without = (line: readonly string[]) => line.filter((_, i) => i !== at);
    yield { what: `column ${column} is not there`, value: print([header, ...rows].map(without)) };
    yield {
      what: `column ${column} is there twice`,
      value: print([...[header, ...rows].map((line) => [...line, line[at] ?? ''])]),
    };
    for (const strange of ['', 'x', '7', 'no_information', '0000']) {
      if (!column.startsWith('access_key')) continue;
      const [root = [], ...users] = rows;
      const changed = users.map((line) => line.map((cell, i) => (i === at ? strange : cell)));
      yield { what: `${column} is "${strange}"`, value: print([header, root, ...changed]) };
    }
  }
}

/** Of a policy the document, too, which comes as a text. */
function* spoiledAnswers(path: string, answer: unknown) {
  if (answer instanceof Failure) return;
  if (path.endsWith('.csv')) return yield* spoiledReports(String(answer));
  for (const one of spoiled(answer)) {
    // With null a source says that there is no such configuration.
    if (one.value !== null) yield one;
  }
  const { Policy } = answer as { Policy?: string };
  if (Policy === undefined) return;
  for (const { what, value } of spoiled(JSON.parse(Policy))) {
    // Without anybody, or anything, in it a statement says nothing; IAM's grammar has it so.
    if (!/ is (?:\[\]|\{\})$/.test(what)) {
      yield { what: `Policy.${what}`, value: { Policy: JSON.stringify(value) } };
    }
  }
}

const verdicts = async (...given: Parameters<typeof judged>) =>
  (await judged(...given)).map(({ id, compliance }) => ({ id, compliance }));

/** Who passes although something is spoiled, or that there is no word at all. */
function wronged(of: string, rule: AnyRule, said: Awaited<ReturnType<typeof verdicts>>): string[] {
  // Root has no key in any of the cases, which is a verdict of its own.
  const about = said.filter(
    ({ id, compliance }) => !(rule === accessKeyAge && id === ACCOUNT && compliance === 'COMPLIANT'),
  );
  if (about.length === 0) return [`${of}: no word`];
  return about.flatMap(({ id, compliance }) =>
    compliance === 'COMPLIANT' || compliance === 'NOT_APPLICABLE' ? [`${of}: ${id} is ${compliance}`] : [],
  );
}

/** The accounts of the two forms that answers come in. */
const forms: [form: string, open: (readings: Readings) => ReturnType<typeof memoryAccount>][] = [
  ['AWS', (readings) => memoryAccount(readings)],
  ['files', (readings) => snapshotAccount(written(readings)).account],
];

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => void rmSync(folder, { recursive: true })));

function written(readings: Readings): string {
  const folder = mkdtempSync(join(tmpdir(), 'spoiled-'));
  folders.push(folder);
  const root = join(folder, ACCOUNT);
  const errors = Object.entries(readings).flatMap(([path, answer]) =>
    answer instanceof Failure ? [{ file: path, code: answer.code }] : [],
  );
  for (const [path, answer] of [...Object.entries(readings), ['errors.json', errors] as const]) {
    if (answer instanceof Failure) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path.endsWith('.csv') ? String(answer) : JSON.stringify(answer));
  }
  return root;
}

describe.each(forms)('an answer of %s', (form, open) => {
  test.each(cases.map((one) => [one[1], one] as const))(
    '%s',
    async (_, [rule, , readings, parameters = {}]) => {
      const whole = await verdicts(rule, open(readings), parameters);
      expect(whole.map(({ compliance }) => compliance)).toContain('NON_COMPLIANT');

      const wrong: string[] = [];
      let tried = 0;
      for (const [path, answer] of Object.entries(readings)) {
        for (const { what, value } of spoiledAnswers(path, answer)) {
          const said = await verdicts(rule, open({ ...readings, [path]: value }), parameters);
          wrong.push(...wronged(`${path}: ${what}`, rule, said));
          tried++;
        }
      }
      expect(wrong).toEqual([]);
      note('answers', `${rule.id}, by ${form}`, { tried, passed: 0 });
    },
  );
});

const https = { ...((webServers.configuration as { ipPermissions: Json[] }).ipPermissions[0] as Json) };
const openGroup = (permission: Json) =>
  configured(webServers, { ipPermissions: [{ ...https, fromPort: 22, toPort: 22, ...permission }] });
const pair = [{ groupId: 'sg-9', userId: ACCOUNT }];
const noBlock = {
  PublicAccessBlockConfiguration: {
    blockPublicAcls: false,
    ignorePublicAcls: false,
    blockPublicPolicy: false,
    restrictPublicBuckets: false,
  },
};
const publicGrant = { grantee: 'AllUsers', permission: 'Read' };
const recorded: [rule: AnyRule, situation: string, item: Json][] = [
  [sgOpenPorts, 'SSH open to IPv4', openGroup({ ipv6Ranges: [], userIdGroupPairs: pair })],
  [
    sgOpenPorts,
    'SSH open to IPv6',
    openGroup({ ipRanges: ['198.51.100.7/32'], ipv4Ranges: [{ cidrIp: '198.51.100.7/32' }] }),
  ],
  [
    sgOpenPorts,
    'SSH open to IPv4, in an item of 2016',
    openGroup({ ipv4Ranges: undefined, ipv6Ranges: undefined, userIdGroupPairs: pair }),
  ],
  [
    s3Public,
    'a public ACL',
    supplemented(media, {
      ...noBlock,
      BucketPolicy: { policyText: null },
      AccessControlList: { grantSet: null, grantList: [publicGrant] },
    }),
  ],
  [s3Public, 'a public policy', supplemented(media, { ...noBlock, AccessControlList: { grantList: [] } })],
];

describe('a configuration item', () => {
  /** What the item says of itself, rather than of what is judged. */
  const SELF = /^(?:configuration(?:Item|State)|relat|resource(?:Creation|Type|Id)|aws|availability|ARN)/;

  test.each(recorded.map((one) => [one[1], one] as const))('of %s', async (_, [rule, , item]) => {
    const said = async (value: unknown) => {
      try {
        const readings = readItem(parseItem(value));
        const account = withItem(
          memoryAccount({ 'global/s3control/get-public-access-block.json': flags() }),
          readings,
        );
        return await verdicts(rule, account, {}, { resource: readings.resource });
      } catch (error) {
        if (error instanceof InvalidItemError) return [{ id: error.field, compliance: 'UNKNOWN' as const }];
        throw error;
      }
    };
    expect(await said(item)).toMatchObject([{ compliance: 'NON_COMPLIANT' }]);
    const wrong: string[] = [];
    for (const { what, value } of spoiled(item)) {
      // `{policyText: null}` is how AWS Config says that there is no policy.
      if (!SELF.test(what) && !what.endsWith('policyText is null'))
        wrong.push(...wronged(what, rule, await said(value)));
    }
    expect(wrong).toEqual([]);
  });
});

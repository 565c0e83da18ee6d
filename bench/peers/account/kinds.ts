/**
 * What is in the emulated account, by kind: what a kind is of, and the right verdict on it by the definition of the rule. Right
 * answers are written down here, by hand; no tool was asked for them.
 */

export type Verdict = 'COMPLIANT' | 'NON_COMPLIANT';

export interface Kind<What> {
  readonly right: Verdict;
  /** What it is, in the words of the page that compares. */
  readonly is: string;
  readonly what: What;
}

/** `moto`'s own form of a permission's source. */
export interface Permission {
  readonly protocol: string;
  readonly ports?: readonly [from: number, to: number];
  readonly v4?: readonly string[];
  readonly v6?: readonly string[];
  /** Names of prefix lists. */
  readonly lists?: readonly (keyof typeof PREFIX_LISTS)[];
  readonly self?: boolean;
}

export const PREFIX_LISTS = { everybody: ['0.0.0.0/0'], offices: ['52.95.10.0/28'] };

const WORLD = ['0.0.0.0/0'];
const ssh = { protocol: 'tcp', ports: [22, 22] } as const;
const group = (right: Verdict, is: string, ...what: Permission[]): Kind<readonly Permission[]> => ({
  right,
  is,
  what,
});

export const GROUPS = {
  web: group(
    'COMPLIANT',
    'TCP 80 and 443 from 0.0.0.0/0',
    {
      protocol: 'tcp',
      ports: [80, 80],
      v4: WORLD,
    },
    {
      protocol: 'tcp',
      ports: [443, 443],
      v4: WORLD,
      v6: ['::/0'],
    },
  ),
  ssh: group('NON_COMPLIANT', 'TCP 22 from 0.0.0.0/0', { ...ssh, v4: WORLD }),
  private: group('COMPLIANT', 'all traffic from 10.0.0.0/8', { protocol: '-1', v4: ['10.0.0.0/8'] }),
  'rdp-ipv6': group('NON_COMPLIANT', 'TCP 3389 from ::/0', {
    protocol: 'tcp',
    ports: [3389, 3389],
    v6: ['::/0'],
  }),
  office: group('COMPLIANT', 'TCP 22 from a public /24', { ...ssh, v4: ['52.95.10.0/24'] }),
  everything: group('NON_COMPLIANT', 'all traffic from 0.0.0.0/0', { protocol: '-1', v4: WORLD }),
  itself: group('COMPLIANT', 'all traffic from the group itself', { protocol: '-1', self: true }),
  'around-web': group('NON_COMPLIANT', 'TCP 80 to 443 from 0.0.0.0/0', {
    protocol: 'tcp',
    ports: [80, 443],
    v4: WORLD,
  }),
  'ssh-halves': group('NON_COMPLIANT', 'TCP 22 from 0.0.0.0/1 and 128.0.0.0/1', {
    ...ssh,
    v4: ['0.0.0.0/1', '128.0.0.0/1'],
  }),
  'ssh-wide': group('NON_COMPLIANT', 'TCP 22 from the public range 52.0.0.0/8', {
    ...ssh,
    v4: ['52.0.0.0/8'],
  }),
  app: group('NON_COMPLIANT', 'TCP 8080 from 0.0.0.0/0', { protocol: 'tcp', ports: [8080, 8080], v4: WORLD }),
  dns: group('NON_COMPLIANT', 'UDP 53 from 0.0.0.0/0', { protocol: 'udp', ports: [53, 53], v4: WORLD }),
  gre: group('NON_COMPLIANT', 'GRE (protocol 47) from 0.0.0.0/0', { protocol: '47', v4: WORLD }),
  ping: group('COMPLIANT', 'ICMP from 0.0.0.0/0', { protocol: 'icmp', ports: [-1, -1], v4: WORLD }),
  'ssh-list': group('NON_COMPLIANT', 'TCP 22 from a prefix list that has 0.0.0.0/0', {
    ...ssh,
    lists: ['everybody'],
  }),
  'ssh-office-list': group('COMPLIANT', 'TCP 22 from a prefix list that has a /28', {
    ...ssh,
    lists: ['offices'],
  }),
};

export interface Bucket {
  readonly acl?: 'public-read' | 'authenticated-read';
  /** A policy of one Allow for `s3:GetObject`; `*` where it says nothing else. */
  readonly policy?: {
    readonly Principal?: unknown;
    readonly NotPrincipal?: unknown;
    readonly Condition?: unknown;
  };
  /** A Deny for everybody beside it, under this condition. */
  readonly deny?: unknown;
  readonly block?: readonly ('IgnorePublicAcls' | 'RestrictPublicBuckets')[];
  /** Object Lock: a default retention, or none. */
  readonly lock?: { readonly mode: 'GOVERNANCE' | 'COMPLIANCE'; readonly days: number } | 'without retention';
}

const bucket = (right: Verdict, is: string, what: Bucket): Kind<Bucket> => ({ right, is, what });
const ANYBODY = { Principal: '*' };

export const BUCKETS = {
  blocked: bucket('COMPLIANT', 'nothing public, Block Public Access on', {
    block: ['IgnorePublicAcls', 'RestrictPublicBuckets'],
  }),
  plain: bucket('COMPLIANT', 'nothing public, Block Public Access off', {}),
  'acl-read': bucket('NON_COMPLIANT', 'ACL with AllUsers', { acl: 'public-read' }),
  'acl-authenticated': bucket('NON_COMPLIANT', 'ACL with AuthenticatedUsers', { acl: 'authenticated-read' }),
  'acl-ignored': bucket('COMPLIANT', 'ACL with AllUsers under IgnorePublicAcls', {
    acl: 'public-read',
    block: ['IgnorePublicAcls'],
  }),
  'policy-anybody': bucket('NON_COMPLIANT', 'policy for `*`', { policy: ANYBODY }),
  'policy-restricted': bucket('COMPLIANT', 'policy for `*` under RestrictPublicBuckets', {
    policy: ANYBODY,
    block: ['RestrictPublicBuckets'],
  }),
  'policy-account': bucket('COMPLIANT', 'policy for one other account', {
    policy: { Principal: { AWS: 'arn:aws:iam::444455556666:root' } },
  }),
  'policy-endpoint': bucket('COMPLIANT', 'policy for `*` through one VPC endpoint', {
    policy: { ...ANYBODY, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718' } } },
  }),
  'policy-organization': bucket('COMPLIANT', 'policy for `*` of one organization', {
    policy: { ...ANYBODY, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } },
  }),
  'policy-range': bucket('COMPLIANT', 'policy for `*` from a public /24', {
    policy: { ...ANYBODY, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
  }),
  'policy-internet': bucket('NON_COMPLIANT', 'policy for `*` from aws:SourceIp 0.0.0.0/0', {
    policy: { ...ANYBODY, Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } },
  }),
  'policy-pattern': bucket('NON_COMPLIANT', 'policy for `*` where aws:SourceVpce is like `vpce-*`', {
    policy: { ...ANYBODY, Condition: { StringLike: { 'aws:SourceVpce': 'vpce-*' } } },
  }),
  'policy-not-principal': bucket('NON_COMPLIANT', 'policy for everybody but one account (NotPrincipal)', {
    policy: { NotPrincipal: { AWS: 'arn:aws:iam::444455556666:root' } },
  }),
  'policy-denied': bucket('COMPLIANT', 'policy for `*`, and a Deny for all but one VPC endpoint', {
    policy: ANYBODY,
    deny: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718' } },
  }),
};

/** Kinds of the buckets that trails write to; all are `COMPLIANT` for s3-public, `right` is trail-object-lock's. */
export const TRAILS = {
  locked: bucket('COMPLIANT', 'Object Lock with COMPLIANCE for 365 days', {
    lock: { mode: 'COMPLIANCE', days: 365 },
  }),
  'locked-briefly': bucket('NON_COMPLIANT', 'Object Lock with GOVERNANCE for one day', {
    lock: { mode: 'GOVERNANCE', days: 1 },
  }),
  'lock-without-retention': bucket('NON_COMPLIANT', 'Object Lock without a default retention', {
    lock: 'without retention',
  }),
  unlocked: bucket('NON_COMPLIANT', 'no Object Lock', {}),
};

export interface Key {
  readonly active: boolean;
  readonly ageHours: number;
}

const user = (right: Verdict, is: string, ...what: Key[]): Kind<readonly Key[]> => ({ right, is, what });
const key = (days: number, active = true, hours = 1): Key => ({ active, ageHours: days * 24 + hours });

export const USERS = {
  none: user('COMPLIANT', 'no key'),
  fresh: user('COMPLIANT', 'an active key of 10 days', key(10)),
  old: user('NON_COMPLIANT', 'an active key of 200 days', key(200)),
  'old-inactive': user('COMPLIANT', 'an inactive key of 200 days', key(200, false)),
  'second-old': user('NON_COMPLIANT', 'active keys of 10 and of 200 days', key(10), key(200)),
  rotated: user('COMPLIANT', 'an inactive key of 200 days, an active one of 10', key(200, false), key(10)),
  'in-time': user('COMPLIANT', 'an active key of 89 days', key(89)),
  late: user('NON_COMPLIANT', 'an active key of 91 days', key(91)),
  'late-by-an-hour': user('NON_COMPLIANT', 'an active key of 90 days and an hour', key(90)),
};

/** Root has a password and no MFA, and no access key. */
export const ROOT = {
  'root-mfa': { right: 'NON_COMPLIANT', is: 'root with a password and without MFA' },
  'access-key-age': { right: 'COMPLIANT', is: 'root without an access key' },
} as const satisfies Readonly<Record<string, { right: Verdict; is: string }>>;

/** Findings that no situation and no sample account has: of rules without situations, and of what is shortened or left out. */
import accessAnalyzerFindings from '../../rules/access-analyzer-findings/rule.ts';
import accessKeyAge from '../../rules/access-key-age/rule.ts';
import adminPrincipalExists from '../../rules/admin-principal-exists/rule.ts';
import albHttpToHttps from '../../rules/alb-http-to-https/rule.ts';
import budgetAlert from '../../rules/budget-alert/rule.ts';
import configRecorderEnabled from '../../rules/config-recorder-enabled/rule.ts';
import ec2RoleLeastPrivilege from '../../rules/ec2-role-least-privilege/rule.ts';
import iamLongTermCredentials from '../../rules/iam-long-term-credentials/rule.ts';
import iamMfaEnforced from '../../rules/iam-mfa-enforced/rule.ts';
import iamPolicyConditions from '../../rules/iam-policy-conditions/rule.ts';
import iamS3AdminRestricted from '../../rules/iam-s3-admin-restricted/rule.ts';
import memberRootCredentials from '../../rules/member-root-credentials/rule.ts';
import rdsAuditLog from '../../rules/rds-audit-log/rule.ts';
import rdsAuroraAuditLog from '../../rules/rds-aurora-audit-log/rule.ts';
import rdsIngressSources from '../../rules/rds-ingress-sources/rule.ts';
import rootActivityAlert from '../../rules/root-activity-alert/rule.ts';
import rootLastUsed from '../../rules/root-last-used/rule.ts';
import rootMfa from '../../rules/root-mfa/rule.ts';
import rootSigningCertificates from '../../rules/root-signing-certificates/rule.ts';
import type { AnyRule, Finding, MessagesOf } from '../../rules/rule.ts';
import s3Public from '../../rules/s3-public/rule.ts';
import securityContact from '../../rules/security-contact/rule.ts';
import sgOpenPorts from '../../rules/sg-open-ports/rule.ts';
import trailObjectLock from '../../rules/trail-object-lock/rule.ts';
import unusedAccessAnalyzer from '../../rules/unused-access-analyzer/rule.ts';
import unusedResources from '../../rules/unused-resources/rule.ts';

type FindingOf<R extends AnyRule> = Parameters<MessagesOf<R>[keyof MessagesOf<R>]>[0];
const of = <R extends AnyRule>(rule: R, ...findings: FindingOf<R>[]): [string, Finding[]] => [
  rule.id,
  findings as Finding[],
];

const at = new Date('2026-10-02T03:04:05Z');
const many = (name: string) => Array.from({ length: 7 }, (_, index) => `${name}${index + 11}`);
const place = { bucket: 'logs-7', accountId: '111122223333' };
const inbound = {
  families: ['ipv4'],
  sources: ['0.0.0.0/0', '198.51.100.0/24'],
  rules: [{ protocol: '-1', family: 'ipv4', source: '0.0.0.0/0' }],
} as const;
const open = { writes: true, settings: null, others: [] };
const statement = {
  ...open,
  kind: 'publicPolicy',
  statement: 3,
  principal: 'anyone',
  actions: ['s3:*'],
} as const;
const reasons = [
  'aws:SourceIp 0.0.0.0/1 is broader than /8',
  'aws:SourceIp ranges join to more than a /8',
  'aws:SourceIp here is not a plain address range',
  'aws:SourceArn arn:aws:s3:::b* is not fixed',
  'ArnLike does not compare aws:SourceIp',
  'StringNotEquals restricts nobody, aws:Referer restricts nobody',
];

export const FURTHER: Readonly<Record<string, readonly Finding[]>> = Object.fromEntries([
  of(
    accessAnalyzerFindings,
    { kind: 'shared', resource: 'b-1', isPublic: false, principals: [], region: 'us-east-1' },
    {
      kind: 'inactive',
      analyzer: 'a1',
      status: 'FAILED',
      reason: 'SERVICE_LINKED_ROLE',
      region: 'us-east-1',
    },
    { kind: 'inactive', analyzer: 'a1', status: 'CREATING', reason: undefined, region: 'us-east-1' },
  ),
  of(
    accessKeyAge,
    { kind: 'exempt', by: 'tag old-keys' },
    { kind: 'oldKey', keyId: 'AKIA1', ageDays: 90, maxAgeDays: 90, createdAt: at.toISOString() },
    { kind: 'oldKey', number: 2, ageDays: 91, maxAgeDays: 90, createdAt: at.toISOString() },
    { kind: 'expiring', number: 1, ageDays: 85, failsAt: at.toISOString() },
    { kind: 'rootKey', number: 2 },
  ),
  of(
    adminPrincipalExists,
    { kind: 'tooFew', found: ['user kim', 'role ops'], least: 4 },
    { kind: 'tooMany', users: many('user-'), most: 5 },
  ),
  of(
    albHttpToHttps,
    ...[
      'forwards requests',
      'redirects to HTTP',
      'answers by itself',
      'does nothing',
      'does jwt-validation',
    ].map((does) => ({ kind: 'plainDefault' as const, listener: 'arn:l', port: 8080, does })),
    { kind: 'plainRule', priority: '12', listener: 'arn:l', port: 80, does: 'forwards requests' },
  ),
  of(
    budgetAlert,
    { kind: 'tooFew', count: 1, minBudgets: 2 },
    { kind: 'unhealthy', budget: 'b1', reason: 'BILLING_VIEW_NO_ACCESS' },
    { kind: 'unhealthy', budget: 'b1', reason: undefined },
    { kind: 'filtered', budget: 'b1', by: 'a billing view' },
    {
      kind: 'noAlert',
      budget: 'b1',
      asked: { requireNotification: true, maxThresholdPercent: 80 },
    },
  ),
  of(
    configRecorderEnabled,
    { kind: 'someTypes', region: 'us-east-1', recorder: 'r', excluded: many('AWS::X::Y') },
    { kind: 'failing', region: 'us-east-1', recorder: 'r', code: undefined },
  ),
  of(
    ec2RoleLeastPrivilege,
    { kind: 'allBut', role: 'r1', policy: 'inline policy p1', but: many('iam:A') },
    { kind: 'serviceWildcard', role: 'r1', policy: 'policy arn:aws:iam::1:policy/p', services: many('s') },
  ),
  of(
    iamLongTermCredentials,
    { kind: 'accessKey', number: 1, isActive: true },
    { kind: 'accessKey', keyId: 'AKIA1', isActive: false, lastUsed: null },
    { kind: 'accessKey', keyId: 'AKIA1', isActive: true, lastUsed: at.toISOString() },
    { kind: 'certificate', number: 2 },
    { kind: 'certificate', certificateId: 'CERT1' },
  ),
  of(
    iamMfaEnforced,
    { kind: 'withoutMfa', by: ['password', 'key'], actions: ['everything but iam:* and 2 more'] },
    { kind: 'withoutMfa', by: ['key'], actions: ['everything but iam:*', ...many('s3:')] },
    { kind: 'withoutMfa', by: ['key'], actions: ['everything'] },
  ),
  of(
    iamPolicyConditions,
    { kind: 'unrestricted', index: 3, actions: many('iam:A'), keys: ['aws:Referer', 'aws:UserAgent'] },
    { kind: 'unrestricted', index: 3, sid: 'Open', actions: ['iam:PassRole'], keys: [] },
  ),
  of(iamS3AdminRestricted, {
    kind: 'allowed',
    policy: 'inline policy p1',
    group: 'g1',
    actions: many('s3:A'),
  }),
  of(
    memberRootCredentials,
    ...(
      ['noOrganization', 'managementAccount', 'notEnabled', 'notHere', 'notMember', 'notActive'] as const
    ).map((why) => ({ kind: 'outOfReach' as const, why })),
    { kind: 'accessKey', id: 'AKIA1', active: true, createdAt: at, lastUsed: at, service: 's3' },
    { kind: 'accessKey', id: 'AKIA1', active: false, createdAt: at },
    { kind: 'certificate', id: 'CERT1', active: true, uploadedAt: at },
    { kind: 'certificate', id: 'CERT1', active: false, uploadedAt: at },
    { kind: 'password', createdAt: at, lastUsed: at },
    { kind: 'mfaDevice', serialNumber: 'arn:aws:iam::111122223333:mfa/root', enabledAt: at },
  ),
  of(
    rdsAuditLog,
    { kind: 'notExported', engine: 'mysql', types: ['audit', 'slowquery'] },
    { kind: 'engine', engine: 'db2-ae' },
    { kind: 'status', status: 'storage-config' },
  ),
  of(rdsAuroraAuditLog, { kind: 'notExported' }, { kind: 'engine', engine: 'aurora-postgresql' }),
  of(
    rdsIngressSources,
    { kind: 'internet', group: 'sg-1', source: '::/0', isPublic: true, at: 'mysql on any port' },
    { kind: 'list', group: 'sg-1', source: 'pl-1', entry: '10.0.0.0/7', why: 'wide', widest: 16 },
  ),
  of(
    rootActivityAlert,
    { kind: 'noMetric', at: 'root-use', of: "root's sign-in" },
    { kind: 'partly', alert: 'metric filter m1', covered: ['sign-in'], lacking: ['API calls', 's3:Put*'] },
  ),
  of(
    rootLastUsed,
    { kind: 'used', how: 'access key 2', at, daysAgo: -1, maxDaysSinceUse: 30 },
    { kind: 'used', how: 'access key 1', at, daysAgo: 0, maxDaysSinceUse: 1 },
    { kind: 'approved', how: 'password', at, until: new Date('2026-11-01T00:00:00Z') },
  ),
  of(
    rootMfa,
    { kind: 'noMfa', credentials: ['password', 'access key', 'signing certificate'] },
    { kind: 'virtualMfa', serialNumber: 'arn:aws:iam::111122223333:mfa/root-account-mfa-device' },
    { kind: 'noCredentials' },
  ),
  of(
    rootSigningCertificates,
    { kind: 'certificate', numbers: [] },
    { kind: 'certificate', numbers: [1] },
    { kind: 'certificate', numbers: [1, 2] },
  ),
  of(
    s3Public,
    { kind: 'exempt', by: 'parameter exemptBuckets' },
    {
      ...open,
      kind: 'publicAcl',
      grantee: 'AllUsers',
      permissions: ['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP'],
    },
    { ...statement, why: '', notActions: true },
    { ...statement, why: '', principal: 'anyone but 111122223333', sid: 'Some' },
    { ...statement, why: '', principal: 'Federated graph.facebook.com', status: 'AccessDenied' },
    ...reasons.map((why) => ({ ...statement, why, status: 'public' })),
    { kind: 'saidNotPublic', statement: 3, why: 'aws:PrincipalOrgPaths restricts nobody' },
    { kind: 'saidNotPublic', statement: 3, sid: 'Paths', why: '' },
  ),
  of(securityContact, { kind: 'noContact' }),
  of(
    sgOpenPorts,
    { ...inbound, kind: 'allTraffic' },
    { ...inbound, kind: 'allTraffic', awsLists: { '0.0.0.0/0': 'com.amazonaws.global.x' } },
    { ...inbound, kind: 'openPorts', protocol: 'tcp', fromPort: 81, toPort: 442 },
    { ...inbound, kind: 'openIcmp', protocol: 'icmp', fromType: 8, toType: 8 },
    { ...inbound, kind: 'openIcmp', protocol: 'icmpv6', fromType: 0, toType: 255 },
    { ...inbound, kind: 'openProtocol', protocol: '99' },
    { ...inbound, kind: 'openProtocol', protocol: 'gre' },
    { kind: 'foreignGroup', owner: '444455556666' },
    { kind: 'exempt', by: 'tag open-on-purpose' },
  ),
  of(
    trailObjectLock,
    { ...place, kind: 'noDefaultRetention' },
    { ...place, kind: 'weakMode', retention: { mode: 'GOVERNANCE', days: 400 } },
    { kind: 'noBucket', bucket: 'logs-7' },
    { kind: 'noTrail', regions: many('us-east-') },
    { kind: 'noTrail', regions: ['us-east-1', 'us-west-2'] },
    {
      kind: 'elsewhere',
      trails: many('trail-')
        .map((name) => ({ name, homeRegion: 'eu-west-1' }))
        .slice(0, 4),
    },
    { kind: 'exempt', by: 'parameter excludeBuckets' },
  ),
  of(unusedAccessAnalyzer, {
    kind: 'inactive',
    analyzer: 'a1',
    region: 'us-east-1',
    status: 'FAILED',
    reason: undefined,
  }),
  of(
    unusedResources,
    { kind: 'idleInstance', days: 14, highest: 3.14 },
    { kind: 'noTargets', groups: 3 },
    { kind: 'noTargets', groups: 0 },
  ),
]);

import * as z from 'zod/mini';
import { controls, isPlanned } from '../../catalogue/index.ts';
import { awsOwned } from '../../remediation-docs/aws-owned.ts';
import { fixes, rules } from '../../rules/index.ts';
import { awsOwnedTable, fixesTable, plannedTable } from '../../scripts/fixes.ts';

/** The baseline's controls that a document of AWS fixes, each with the document that the catalogue names. */
const CATALOGUE: Readonly<Record<string, string>> = {
  'iam-password-policy': 'AWSConfigRemediation-SetIAMPasswordPolicy',
  'iam-password-expiry': 'AWSConfigRemediation-SetIAMPasswordPolicy',
  'access-key-not-in-build-env': 'AWSConfigRemediation-DeleteAccessKeysFromCodeBuildProject',
  'iam-unused-credentials': 'AWSConfigRemediation-RevokeUnusedIAMUserCredentials',
  'iam-user-no-direct-policies': 'AWSConfigRemediation-RemoveUserPolicies',
  'least-privilege-no-admin-policy': 'AWSConfigRemediation-DetachIAMPolicy',
  'least-privilege-admin-attachments': 'AWSConfigRemediation-DetachIAMPolicy',
  'cloudtrail-to-s3': 'AWS-EnableCloudTrail',
  'cloudtrail-multi-region': 'AWSConfigRemediation-CreateCloudTrailMultiRegionTrail',
  'activity-monitoring-cloudwatch': 'AWS-EnableCloudTrailCloudWatchLogs',
  'access-analyzer-enabled': 'AWSConfigRemediation-EnableAccountAccessAnalyzer',
  'guardduty-enabled': 'AWSConfigRemediation-CreateGuardDutyDetector',
  'securityhub-enabled': 'AWSConfigRemediation-EnableSecurityHub',
  'config-recorder-enabled': 'AWSSupport-SetupConfig',
  'unused-ec2-stopped': 'AWS-TerminateEC2Instance',
  'unused-ebs-volumes': 'AWSConfigRemediation-DeleteUnusedEBSVolume',
  'unused-eip': 'AWS-ReleaseElasticIP',
  'unused-security-groups': 'AWSConfigRemediation-DeleteUnusedSecurityGroup',
  'unused-nacl': 'AWSConfigRemediation-DeleteUnusedVPCNetworkACL',
  'unused-secrets': 'AWSConfigRemediation-DeleteSecret',
  'sg-authorized-ports-only': 'AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules',
  'ssh-not-world-open': 'AWS-DisableIncomingSSHOnPort22',
  's3-public': 'AWSConfigRemediation-ConfigureS3BucketPublicAccessBlock',
  's3-account-block-public-access': 'AWSConfigRemediation-ConfigureS3PublicAccessBlock',
  's3-bucket-block-public-access': 'AWSConfigRemediation-ConfigureS3BucketPublicAccessBlock',
  's3-encryption': 'AWS-EnableS3BucketEncryption',
  's3-tls-only': 'AWSConfigRemediation-RestrictBucketSSLRequestsOnly',
  'cloudfront-https': 'AWSConfigRemediation-EnableCloudFrontViewerPolicyHTTPS',
  'ec2-managed-by-ssm': 'AWS-SetupManagedRoleOnEC2Instance',
  'ssm-session-logging': 'AWSConfigRemediation-EnableCWLoggingForSessionManager',
  'ec2-iam-role': 'AWS-AttachIAMToInstance',
  'secrets-rotation': 'AWSConfigRemediation-RotateSecret',
  'rds-not-public': 'AWSConfigRemediation-DisablePublicAccessToRDSInstance',
  'ebs-encryption-default': 'AWSConfigRemediation-EnableEbsEncryptionByDefault',
  'os-patching': 'AWS-PatchInstanceWithRollback',
};

const sentence = (script: RegExp) => z.string().check(z.minLength(3), z.regex(script), z.regex(/[.?]$/));
const text = z.object({ en: sentence(/[a-z]/), ko: sentence(/[가-힣]/) });
const summary = {
  changes: text,
  breaks: text,
  undo: text,
  automatic: z.object({ sensible: z.boolean(), why: text }),
};
const parameter = z.strictObject({
  name: z.string().check(z.regex(/^[A-Za-z0-9]{1,50}$/)),
  type: z.enum(['String', 'StringList', 'Integer', 'Boolean']),
  required: z.boolean(),
  resource: z.optional(z.literal(true)),
  // The API's limit ("Data elements and parameters").
  value: z.optional(z.string().check(z.minLength(1), z.maxLength(512))),
});
const document = z.strictObject({
  ...summary,
  name: z.string().check(z.regex(/^AWS(?:ConfigRemediation|Support)?-[A-Za-z0-9]+$/), z.maxLength(128)),
  controls: z.array(z.string()).check(z.minLength(1)),
  byHand: z.optional(z.array(z.string()).check(z.minLength(1))),
  parameters: z.array(parameter).check(z.minLength(1)),
  // As IAM names them; test/deploy/resources.test.ts holds each against the service authorization reference.
  actions: z.optional(z.array(z.string().check(z.regex(/^[a-z0-9-]+:[A-Z]\w+$/))).check(z.minLength(1))),
  source: z
    .string()
    .check(
      z.regex(
        /^https:\/\/docs\.aws\.amazon\.com\/systems-manager-automation-runbooks\/latest\/userguide\/[\w-]+\.html$/,
      ),
    ),
  edition: z.enum(['current', 'before June 2023']),
  unverified: z.optional(text),
});

test('every document of AWS that the catalogue names is here, once, for the same controls', () => {
  const ours = awsOwned.flatMap(({ name, controls }) => controls.map((control) => [control, name] as const));
  // SSM's own list spells one name otherwise than the catalogue does.
  const spelled = (name: string) => name.replace('OnEC2Instance', 'OnEc2Instance');
  const theirs = Object.entries(CATALOGUE).map(([control, name]) => [control, spelled(name)] as const);
  expect(new Map(ours)).toEqual(new Map(theirs));
  expect(ours).toHaveLength(theirs.length);
  expect(new Set(awsOwned.map(({ name }) => name)).size).toBe(awsOwned.length);
});

test.each(awsOwned)('$name', (entry) => {
  expect(z.safeParse(document, entry).error?.issues ?? []).toEqual([]);
  const { name, parameters, controls, byHand = [], actions = [] } = entry;
  expect(actions).toEqual([...new Set(actions)].sort());
  expect(byHand.filter((control) => !controls.includes(control))).toEqual([]);
  expect(new Set(parameters.map((one) => one.name)).size).toBe(parameters.length);
  // RESOURCE_ID goes to one parameter at most, and nothing else goes there.
  const resources = parameters.filter((one) => one.resource);
  expect(resources.length).toBeLessThanOrEqual(1);
  for (const one of resources) expect(one).toMatchObject({ required: true });
  for (const one of resources) expect(one.value).toBeUndefined();
  // An optional one is listed because the baseline sets it, AutomationAssumeRole apart.
  const idle = parameters.filter((one) => !one.required && one.value === undefined);
  expect(idle.map((one) => one.name)).toEqual(
    idle.some((one) => one.name === 'AutomationAssumeRole') ? ['AutomationAssumeRole'] : [],
  );
  // The AWSConfigRemediation documents cannot do without their role.
  const role = parameters.find((one) => one.name === 'AutomationAssumeRole');
  expect(role?.required).toBe(name.startsWith('AWSConfigRemediation-'));
  for (const { type, value } of parameters) {
    if (value === undefined) continue;
    if (type === 'Boolean') expect(['true', 'false']).toContain(value);
    if (type === 'Integer') expect(value).toMatch(/^\d+$/);
  }
});

test.each([...rules, ...fixes])('the document of $id is summed up, in both languages', ({ fix }) => {
  expect(z.safeParse(z.strictObject(summary), fix.summary).error?.issues ?? []).toEqual([]);
});

test('what the document of a planned rule would do is said, and of no other', () => {
  for (const control of controls) {
    const { id, remediation } = control;
    const would = remediation.kind === 'own-document' ? remediation.would : undefined;
    const isOurs = isPlanned(control) && remediation.kind === 'own-document';
    expect([id, would !== undefined]).toEqual([id, isOurs]);
    if (!would) continue;
    expect(Object.hasOwn(CATALOGUE, id)).toBe(false);
    expect(would.en).toMatch(/^[a-z]/);
    expect(would.ko).toMatch(/[가-힣]/);
  }
});

test('the tables say what is required, what takes RESOURCE_ID, and what is unverified', () => {
  const row = (table: string, name: string) =>
    table.split('\n').find((line) => line.includes(`[${name}]`)) ?? '';
  const english = awsOwnedTable('en');
  expect(english.split('\n')).toHaveLength(awsOwned.length + 2);
  expect(row(english, 'AWSConfigRemediation-RotateSecret')).toContain(
    '`AutomationAssumeRole` (String, required): yours to say; `RotationInterval` (Integer, required) = `90`; `RotationLambdaArn` (String, required): yours to say; `SecretId` (String, required) = `RESOURCE_ID`',
  );
  expect(row(english, 'AWS-TerminateEC2Instance')).toMatch(
    /`AutomationAssumeRole` \(String, optional\); .*Unverified: .*StringList/,
  );
  expect(row(english, 'AWSConfigRemediation-DetachIAMPolicy')).toMatch(
    /`least-privilege-no-admin-policy`, `least-privilege-admin-attachments` \(by hand only/,
  );
  expect(row(english, 'AWS-EnableCloudTrail')).toMatch(/before June 2023: unverified/);
  expect(row(awsOwnedTable('ko'), 'AWS-EnableCloudTrail')).toMatch(/2023년 6월 이전/);
  expect(row(fixesTable(rules, fixes, 'en'), 's3-public')).toMatch(
    /^\| \[s3-public\]\(\.\.\/rules\/s3-public\/README\.md\): `Groundrules-S3Public` \| CRITICAL \| The flags/,
  );
  expect(row(fixesTable(rules, fixes, 'ko'), 'rds-audit-log')).toMatch(
    /\.\.\/rules\/rds-audit-log\/README\.ko\.md\): `Groundrules-RdsAuditLog` \(탐지: `RDS_LOGGING_ENABLED`\) \| MEDIUM \|/,
  );
  const planned = controls.flatMap(({ id, remediation }) =>
    'would' in remediation && remediation.would ? [`| \`${id}\` | ${remediation.would.en} |`] : [],
  );
  expect(plannedTable('en').split('\n').slice(2)).toEqual(planned);
});

/**
 * Which resources an IAM action can be held to (the service authorization reference's page of each service). `*`
 * stands where the action has no resource types. A reading says it of its own actions. Every other action that a
 * function or a document needs has a row here, and a missing one is an error. It does not import the CDK, because the
 * command prints policies, too.
 */
import { actionOf, type Scope } from '../../account/reading.ts';
import { READINGS } from '../../account/services/index.ts';
import type { ByFunction } from '../../rules/fix.ts';

/** What stands in an ARN: CDK tokens, or texts. */
export interface ArnPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

const arn = (service: string, rest: string, region = '{region}', account = '{account}') =>
  `arn:{partition}:${service}:${region}:${account}:${rest}`;
const bucket = arn('s3', '*', '', '');
const user = arn('iam', 'user/*', '');
/** What iam-mfa-enforced's document puts users into, and what denies them everything without MFA. */
const mfaGroup = arn('iam', 'group/groundrules-require-mfa', '');
const mfaPolicy = arn('iam', 'policy/GroundrulesRequireMfa', '');

const distribution = arn('cloudfront', 'distribution/*', '');
/** Snapshots' ARNs name no account. */
const snapshot = arn('ec2', 'snapshot/*', '{region}', '');
/** The document that Session Manager keeps its preferences in. */
const sessions = arn('ssm', 'document/SSM-SessionManagerRunShell');

/** What documents, AWS Config's contract and the command itself need beside the readings. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'access-analyzer:CreateAnalyzer': [arn('access-analyzer', 'analyzer/*')],
  'access-analyzer:GetAnalyzer': [arn('access-analyzer', 'analyzer/*')],
  'account:DeleteAlternateContact': [arn('account', 'account', '')],
  'account:PutAlternateContact': [arn('account', 'account', '')],
  'budgets:ModifyBudget': [arn('budgets', 'budget/*', '')],
  'ce:CreateAnomalyMonitor': ['*'],
  'ce:CreateAnomalySubscription': ['*'],
  'ce:DeleteAnomalyMonitor': [arn('ce', 'anomalymonitor/*', '')],
  'ce:DeleteAnomalySubscription': [arn('ce', 'anomalysubscription/*', '')],
  'cloudfront:GetDistribution': [distribution],
  'cloudfront:GetDistributionConfig': [distribution],
  'cloudfront:UpdateDistribution': [distribution],
  'cloudtrail:CreateTrail': [arn('cloudtrail', 'trail/*')],
  'cloudtrail:GetTrail': [arn('cloudtrail', 'trail/*')],
  'cloudtrail:StartLogging': [arn('cloudtrail', 'trail/*')],
  'codebuild:BatchGetProjects': [arn('codebuild', 'project/*')],
  'codebuild:UpdateProject': [arn('codebuild', 'project/*')],
  'config:DescribeConfigRules': ['*'],
  'config:DescribeConformancePacks': ['*'],
  // Wildcards, because AWS Config chooses a rule's id, and the rules of packs have it further down
  // (config-rule/aws-service-rule/…).
  'config:GetComplianceDetailsByConfigRule': [arn('config', 'config-rule/*')],
  'config:GetConformancePackComplianceDetails': [arn('config', 'conformance-pack/*')],
  'config:GetResourceConfigHistory': ['*'],
  'config:ListDiscoveredResources': ['*'],
  'config:PutEvaluations': ['*'],
  'config:PutExternalEvaluation': [arn('config', 'config-rule/*')],
  'ec2:AuthorizeSecurityGroupIngress': [arn('ec2', 'security-group/*'), arn('ec2', 'security-group-rule/*')],
  'ec2:CreateSnapshot': [arn('ec2', 'volume/*'), snapshot],
  'ec2:CreateTags': [arn('ec2', 'security-group-rule/*')],
  'ec2:DeleteNetworkAcl': [arn('ec2', 'network-acl/*')],
  'ec2:DeleteSecurityGroup': [arn('ec2', 'security-group/*')],
  'ec2:DeleteSnapshot': [snapshot],
  'ec2:DeleteVolume': [arn('ec2', 'volume/*')],
  'ec2:DescribeNetworkAcls': ['*'],
  'ec2:DescribeSnapshots': ['*'],
  'ec2:DescribeVolumes': ['*'],
  'ec2:EnableEbsEncryptionByDefault': ['*'],
  'ec2:GetEbsEncryptionByDefault': ['*'],
  'ec2:ReleaseAddress': [arn('ec2', 'elastic-ip/*')],
  'ec2:RevokeSecurityGroupIngress': [arn('ec2', 'security-group/*')],
  'elasticloadbalancing:ModifyListener': [arn('elasticloadbalancing', 'listener/app/*')],
  'guardduty:CreateDetector': ['*'],
  'iam:AddUserToGroup': [mfaGroup],
  'iam:AttachGroupPolicy': [mfaGroup],
  'iam:CreateGroup': [mfaGroup],
  'iam:CreatePolicy': [mfaPolicy],
  // Of the services that documents of AWS's turn on.
  'iam:CreateServiceLinkedRole': ['access-analyzer', 'guardduty', 'securityhub'].map((service) =>
    arn('iam', `role/aws-service-role/${service}.amazonaws.com/*`, ''),
  ),
  'iam:DeleteAccessKey': [user],
  'iam:DeleteGroup': [mfaGroup],
  'iam:DeleteLoginProfile': [user],
  'iam:DeletePolicy': [mfaPolicy],
  'iam:DeleteUserPolicy': [user],
  'iam:DetachGroupPolicy': [mfaGroup],
  'iam:DetachRolePolicy': [arn('iam', 'role/*', '')],
  'iam:DetachUserPolicy': [user],
  'iam:GetAccountPasswordPolicy': ['*'],
  'iam:GetPolicy': [arn('iam', 'policy/*', '')],
  'iam:GetUser': [user],
  'iam:ListAttachedUserPolicies': [user],
  'iam:ListEntitiesForPolicy': [arn('iam', 'policy/*', '')],
  'iam:ListUserPolicies': [user],
  'iam:RemoveUserFromGroup': [mfaGroup],
  'iam:UpdateAccessKey': [user],
  'iam:UpdateAccountPasswordPolicy': ['*'],
  // Of the secrets that RDS makes for master users.
  'kms:DescribeKey': [arn('kms', 'key/*')],
  'rds:ModifyDBCluster': [arn('rds', 'cluster:*')],
  'rds:ModifyDBInstance': [arn('rds', 'db:*')],
  's3:DeleteBucketPolicy': [bucket],
  's3:PutAccountPublicAccessBlock': ['*'],
  's3:PutBucketObjectLockConfiguration': [bucket],
  's3:PutBucketPolicy': [bucket],
  's3:PutBucketPublicAccessBlock': [bucket],
  's3:PutBucketVersioning': [bucket],
  's3:PutEncryptionConfiguration': [bucket],
  'secretsmanager:CreateSecret': [arn('secretsmanager', 'secret:rds!*')],
  'secretsmanager:DeleteSecret': [arn('secretsmanager', 'secret:*')],
  'secretsmanager:DescribeSecret': [arn('secretsmanager', 'secret:*')],
  'secretsmanager:TagResource': [arn('secretsmanager', 'secret:rds!*')],
  'securityhub:DescribeHub': [arn('securityhub', 'hub/default')],
  'securityhub:EnableSecurityHub': [arn('securityhub', 'hub/default')],
  'ssm:CreateDocument': [sessions],
  'ssm:CreateOpsItem': ['*'],
  'ssm:DescribeDocument': [sessions],
  'ssm:GetAutomationExecution': [arn('ssm', 'automation-execution/*')],
  'ssm:UpdateDocument': [sessions],
  'ssm:UpdateDocumentDefaultVersion': [sessions],
  'ssm:UpdateOpsItem': [arn('ssm', 'opsitem/*')],
};

/** What documents of AWS's own need in place of the above: they change whatever they are asked to. */
const OF_AWS: Readonly<Record<string, readonly string[]>> = {
  'iam:DetachGroupPolicy': [arn('iam', 'group/*', '')],
};

/** What an action is held to besides its resource. */
const CONDITIONS: Readonly<Record<string, Condition>> = {
  // The group may get, and lose, the policy that denies, and no other.
  'iam:AttachGroupPolicy': { ArnEquals: { 'iam:PolicyARN': mfaPolicy } },
  'iam:DetachGroupPolicy': { ArnEquals: { 'iam:PolicyARN': mfaPolicy } },
};
type Condition = Readonly<Record<string, Readonly<Record<string, string>>>>;

const listOf = (scope: Scope): readonly string[] => (typeof scope === 'string' ? [scope] : scope);

/** What each action can be held to: a reading says it of its own. */
const RESOURCES: Readonly<Record<string, readonly string[]>> = Object.fromEntries([
  ...Object.entries(OTHERS),
  ...READINGS.filter(({ byHand }) => !byHand).flatMap((reading) => [
    ...Object.entries(reading.needs ?? {}).map(([action, scope]) => [action, listOf(scope)]),
    [actionOf(reading), listOf(reading.scope)],
  ]),
]);

/** The actions that have a row here. */
export const OTHER_ACTIONS: readonly string[] = Object.keys(OTHERS);
/** The actions of which that is known. */
export const KNOWN_ACTIONS: readonly string[] = Object.keys(RESOURCES);

/** @throws {Error} for an action without a row. */
export function resourcesAt(action: string, place: ArnPlace): readonly string[] {
  const resources = Object.hasOwn(RESOURCES, action) ? RESOURCES[action] : undefined;
  if (!resources)
    throw new Error(`deploy/account/actions.ts: ${action} has no row: say what it can be held to`);
  return filled(resources, place);
}

const inPlace = (text: string, place: ArnPlace): string =>
  text.replace(/\{(partition|region|account)\}/g, (_, part: keyof ArnPlace) => place[part]);
const filled = (resources: readonly string[], place: ArnPlace): string[] =>
  resources.map((resource) => inPlace(resource, place));

/** @returns what a policy's statement has as `Condition`, if the action has one. */
function conditionAt(action: string, place: ArnPlace): Condition | undefined {
  const condition = Object.hasOwn(CONDITIONS, action) ? CONDITIONS[action] : undefined;
  return condition && (JSON.parse(inPlace(JSON.stringify(condition), place)) as Condition);
}

/** Actions that share their resources, and their condition. */
export interface Group {
  readonly actions: string[];
  readonly resources: readonly string[];
  readonly condition?: Condition;
}

function grouped(
  all: readonly (readonly [
    action: string,
    resources: readonly string[],
    condition?: Condition | undefined,
  ])[],
): Group[] {
  const groups = new Map<string, Group>();
  for (const [action, resources, condition] of all) {
    const key = `${resources.join(' ')} ${JSON.stringify(condition)}`;
    const group = groups.get(key) ?? { actions: [], resources, ...(condition && { condition }) };
    group.actions.push(action);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The actions that a function needs for the changes that it makes itself, held to what the fix says. */
export const changesByResources = ({ changes }: Pick<ByFunction, 'changes'>, place: ArnPlace): Group[] =>
  grouped(
    Object.entries(changes)
      .map(([action, scope]) => [action, filled(listOf(scope), place)] as const)
      .filter(([, resources]) => resources.length > 0),
  );

/**
 * Actions that share their resources, together.
 *
 * @param everywhere those that are allowed in every Region.
 * @param whose whose document makes the calls.
 */
export function byResources(
  actions: readonly string[],
  place: ArnPlace,
  everywhere: readonly string[] = [],
  whose: 'ours' | 'of AWS' = 'ours',
): Group[] {
  return grouped(
    actions.map((action) => {
      const wider = whose === 'of AWS' && Object.hasOwn(OF_AWS, action) && OF_AWS[action];
      if (wider) return [action, filled(wider, place)] as const;
      const where = everywhere.includes(action) ? { ...place, region: '*' } : place;
      return [action, resourcesAt(action, where), conditionAt(action, where)] as const;
    }),
  );
}

import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { nameOf } from '../../account/reading.ts';
import { authorizationOf } from '../../account/services/iam/authorization.ts';
import { authorizationDetails } from '../../account/services/iam/readings.ts';
import { attempt, compliant, nonCompliant, notApplicable } from '../judgement.ts';
import { boolean, optionalText, type ParameterValues, parameter, words } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { isAskedAbout } from '../shared/asked.ts';
import { withTags } from '../shared/exemption.ts';
import { isAdministrator } from '../shared/permissions/administrators.ts';
import { least, most, type Policy, unreadOf } from '../shared/permissions/permissions.ts';
import { unreadDetails } from '../shared/permissions/unread-details.ts';
import { covers } from '../shared/policy/globs.ts';
import { allowedBy, type Question, questionOf } from './allowed.ts';
import { messages, type S3AdminFinding } from './findings.ts';
import { fix } from './fix.ts';
import { GROUP, isForServices, type Principal, principalsOf, ROLE, USER } from './principals.ts';

const parameters = {
  restrictedActions: parameter(
    words(),
    's3:CreateBucket,s3:DeleteBucket,s3:PutBucketPolicy,s3:DeleteBucketPolicy,s3:PutBucketAcl,s3:PutBucketPublicAccessBlock,s3:PutAccountPublicAccessBlock,s3:PutEncryptionConfiguration,s3:PutLifecycleConfiguration,s3:PutBucketVersioning,s3:PutBucketObjectLockConfiguration,s3:PutBucketOwnershipControls,s3:PutReplicationConfiguration,s3:PutBucketLogging,s3:PutBucketWebsite',
    {
      en: 'Actions on buckets that are for administrators, separated by commas, with `*` and `?`.',
      ko: '관리자만 할 수 있는 버킷 작업. 쉼표로 구분하며 `*`와 `?`를 쓸 수 있습니다.',
    },
  ),
  approvedPrincipals: parameter(
    words(),
    '',
    {
      en: 'Names and ARNs of users, groups and roles that may take these actions, separated by commas, with `*` and `?`. They are NOT_APPLICABLE.',
      ko: '이 작업을 해도 되는 사용자, 그룹, 역할의 이름과 ARN. 쉼표로 구분하며 `*`와 `?`를 쓸 수 있습니다. NOT_APPLICABLE이 됩니다.',
    },
    { isTunable: true },
  ),
  approvedTagKey: parameter(optionalText(), '', {
    en: 'Users and roles with a tag of this key are NOT_APPLICABLE, whatever its value. Empty: no such tag.',
    ko: '이 키의 태그가 있는 사용자와 역할은 값과 관계없이 NOT_APPLICABLE. 비워 두면 태그로 승인하지 않음.',
  }),
  administratorsAreApproved: parameter(boolean(), 'true', {
    en: 'Whether administrators of the whole account may take these actions.',
    ko: '계정 전체의 관리자는 이 작업을 해도 되는지 여부.',
  }),
  includeServiceRoles: parameter(boolean(), 'true', {
    en: 'Whether roles are judged that only AWS services can assume.',
    ko: 'AWS 서비스만 수임할 수 있는 역할도 판정할지 여부.',
  }),
};
type Values = ParameterValues<typeof parameters>;

const reads = [authorizationDetails] as const;

/** Nobody but administrators may make, delete or reconfigure buckets. */
export default defineRule<typeof parameters, S3AdminFinding>()({
  id: 'iam-s3-admin-restricted',
  severity: 'MEDIUM',
  resourceTypes: [USER, GROUP, ROLE],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  async *judge(account, values, context) {
    const { details, broken, more } = await authorizationOf(account);
    const questions = new Map<string, Question>();
    const question = ({ arn }: Principal): Question => {
      const [, partition = 'aws'] = arn.split(':');
      const known = questions.get(partition) ?? questionOf(values.restrictedActions, partition);
      questions.set(partition, known);
      return known;
    };
    let isFound = false;
    for (const principal of principalsOf(details, account.id)) {
      const { resource } = principal;
      if (!isAskedAbout(context, resource)) continue;
      isFound = true;
      const judgement = await attempt(resource, async () =>
        judgePrincipal(principal, question(principal), values),
      );
      if (judgement) yield withTags(judgement, () => principal.tags);
    }
    if (context.resource && isFound) return;
    // The account is reported once.
    const others = more.users ?? more.groups ?? more.roles;
    yield* unreadDetails(account, context, [
      ...broken.users,
      ...broken.groups,
      ...broken.roles,
      ...(others ? [others] : []),
    ]);
  },

  fix,
  calls: { fixed: 1, each: 0 },
  size: { memoryMegabytes: 1024, timeoutSeconds: 600 },
});

function judgePrincipal(principal: Principal, question: Question, values: Values): Judgement<S3AdminFinding> {
  const { resource, permissions, role, context } = principal;
  // Nobody but AWS can change it.
  if (role?.path.startsWith('/aws-service-role/')) {
    return notApplicable(resource, [{ kind: 'serviceLinked' }]);
  }
  const by = approvalOf(principal, values);
  if (by !== undefined) return notApplicable(resource, [{ kind: 'approved', by }]);
  const isLeftOut = role && !values.includeServiceRoles ? isForServices(role) : false;
  if (isLeftOut) return notApplicable(resource, [{ kind: 'serviceRole' }]);
  if (values.administratorsAreApproved && isAdministrator(permissions, isAdministratorAccess) === true) {
    return compliant(resource);
  }

  const [unread] = unreadOf(permissions);
  const found = allowedBy(least(permissions), context, question);
  if (found.length > 0) {
    if (isLeftOut === undefined) throw doubt(principal, 'its trust policy cannot be read');
    return nonCompliant(
      resource,
      found.map((one) => ({ kind: 'allowed', ...one })),
    );
  }
  if (unread && allowedBy(most(permissions), context, question).length > 0) {
    throw doubt(principal, `${unread.name} ${unread.unread}`);
  }
  return compliant(resource);
}

/** AWS's own policy makes an administrator, whether the answer has its document or not. */
const isAdministratorAccess = ({ arn }: Policy): boolean =>
  /^arn:[^:]*:iam::aws:policy\/AdministratorAccess$/.test(arn ?? '');

function approvalOf(
  { resource: { name = '' }, arn, tags }: Principal,
  { approvedPrincipals, approvedTagKey }: Values,
): string | undefined {
  if (approvedPrincipals.some((pattern) => covers(pattern, name) || covers(pattern, arn))) {
    return 'parameter approvedPrincipals';
  }
  return approvedTagKey !== undefined && Object.hasOwn(tags, approvedTagKey)
    ? `tag ${approvedTagKey}`
    : undefined;
}

const doubt = ({ resource }: Principal, why: string): AccountError =>
  new AccountError(OWN_CODES.incomplete, NAME, `${NAME} of ${resource.name}: ${why}`, resource.id);
const NAME = nameOf(authorizationDetails);

import type { ResourceRef } from '../../account/account.ts';
import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { nameOf } from '../../account/reading.ts';
import { authorizationOf } from '../../account/services/iam/authorization.ts';
import type {
  AuthorizationDetails,
  ManagedPolicy,
} from '../../account/services/iam/authorization-details.ts';
import { authorizationDetails } from '../../account/services/iam/readings.ts';
import { attempt, compliant, nonCompliant, notApplicable } from '../judgement.ts';
import { boolean, type ParameterValues, parameter, words } from '../parameters.ts';
import { defineRule, every, type Judgement, onChange } from '../rule.ts';
import { isAskedAbout } from '../shared/asked.ts';
import { managedStatements } from '../shared/permissions/principals.ts';
import { unreadDetails } from '../shared/permissions/unread-details.ts';
import { covers } from '../shared/policy/globs.ts';
import { messages, type PolicyFinding } from './findings.ts';
import { fix } from './fix.ts';
import { type Criteria, unrestricted } from './statements.ts';

const parameters = {
  sensitiveActions: parameter(
    words(),
    'iam:*,kms:*,organizations:*,account:*,s3:PutBucketPolicy,s3:DeleteBucket*,cloudtrail:StopLogging,cloudtrail:DeleteTrail',
    {
      en: 'Actions that need a condition, separated by commas, with `*` and `?`.',
      ko: '조건이 있어야 하는 작업. 쉼표로 구분하며 `*`와 `?`를 쓸 수 있습니다.',
    },
  ),
  acceptedConditionKeys: parameter(
    words(),
    'aws:MultiFactorAuthPresent,aws:MultiFactorAuthAge,aws:SourceIp,aws:SourceVpce,aws:PrincipalOrgID,aws:PrincipalTag/*,aws:RequestedRegion,aws:SecureTransport,aws:SourceVpc,aws:SourceVpcArn,aws:VpceAccount,aws:VpceOrgID,aws:VpceOrgPaths,aws:SourceArn,aws:SourceAccount,aws:SourceOrgID,aws:PrincipalArn,aws:PrincipalOrgPaths,aws:PrincipalAccount,aws:ResourceAccount,aws:ResourceOrgID,aws:ResourceOrgPaths,aws:ResourceTag/*,aws:RequestTag/*,aws:TagKeys,aws:CalledVia,aws:CalledViaFirst,aws:CalledViaLast,aws:ViaAWSService,iam:*,kms:*,s3:*,organizations:*',
    {
      en: 'Condition keys that count, separated by commas, with `*` and `?`.',
      ko: '조건으로 인정하는 조건 키. 쉼표로 구분하며 `*`와 `?`를 쓸 수 있습니다.',
    },
  ),
  ignoreReadOnly: parameter(boolean(), 'true', {
    en: 'Whether actions need no condition whose names begin with Get, List, Describe, View, Simulate or BatchGet.',
    ko: '이름이 Get, List, Describe, View, Simulate, BatchGet으로 시작하는 작업에는 조건을 요구하지 않을지 여부.',
  }),
  scopedResourcesNeedConditions: parameter(boolean(), 'false', {
    en: 'Whether permissions on named resources need a condition, too.',
    ko: '지정된 리소스에 대한 권한에도 조건을 요구할지 여부.',
  }),
};
type Values = ParameterValues<typeof parameters>;

const reads = [authorizationDetails] as const;
const TYPE = 'AWS::IAM::Policy';

/** No customer managed policy allows sensitive actions on all resources without a condition. */
export default defineRule<typeof parameters, PolicyFinding>()({
  id: 'iam-policy-conditions',
  severity: 'LOW',
  resourceTypes: [TYPE],
  scope: 'global',
  triggers: [onChange(), every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  async *judge(account, values, context) {
    const criteria = criteriaOf(values);
    const { details, broken, more } = await authorizationOf(account);
    let isFound = false;
    for (const policy of details.policies.values()) {
      const resource = resourceOf(policy);
      // AWS's own policies are not the customer's to change.
      if (!isAskedAbout(context, resource) || !isCustomers(policy)) continue;
      isFound = true;
      const judgement = await attempt(resource, async () => judgePolicy(policy, details, resource, criteria));
      if (judgement) yield judgement;
    }
    if (context.resource && isFound) return;
    yield* unreadDetails(account, context, [...broken.policies, ...(more.policies ? [more.policies] : [])]);
  },

  fix,
  calls: { fixed: 1, each: 0 },
  size: { memoryMegabytes: 1024, timeoutSeconds: 600 },
});

const resourceOf = ({ id, name }: ManagedPolicy): ResourceRef => ({ type: TYPE, id, name, region: 'global' });
const isCustomers = ({ arn }: ManagedPolicy): boolean => !/^arn:[^:]*:iam::aws:policy\//.test(arn);

function criteriaOf(values: Values): Criteria {
  const keys = values.acceptedConditionKeys.map((key) => key.toLowerCase());
  return {
    sensitive: values.sensitiveActions,
    isAccepted: (key) => key !== '' && keys.some((pattern) => covers(pattern, key)),
    ignoreReadOnly: values.ignoreReadOnly,
    scopedResourcesNeedConditions: values.scopedResourcesNeedConditions,
  };
}

function judgePolicy(
  policy: ManagedPolicy,
  details: AuthorizationDetails,
  resource: ResourceRef,
  criteria: Criteria,
): Judgement<PolicyFinding> {
  const { attachments, boundaryOf } = policy;
  if (attachments === 0)
    return notApplicable(resource, [{ kind: (boundaryOf ?? 0) > 0 ? 'boundaryOnly' : 'unattached' }]);
  const { statements, unread } = managedStatements(policy, details);
  if (unread !== undefined) throw malformed(policy, unread);
  const found = unrestricted(statements, criteria);
  if (found.length === 0) return compliant(resource);
  if (attachments === undefined) throw malformed(policy, 'AttachmentCount is missing');
  return nonCompliant(
    resource,
    found.map((one) => ({ kind: 'unrestricted', ...one })),
  );
}

const malformed = ({ id, name }: ManagedPolicy, why: string): AccountError =>
  new AccountError(OWN_CODES.malformed, NAME, `${NAME} of ${name}: ${why}`, id);
const NAME = nameOf(authorizationDetails);

import { actionsOf } from '../../account/reading.ts';
import { permissionsOf } from '../../automation/index.ts';
import { byResources, changesByResources } from '../../deploy/account/actions.ts';
import { decryptsDelivery, listsDelivery, readsDelivery } from '../../deploy/account/delivery-policy.ts';
import { jsonText } from '../../report/printable.ts';
import { rules } from '../../rules/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { READER_ROLE } from '../fleet/declared.ts';
import { givenBucket } from '../fleet/delivery.ts';
import {
  callerPolicy,
  externalIdIs,
  type Policy,
  policyOf,
  readActions,
  trustPolicy,
} from '../fleet/reader-role.ts';
import { chooseRules, refuseEmpty, splitValues } from '../options/read.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import { FIXABLE, openRemediation } from '../remediate/document.ts';
import type { Arguments, Options } from './command.ts';

/** What SSM asks of others, and the command of itself. */
const LOCAL = ['lambda:InvokeFunction', 'ssm:GetAutomationExecution'];

/**
 * `groundrules permissions`: the least IAM policy that a command needs, for whoever creates its role.
 * `sts:GetCallerIdentity`, which the command calls first, needs no permission.
 *
 * @throws {UsageError} for a rule that there is not.
 */
export async function run(
  [wanted = 'evaluate']: Arguments,
  options: Options,
  { print }: World,
): Promise<number> {
  checkOrganization(wanted, options);
  if (options.deliveryBucket !== undefined) {
    print(`${jsonText(bucketPolicy(wanted, options.deliveryBucket, options), 2)}\n`);
    return 0;
  }
  const ids = splitValues(options.rule, () => true);
  refuseEmpty('--rule', options.rule, ids);
  const chosen = chooseRules(ids.values, wanted === 'remediate' ? FIXABLE : rules);
  // Without --region they ask which Regions there are; a fix is of one Region.
  const actions = wanted === 'remediate' ? [...new Set(chosen.flatMap(fixActions))] : readActions(chosen);
  const place = { partition: options.partition, region: '*', account: '*' };
  const changed =
    wanted === 'remediate'
      ? chosen.flatMap(({ fix }) => (fix.byFunction ? changesByResources(fix.byFunction, place) : []))
      : [];
  const publishes = actions.includes('sns:Publish');
  const groups = [
    ...byResources(
      actions.filter((action) => action !== 'sns:Publish'),
      place,
    ),
    ...changed,
    // The topic is a parameter of the document: nobody here knows its name.
    ...(publishes ? [{ actions: ['sns:Publish'], resources: [`arn:${place.partition}:sns:*:*:*`] }] : []),
  ];
  const policy = policyOf(groups);
  const { organization, roleName = READER_ROLE, principal, externalId } = options;
  const role = organization && {
    caller: callerPolicy(place.partition, roleName),
    role: {
      name: roleName,
      trust: trustPolicy(principal, externalId === undefined ? undefined : externalIdIs(externalId)),
      policy,
    },
  };
  print(`${jsonText(role || policy, 2)}\n`);
  return 0;
}

/** What reads a bucket that AWS Config delivers to. */
function bucketPolicy(
  wanted: Arguments[0],
  path: string,
  { organization, rule, partition }: Options,
): Policy {
  if (organization || rule || wanted !== 'evaluate') {
    throw new UsageError({
      en: '--delivery-bucket is for evaluate, and the same for all rules: leave --organization and --rule out',
      ko: '--delivery-bucket은 evaluate를 위한 것이고 규칙과 상관없이 같습니다. --organization과 --rule을 빼십시오',
    });
  }
  const { bucket, place } = givenBucket(path);
  const dnsSuffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const where = { partition, dnsSuffix, bucket, place };
  return policyOf([
    listsDelivery(where),
    readsDelivery(where),
    decryptsDelivery(where, `arn:${partition}:kms:*:*:key/*`),
  ]);
}

/** @throws {UsageError} where options contradict each other. */
function checkOrganization(wanted: Arguments[0], { organization, principal, roleName, externalId }: Options) {
  if (organization && wanted === 'remediate') {
    throw new UsageError({
      en: '--organization is for evaluate and collect: remediate fixes one account at a time',
      ko: '--organization은 evaluate와 collect를 위한 것입니다. remediate는 한 번에 계정 하나를 수정합니다',
    });
  }
  if (organization && principal === undefined) {
    throw new UsageError({
      en: '--organization: whom may the role trust? Give --principal with the id of the account that runs the command, or the ARN of its role',
      ko: '--organization: 역할이 누구를 신뢰합니까? --principal에 명령을 실행할 계정의 ID나 역할의 ARN을 주십시오',
    });
  }
  if (!organization && (principal ?? roleName ?? externalId) !== undefined) {
    throw new UsageError({
      en: '--principal, --role-name and --external-id are for --organization',
      ko: '--principal, --role-name, --external-id는 --organization과 함께 씁니다',
    });
  }
}

function fixActions(rule: AnyRule): string[] {
  // The rule's function, and the record of an earlier execution, are in the command's own process.
  const document = permissionsOf(openRemediation(rule.id).document).filter(
    (action) => !LOCAL.includes(action),
  );
  return [...rule.reads.flatMap(actionsOf), ...rule.fix.reads.flatMap(actionsOf), ...document];
}

import { readActions } from '../account/reads.ts';
import { permissionsOf } from '../automation/index.ts';
import { byResources } from '../deploy/account/actions.ts';
import { jsonText } from '../report/printable.ts';
import { rules } from '../rules/index.ts';
import type { AnyRule } from '../rules/rule.ts';
import { chooseRules, oneOf, refuseEmpty, splitValues } from './options.ts';
import { FIXABLE, openRemediation } from './remediate/document.ts';

export const PERMISSIONS_FOR = ['evaluate', 'collect', 'remediate'] as const;
/** What SSM asks of others, and the command of itself. */
const LOCAL = ['lambda:InvokeFunction', 'ssm:GetAutomationExecution'];
type For = (typeof PERMISSIONS_FOR)[number];

export interface PermissionsOptions {
  readonly rule?: readonly string[];
  /** `aws`, `aws-cn`, `aws-us-gov`, …: how ARNs begin. */
  readonly partition?: string;
}

/**
 * `groundrules permissions`: the least IAM policy that a command needs, for whoever creates its role.
 *
 * @returns the policy as JSON. `sts:GetCallerIdentity`, which the command calls first, needs no permission.
 * @throws {UsageError} for a command or a rule that there is not.
 */
export function permissionsPolicy(command: string | undefined, options: PermissionsOptions): string {
  const wanted = oneOf('permissions', command ?? 'evaluate', PERMISSIONS_FOR);
  const ids = splitValues(options.rule, () => true);
  refuseEmpty('--rule', options.rule, ids);
  const chosen = chooseRules(ids.values, wanted === 'remediate' ? FIXABLE : rules);
  const actions = [...new Set(chosen.flatMap((rule) => actionsOf(rule, wanted)))].sort();
  // Without --region they ask which Regions there are; a fix is of one Region.
  if (wanted !== 'remediate') actions.push('ec2:DescribeRegions');
  const place = { partition: options.partition ?? 'aws', region: '*', account: '*' };
  const publishes = actions.includes('sns:Publish');
  const groups = [
    ...byResources(
      actions.filter((action) => action !== 'sns:Publish'),
      place,
    ),
    // The topic is a parameter of the document: nobody here knows its name.
    ...(publishes ? [{ actions: ['sns:Publish'], resources: [`arn:${place.partition}:sns:*:*:*`] }] : []),
  ];
  const policy = {
    Version: '2012-10-17',
    Statement: groups.map((group) => ({
      Effect: 'Allow',
      Action: [...new Set(group.actions)].sort(),
      Resource: group.resources.length === 1 ? group.resources[0] : group.resources,
    })),
  };
  return `${jsonText(policy, 2)}\n`;
}

function actionsOf(rule: AnyRule, command: For): string[] {
  const reads = rule.reads.flatMap(readActions);
  if (command !== 'remediate') return reads;
  // The rule's function, and the record of an earlier execution, are in the command's own process.
  const document = permissionsOf(openRemediation(rule.id).document).filter(
    (action) => !LOCAL.includes(action),
  );
  return [...reads, ...rule.fix.reads.flatMap(readActions), ...document];
}

import { actionsOf as readActions } from '../../account/reading.ts';
import { permissionsOf } from '../../automation/index.ts';
import { byResources, changesByResources } from '../../deploy/account/actions.ts';
import { jsonText } from '../../report/printable.ts';
import { rules } from '../../rules/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { chooseRules, refuseEmpty, splitValues } from '../options/read.ts';
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
  const ids = splitValues(options.rule, () => true);
  refuseEmpty('--rule', options.rule, ids);
  const chosen = chooseRules(ids.values, wanted === 'remediate' ? FIXABLE : rules);
  const actions = [...new Set(chosen.flatMap((rule) => actionsOf(rule, wanted)))].sort();
  // Without --region they ask which Regions there are; a fix is of one Region.
  if (wanted !== 'remediate') actions.push('ec2:DescribeRegions');
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
  const policy = {
    Version: '2012-10-17',
    Statement: groups.map((group) => ({
      Effect: 'Allow',
      Action: [...new Set(group.actions)].sort(),
      Resource: group.resources.length === 1 ? group.resources[0] : group.resources,
    })),
  };
  print(`${jsonText(policy, 2)}\n`);
  return 0;
}

function actionsOf(rule: AnyRule, command: Arguments[0]): string[] {
  const reads = rule.reads.flatMap(readActions);
  if (command !== 'remediate') return reads;
  // The rule's function, and the record of an earlier execution, are in the command's own process.
  const document = permissionsOf(openRemediation(rule.id).document).filter(
    (action) => !LOCAL.includes(action),
  );
  return [...reads, ...rule.fix.reads.flatMap(readActions), ...document];
}

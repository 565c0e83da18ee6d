import type { Account } from '../../account/account.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { AnyRule, Plan, PlanStep } from '../../rules/rule.ts';
import type { PrintedPermission } from './ingress.ts';

/** The plan for the one resource of an account. */
export async function planOf(rule: AnyRule, account: Account, parameters: object = {}): Promise<Plan> {
  const values = parseParameters(rule, parameters);
  for await (const judgement of rule.judge(account, values, { now: new Date(0) })) {
    if (judgement.compliance === undefined) throw judgement.error;
    return rule.plan(judgement, values);
  }
  throw new Error('the account has no resource to plan for');
}

const SOURCES = ['IpRanges', 'Ipv6Ranges', 'PrefixListIds', 'UserIdGroupPairs'] as const;

/**
 * What EC2 makes of a step, as strictly: adding what is there is InvalidPermission.Duplicate, taking away what is
 * not is InvalidPermission.NotFound.
 */
export function apply(ingress: readonly PrintedPermission[], { api, input }: PlanStep): PrintedPermission[] {
  const state = structuredClone(ingress) as PrintedPermission[];
  for (const change of input.IpPermissions as Partial<PrintedPermission>[]) {
    const samePorts = ({ IpProtocol, FromPort, ToPort }: Partial<PrintedPermission>) =>
      IpProtocol === change.IpProtocol && FromPort === change.FromPort && ToPort === change.ToPort;
    for (const field of SOURCES) {
      for (const source of change[field] ?? []) {
        const same = (other: object) => JSON.stringify(other) === JSON.stringify(source);
        const there = state.find((one) => samePorts(one) && (one[field] as object[]).some(same));
        if (api === 'ec2:AuthorizeSecurityGroupIngress') {
          if (there) throw new Error(`InvalidPermission.Duplicate: ${JSON.stringify(change)}`);
          const into = state.find(samePorts) ?? {
            IpRanges: [],
            Ipv6Ranges: [],
            PrefixListIds: [],
            UserIdGroupPairs: [],
            IpProtocol: '',
            ...structuredClone({ ...change, [field]: [] }),
          };
          (into[field] as object[]).push(source);
          if (!state.includes(into)) state.push(into);
        } else if (api === 'ec2:RevokeSecurityGroupIngress') {
          if (!there) throw new Error(`InvalidPermission.NotFound: ${JSON.stringify(change)}`);
          const rest = (there[field] as object[]).filter((other) => !same(other));
          Object.assign(there, { [field]: rest });
        } else {
          throw new Error(`a security group is not changed by ${api}`);
        }
      }
    }
  }
  return state.filter((one) => SOURCES.some((field) => one[field].length > 0));
}

/** What `aws rds` prints, for the tests of both log exports. */
import type { Plan } from '../../rules/fix.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { AnyRule, Verdict } from '../../rules/rule.ts';
import { memoryAccount } from '../support/memory.ts';

export type Readings = Readonly<Record<string, unknown>>;

export const INSTANCE = 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const CLUSTER = 'cluster-ABCDEFGHIJKLMNOPQRSTUVWX';

export const instances = (...given: Readings[]): Readings => ({
  'us-east-1/rds/describe-db-instances.json': {
    DBInstances: given.map((more) => ({
      DBInstanceIdentifier: 'orders',
      DbiResourceId: INSTANCE,
      Engine: 'mysql',
      DBInstanceStatus: 'available',
      PendingModifiedValues: {},
      DBParameterGroups: [{ DBParameterGroupName: 'tuned', ParameterApplyStatus: 'in-sync' }],
      OptionGroupMemberships: [{ OptionGroupName: 'extras', Status: 'in-sync' }],
      ...more,
    })),
  },
});

export const clusters = (...given: Readings[]): Readings => ({
  'us-east-1/rds/describe-db-clusters.json': {
    DBClusters: given.map((more) => ({
      DBClusterIdentifier: 'orders',
      DbClusterResourceId: CLUSTER,
      Engine: 'aurora-mysql',
      EngineMode: 'provisioned',
      Status: 'available',
      DBClusterParameterGroup: 'tuned',
      ...more,
    })),
  },
});

const printed = (values: Readonly<Record<string, string | undefined>>) => ({
  Parameters: Object.entries(values).map(([ParameterName, ParameterValue]) => ({
    ParameterName,
    ...(ParameterValue !== undefined && { ParameterValue }),
  })),
});
export const parameters = (
  values: Readonly<Record<string, string | undefined>>,
  group = 'tuned',
): Readings => ({
  [`us-east-1/rds/describe-db-parameters/${group}.json`]: printed(values),
});
export const clusterParameters = (
  values: Readonly<Record<string, string | undefined>>,
  group = 'tuned',
): Readings => ({
  [`us-east-1/rds/describe-db-cluster-parameters/${group}.json`]: printed(values),
});
export const options = (...names: string[]): Readings => ({
  'us-east-1/rds/describe-option-groups/extras.json': {
    OptionGroupsList: [{ OptionGroupName: 'extras', Options: names.map((OptionName) => ({ OptionName })) }],
  },
});

export const pending = (change: Readings) => ({
  PendingModifiedValues: { PendingCloudwatchLogsExports: change },
});

const now = new Date(0);
const resource = (rule: AnyRule, id: string) => ({
  type: rule.resourceTypes[0] as string,
  id,
  region: 'us-east-1',
});

/** The plan for the resource that is called so; no steps where there is nothing to plan for. */
export async function planFor(
  rule: AnyRule,
  id: string,
  readings: Readings,
  given: Readings = {},
): Promise<Plan> {
  const account = memoryAccount(readings);
  const values = parseParameters(rule, given);
  for await (const judgement of rule.judge(account, values, { now, resource: resource(rule, id) })) {
    if (!judgement.compliance) throw judgement.error;
    if (judgement.compliance !== 'NON_COMPLIANT') return { steps: [] };
    const context = { account, parameters: values, options: {}, caller: '', now };
    return rule.fix.plan(judgement as Verdict<never>, context);
  }
  throw new Error('nothing was judged');
}

export const undoOf = async (
  rule: AnyRule,
  id: string,
  { before }: Plan,
  readings: Readings,
): Promise<Plan> =>
  // As Undo gets it: through JSON.
  rule.fix.undo(JSON.parse(JSON.stringify(before)) as never, {
    account: memoryAccount(readings),
    resource: resource(rule, id),
    now,
  });

export const calls = ({ steps }: Plan) => steps.map(({ api, input }) => [api, input]);

import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { globalRegionOf } from '../../account/reading.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { documentHash } from '../../tasks/run.ts';
import { RUN_VARIABLES } from '../../tasks/ssm-runs.ts';
import type { Settings } from '../settings/index.ts';
import { changesByResources } from './actions.ts';
import { prefixVariable } from './names.ts';

export interface CarryingOut {
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly iam.PolicyStatement[];
}

export interface CarryingOutProps {
  readonly rule: AnyRule;
  readonly settings: Settings;
  /** What the document is called, and what it says. */
  readonly document: { readonly name: string; readonly content: object };
  /** Whose approval counts, where the fix needs one. */
  readonly approvers?: readonly string[];
  /** The ARNs that the settings give the fix to change, by option. */
  readonly named?: Readonly<Record<string, readonly string[]>>;
}

/** Whichever execution a function is invoked for. */
export const EXECUTIONS = `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:automation-execution/*`;

/**
 * What a function needs that makes the changes of its fix itself (`byFunction`): to tell which run of its document asks for
 * them, and to make those that the fix declares, where it declares them.
 */
export function carryingOut({
  rule,
  settings,
  document,
  approvers,
  named = {},
}: CarryingOutProps): CarryingOut {
  const { byFunction } = rule.fix;
  if (!byFunction) return { environment: {}, statements: [] };
  const region = byFunction.regions === 'any' ? '*' : globalRegionOf(settings.homeRegion);
  const place = { partition: Aws.PARTITION, region, account: Aws.ACCOUNT_ID };
  const { name, content } = document;
  return {
    environment: {
      ...prefixVariable(settings),
      [RUN_VARIABLES.documentHash]: documentHash(content),
      ...(byFunction.approval && { [RUN_VARIABLES.approvers]: JSON.stringify(approvers ?? []) }),
    },
    statements: [
      new iam.PolicyStatement({ actions: ['ssm:GetAutomationExecution'], resources: [EXECUTIONS] }),
      new iam.PolicyStatement({
        actions: ['ssm:GetDocument'],
        resources: [`arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:document/${name}`],
      }),
      ...changesByResources(byFunction, place).map(
        ({ actions, resources }) => new iam.PolicyStatement({ actions, resources: [...resources] }),
      ),
      ...Object.entries<readonly string[]>(byFunction.named ?? {})
        .map(([option, actions]) => ({ actions, resources: named[option] ?? [] }))
        .filter(({ resources }) => resources.length > 0)
        .map(
          ({ actions, resources }) =>
            new iam.PolicyStatement({ actions: [...actions], resources: [...resources] }),
        ),
    ],
  };
}

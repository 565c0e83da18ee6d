/** What IAM policies of the stacks say: actions with the resources that they can be held to (deploy/account/actions.ts). */
import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type ArnPlace, byResources, resourcesAt } from './actions.ts';

export { KNOWN_ACTIONS, OTHER_ACTIONS } from './actions.ts';

const HERE: ArnPlace = { partition: Aws.PARTITION, region: Aws.REGION, account: Aws.ACCOUNT_ID };

/** @throws {Error} for an action without a row. */
export const resourcesOf = (action: string): readonly string[] => resourcesAt(action, HERE);

/**
 * One statement for all actions that share their resources.
 *
 * @param everywhere those of the actions that are allowed in every Region.
 * @param whose whose document makes the calls.
 */
export const statementsFor = (
  actions: readonly string[],
  everywhere: readonly string[] = [],
  whose: 'ours' | 'of AWS' = 'ours',
): iam.PolicyStatement[] =>
  byResources(actions, HERE, everywhere, whose).map(
    ({ actions, resources, condition }) =>
      new iam.PolicyStatement({
        actions,
        resources: [...resources],
        ...(condition && { conditions: condition }),
      }),
  );

/** As cdk-nag writes a resource. */
const nagName = (resource: string): string =>
  [
    [Aws.PARTITION, '<AWS::Partition>'],
    [Aws.REGION, '<AWS::Region>'],
    [Aws.ACCOUNT_ID, '<AWS::AccountId>'],
  ].reduce((text, [token = '', name = '']) => text.replaceAll(token, name), resource);

/** Why resources have wildcards, a reason for each that has, as {@link acknowledge} takes them. */
export const whyWide = (resources: readonly string[], why: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    resources
      .filter((resource) => resource.includes('*'))
      .map((resource) => [`AwsSolutions-IAM5[Resource::${nagName(resource)}]`, `${why}.`]),
  );

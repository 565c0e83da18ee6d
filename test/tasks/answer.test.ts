import { compliant, couldNotTell } from '../../rules/judgement.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { webServers } from '../config/support/items.ts';
import {
  change,
  closedGroups,
  described,
  GROUPS,
  lambda,
  lambdaEvent,
  NOW,
} from '../config/support/lambda.ts';
import { ACCOUNT, fails } from '../support/memory.ts';

const context = {
  invokedFunctionArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:groundrules-closed-groups`,
};
const readings = {
  [GROUPS]: { SecurityGroups: [described('sg-1', '0.0.0.0/0'), described('sg-2', '10.0.0.0/8')] },
  'eu-west-1/ec2/describe-security-groups.json': { SecurityGroups: [described('sg-3', '0.0.0.0/0')] },
};
const plan = (resourceId: string, more = {}) => ({ task: 'plan', resourceId, ...more });

test('the plan is of what the rule finds now', async () => {
  const { handler, puts } = lambda(readings);
  expect(await handler(plan('sg-1'), context)).toEqual({
    Payload: expect.any(Object),
    resource: { type: 'AWS::EC2::SecurityGroup', id: 'sg-1', region: 'us-east-1' },
    compliance: 'NON_COMPLIANT',
    annotation: 'open to 0.0.0.0/0',
    findings: [{ kind: 'open', to: '0.0.0.0/0' }],
    decision: 'Change',
    before: JSON.stringify({
      rule: 'closed-groups',
      resource: { type: 'AWS::EC2::SecurityGroup', id: 'sg-1' },
      state: ['0.0.0.0/0'],
    }),
    planned: expect.any(String),
    message: 'sg-1: open to 0.0.0.0/0. somebody may notice.',
    inputs: { Open: ['0.0.0.0/0'] },
    plan: {
      steps: [
        {
          api: 'ec2:RevokeSecurityGroupIngress',
          input: { GroupId: 'sg-1', CidrIp: '0.0.0.0/0' },
          why: 'open to 0.0.0.0/0',
        },
      ],
      before: ['0.0.0.0/0'],
      inputs: { Open: ['0.0.0.0/0'] },
      warnings: ['somebody may notice'],
    },
  });
  expect(puts()).toEqual([]);
});

test('an answer holds what documents select at either place where SSM may look for it', async () => {
  const { handler } = lambda(readings);
  const planned = (await handler(plan('sg-1'), context)) as unknown as Record<string, unknown>;
  const { decision, before, planned: again, message, inputs } = planned;
  expect(planned.Payload).toMatchObject({ decision, before, planned: again, message, inputs });
  const report = { task: 'report', mode: 'Preview', planned: again };
  const { Payload, ...said } = (await handler(report, context)) as unknown as Record<string, unknown>;
  expect(Payload).toEqual(said);
});

const answers: [string, object, object][] = [
  [
    'a resource that is fine',
    plan('sg-2'),
    {
      compliance: 'COMPLIANT',
      decision: 'Nothing',
      message: 'sg-2 is COMPLIANT: nothing to change.',
      inputs: { Open: [] },
      plan: { steps: [] },
    },
  ],
  [
    'a resource that is gone',
    plan('sg-0'),
    { compliance: 'NOT_APPLICABLE', decision: 'Nothing', findings: [], plan: { steps: [] } },
  ],
  [
    'another Region',
    plan('sg-3', { region: 'eu-west-1' }),
    { compliance: 'NON_COMPLIANT', resource: { region: 'eu-west-1' } },
  ],
  ['parameters', plan('sg-1', { parameters: { allowed: 1 } }), { compliance: 'COMPLIANT' }],
  ['parameters in a text', plan('sg-1', { parameters: '{"allowed":"1"}' }), { compliance: 'COMPLIANT' }],
  [
    'parameters that are left empty',
    plan('sg-1', { parameters: '', region: '', resourceType: '', accountId: '' }),
    { compliance: 'NON_COMPLIANT' },
  ],
];
test.each(answers)('a plan for %s', async (_situation, event, expected) => {
  expect(await lambda(readings).handler(event, context)).toMatchObject(expected);
});

const refused: [string, object, object][] = [
  ['another task', { task: 'apply', resourceId: 'sg-1' }, { name: 'InvalidEventError', code: 'UnknownTask' }],
  ['no resource', { task: 'plan' }, { code: 'MissingField', message: 'resourceId is missing' }],
  [
    'a type that the rule does not report on',
    plan('i-1', { resourceType: 'AWS::EC2::Instance' }),
    { code: 'InvalidField', message: expect.stringContaining('AWS::EC2::SecurityGroup') },
  ],
  ['parameters that are cut off', plan('sg-1', { parameters: '{' }), { code: 'InvalidJson' }],
  ['a bad parameter', plan('sg-1', { parameters: { allowed: 'x' } }), { name: 'InvalidParametersError' }],
  [
    'a Region that cannot be read',
    plan('sg-1', { region: 'sa-east-1' }),
    {
      name: 'IncompleteEvaluationError',
      message: expect.stringContaining('ec2:DescribeSecurityGroups NotCollected'),
    },
  ],
];
test.each(refused)('a plan with %s is refused', async (_situation, event, error) => {
  await expect(lambda(readings).handler(event, context)).rejects.toMatchObject(error);
});

test('without a context the account has to be named', async () => {
  const { handler } = lambda(readings);
  await expect(handler(plan('sg-1'))).rejects.toMatchObject({ message: 'accountId is missing' });
  expect(await handler(plan('sg-1', { accountId: ACCOUNT }))).toMatchObject({ compliance: 'NON_COMPLIANT' });
});

/** Reports on the account and on users, like access-key-age. */
const onAccount: AnyRule = {
  ...closedGroups,
  resourceTypes: ['AWS::IAM::User', 'AWS::::Account'],
  scope: 'global',
  async *judge(_account: unknown, _parameters: unknown, { resource, now }: { resource: never; now: Date }) {
    expect(now).toEqual(NOW);
    yield compliant(resource);
    yield couldNotTell({ type: 'AWS::IAM::User', id: 'AIDABOB', region: 'global' }, new Error('bob'));
  },
  fix: { options: {}, reads: [], inputs: {}, plan: () => ({ steps: [] }), undo: () => ({ steps: [] }) },
} as never;

test.each([
  ['the account by its id', ACCOUNT, 'AWS::::Account'],
  ['a user by any other', 'AIDAALICE', 'AWS::IAM::User'],
])("AWS Config's RESOURCE_ID alone tells %s", async (_situation, id, type) => {
  const { handler } = lambda({}, { rule: onAccount });
  expect(await handler(plan(id), context)).toMatchObject({ resource: { type, id, region: 'global' } });
});

test('a plan reads account settings afresh', async () => {
  const pl = 'us-east-1/ec2/get-managed-prefix-list-entries/pl-1.json';
  const listed: Record<string, unknown> = {
    ...readings,
    [pl]: { Entries: [{ Cidr: '10.0.0.0/8' }] },
    [GROUPS]: {
      SecurityGroups: [
        {
          GroupId: 'sg-0a1b2c3d',
          Tags: [],
          IpPermissions: [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId: 'pl-1' }] }],
        },
      ],
    },
  };
  const { handler } = lambda(listed);
  await handler(lambdaEvent(change(webServers)));
  listed[pl] = fails('AccessDenied');
  await expect(handler(plan('sg-0a1b2c3d'), context)).rejects.toMatchObject({ code: 'IncompleteEvaluation' });
});

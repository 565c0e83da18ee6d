import type { AlertView } from '../../../../rules/shared/alerts/fix/look.ts';
import { type Made, statementFor } from '../../../../rules/shared/alerts/fix/made.ts';
import { undoAlert } from '../../../../rules/shared/alerts/fix/undo.ts';
import { ACCOUNT, memoryAccount } from '../../../support/memory.ts';

const NAME = 'groundrules-guardduty-root';
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:${NAME}`;
const EMAIL = 'root-alerts@moonjar.example';
const PATTERN = '{"source":["aws.guardduty"]}';

/** All that a run may make. */
const WHOLE: Made = {
  region: 'us-east-1',
  name: NAME,
  topicArn: TOPIC,
  topic: true,
  policy: true,
  email: EMAIL,
  rule: PATTERN,
  state: 'ENABLED',
  target: 'sns',
};
const DEFAULT = {
  Sid: '__default_statement_ID',
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: ['SNS:GetTopicAttributes', 'SNS:Subscribe', 'SNS:Publish'],
  Resource: TOPIC,
  Condition: { StringEquals: { 'AWS:SourceOwner': ACCOUNT } },
};
const THEIRS = {
  Sid: 'Theirs',
  Effect: 'Allow',
  Principal: { Service: 'budgets.amazonaws.com' },
  Action: 'sns:Publish',
};

interface State {
  readonly rule?: object;
  readonly targets?: readonly object[];
  readonly statements?: readonly object[];
  readonly subscriptions?: readonly (readonly [endpoint: string, isConfirmed: boolean])[];
}
function accountWith({ rule = {}, targets, statements, subscriptions = [[EMAIL, false]] }: State): AlertView {
  const Arn = `arn:aws:events:us-east-1:${ACCOUNT}:rule/${NAME}`;
  const Policy = JSON.stringify({ Statement: statements ?? [DEFAULT, statementFor(TOPIC)] });
  return memoryAccount({
    'us-east-1/events/list-rules.json': {
      Rules: [{ Name: NAME, Arn, EventPattern: PATTERN, State: 'ENABLED', ...rule }],
    },
    [`us-east-1/events/list-targets-by-rule/${NAME}.json`]: {
      Targets: targets ?? [{ Id: 'sns', Arn: TOPIC }],
    },
    [`us-east-1/sns/get-topic-attributes/${NAME}.json`]: { Attributes: { Policy } },
    [`us-east-1/sns/list-subscriptions-by-topic/${NAME}.json`]: {
      Subscriptions: subscriptions.map(([Endpoint, isConfirmed]) => ({
        Protocol: 'email',
        Endpoint,
        SubscriptionArn: isConfirmed ? `${TOPIC}:1` : 'PendingConfirmation',
      })),
    },
  }) as AlertView;
}
const undone = async (state: State, made: Partial<Made> = {}) => {
  const { steps, stays } = await undoAlert(accountWith(state), { ...WHOLE, ...made });
  return { calls: steps.map(({ api }) => api), stays: stays.join(' ') };
};
const OF_RULE = ['events:RemoveTargets', 'events:DeleteRule'];

test.each<[situation: string, state: State, calls: string[], stays: RegExp]>([
  ['all as it was left', {}, [...OF_RULE, 'sns:DeleteTopic'], /^$/],
  ['all confirmed', { subscriptions: [[EMAIL, true]] }, [...OF_RULE, 'sns:DeleteTopic'], /^$/],
  [
    'somebody else subscribed',
    {
      subscriptions: [
        [EMAIL, true],
        ['team@moonjar.example', false],
      ],
    },
    [...OF_RULE, 'sns:SetTopicAttributes', 'sns:Unsubscribe'],
    /^Topic groundrules-guardduty-root stays, because somebody else uses it\.$/,
  ],
  [
    'somebody else subscribed, and the address not confirmed',
    {
      subscriptions: [
        [EMAIL, false],
        ['team@moonjar.example', true],
      ],
    },
    [...OF_RULE, 'sns:SetTopicAttributes'],
    /stays.*not confirmed.*lapses by itself/,
  ],
  [
    'somebody else publishes to the topic',
    { statements: [DEFAULT, THEIRS, statementFor(TOPIC)] },
    [...OF_RULE, 'sns:SetTopicAttributes'],
    /Topic .* stays/,
  ],
  [
    'the default statement changed by somebody',
    { statements: [{ ...DEFAULT, Condition: {} }, statementFor(TOPIC)] },
    [...OF_RULE, 'sns:SetTopicAttributes'],
    /Topic .* stays/,
  ],
  [
    'the statement written otherwise',
    { statements: [{ ...statementFor(TOPIC), Action: ['SNS:Publish'] }] },
    [...OF_RULE, 'sns:DeleteTopic'],
    /^$/,
  ],
  [
    'the statement changed by somebody',
    { statements: [{ ...statementFor(TOPIC), Condition: {} }] },
    OF_RULE,
    /Topic .* stays.*not confirmed/,
  ],
  [
    'another target',
    {
      targets: [
        { Id: 'sns', Arn: TOPIC },
        { Id: 'theirs', Arn: `${TOPIC}-theirs` },
      ],
    },
    ['events:RemoveTargets', 'sns:DeleteTopic'],
    /Rule .* stays, because somebody else has given it another target/,
  ],
  [
    'another pattern',
    { rule: { EventPattern: '{"source":["aws.s3"]}' } },
    ['events:RemoveTargets', 'sns:DeleteTopic'],
    /Rule .* stays, because somebody else has given it another pattern/,
  ],
  [
    "the target's id given to something else",
    { targets: [{ Id: 'sns', Arn: `${TOPIC}-theirs` }] },
    ['sns:DeleteTopic'],
    /Rule .* stays/,
  ],
])('an Undo with %s takes back no more than the run made', async (_situation, state, calls, stays) => {
  expect(await undone(state)).toEqual({ calls, stays: expect.stringMatching(stays) });
});

test('an Undo leaves a topic that was there, and disables a rule that it enabled', async () => {
  expect(await undone({ subscriptions: [[EMAIL, true]] }, { topic: undefined } as never)).toMatchObject({
    calls: [...OF_RULE, 'sns:SetTopicAttributes', 'sns:Unsubscribe'],
  });
  const enabled: Made = { region: 'us-east-1', name: NAME, topicArn: TOPIC, enabled: NAME };
  const back = await undoAlert(accountWith({}), enabled);
  expect(back.steps).toMatchObject([
    { api: 'events:DisableRule', input: { Name: NAME }, region: 'us-east-1' },
  ]);
  expect((await undoAlert(accountWith({ rule: { State: 'DISABLED' } }), enabled)).steps).toEqual([]);
});

import { fix } from '../../../../rules/guardduty-root-alert/fix.ts';
import rule from '../../../../rules/guardduty-root-alert/rule.ts';
import type { AlertView } from '../../../../rules/shared/alerts/fix/look.ts';
import { type Made, statementFor } from '../../../../rules/shared/alerts/fix/made.ts';
import { undoAlert } from '../../../../rules/shared/alerts/fix/undo.ts';
import { readBefore, writeBefore } from '../../../../tasks/before.ts';
import { ACCOUNT, memoryAccount } from '../../../support/memory.ts';

const NAME = 'groundrules-guardduty-root';
const PLACE = `arn:aws:sns:us-east-1:${ACCOUNT}`;
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
const THEIR_TARGET = { Id: 'theirs', Arn: `${TOPIC}-theirs` };
const THEIRS = {
  Sid: 'Theirs',
  Effect: 'Allow',
  Principal: { Service: 'budgets.amazonaws.com' },
  Action: 'sns:Publish',
};

const NOTHING = { MetricAlarms: [], CompositeAlarms: [] };
const alarmTo = (AlarmName: string, more: object) => ({
  AlarmName,
  AlarmArn: `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:${AlarmName}`,
  ...more,
});

interface State {
  /** Names of the rules that publish to the topic. */
  readonly publishing?: readonly string[];
  readonly alarms?: object;
  readonly key?: string;
  /** Other answers. */
  readonly more?: Readonly<Record<string, object>>;
  /** Rules besides the alert's own, each with its targets. */
  readonly others?: readonly (readonly [rule: { readonly Name: string }, targets: readonly object[]])[];
  readonly rule?: object;
  readonly targets?: readonly object[];
  readonly statements?: readonly object[];
  readonly subscriptions?: readonly (readonly [endpoint: string, isConfirmed: boolean])[];
}
function accountWith({
  rule = {},
  targets,
  statements,
  subscriptions = [[EMAIL, false]],
  publishing = [NAME],
  alarms = NOTHING,
  key,
  more = {},
  others = [],
}: State): AlertView {
  const Arn = `arn:aws:events:us-east-1:${ACCOUNT}:rule/${NAME}`;
  const Policy = JSON.stringify({ Statement: statements ?? [DEFAULT, statementFor(TOPIC)] });
  return memoryAccount({
    'us-east-1/events/list-rules.json': {
      Rules: [
        { Name: NAME, Arn, EventPattern: PATTERN, State: 'ENABLED', ...rule },
        ...others.map(([one]) => ({ Arn, ...one })),
      ],
    },
    ...Object.fromEntries(
      others.map(([{ Name }, Targets]) => [
        `us-east-1/events/list-targets-by-rule/${Name}.json`,
        { Targets },
      ]),
    ),
    ...more,
    [`us-east-1/events/list-rule-names-by-target/${NAME}.json`]: { RuleNames: publishing },
    'us-east-1/cloudwatch/describe-alarms.json': { ...NOTHING, ...alarms },
    [`us-east-1/events/list-targets-by-rule/${NAME}.json`]: {
      Targets: targets ?? [{ Id: 'sns', Arn: TOPIC }],
    },
    [`us-east-1/sns/get-topic-attributes/${NAME}.json`]: { Attributes: { Policy, KmsMasterKeyId: key } },
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
    ['sns:Unsubscribe', ...OF_RULE, 'sns:SetTopicAttributes'],
    /^Topic groundrules-guardduty-root stays, because somebody else uses it: another subscription by email\.$/,
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
    /Topic .* stays, because somebody else uses it: statement Theirs for \{"Service":"budgets\.amazonaws\.com"\}\./,
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
    /Rule .* stays, because somebody else has given it another target since: .*-theirs/,
  ],
  [
    'another pattern',
    { rule: { EventPattern: '{"source":["aws.s3"]}' } },
    [],
    /Rule .* stays as it is, because somebody else has changed it since: its pattern\. Topic .* stays, .*: rule groundrules-guardduty-root\. EventBridge may go on publishing to .*: rule groundrules/,
  ],
  [
    "the target's id given to something else",
    { targets: [{ Id: 'sns', Arn: `${TOPIC}-theirs` }], publishing: [] },
    ['sns:DeleteTopic'],
    /Rule .* stays as it is, .*: its target sns\./,
  ],
  [
    'letters of the pattern changed',
    { rule: { EventPattern: PATTERN.toUpperCase().replace('SOURCE', 'source') } },
    [],
    /its pattern/,
  ],
  ['the rule turned off', { rule: { State: 'DISABLED' } }, [], /its state, to DISABLED\./],
  [
    'the rule described',
    { rule: { Description: 'Ask Jin first.' } },
    [],
    /its description, schedule or role\./,
  ],
  [
    'the target with a text of its own',
    { targets: [{ Id: 'sns', Arn: TOPIC, Input: '"Root!"' }] },
    [],
    /its target sns\..*Topic .* stays, .*: rule groundrules-guardduty-root\./,
  ],
  [
    'another rule that publishes to the topic',
    { publishing: [NAME, 'theirs', 'orders/late'] },
    OF_RULE,
    /^Topic .* stays, because somebody else uses it: rule theirs, rule orders\/late\. EventBridge may go on publishing to .*, because others do: rule theirs, rule orders\/late\./,
  ],
  [
    'an alarm that tells the topic',
    { alarms: { MetricAlarms: [alarmTo('root-use', { AlarmActions: [TOPIC] })] } },
    [...OF_RULE, 'sns:SetTopicAttributes'],
    /^Topic .* stays, because somebody else uses it: alarm root-use\./,
  ],
  [
    'a composite alarm that tells the topic that all is well again, and nobody else to hear it',
    {
      alarms: { CompositeAlarms: [alarmTo('all', { AlarmRule: 'TRUE', OKActions: [TOPIC] })] },
      subscriptions: [[EMAIL, true]],
    },
    [...OF_RULE, 'sns:SetTopicAttributes'],
    /: alarm all\. root-alerts@moonjar\.example stays subscribed to .*, because nobody else hears what others publish\.$/,
  ],
  [
    'an alarm that tells the topic, and somebody else to hear it',
    {
      alarms: { MetricAlarms: [alarmTo('root-use', { AlarmActions: [TOPIC] })] },
      subscriptions: [
        [EMAIL, true],
        ['team@moonjar.example', true],
      ],
    },
    ['sns:Unsubscribe', ...OF_RULE, 'sns:SetTopicAttributes'],
    /: alarm root-use, another subscription by email\.$/,
  ],
  [
    'a key that the topic has got',
    { key: 'alias/theirs' },
    [...OF_RULE, 'sns:SetTopicAttributes'],
    /it has got a key/,
  ],
])('an Undo with %s takes back no more than the run made', async (_situation, state, calls, stays) => {
  expect(await undone(state)).toEqual({ calls, stays: expect.stringMatching(stays) });
});

test('an Undo leaves a topic that was there', async () => {
  expect(await undone({ subscriptions: [[EMAIL, true]] }, { topic: undefined } as never)).toMatchObject({
    calls: ['sns:Unsubscribe', ...OF_RULE, 'sns:SetTopicAttributes'],
  });
});

test.each<[situation: string, state: State, calls: string[], stays: RegExp]>([
  ['as it was', {}, ['events:RemoveTargets'], /^$/],
  [
    'with a target of theirs',
    { targets: [{ Id: 'sns', Arn: TOPIC }, THEIR_TARGET] },
    ['events:RemoveTargets'],
    /^$/,
  ],
  ['with another pattern', { rule: { EventPattern: '{"source":["aws.s3"]}' } }, [], /its pattern/],
])('an Undo takes the target from a rule that was there, %s', async (_situation, state, calls, stays) => {
  const { region, name, topicArn, target } = WHOLE;
  const made = { region, name, topicArn, target, was: { pattern: PATTERN, targets: [] } } as Made;
  const back = await undoAlert(accountWith(state), made);
  expect({ calls: back.steps.map(({ api }) => api), stays: back.stays.join(' ') }).toEqual({
    calls,
    stays: expect.stringMatching(stays),
  });
});

test.each<[situation: string, targets: readonly object[], calls: string[], stays: RegExp]>([
  ['does', [THEIR_TARGET, { Id: 'sns', Arn: `${PLACE}:orders` }], ['sns:Unsubscribe'], /^$/],
  [
    'does not',
    [THEIR_TARGET],
    [],
    /^root-alerts.* stays subscribed to orders, because rule .* does not publish/,
  ],
])(
  'an Undo unsubscribes from a topic of theirs where the rule %s publish to it',
  async (_, targets, calls, stays) => {
    const Subscriptions = [{ Protocol: 'email', Endpoint: EMAIL, SubscriptionArn: `${PLACE}:orders:1` }];
    const more = {
      'us-east-1/sns/get-topic-attributes/orders.json': { Attributes: {} },
      'us-east-1/sns/list-subscriptions-by-topic/orders.json': { Subscriptions },
      'us-east-1/events/list-rule-names-by-target/orders.json': { RuleNames: [] },
    };
    const made: Made = { region: 'us-east-1', name: NAME, topicArn: `${PLACE}:orders`, email: EMAIL };
    const back = await undoAlert(accountWith({ targets, more }), made);
    expect({ calls: back.steps.map(({ api }) => api), stays: back.stays.join(' ') }).toEqual({
      calls,
      stays: expect.stringMatching(stays),
    });
  },
);

describe('an Undo disables a rule that the run enabled', () => {
  const found = { Name: 'found', EventPattern: PATTERN, State: 'ENABLED' };
  const was = { pattern: PATTERN, targets: [{ id: 'theirs', arn: `${TOPIC}-theirs` }] };
  const enabled: Made = { region: 'us-east-1', name: NAME, topicArn: TOPIC, enabled: 'found', was };
  const back = (more: object, targets: readonly object[] = [THEIR_TARGET], made: object = {}) =>
    undoAlert(accountWith({ others: [[{ ...found, ...more }, targets]] }), { ...enabled, ...made });

  test('that is as it was', async () => {
    expect(await back({})).toEqual({
      steps: [
        expect.objectContaining({ api: 'events:DisableRule', input: { Name: 'found' }, region: 'us-east-1' }),
      ],
      stays: [],
    });
  });

  test('and no other bus of that name, and none that is off or gone', async () => {
    const none = { steps: [], stays: [] };
    expect(await back({ EventBusName: 'orders' })).toEqual(none);
    expect(await back({ State: 'DISABLED' })).toEqual(none);
    expect(await undoAlert(accountWith({}), enabled)).toEqual(none);
  });

  test.each<[what: RegExp, more: object, targets: readonly object[] | undefined, made: object | undefined]>([
    [/its pattern\.$/, { EventPattern: '{"source":["aws.s3"]}' }, undefined, undefined],
    [
      /its state, to ENABLED_WITH/,
      { State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' },
      undefined,
      undefined,
    ],
    [/its description, schedule or role\.$/, { Description: 'Mine now.' }, undefined, undefined],
    [/its targets\.$/, {}, [THEIR_TARGET, { Id: 'more', Arn: `${TOPIC}-more` }], undefined],
    [/its targets\.$/, {}, [{ ...THEIR_TARGET, Arn: `${TOPIC}-other` }], undefined],
    [/its targets\.$/, {}, [{ ...THEIR_TARGET, Input: '"x"' }], undefined],
    [/does not say what it was/, {}, [THEIR_TARGET], { was: undefined }],
  ])('unless somebody has changed it: %s', async (what, more, targets, made) => {
    expect(await back(more, targets, made)).toEqual({ steps: [], stays: [expect.stringMatching(what)] });
  });

  test('which has the name of the fix, with the target that the run gave it', async () => {
    const { target } = WHOLE;
    const own = { ...enabled, enabled: NAME, target, was: { pattern: PATTERN, targets: [] } } as Made;
    const { steps } = await undoAlert(accountWith({}), own);
    expect(steps.map(({ api }) => api)).toEqual(['events:RemoveTargets', 'events:DisableRule']);
  });
});

describe('an Undo refuses what the fix does not make, whatever Before says', () => {
  const asked = 'Policy:IAMUser/RootCredentialUsage';
  const rule = { Name: 'found', EventPattern: PATTERN, State: 'ENABLED' };
  const undo = async (made: unknown, state: State = {}) => {
    const context = {
      account: accountWith(state),
      resource: { type: 'AWS::::Account', id: ACCOUNT, region: 'global' },
    };
    return fix.undo(made as never, { ...context, now: new Date() } as never);
  };
  const enabled = { region: 'us-east-1', name: NAME, topicArn: TOPIC, asked, enabled: 'found' };

  test('but takes back what it makes', async () => {
    const { steps, refusals } = await undo([{ ...WHOLE, asked }]);
    expect(refusals).toBeUndefined();
    expect(steps.map(({ api }) => api)).toEqual([...OF_RULE, 'sns:DeleteTopic']);
  });

  test.each<[situation: string, made: unknown, message: RegExp, state: State]>([
    ['a rule of another name', { ...WHOLE, name: 'payments' }, /Rule payments is none of this fix/, {}],
    [
      'a topic of another name',
      { ...WHOLE, topicArn: `${PLACE}:orders` },
      /Topic orders is none of this fix/,
      {},
    ],
    [
      'a topic of another account',
      { ...WHOLE, topicArn: `arn:aws:sns:us-east-1:999988887777:${NAME}` },
      /no topic of this account/,
      {},
    ],
    [
      'a topic of another Region',
      { ...WHOLE, topicArn: TOPIC.replace('us-east-1', 'eu-west-1') },
      /no topic of this account in us-east-1/,
      {},
    ],
    [
      'a Region that is none',
      { ...WHOLE, region: 'us-east-1/../x' },
      /makes nothing in us-east-1\/\.\.\/x/,
      {},
    ],
    ['a Region of another partition', { ...WHOLE, region: 'cn-north-1' }, /makes nothing in cn-north-1/, {}],
    [
      'a pattern of something else',
      { ...WHOLE, rule: '{"source":["aws.s3"]}' },
      /Rule .* is not for what/,
      {},
    ],
    [
      'an enabled rule of something else',
      enabled,
      /Rule found stays: this fix enables only/,
      { others: [[{ ...rule, EventPattern: '{"source":["aws.s3"]}' } as never, [THEIR_TARGET]]] },
    ],
    [
      'an enabled rule that calls a function',
      enabled,
      /Rule found stays: this fix enables only/,
      {
        others: [[rule, [THEIR_TARGET, { Id: 'f', Arn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f` }]]],
      },
    ],
    ['what is no part', { ...WHOLE, topic: 'yes' }, /does not write/, {}],
    ['nothing', null, /does not write/, {}],
  ])('%s', async (_situation, made, message, state) => {
    const { steps, refusals } = await undo([{ ...WHOLE, asked }, made], state);
    expect(steps).toEqual([]);
    expect(refusals?.join(' ')).toMatch(message);
  });
});

describe('of what two runs were about to make at once, an Undo takes back what its own made', () => {
  const SENTENCES = {
    topic: `topic ${NAME} made in us-east-1`,
    policy: `topic ${NAME} takes what EventBridge publishes (us-east-1)`,
    email: `${EMAIL} subscribed to topic ${NAME} (us-east-1)`,
    rule: `rule ${NAME} made in us-east-1`,
    target: `rule ${NAME} publishes to topic ${NAME} (us-east-1)`,
  };
  const asked = 'Policy:IAMUser/RootCredentialUsage';
  const resource = { type: 'AWS::::Account', id: ACCOUNT, region: 'global' };
  const undone = async (parts: readonly (keyof typeof SENTENCES)[]) => {
    const CarriedOut = JSON.stringify(parts.map((part) => SENTENCES[part]));
    const Before = writeBefore(rule, resource, [{ ...WHOLE, asked }], 'Report');
    const before = readBefore(rule, resource, [{ CarriedOut: [CarriedOut] }, { Before: [Before] }]);
    if (before === null) return [];
    const account = accountWith({ subscriptions: [[EMAIL, true]] });
    const { steps } = await fix.undo(before as never, { account, resource, now: new Date() } as never);
    return steps.map(({ api }) => api);
  };

  test.each<[what: string, parts: (keyof typeof SENTENCES)[], calls: string[]]>([
    ['all of it', ['topic', 'policy', 'email', 'rule', 'target'], [...OF_RULE, 'sns:DeleteTopic']],
    [
      'all but the topic',
      ['policy', 'email', 'rule', 'target'],
      ['sns:Unsubscribe', ...OF_RULE, 'sns:SetTopicAttributes'],
    ],
    ['the target alone', ['target'], ['events:RemoveTargets']],
    ['the subscription alone', ['email'], ['sns:Unsubscribe']],
    ['nothing', [], []],
  ])('%s', async (_what, parts, calls) => {
    expect(await undone(parts)).toEqual(calls);
  });

  test('and all that shows where nobody knows, because the step did not come to its end', () => {
    const Before = writeBefore(rule, resource, [WHOLE], 'Report');
    for (const more of [{}, { CarriedOut: ['No output available yet'] }])
      expect(readBefore(rule, resource, [{ Before, ...more }])).toEqual([WHOLE]);
  });
});

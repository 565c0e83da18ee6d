import {
  InvalidEventError,
  isInvokingEvent,
  parseEvent,
  parseInvokingEvent,
  parseRecordedEvent,
} from '../../config/event.ts';
import { ACCOUNT } from '../support/memory.ts';
import { CAPTURED, type Json, webServers } from './support/items.ts';
import { CREATED, change, lambdaEvent, oversized, scheduled } from './support/lambda.ts';

test('a change', () => {
  expect(parseEvent(lambdaEvent(change(webServers), { ruleParameters: '{"allowed":"1"}' }))).toMatchObject({
    kind: 'change',
    item: { id: 'sg-0a1b2c3d', status: 'OK' },
    ruleParameters: { allowed: '1' },
    resultToken: 'token-1',
    testMode: false,
    eventLeftScope: false,
    accountId: ACCOUNT,
    configRuleName: 'closed-groups',
    orderingTimestamp: new Date(CAPTURED),
  });
});

test('a change as the developer guide shows it, without notificationCreationTime and recordVersion', () => {
  const { messageType, configurationItem } = change(webServers);
  expect(parseEvent(lambdaEvent({ messageType, configurationItem })).orderingTimestamp).toEqual(
    new Date(CAPTURED),
  );
});

test('an oversized change', () => {
  const event = parseEvent(lambdaEvent(oversized(webServers)));
  expect(event).toMatchObject({ kind: 'oversized', summary: { id: 'sg-0a1b2c3d' } });
  expect(event.orderingTimestamp).toEqual(new Date(CAPTURED));
});

test('a schedule', () => {
  const event = parseEvent(lambdaEvent(scheduled));
  expect(event).toMatchObject({ kind: 'periodic', accountId: ACCOUNT });
  expect(event.orderingTimestamp).toEqual(new Date(CREATED));
});

test('a delivered snapshot, the older of the periodic triggers', () => {
  const delivered = {
    messageType: 'ConfigurationSnapshotDeliveryCompleted',
    notificationCreationTime: CREATED,
    configSnapshotId: '3e4c2f1a-0000-4000-8000-000000000000',
    s3ObjectKey: 'AWSLogs/1/Config/us-east-1/2026/11/1/ConfigSnapshot/1.json.gz',
    s3Bucket: 'config-bucket',
    recordVersion: '1.1',
  };
  const event = parseEvent(lambdaEvent(delivered));
  expect(event).toMatchObject({ kind: 'periodic', accountId: ACCOUNT });
  expect(event.orderingTimestamp).toEqual(new Date(CREATED));
});

test.each([undefined, ''])('an event that somebody kept, its token taken out: %j', (resultToken) => {
  const event = parseRecordedEvent(lambdaEvent(change(webServers), { resultToken }));
  expect(event).toMatchObject({ kind: 'change', resultToken: '', testMode: false });
});

const optional: [string, Json, Json][] = [
  ['no ruleParameters', { ruleParameters: undefined }, { ruleParameters: {} }],
  ['empty ruleParameters', { ruleParameters: '' }, { ruleParameters: {} }],
  ['no eventLeftScope', { eventLeftScope: undefined }, { eventLeftScope: false }],
  ['no accountId, which the item has', { accountId: undefined }, { accountId: ACCOUNT }],
  ["RDK's token for a dry run", { resultToken: 'TESTMODE' }, { testMode: true }],
  ['a token that is almost that', { resultToken: 'testmode' }, { testMode: false }],
];
test.each(optional)('an envelope with %s', (_situation, envelope, expected) => {
  expect(parseEvent(lambdaEvent(change(webServers), envelope))).toMatchObject(expected);
});

const item = 'invokingEvent.configurationItem';
const invalid: [string, unknown, string, RegExp][] = [
  ['that is nothing', undefined, 'InvalidEnvelope', /not a JSON object/],
  ['that is a list', [], 'InvalidEnvelope', /not a JSON object/],
  ['of something else', { Records: [] }, 'MissingField', /^invokingEvent is missing/],
  [
    'with an object for invokingEvent',
    { ...lambdaEvent(''), invokingEvent: scheduled },
    'InvalidField',
    /^invokingEvent is not a string/,
  ],
  ['that is cut off', lambdaEvent('{"messageType":"Sched'), 'InvalidJson', /^invokingEvent is not JSON/],
  [
    'with a text in invokingEvent',
    lambdaEvent('"Scheduled"'),
    'InvalidField',
    /^invokingEvent is not a JSON object/,
  ],
  [
    'without a token',
    lambdaEvent(scheduled, { resultToken: undefined }),
    'MissingField',
    /^resultToken is missing/,
  ],
  [
    'with an empty token',
    lambdaEvent(scheduled, { resultToken: '' }),
    'InvalidField',
    /^resultToken is empty/,
  ],
  [
    'with a number for a token',
    lambdaEvent(scheduled, { resultToken: 1 }),
    'InvalidField',
    /^resultToken is not a string/,
  ],
  [
    'with a word for eventLeftScope',
    lambdaEvent(scheduled, { eventLeftScope: 'false' }),
    'InvalidField',
    /^eventLeftScope is not a boolean/,
  ],
  [
    'without a rule',
    lambdaEvent(scheduled, { configRuleName: undefined }),
    'MissingField',
    /^configRuleName is missing/,
  ],
  [
    'with a placeholder for the account',
    lambdaEvent(scheduled, { accountId: 'account-id' }),
    'InvalidField',
    /^accountId is not an account id/,
  ],
  [
    'about another account',
    lambdaEvent(scheduled, { accountId: '999999999999' }),
    'InvalidField',
    /^accountId is 999999999999/,
  ],
  [
    'without any account',
    lambdaEvent({ ...scheduled, awsAccountId: undefined }, { accountId: undefined }),
    'MissingField',
    /^accountId is missing/,
  ],
  [
    'with parameters that are cut off',
    lambdaEvent(scheduled, { ruleParameters: '{"allowed":' }),
    'InvalidJson',
    /^ruleParameters is not JSON/,
  ],
  [
    'with parameters in a list',
    lambdaEvent(scheduled, { ruleParameters: '[]' }),
    'InvalidField',
    /^ruleParameters is not a JSON object/,
  ],
  ['without a message type', lambdaEvent({}), 'MissingField', /^invokingEvent.messageType is missing/],
  [
    'of an unknown message type',
    lambdaEvent({ messageType: 'ScheduleNotification' }),
    'UnknownMessageType',
    /"ScheduleNotification"; expected .*ScheduledNotification/,
  ],
  [
    'that tells of a verdict',
    lambdaEvent({ messageType: 'ComplianceChangeNotification' }),
    'UnsupportedMessageType',
    /asks no rule about; expected .*ScheduledNotification/,
  ],
  [
    'of a delivered snapshot, without its time',
    lambdaEvent({ messageType: 'ConfigurationSnapshotDeliveryCompleted' }),
    'MissingField',
    /^invokingEvent.notificationCreationTime is missing/,
  ],
  [
    'without an item',
    lambdaEvent(change(undefined)),
    'MissingField',
    /^invokingEvent.configurationItem is missing/,
  ],
  ['with no item', lambdaEvent(change(null)), 'InvalidItem', /^invokingEvent.configurationItem is null/],
  [
    'with an item without an id',
    lambdaEvent(change({ ...webServers, resourceId: undefined })),
    'InvalidItem',
    new RegExp(`^${item}.resourceId is missing`),
  ],
  [
    'without a summary',
    lambdaEvent({ ...oversized(webServers), configurationItemSummary: undefined }),
    'MissingField',
    /^invokingEvent.configurationItemSummary is missing/,
  ],
  [
    'with a summary without a status',
    lambdaEvent(oversized(webServers, { configurationItemStatus: undefined })),
    'InvalidItem',
    /^invokingEvent.configurationItemSummary.configurationItemStatus is missing/,
  ],
  [
    'of a schedule without a time',
    lambdaEvent({ ...scheduled, notificationCreationTime: undefined }),
    'MissingField',
    /^invokingEvent.notificationCreationTime is missing/,
  ],
  [
    'of a schedule at no time',
    lambdaEvent({ ...scheduled, notificationCreationTime: 'soon' }),
    'InvalidField',
    /^invokingEvent.notificationCreationTime is a string/,
  ],
];
test.each(invalid)('an event %s is refused', (_situation, event, code, message) => {
  expect(() => parseEvent(event)).toThrow(InvalidEventError);
  expect(() => parseEvent(event)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  );
});

test('an invoking event alone, as an object and as its text', () => {
  expect(isInvokingEvent(scheduled)).toBe(true);
  expect(isInvokingEvent(webServers)).toBe(false);
  expect(isInvokingEvent(null)).toBe(false);
  const expected = { kind: 'periodic', accountId: ACCOUNT, createdAt: new Date(CREATED) };
  expect(parseInvokingEvent(scheduled)).toEqual(expected);
  expect(parseInvokingEvent(JSON.stringify(scheduled))).toEqual(expected);
});

test('an error shows nothing of a text that is not JSON', () => {
  const event = lambdaEvent(scheduled, { ruleParameters: 'hunter2' });
  expect(() => parseEvent(event)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});

import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  ACCOUNT,
  folderOf,
  gone,
  groupItem,
  LATER,
  NEWER,
  OLDER,
  removeFolders,
  snapshotFile,
} from '../account/snapshot/support.ts';
import { apiForm, type Json } from '../config/support/items.ts';
import { change, lambdaEvent as configEvent, oversized, scheduled } from '../config/support/lambda.ts';
import { evaluate } from './support.ts';

afterAll(removeFolders);

const ssh = groupItem('sg-ssh', 22);
const web = groupItem('sg-web', 443);
const SSH = ['sg-open-ports sg-ssh: NON_COMPLIANT'];
const BOTH = [...SSH, 'sg-open-ports sg-web: COMPLIANT'];
const lambdaEvent = (invokingEvent: unknown, more = {}) =>
  configEvent(invokingEvent, { accountId: ACCOUNT, ...more });
const text = (value: unknown) => JSON.stringify(value);

const eventBridge = (detail: unknown, type = 'Config Configuration Item Change') => ({
  version: '0',
  id: '00000000-0000-4000-8000-000000000000',
  'detail-type': type,
  source: 'aws.config',
  account: ACCOUNT,
  region: 'us-east-1',
  resources: [],
  detail,
});
const sns = (Message: unknown, more = {}) => ({
  Type: 'Notification',
  MessageId: '00000000-0000-4000-8000-000000000000',
  TopicArn: `arn:aws:sns:us-east-1:${ACCOUNT}:config-topic`,
  Subject: '[AWS Config:us-east-1] AWS::EC2::SecurityGroup sg-ssh Updated',
  Message,
  Timestamp: '2026-11-01T00:00:02.000Z',
  ...more,
});
const sqs = (...bodies: unknown[]) => ({
  Records: bodies.map((body) => ({ messageId: 'm', eventSource: 'aws:sqs', body: text(body) })),
});
const verdict = { messageType: 'ComplianceChangeNotification', configRuleName: 'x', resourceId: 'sg-ssh' };
/** A row of `SELECT …`, of a resource that exists. */
const row = (of: Json, ...without: string[]) => {
  const { relatedEvents, relationships, supplementaryConfiguration, ...rest } = apiForm(of);
  const fields = { ...rest, configuration: of.configuration, tags: [{ key: 'team', value: 'shop' }] };
  return text(Object.fromEntries(Object.entries(fields).filter(([name]) => !without.includes(name))));
};
const selected = (...rows: string[]) => ({
  Results: rows,
  QueryInfo: { SelectFields: [{ Name: 'accountId' }] },
});
const lines = (...values: unknown[]) => values.map((value) => `${text(value)}\n`).join('');

async function judged(content: unknown, options = {}) {
  return evaluate([join(await folderOf({ file: content }), 'file')], options);
}

describe("AWS Config's word, whatever brings it, is judged", () => {
  const cases: [situation: string, content: unknown, said: string[]][] = [
    ['select-resource-config', selected(row(ssh), row(web)), BOTH],
    ['a query that did not select the status', selected(row(ssh, 'configurationItemStatus')), SSH],
    ['--query Results of it', [row(ssh), row(web)], BOTH],
    ['rows of a query that somebody made objects of', { Results: [ssh, web] }, BOTH],
    ['get-aggregate-resource-config', { ConfigurationItem: apiForm(ssh) }, SSH],
    [
      'batch-get-aggregate-resource-config',
      { BaseConfigurationItems: [apiForm(ssh)], UnprocessedResourceIdentifiers: [] },
      SSH,
    ],
    ['--query baseConfigurationItems', [apiForm(ssh), apiForm(web)], BOTH],
    [
      'get-resource-config-history --limit 1, which goes on to what is older',
      { configurationItems: [apiForm(ssh)], nextToken: 'x' },
      SSH,
    ],
    ['an EventBridge event', eventBridge(change(ssh)), SSH],
    ['an SNS notification, its Message a text', sns(text(change(ssh))), SSH],
    ['an SNS notification, its Message an object, as the guide shows it', sns(change(ssh)), SSH],
    ['an SQS record around the notification', sqs(sns(text(change(ssh)))), SSH],
    ['an SQS record of raw delivery', sqs(change(ssh)), SSH],
    ['an SQS record around an EventBridge event', sqs(eventBridge(change(ssh))), SSH],
    [
      'a Lambda event of the topic',
      { Records: [{ EventSource: 'aws:sns', Sns: sns(text(change(ssh))) }] },
      SSH,
    ],
    ['aws sqs receive-message', { Messages: [{ MessageId: 'm', Body: text(sns(text(change(ssh)))) }] }, SSH],
    ['several records', sqs(change(ssh), sns(text(change(web)))), BOTH],
    [
      'several records of one resource, of which the newest counts',
      sqs(change({ ...groupItem('sg-1', 443), ...NEWER }), change({ ...groupItem('sg-1', 22), ...OLDER })),
      ['sg-open-ports sg-1: COMPLIANT'],
    ],
    ['several records, one of them without a resource', sqs(verdict, change(ssh)), SSH],
    [
      'several records, one of a deleted resource',
      sqs(change(web), change({ ...ssh, ...gone('ResourceDeleted', LATER) })),
      ['sg-open-ports sg-ssh: NOT_APPLICABLE', 'sg-open-ports sg-web: COMPLIANT'],
    ],
    [
      'several records, one too large for its message',
      sqs(change(web), oversized(ssh)),
      ['sg-open-ports sg-ssh: Malformed', 'sg-open-ports sg-web: COMPLIANT'],
    ],
    ['a list of events', [change(ssh), change(web)], BOTH],
    ['a list of EventBridge events', [eventBridge(change(ssh)), eventBridge(change(web))], BOTH],
    ['an item in its member alone', { configurationItem: ssh }, SSH],
    ['JSON lines of items', lines(ssh, web), BOTH],
    ['JSON lines, compressed', gzipSync(lines(ssh, web)), BOTH],
    ['JSON lines of Windows, with a blank one', lines(ssh, web).replaceAll('\n', '\r\n\r\n'), BOTH],
    ['JSON lines without an end', lines(ssh, web).trimEnd(), BOTH],
    ['JSON lines of Config files', lines(snapshotFile(ssh), snapshotFile(web)), BOTH],
    ['JSON lines of messages', lines(eventBridge(change(ssh)), sns(text(change(web))), verdict), BOTH],
    [
      'JSON lines of functions’ events, each with its parameters',
      lines(
        lambdaEvent(change(ssh), { ruleParameters: '{"allowedTcpPorts":"22"}' }),
        lambdaEvent(change(web)),
      ),
      ['sg-open-ports sg-ssh: COMPLIANT', 'sg-open-ports sg-web: COMPLIANT'],
    ],
    ['a list of functions’ events', [lambdaEvent(change(ssh)), lambdaEvent(change(web))], BOTH],
  ];
  test.each(cases)('%s', async (_situation, content, said) => {
    expect((await judged(content)).said).toEqual(said);
  });

  test('JSON lines that are longer than what is read at once', async () => {
    const large = Array.from({ length: 40 }, (_, index) =>
      groupItem(`sg-${String(index).padStart(2, '0')}`, 22, { filler: 'é'.repeat(60_000) }),
    );
    const { report } = await judged(lines(...large));
    expect(report.results).toHaveLength(40);
    expect(new Set(report.results.map(({ compliance }) => compliance))).toEqual(new Set(['NON_COMPLIANT']));
  });
});

describe('what an answer leaves out is an error, and what is there is judged', () => {
  const key = { resourceType: 'AWS::EC2::SecurityGroup', resourceId: 'sg-lost' };
  const aggregated = {
    ResourceType: key.resourceType,
    ResourceId: key.resourceId,
    SourceAccountId: ACCOUNT,
    SourceRegion: 'eu-west-1',
  };
  const cases: [situation: string, content: unknown, said: string[], message: RegExp][] = [
    [
      'batch-get-resource-config',
      { baseConfigurationItems: [apiForm(web)], unprocessedResourceKeys: [key] },
      ['sg-open-ports sg-lost: CutAnswer', 'sg-open-ports sg-web: COMPLIANT'],
      /did not answer for AWS::EC2::SecurityGroup sg-lost: ask/,
    ],
    [
      'the same, of another type than what it answered',
      {
        unprocessedResourceKeys: [{ resourceType: 'AWS::S3::Bucket', resourceId: 'shop' }],
        baseConfigurationItems: [apiForm(web)],
      },
      ['s3-public shop: CutAnswer', 'sg-open-ports sg-web: COMPLIANT'],
      /did not answer for AWS::S3::Bucket shop/,
    ],
    [
      'batch-get-aggregate-resource-config, of another Region',
      { BaseConfigurationItems: [apiForm(web)], UnprocessedResourceIdentifiers: [aggregated] },
      ['sg-open-ports sg-lost: CutAnswer', 'sg-open-ports sg-web: COMPLIANT'],
      /did not answer/,
    ],
    [
      'batch-get-aggregate-resource-config without any answer',
      { BaseConfigurationItems: [], UnprocessedResourceIdentifiers: [aggregated] },
      ['sg-open-ports sg-lost: CutAnswer'],
      /did not answer/,
    ],
    [
      'a query that goes on',
      { ...selected(row(web)), NextToken: 'x' },
      [`sg-open-ports ${ACCOUNT}: CutAnswer`, 'sg-open-ports sg-web: COMPLIANT'],
      /the answer goes on \(NextToken\).*--max-items/,
    ],
    [
      'a history in the order of time that goes on to what is newer',
      { configurationItems: [apiForm({ ...web, ...OLDER }), apiForm({ ...web, ...NEWER })], nextToken: 'x' },
      [`sg-open-ports ${ACCOUNT}: CutAnswer`, 'sg-open-ports sg-web: COMPLIANT'],
      /goes on \(nextToken\).*without --chronological-order Forward/,
    ],
  ];
  test.each(cases)('%s', async (_situation, content, said, message) => {
    const { status, report, said: found } = await judged(content);
    expect(found).toEqual(said);
    expect(report.errors[0]?.message).toMatch(message);
    expect(status).toBe(2);
  });

  test('an answer with nothing in it but what it leaves out says what helps', async () => {
    const content = { baseConfigurationItems: [], unprocessedResourceKeys: [key] };
    await expect(judged(content)).rejects.toThrow(/sg-lost \(of which account, --account tells\): ask/);
    const { said } = await judged(content, { account: ACCOUNT, region: ['us-east-1'] });
    expect(said).toEqual(['sg-open-ports sg-lost: CutAnswer']);
  });
});

describe('what no item can be found in is refused in one line', () => {
  const refused: [situation: string, content: unknown, message: RegExp][] = [
    [
      'a query without the fields of an item',
      selected(text({ resourceId: 'sg-1', resourceType: 'AWS::EC2::SecurityGroup' })),
      /did not select accountId, awsRegion, configurationItemCaptureTime, configuration\. Ask with --expression "SELECT accountId/,
    ],
    [
      'SELECT *, which leaves the configuration out',
      selected(row(ssh, 'configuration')),
      /did not select configuration\./,
    ],
    ['a query that counts', selected(text({ 'COUNT(*)': 4 })), /did not select accountId/],
    ['a query without rows', selected(), /no configuration items/],
    [
      'list-discovered-resources',
      { resourceIdentifiers: [{ resourceType: 'x', resourceId: 'y' }] },
      /without their configuration.*batch-get-resource-config/,
    ],
    [
      'list-aggregate-discovered-resources',
      { ResourceIdentifiers: [] },
      /batch-get-aggregate-resource-config/,
    ],
    [
      'get-discovered-resource-counts',
      { totalDiscoveredResources: 1, resourceCounts: [] },
      /a count.*select-resource-config/,
    ],
    [
      'get-aggregate-discovered-resource-counts',
      { TotalDiscoveredResources: 1 },
      /a count.*select-aggregate-resource-config/,
    ],
    ['get-compliance-details-by-config-rule', { EvaluationResults: [] }, /verdicts of AWS Config/],
    [
      'an event of EC2',
      { ...eventBridge({ state: 'stopped' }, 'EC2 Instance State-change Notification'), source: 'aws.ec2' },
      /EventBridge event of aws\.ec2.*one of aws\.config is expected/,
    ],
    [
      'an event of a verdict',
      eventBridge({ newEvaluationResult: {} }, 'Config Rules Compliance Change'),
      /Config Rules Compliance Change: no configuration item/,
    ],
    [
      'a notification of a verdict',
      sns(text(verdict)),
      /messageType is ComplianceChangeNotification, which AWS Config tells its topic/,
    ],
    [
      'a notification of a delivered snapshot',
      sns({ ...scheduled, messageType: 'ConfigurationSnapshotDeliveryCompleted' }),
      /periodic run asks for the whole account/,
    ],
    [
      'a subscription',
      sns('You have chosen to subscribe', { Type: 'SubscriptionConfirmation' }),
      /SubscriptionConfirmation: no configuration item/,
    ],
    [
      'a notification of a text',
      sns('View the Timeline …'),
      /file\.Message: a text that is not JSON \(19 characters\)/,
    ],
    ['records of verdicts alone', sqs(verdict, verdict), /none of its messages holds a configuration item/],
    ['an event of S3', { Records: [{ eventSource: 'aws:s3', s3: {} }] }, /an S3 event, which names a file/],
    [
      'a CloudTrail log',
      { Records: [{ eventVersion: '1.08', eventName: 'RunInstances' }] },
      /Records\[0\]: an object with eventVersion, eventName, where AWS Config/,
    ],
    [
      'messages in messages',
      Array.from({ length: 12 }).reduce<unknown>((inner) => sns(inner), change(ssh)),
      /a message in a message, too often/,
    ],
    ['JSON lines with a broken one', `${lines(ssh)}{"resourceType":\n`, /line 2: not JSON/],
    ['JSON lines with something else', lines(ssh, { hello: 1 }), /line 2: an object with hello, where/],
    ['a list of numbers', [1, 2], /a JSON array of no objects/],
    ['a list of lists, as --query makes it', [['sg-1', 'web']], /a JSON array of lists.*without --query/],
    ['a list of something else', [{ hello: 1 }], /a JSON array of objects with hello: expected/],
    ['a list without anything', [], /no configuration items/],
  ];
  test.each(refused)('%s', async (_situation, content, message) => {
    const failure: Error = await judged(content).then(
      ({ said }) => new Error(`it was judged: ${said}`),
      (error) => error,
    );
    expect(failure.message).toMatch(message);
    expect(failure.message).not.toMatch(/Invalid input|\n/);
    expect(failure).toHaveProperty('code', expect.any(String));
  });
});

import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openInputs } from '../../cli/inputs/open.ts';
import {
  ACCOUNT,
  bucketItem,
  describedGroup,
  folderOf,
  gone,
  groupItem,
  item,
  LATER,
  NEWER,
  OLDER,
  removeFolders,
  snapshotFile,
} from '../account/snapshot/support.ts';
import { apiForm, type Json, proposal } from '../config/support/items.ts';
import { change, lambdaEvent as configEvent, oversized, scheduled } from '../config/support/lambda.ts';
import { evaluate, worldOf } from './support.ts';

afterAll(removeFolders);

const NAME = 'AWS::EC2::SecurityGroup';
const ssh = groupItem('sg-ssh', 22);
const web = groupItem('sg-web', 443);
const printedByV1 = (one: Json, configurationItemCaptureTime: number) => ({
  ...apiForm(one),
  configurationItemCaptureTime,
});
/** From the account that the items are of. */
const lambdaEvent = (invokingEvent: unknown, more = {}) =>
  configEvent(invokingEvent, { accountId: ACCOUNT, ...more });

const REPORT = [
  'user,arn,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_2_active,access_key_2_last_rotated,password_last_used,access_key_1_last_used_date,access_key_2_last_used_date',
  `<root_account>,arn:aws:iam::${ACCOUNT}:root,not_supported,true,false,N/A,false,N/A,no_information,N/A,N/A`,
  `ann,arn:aws:iam::${ACCOUNT}:user/ann,true,true,true,2026-11-01T00:00:00+00:00,false,N/A,N/A,N/A,N/A`,
].join('\n');
const report = (text: string) => Buffer.from(text).toString('base64');

/** Files by name, alone in a folder. */
async function paths(files: Record<string, unknown>): Promise<string[]> {
  const folder = await folderOf(files);
  return Object.keys(files).map((name) => join(folder, name));
}

describe('a single file is what is in it, whatever its name', () => {
  const both = ['sg-open-ports sg-ssh: NON_COMPLIANT', 'sg-open-ports sg-web: COMPLIANT'];
  const onlySsh = ['sg-open-ports sg-ssh: NON_COMPLIANT'];
  const cases: [situation: string, content: unknown, said: string[]][] = [
    ['a Config snapshot', snapshotFile(ssh, web), both],
    ['a Config snapshot, compressed', gzipSync(JSON.stringify(snapshotFile(ssh, web))), both],
    ['what get-resource-config-history printed', { configurationItems: [apiForm(ssh)] }, onlySsh],
    ['what batch-get-resource-config printed', { baseConfigurationItems: [apiForm(ssh)] }, onlySsh],
    ['a list of items', [ssh, web], both],
    ['a bare item', ssh, onlySsh],
    ['a bare item in the API’s form', apiForm(ssh), onlySsh],
    ['a bare invoking event', change(ssh), onlySsh],
    ['the event of a function', lambdaEvent(change(ssh)), onlySsh],
    ['the event of a function, its token taken out', { invokingEvent: JSON.stringify(change(ssh)) }, onlySsh],
    [
      'the event of a function, with parameters',
      lambdaEvent(change(ssh), { ruleParameters: '{"allowedTcpPorts":"22"}' }),
      ['sg-open-ports sg-ssh: COMPLIANT'],
    ],
    [
      'the event of a resource that left the rule’s scope',
      lambdaEvent(change(ssh), { eventLeftScope: true }),
      ['sg-open-ports sg-ssh: NOT_APPLICABLE'],
    ],
    [
      'the event of a deleted resource',
      lambdaEvent(change({ ...ssh, ...gone('ResourceDeleted', LATER) })),
      ['sg-open-ports sg-ssh: NOT_APPLICABLE'],
    ],
    [
      'the item of a resource that is no longer recorded',
      { ...ssh, ...gone('ResourceNotRecorded', LATER) },
      ['sg-open-ports sg-ssh: NOT_APPLICABLE'],
    ],
    [
      'a resource that is only proposed',
      lambdaEvent(
        change(
          proposal(ssh, {
            GroupDescription: 'ssh',
            SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }],
          }),
        ),
      ),
      onlySsh,
    ],
    [
      'the event of an item that was too large, of a deleted resource',
      lambdaEvent(oversized(ssh, { configurationItemStatus: 'ResourceDeleted' })),
      ['sg-open-ports sg-ssh: NOT_APPLICABLE'],
    ],
    [
      'the same, bare, of one that is no longer recorded',
      oversized(ssh, { configurationItemStatus: 'ResourceNotRecorded' }),
      ['sg-open-ports sg-ssh: NOT_APPLICABLE'],
    ],
    [
      'the event of an item that was too large, of a resource that left the rule’s scope',
      lambdaEvent(oversized(ssh), { eventLeftScope: true }),
      ['sg-open-ports sg-ssh: NOT_APPLICABLE'],
    ],
    ['a bare item as AWS CLI v1 prints it', printedByV1(ssh, 1_793_491_200.345), onlySsh],
    [
      'several of one group, the newest first, as AWS CLI v1 prints them',
      {
        configurationItems: [
          printedByV1(groupItem('sg-1', 443), 1_793_491_201),
          printedByV1(groupItem('sg-1', 22), 1_793_491_200),
        ],
      },
      ['sg-open-ports sg-1: COMPLIANT'],
    ],
  ];
  test.each(cases)('%s', async (_situation, content, said) => {
    const [path = ''] = await paths({ file: content });
    expect((await evaluate([path])).said).toEqual(said);
  });

  const reports: [situation: string, content: string | object][] = [
    ['a credential report', REPORT],
    ['a credential report as the API gives it', report(REPORT)],
    [
      'a credential report as the aws command prints it',
      { Content: report(REPORT), ReportFormat: 'text/csv' },
    ],
  ];
  test.each(reports)('%s', async (_situation, content) => {
    const [path = ''] = await paths({ file: content });
    const { said, status } = await evaluate([path], { now: '2026-11-22T00:00:00Z' });
    // Who the user is by id, the report does not say, which is no reason to lose the verdict.
    expect(said).toEqual([
      expect.stringMatching(/^access-key-age \d{12}: COMPLIANT$/),
      expect.stringMatching(/^access-key-age .*ann.*: COMPLIANT$/),
      expect.stringMatching(/^iam-long-term-credentials .*ann.*: NON_COMPLIANT$/),
      expect.stringMatching(/^root-last-used \d{12}: COMPLIANT$/),
    ]);
    expect(status).toBe(1);
  });

  test('a snapshot folder, with the files of the aws command', async () => {
    const folder = await folderOf({
      [`${ACCOUNT}/us-east-1/ec2/describe-security-groups.json`]: {
        SecurityGroups: [describedGroup('sg-ssh', 22)],
      },
    });
    expect((await evaluate([folder], { rule: ['sg-open-ports'] })).said).toEqual(onlySsh);
  });
});

describe('what cannot be judged is refused in one line', () => {
  const refused: [situation: string, content: unknown, message: RegExp][] = [
    ['a periodic event', lambdaEvent(scheduled), /periodic run asks for the whole account.*--live/],
    ['a bare periodic event', { ...scheduled, awsAccountId: ACCOUNT }, /periodic run asks/],
    [
      'the event of an item that was too large',
      lambdaEvent(oversized(ssh)),
      new RegExp(`too large.*get-resource-config-history --resource-type ${NAME} --resource-id sg-ssh`),
    ],
    ['a message that asks for nothing', { messageType: 'Hello' }, /messageType is "Hello"/],
    ['an item without an account', { ...ssh, awsAccountId: undefined }, /awsAccountId is missing/],
    ['an event without its item', { messageType: change(ssh).messageType }, /configurationItem is missing/],
    [
      'an event from another account than its item',
      lambdaEvent(change({ ...ssh, awsAccountId: '444455556666' })),
      /accountId is 111122223333, but/,
    ],
    ['an empty file', '', /is empty/],
    ['a Config file without items', snapshotFile(), /no configuration items\. .*give the answer whole/],
    ['a list without anything in it', [], /no configuration items\. .*without --query, or a snapshot folder/],
    [
      'a Config file of what no rule is about',
      snapshotFile({ ...ssh, resourceType: 'AWS::Kinesis::Stream' }),
      /no rule reports on what is in it \(AWS::Kinesis::Stream\)\. They report on .*AWS::S3::Bucket.*collect"/,
    ],
    [
      'JSON of something else',
      { hello: 'world' },
      /a JSON object with hello: expected an AWS Config snapshot/,
    ],
    ['JSON with an error', '{"configurationItems":[{]}', /file/],
    ['a text', 'Dear customer,\n', /neither JSON nor CSV/],
    [
      'a resource that no rule reports on',
      item('AWS::Kinesis::Stream', 'orders'),
      /no rule reports.*Kinesis::Stream/,
    ],
    [
      'a Config file with such resources alone',
      snapshotFile(item('AWS::Kinesis::Stream', 'orders')),
      /no rule.*Kinesis::Stream/,
    ],
  ];
  test.each(refused)('%s', async (_situation, content, message) => {
    const [path = ''] = await paths({ file: content });
    const failure: Error = await evaluate([path]).then(
      () => new Error('it was judged'),
      (error) => error,
    );
    expect(failure.message).toMatch(message);
    expect(failure.message).not.toContain('\n');
    expect(failure).toHaveProperty('code', expect.any(String));
  });

  test('a path that does not exist', async () => {
    await expect(evaluate(['/nowhere/at-all'])).rejects.toThrow(
      '/nowhere/at-all: there is no such file or folder',
    );
  });

  test('a folder that is no snapshot', async () => {
    await expect(evaluate([await folderOf({ 'notes.txt': 'x' })])).rejects.toThrow(
      /is not a snapshot.*notes\.txt/,
    );
  });
});

describe('what is wrong with an item is reported of its resource', () => {
  const ingress = (rule: Json) => proposal(ssh, { GroupDescription: 'x', SecurityGroupIngress: [rule] });
  const toNowhere = ingress({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22 });
  const byReference = ingress({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: { Ref: 'Office' } });
  const cases: [situation: string, content: unknown, said: string, message: RegExp][] = [
    ['ingress from nowhere', toNowhere, 'sg-open-ports sg-ssh: Malformed', /\[0\] names no source/],
    [
      'the same, in an event',
      lambdaEvent(change(toNowhere)),
      'sg-open-ports sg-ssh: Malformed',
      /\[0\] names no source/,
    ],
    [
      'a reference for a CIDR',
      change(byReference),
      'sg-open-ports sg-ssh: Malformed',
      /CidrIp is an object; expected a text/,
    ],
    [
      'an ACL that nobody knows',
      proposal(bucketItem('b'), { AccessControl: 'Public' }),
      's3-public b: Malformed',
      /AccessControl is "Public"; expected Private/,
    ],
    [
      'a configuration that is cut off',
      lambdaEvent(change({ ...ssh, configuration: '{"groupId":' })),
      'sg-open-ports sg-ssh: InvalidItem',
      /configurationItem\.configuration is a string/,
    ],
    [
      'no Region',
      { ...ssh, awsRegion: undefined },
      'sg-open-ports sg-ssh: InvalidItem',
      /awsRegion is missing/,
    ],
    [
      'an unknown status, of a summary',
      oversized(ssh, { configurationItemStatus: 'Fine' }),
      'sg-open-ports sg-ssh: InvalidItem',
      /configurationItemStatus is "Fine"/,
    ],
  ];
  test.each(cases)('%s', async (_situation, content, expected, message) => {
    const [path = ''] = await paths({ file: content });
    const { status, report, said } = await evaluate([path]);
    expect(said).toEqual([expected]);
    expect(report.errors[0]).toMatchObject({ accountId: ACCOUNT, message: expect.stringMatching(message) });
    expect(status).toBe(2);
  });

  test('and not of the other files', async () => {
    const { status, said } = await evaluate(await paths({ bad: toNowhere, good: web }));
    expect(said).toEqual(['sg-open-ports sg-ssh: Malformed', 'sg-open-ports sg-web: COMPLIANT']);
    expect(status).toBe(2);
  });

  test('to a rule about other resources it is none', async () => {
    const [path = ''] = await paths({ file: toNowhere });
    expect((await evaluate([path], { rule: ['s3-public'] })).said).toEqual([
      's3-public sg-ssh: NOT_APPLICABLE',
    ]);
  });

  test('one unreadable part of a bucket does not hide that another is public', async () => {
    const policy = {
      Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' },
    };
    const bucket = bucketItem('b', {
      supplementaryConfiguration: { AccessControlList: '{{', BucketPolicy: { policyText: policy } },
    });
    const open = item('AWS::S3::AccountPublicAccessBlock', ACCOUNT, {
      configuration: { ignorePublicAcls: false },
    });
    const [path = ''] = await paths({ file: snapshotFile(bucket, open) });
    expect((await evaluate([path])).said).toEqual(['s3-public b: NON_COMPLIANT']);
  });
});

describe('several', () => {
  test('Config files of one account are one account, in which the newest item wins', async () => {
    const files = await paths({
      'old.json': snapshotFile(
        { ...groupItem('sg-1', 22), ...OLDER },
        { ...groupItem('sg-2', 22), ...OLDER },
      ),
      'new.json.gz': snapshotFile({ ...groupItem('sg-1', 443), ...NEWER }),
    });
    const expected = ['sg-open-ports sg-1: COMPLIANT', 'sg-open-ports sg-2: NON_COMPLIANT'];
    expect((await evaluate(files)).said).toEqual(expected);
    expect((await evaluate([...files].reverse())).said).toEqual(expected);
  });

  test('a resource that a later file says is deleted is NOT_APPLICABLE', async () => {
    const files = await paths({
      'old.json': snapshotFile({ ...ssh, ...OLDER }),
      'new.json': snapshotFile({ ...ssh, ...gone('ResourceDeleted', LATER) }),
    });
    expect((await evaluate(files)).said).toEqual(['sg-open-ports sg-ssh: NOT_APPLICABLE']);
  });

  test('accounts in one Config file are judged apart', async () => {
    const other = { ...groupItem('sg-other', 22), awsAccountId: '444455556666' };
    const { report } = await evaluate(await paths({ file: snapshotFile(ssh, other) }));
    expect(report.accountIds).toEqual([ACCOUNT, '444455556666']);
    expect(report.results.map(({ accountId, resourceId }) => `${accountId} ${resourceId}`)).toEqual([
      `${ACCOUNT} sg-ssh`,
      '444455556666 sg-other',
    ]);
  });

  test('accounts in a folder are judged each for itself', async () => {
    const groups = (...ids: string[]) => ({ SecurityGroups: ids.map((id) => describedGroup(id, 22)) });
    const folder = await folderOf({
      '222222222222/us-east-1/ec2/describe-security-groups.json': groups('sg-2'),
      '111111111111/us-east-1/ec2/describe-security-groups.json': groups('sg-1'),
    });
    const { report, said } = await evaluate([folder], { rule: ['sg-open-ports'] });
    expect(report.accountIds).toEqual(['111111111111', '222222222222']);
    expect(said).toEqual(['sg-open-ports sg-1: NON_COMPLIANT', 'sg-open-ports sg-2: NON_COMPLIANT']);
  });

  test('files of different kinds are judged each by the rules that it can answer', async () => {
    const files = await paths({ 'snapshot.json': snapshotFile(ssh), 'report.csv': REPORT });
    const { report } = await evaluate(files, { now: '2026-11-22T00:00:00Z' });
    expect([...report.rules].sort()).toEqual([
      'access-key-age',
      'iam-long-term-credentials',
      'root-last-used',
      'sg-open-ports',
    ]);
    expect(report.summary).toMatchObject({ compliant: 3, nonCompliant: 2, notApplicable: 0, errors: 0 });
  });
});

describe('which rules', () => {
  test('those that report on what is in the file', async () => {
    const [path = ''] = await paths({ file: snapshotFile(ssh) });
    expect((await evaluate([path])).report.rules).toEqual(['sg-open-ports']);
  });

  test('one that is asked for by name, although the file cannot answer: could not tell', async () => {
    const [path = ''] = await paths({ file: snapshotFile(ssh) });
    const { status, report, said } = await evaluate([path], { rule: ['root-mfa'] });
    expect(said).toEqual([`root-mfa ${ACCOUNT}: NotCollected`]);
    expect(report.errors[0]?.message).toMatch(/iam:GetAccountSummary is not in .*Config file.*--live/);
    expect(status).toBe(2);
  });

  // As in that rule's function.
  test.each<[situation: string, content: unknown]>([
    ['an event', lambdaEvent(change(ssh), { ruleParameters: '{"allowedTcpPorts":"443"}' })],
    ['an item', ssh],
  ])('one that does not report on the resource of %s: NOT_APPLICABLE', async (_situation, content) => {
    const [path = ''] = await paths({ file: content });
    const { status, said } = await evaluate([path], { rule: ['sg-open-ports', 's3-public', 'root-mfa'] });
    expect(said).toEqual([
      'root-mfa sg-ssh: NOT_APPLICABLE',
      's3-public sg-ssh: NOT_APPLICABLE',
      'sg-open-ports sg-ssh: NON_COMPLIANT',
    ]);
    expect(status).toBe(1);
  });

  test('what an item does not hold is not there: the bucket could not be judged', async () => {
    const bucket = bucketItem('open', { supplementaryConfiguration: { BucketPolicy: { policyText: null } } });
    const [path = ''] = await paths({ file: bucket });
    const { status, said } = await evaluate([path]);
    expect(said).toEqual(['s3-public open: NotCollected']);
    expect(status).toBe(2);
  });
});

describe('opening', () => {
  const { world } = worldOf();
  test('the sample account, when nothing is named', async () => {
    const { list } = await openInputs([], false, {}, world);
    expect(list.map(({ account }) => account.id)).toContain('123456789012');
  });

  test('of the Regions that are asked for, no others', async () => {
    const { list } = await openInputs([], false, { region: ['us-east-1'] }, world);
    expect(list[0]?.account.regions).toEqual(['us-east-1']);
  });

  test('a folder that was collected shows the account as it was then', async () => {
    const folder = await folderOf({ [`${ACCOUNT}/collected.json`]: { collectedAt: '2026-11-10T00:00:00Z' } });
    const { list } = await openInputs([folder], false, {}, world);
    expect(list[0]?.asOf).toEqual(new Date('2026-11-10T00:00:00Z'));
  });
});

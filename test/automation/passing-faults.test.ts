/** Throttling, a 500 and a dropped connection, of each protocol: steps and readings get over them. */
import { liveSource } from '../../account/live/source.ts';
import { ASKS } from '../../account/services/live.ts';
import { awsCaller } from '../../automation/index.ts';
import { type Middle, startMiddle } from '../integration/support/middle.ts';
import { type StandIn, startStandIn } from '../support/aws/stand-in.ts';
import { ACCOUNT } from '../support/memory.ts';
import { readingOf } from '../support/readings.ts';

const ONCE = ['throttling', 'a 500', 'a dropped connection'];
const credentials = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'nobody' };
let standIn: StandIn;
let middle: Middle;
beforeAll(async () => {
  standIn = await startStandIn({
    acts: Object.fromEntries(CALLS.map(([, api, , answer]) => [api, () => answer])),
  });
  middle = await startMiddle(standIn.endpoint, []);
});
afterAll(async () => {
  await middle?.stop();
  await standIn?.stop();
});

const CALLS: readonly (readonly [protocol: string, api: string, input: object, answer: object])[] = [
  ['JSON 1.1', 'ssm:DescribeOpsItems', {}, { OpsItemSummaries: [] }],
  [
    'REST-JSON',
    'account:GetAlternateContact',
    { AlternateContactType: 'SECURITY' },
    { AlternateContact: {} },
  ],
  ['REST-XML', 's3:GetBucketVersioning', { Bucket: 'web' }, { Status: 'Enabled' }],
  ['query', 'iam:ListUsers', {}, { Users: [], IsTruncated: false }],
  ["EC2's query", 'ec2:DescribeSecurityGroups', {}, { SecurityGroups: [] }],
];

/** Three times, as the faults take turns: every first attempt fails, and every second is answered. */
async function threeTimes(call: () => Promise<unknown>): Promise<void> {
  standIn.reset({});
  middle.reset({ kind: 'passing' });
  for (const _ of ONCE) await call();
  expect(middle.seen).toHaveLength(2 * ONCE.length);
  expect(standIn.asked).toHaveLength(ONCE.length);
  standIn.check();
}

test.each(CALLS)('a step gets over them, %s', async (_, name, input) => {
  const [service = '', api = ''] = name.split(':');
  const config = { endpoint: middle.endpoint, credentials, retryMode: 'standard' as const };
  const call = awsCaller({ region: 'us-east-1', endpointUrl: middle.endpoint, credentials, config });
  const signal = new AbortController().signal;
  await threeTimes(() => call({ service, api, input: { ...input }, step: 'Call', signal } as never));
});

test.each(CALLS)('a reading gets over them, %s', async (_, name) => {
  const id = { 'account:GetAlternateContact': 'SECURITY', 's3:GetBucketVersioning': 'web' }[name];
  const target = { region: 'us-east-1', ...(id && { id }) };
  await threeTimes(async () => {
    const source = liveSource({
      accountId: ACCOUNT,
      regions: ['us-east-1'],
      asks: ASKS,
      config: { endpoint: middle.endpoint, credentials, retryMode: 'standard' },
    });
    await source.read(readingOf(name), target);
  });
});

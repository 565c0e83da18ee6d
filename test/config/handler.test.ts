import {
  ConfigServiceClient,
  GetResourceConfigHistoryCommand,
  PutEvaluationsCommand,
} from '@aws-sdk/client-config-service';
import type { AnyRule } from '../../rules/rule.ts';
import s3Public from '../../rules/s3-public/rule.ts';
import { denied, fails } from '../support/memory.ts';
import { apiForm, CAPTURED, configured, type Json, media, proposal, webServers } from './support/items.ts';
import {
  CREATED,
  change,
  closedGroups,
  described,
  GROUPS,
  lambda,
  lambdaEvent,
  oversized,
  prefixList,
  scheduled,
} from './support/lambda.ts';

const PRIVATE = { [prefixList('pl-1')]: { Entries: [{ Cidr: '10.0.0.0/8' }] } };
const ID = 'sg-0a1b2c3d';

test('a change is judged from its item, and reported as of when that was captured', async () => {
  const { handler, puts, asked } = lambda(PRIVATE);
  expect(await handler(lambdaEvent(change(webServers)))).toEqual({
    kind: 'change',
    compliant: 0,
    nonCompliant: 1,
    notApplicable: 0,
    vanished: 0,
    waived: 0,
  });
  expect(puts()).toEqual([
    {
      ResultToken: 'token-1',
      Evaluations: [
        {
          ComplianceResourceType: 'AWS::EC2::SecurityGroup',
          ComplianceResourceId: ID,
          ComplianceType: 'NON_COMPLIANT',
          Annotation: 'open to 0.0.0.0/0; open to ::/0',
          OrderingTimestamp: new Date(CAPTURED),
        },
      ],
    },
  ]);
  expect(asked).toEqual(['ec2:GetManagedPrefixListEntries']);
});

const item = (changes: Json) => change({ ...webServers, ...changes });
const events: [string, Json, string[]][] = [
  ['a change', lambdaEvent(change(webServers)), [`${ID} NON_COMPLIANT`]],
  [
    'a new resource',
    lambdaEvent(item({ configurationItemStatus: 'ResourceDiscovered' })),
    [`${ID} NON_COMPLIANT`],
  ],
  [
    'a deleted resource',
    lambdaEvent(item({ configurationItemStatus: 'ResourceDeleted', configuration: null })),
    [`${ID} NOT_APPLICABLE`],
  ],
  [
    'a deleted resource whose type is not recorded',
    lambdaEvent(item({ configurationItemStatus: 'ResourceDeletedNotRecorded', configuration: null })),
    [`${ID} NOT_APPLICABLE`],
  ],
  [
    'a resource that is not recorded any more',
    lambdaEvent(item({ configurationItemStatus: 'ResourceNotRecorded' })),
    [`${ID} NOT_APPLICABLE`],
  ],
  [
    'a resource that left the scope',
    lambdaEvent(change(webServers), { eventLeftScope: true }),
    [`${ID} NOT_APPLICABLE`],
  ],
  [
    'an oversized one that left the scope',
    lambdaEvent(oversized(webServers), { eventLeftScope: true }),
    [`${ID} NOT_APPLICABLE`],
  ],
  [
    'an oversized one that was deleted',
    lambdaEvent(oversized(webServers, { configurationItemStatus: 'ResourceDeleted' })),
    [`${ID} NOT_APPLICABLE`],
  ],
  ['a type that the rule does not report on', lambdaEvent(change(media)), ['media NOT_APPLICABLE']],
  ['parameters', lambdaEvent(change(webServers), { ruleParameters: '{"allowed":"2"}' }), [`${ID} COMPLIANT`]],
  ['no parameters', lambdaEvent(change(webServers), { ruleParameters: undefined }), [`${ID} NON_COMPLIANT`]],
  [
    'a group that is only proposed',
    lambdaEvent(
      change(
        proposal(webServers, {
          SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }],
        }),
      ),
    ),
    [`${ID} NON_COMPLIANT`],
  ],
];
test.each(events)('%s', async (_situation, event, expected) => {
  const { handler, reported, config } = lambda(PRIVATE);
  await handler(event);
  expect(reported()).toEqual(expected);
  expect(config.commandCalls(GetResourceConfigHistoryCommand)).toEqual([]);
});

test('a rule that says nothing of the resource makes it NOT_APPLICABLE', async () => {
  const silent: AnyRule = { ...closedGroups, async *judge() {} };
  const { handler, reported } = lambda({}, { rule: silent });
  await handler(lambdaEvent(change(webServers)));
  expect(reported()).toEqual([`${ID} NOT_APPLICABLE`]);
});

test('TESTMODE is handed on, and nothing else is', async () => {
  const test = lambda(PRIVATE);
  await test.handler(lambdaEvent(change(webServers), { resultToken: 'TESTMODE' }));
  expect(test.puts()).toMatchObject([{ ResultToken: 'TESTMODE', TestMode: true }]);
  const real = lambda(PRIVATE);
  await real.handler(lambdaEvent(change(webServers)));
  expect(real.puts()[0]).not.toHaveProperty('TestMode');
});

describe('an oversized item', () => {
  const fetched = (answer: Json | undefined) => {
    const function_ = lambda(PRIVATE);
    function_.config
      .on(GetResourceConfigHistoryCommand)
      .resolves({ configurationItems: answer ? [answer as never] : [] });
    return function_;
  };

  test('is fetched as of when it was captured', async () => {
    const { handler, config, puts } = fetched(apiForm(webServers));
    await handler(lambdaEvent(oversized(webServers)));
    expect(
      config.commandCalls(GetResourceConfigHistoryCommand).map(({ args: [{ input }] }) => input),
    ).toEqual([
      { resourceType: 'AWS::EC2::SecurityGroup', resourceId: ID, laterTime: new Date(CAPTURED), limit: 1 },
    ]);
    expect(puts()).toMatchObject([
      { Evaluations: [{ ComplianceType: 'NON_COMPLIANT', OrderingTimestamp: new Date(CAPTURED) }] },
    ]);
  });

  const lost: [string, Json | undefined, string][] = [
    ['that is not there', undefined, 'NoItem'],
    ['that is broken', { ...apiForm(webServers), configuration: '{' }, 'InvalidItem'],
  ];
  test.each(lost)('%s is an error, and no verdict', async (_situation, answer, code) => {
    const { handler, puts } = fetched(answer);
    await expect(handler(lambdaEvent(oversized(webServers)))).rejects.toMatchObject({ code });
    expect(puts()).toEqual([]);
  });

  test('that is older than the change makes room for the newest', async () => {
    const older = apiForm({ ...webServers, configurationItemCaptureTime: '2026-11-19T00:00:00Z' });
    const { handler, config, puts } = fetched(undefined);
    config
      .on(GetResourceConfigHistoryCommand)
      .resolvesOnce({ configurationItems: [older as never] })
      .resolves({ configurationItems: [apiForm(webServers) as never] });
    await handler(lambdaEvent(oversized(webServers)));
    const asked = config.commandCalls(GetResourceConfigHistoryCommand).map(({ args: [{ input }] }) => input);
    expect(asked.map(({ laterTime }) => laterTime)).toEqual([new Date(CAPTURED), undefined]);
    expect(puts()).toMatchObject([
      { Evaluations: [{ ComplianceType: 'NON_COMPLIANT', OrderingTimestamp: new Date(CAPTURED) }] },
    ]);
  });

  test('that AWS Config does not know is an error with its code', async () => {
    const { handler, config } = fetched(undefined);
    const refusal = Object.assign(new Error('not discovered'), { name: 'ResourceNotDiscoveredException' });
    config.on(GetResourceConfigHistoryCommand).rejects(refusal);
    await expect(handler(lambdaEvent(oversized(webServers)))).rejects.toMatchObject({
      name: 'OversizedItemError',
      code: 'ResourceNotDiscoveredException',
      message: expect.stringContaining(`config:GetResourceConfigHistory of AWS::EC2::SecurityGroup ${ID}`),
    });
  });
});

const listed = (...groups: ReturnType<typeof described>[]) => ({ [GROUPS]: { SecurityGroups: groups } });

test('a schedule judges all resources, as of when it was sent', async () => {
  const { handler, puts, reported } = lambda(listed(described('sg-1'), described('sg-2', '0.0.0.0/0')));
  expect(await handler(lambdaEvent(scheduled))).toMatchObject({
    kind: 'periodic',
    compliant: 1,
    nonCompliant: 1,
  });
  expect(reported()).toEqual(['sg-1 COMPLIANT', 'sg-2 NON_COMPLIANT']);
  expect(puts()[0]?.Evaluations?.map(({ OrderingTimestamp }) => OrderingTimestamp?.toISOString())).toEqual([
    CREATED,
    CREATED,
  ]);
});

test('a schedule with nothing to judge still reports that it ran', async () => {
  const { handler, puts } = lambda(listed());
  await handler(lambdaEvent(scheduled));
  expect(puts()).toEqual([{ Evaluations: [], ResultToken: 'token-1' }]);
});

test('250 resources go in three batches', async () => {
  const { handler, puts } = lambda(
    listed(...Array.from({ length: 250 }, (_, number) => described(`sg-${number}`))),
  );
  await handler(lambdaEvent(scheduled));
  expect(puts().map(({ Evaluations }) => Evaluations?.length)).toEqual([100, 100, 50]);
});

const withList = (id: string, list: string) => ({
  ...described(id),
  IpPermissions: [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId: list }] }] as never,
});

test('what could be judged is reported before the run fails for what could not', async () => {
  const unreadable = Array.from({ length: 7 }, (_, number) => withList(`sg-x${number}`, `pl-${number}`));
  const files = Object.fromEntries(unreadable.map((_, number) => [prefixList(`pl-${number}`), denied]));
  const { handler, reported, logged } = lambda({ ...listed(described('sg-1'), ...unreadable), ...files });
  const error = await handler(lambdaEvent(scheduled)).catch((thrown: unknown) => thrown);
  expect(reported()).toEqual(['sg-1 COMPLIANT']);
  expect(error).toMatchObject({
    name: 'IncompleteEvaluationError',
    code: 'IncompleteEvaluation',
    message: expect.stringMatching(
      /^closed-groups could not judge AWS::EC2::SecurityGroup sg-x0 \(ec2:GetManagedPrefixListEntries AccessDenied: .*; \+2 more$/,
    ),
  });
  expect((error as { unjudged: unknown[] }).unjudged).toHaveLength(7);
  expect(logged.at(-1)).toMatchObject({ message: 'run ended', details: { compliant: 1, unjudged: 7 } });
});

test('a change that cannot be judged reports nothing, and fails', async () => {
  const { handler, puts } = lambda({ [prefixList('pl-1')]: denied });
  await expect(handler(lambdaEvent(change(webServers)))).rejects.toMatchObject({
    code: 'IncompleteEvaluation',
  });
  expect(puts()).toEqual([]);
});

test('a bug in a rule is reported as such, and is no verdict', async () => {
  const broken: AnyRule = {
    ...closedGroups,
    // biome-ignore lint/correctness/useYield: it does not get that far.
    async *judge() {
      throw new TypeError('undefined is not a function');
    },
  };
  const { handler, puts } = lambda({}, { rule: broken });
  await expect(handler(lambdaEvent(change(webServers)))).rejects.toMatchObject({
    code: 'IncompleteEvaluation',
    message: expect.stringContaining('TypeError: undefined is not a function'),
  });
  expect(puts()).toEqual([]);
});

test('a bad parameter is found before AWS is asked for anything', async () => {
  const { handler, config, asked } = lambda(PRIVATE);
  const event = lambdaEvent(scheduled, { ruleParameters: '{"allowed":"many"}' });
  await expect(handler(event)).rejects.toMatchObject({
    code: 'InvalidParameters',
    message: expect.stringContaining('allowed'),
  });
  expect([config.calls(), asked]).toEqual([[], []]);
});

describe('a rule about global resources', () => {
  const global: AnyRule = { ...closedGroups, scope: 'global' };
  const run = async (home: string | undefined, event: unknown) => {
    const env = { AWS_REGION: 'us-east-1', GROUNDRULES_HOME_REGION: home };
    const function_ = lambda({ ...PRIVATE, ...listed(described('sg-1')) }, { rule: global, env });
    await function_.handler(event);
    return function_;
  };

  test.each([
    ['reports at home', 'us-east-1', ['sg-1 COMPLIANT']],
    ['reports everywhere while it has no home', undefined, ['sg-1 COMPLIANT']],
    ['reports nothing elsewhere', 'eu-west-1', []],
  ])('%s', async (_situation, home, expected) => {
    expect((await run(home, lambdaEvent(scheduled))).reported()).toEqual(expected);
  });

  test.each([scheduled, change(webServers)])(
    'ends its run elsewhere without reading anything',
    async (event) => {
      const { puts, asked } = await run('eu-west-1', lambdaEvent(event));
      expect(puts()).toEqual([{ Evaluations: [], ResultToken: 'token-1' }]);
      expect(asked).toEqual([]);
    },
  );
});

describe('account settings and prefix lists', () => {
  const minutes = (count: number) => new Date(Date.parse(CREATED) + count * 60_000);
  const at: { now: Date } = { now: minutes(0) };
  const start = (readings: Json) => {
    at.now = minutes(0);
    return lambda(readings, { now: () => at.now });
  };

  /** The same change, captured so many minutes before or after the function first looks. */
  const captured = (minute: number) =>
    lambdaEvent(change({ ...webServers, configurationItemCaptureTime: minutes(minute).toISOString() }));

  test('are read once for the changes of five minutes that were captured before', async () => {
    const { handler, asked, config } = start(PRIVATE);
    for (const minute of [0, 1, 4.9]) {
      at.now = minutes(minute);
      await handler(captured(-1));
    }
    expect(asked).toHaveLength(1);
    expect(config.calls()).toHaveLength(3);
    at.now = minutes(5);
    await handler(captured(-1));
    expect(asked).toHaveLength(2);
  });

  test.each([
    ['before they were read are judged by memory', -0.1, 1],
    ['as they were read are not', 0, 2],
    ['after they were read are not', 0.5, 2],
    ['after now, by a clock that is ahead, are not', 30, 2],
  ])('changes that were captured %s', async (_situation, minute, reads) => {
    const { handler, asked } = start(PRIVATE);
    await handler(captured(-1));
    at.now = minutes(1);
    await handler(captured(minute));
    expect(asked).toHaveLength(reads);
  });

  test('that were opened between two changes open the second group', async () => {
    const readings: Json = { ...PRIVATE };
    const { handler, reported } = start(readings);
    await handler(captured(-1));
    readings[prefixList('pl-1')] = { Entries: [{ Cidr: '0.0.0.0/0' }] };
    at.now = minutes(1);
    await handler(captured(0.5));
    expect(reported().at(-1)).toBe(`${ID} NON_COMPLIANT`);
    // What was read for the newer change is good for the older one that comes after it.
    await handler(captured(-1));
    expect(reported().at(-1)).toBe(`${ID} NON_COMPLIANT`);
  });

  test('that were removed between two changes excuse no bucket', async () => {
    const block = 'global/s3control/get-public-access-block.json';
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    const readings: Json = { [block]: { PublicAccessBlockConfiguration } };
    at.now = minutes(0);
    const { handler, reported } = lambda(readings, { rule: s3Public, now: () => at.now });
    const bucket = (minute: number) =>
      lambdaEvent(
        change({
          ...webServers,
          configurationItemCaptureTime: minutes(minute).toISOString(),
          resourceType: 'AWS::S3::Bucket',
          resourceId: 'b',
          resourceName: 'b',
          configuration: { name: 'b' },
          supplementaryConfiguration: {
            AccessControlList: '{"grantList":[{"grantee":"AllUsers","permission":"Read"}]}',
            BucketPolicy: { policyText: null },
          },
        }),
      );
    await handler(bucket(-1));
    readings[block] = fails('NoSuchPublicAccessBlockConfiguration');
    readings['global/organizations/describe-effective-policy/S3_POLICY.json'] = fails(
      'EffectivePolicyNotFoundException',
    );
    at.now = minutes(1);
    await handler(bucket(0.5));
    expect(reported()).toEqual(['b COMPLIANT', 'b NON_COMPLIANT']);
  });

  test('are read again when the clock was set back', async () => {
    const { handler, asked } = start(PRIVATE);
    await handler(lambdaEvent(change(webServers)));
    at.now = minutes(-1);
    await handler(lambdaEvent(change(webServers)));
    expect(asked).toHaveLength(2);
  });

  test('that could not be read are asked for again', async () => {
    const readings: Json = { [prefixList('pl-1')]: denied };
    const { handler, reported } = start(readings);
    await expect(handler(lambdaEvent(change(webServers)))).rejects.toThrow('AccessDenied');
    Object.assign(readings, PRIVATE);
    await handler(lambdaEvent(change(webServers)));
    expect(reported()).toEqual([`${ID} NON_COMPLIANT`]);
  });

  test('are read afresh by a schedule', async () => {
    const readings: Json = { ...PRIVATE, ...listed(withList('sg-1', 'pl-1')) };
    const { handler, reported } = start(readings);
    await handler(lambdaEvent(change(webServers)));
    readings[prefixList('pl-1')] = { Entries: [{ Cidr: '0.0.0.0/0' }] };
    await handler(lambdaEvent(scheduled));
    expect(reported().at(-1)).toBe('sg-1 NON_COMPLIANT');
  });
});

test('an event may come twice', async () => {
  const { handler, puts } = lambda(PRIVATE);
  await handler(lambdaEvent(change(webServers)));
  await handler(lambdaEvent(change(webServers)));
  expect(puts()[0]).toEqual(puts()[1]);
});

test('the log has counts, and nothing of the item', async () => {
  const secret = configured(webServers, { description: 'hunter2' });
  const { handler, logged } = lambda(PRIVATE);
  await handler(lambdaEvent(change(secret)));
  expect(logged.map(({ message }) => message)).toEqual(['run started', 'run ended']);
  expect(JSON.stringify(logged)).not.toMatch(/hunter2|token-1|0\.0\.0\.0/);
});

test('without AWS_REGION nothing is judged', async () => {
  const { handler } = lambda(PRIVATE, { env: {} });
  await expect(handler(lambdaEvent(change(webServers)))).rejects.toMatchObject({
    message: expect.stringContaining('AWS_REGION'),
  });
});

test('a client that was handed in is the one that is used', async () => {
  const client = new ConfigServiceClient({ region: 'eu-west-1' });
  const { handler, config } = lambda(PRIVATE, { client });
  await handler(lambdaEvent(change(webServers)));
  expect(config.commandCalls(PutEvaluationsCommand)[0]?.thisValue).toBe(client);
});

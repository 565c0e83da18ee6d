import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ConfigServiceClient, PutEvaluationsCommand } from '@aws-sdk/client-config-service';
import { mockClient } from 'aws-sdk-client-mock';
import {
  type Evaluation,
  openReporter,
  PutEvaluationsError,
  type ReporterOptions,
} from '../../config/evaluations.ts';

const at = new Date('2026-11-20T10:11:12.345Z');
const evaluation = (number: number, more: Partial<Evaluation> = {}): Evaluation => ({
  resource: { type: 'AWS::EC2::SecurityGroup', id: `sg-${number}` },
  compliance: 'COMPLIANT',
  annotation: '',
  orderingTimestamp: at,
  ...more,
});
const evaluations = (count: number) => Array.from({ length: count }, (_, number) => evaluation(number));

const putEvaluations = async (
  to: ConfigServiceClient,
  evaluations: readonly Evaluation[],
  options: ReporterOptions,
) => {
  const reporter = openReporter(to, options);
  for (const one of evaluations) await reporter.report(one);
  await reporter.end(true);
};

const config = mockClient(ConfigServiceClient);
const client = new ConfigServiceClient({ region: 'us-east-1' });
beforeEach(() => {
  config.reset();
  config.on(PutEvaluationsCommand).resolves({});
});

const inputs = () => config.commandCalls(PutEvaluationsCommand).map(({ args: [{ input }] }) => input);
const sizes = () => inputs().map(({ Evaluations }) => Evaluations?.length);
const slept: number[] = [];
const options = {
  resultToken: 'token-1',
  testMode: false,
  sleep: async (milliseconds: number) => slept.push(milliseconds),
};
beforeEach(() => slept.splice(0));

test.each([
  [0, [0]],
  [1, [1]],
  [99, [99]],
  [100, [100]],
  [101, [100, 1]],
  [200, [100, 100]],
  [250, [100, 100, 50]],
])('%d evaluations go in batches of %p', async (count, batches) => {
  await putEvaluations(client, evaluations(count), options);
  expect(sizes()).toEqual(batches);
  expect(new Set(inputs().map(({ ResultToken }) => ResultToken))).toEqual(new Set(['token-1']));
  expect(
    inputs().flatMap(({ Evaluations = [] }) => Evaluations.map((one) => one.ComplianceResourceId)),
  ).toEqual(evaluations(count).map(({ resource }) => resource.id));
});

test('an evaluation in the words of AWS Config', async () => {
  await putEvaluations(client, [evaluation(1, { compliance: 'NON_COMPLIANT', annotation: 'open' })], options);
  expect(inputs()).toEqual([
    {
      ResultToken: 'token-1',
      Evaluations: [
        {
          ComplianceResourceType: 'AWS::EC2::SecurityGroup',
          ComplianceResourceId: 'sg-1',
          ComplianceType: 'NON_COMPLIANT',
          Annotation: 'open',
          OrderingTimestamp: at,
        },
      ],
    },
  ]);
});

test.each([
  ['an empty annotation is left out', '', undefined],
  ['an annotation of 256 characters is kept', 'x'.repeat(256), 256],
  ['a longer one is cut', 'x'.repeat(300), 256],
])('%s', async (_situation, annotation, length) => {
  await putEvaluations(client, [evaluation(1, { annotation })], options);
  expect(inputs()[0]?.Evaluations?.[0]?.Annotation?.length).toBe(length);
});

test('TESTMODE is said', async () => {
  await putEvaluations(client, evaluations(101), { ...options, testMode: true });
  expect(inputs().map(({ TestMode }) => TestMode)).toEqual([true, true]);
});

const failed = (...numbers: number[]) => ({
  FailedEvaluations: numbers.map((number) => ({
    ComplianceResourceType: 'AWS::EC2::SecurityGroup',
    ComplianceResourceId: `sg-${number}`,
    ComplianceType: 'COMPLIANT' as const,
    OrderingTimestamp: at,
  })),
});

test('what AWS Config did not take is sent again, and nothing else', async () => {
  config.on(PutEvaluationsCommand).resolvesOnce(failed(1, 2)).resolvesOnce(failed(2)).resolves({});
  await putEvaluations(client, evaluations(3), options);
  expect(inputs().map(({ Evaluations = [] }) => Evaluations.map((one) => one.ComplianceResourceId))).toEqual([
    ['sg-0', 'sg-1', 'sg-2'],
    ['sg-1', 'sg-2'],
    ['sg-2'],
  ]);
  expect(slept).toEqual([200, 400]);
});

test('what AWS Config never takes is an error that names it, after every batch was tried', async () => {
  config
    .on(PutEvaluationsCommand)
    .callsFake(async ({ Evaluations }) =>
      Evaluations.some((one: { ComplianceResourceId: string }) => one.ComplianceResourceId === 'sg-7')
        ? failed(7)
        : {},
    );
  const error = await putEvaluations(client, evaluations(150), options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PutEvaluationsError);
  expect(error).toMatchObject({
    code: 'FailedEvaluations',
    message: expect.stringContaining('AWS::EC2::SecurityGroup sg-7'),
    resources: [{ type: 'AWS::EC2::SecurityGroup', id: 'sg-7' }],
  });
  expect(sizes()).toEqual([100, 1, 1, 1, 1, 50]);
});

test('an error names a few resources, and counts the others', async () => {
  config.on(PutEvaluationsCommand).resolves(failed(...Array.from({ length: 20 }, (_, number) => number)));
  await expect(putEvaluations(client, evaluations(20), options)).rejects.toThrow(/sg-4, \+15 more/);
});

test('failures that AWS Config does not name are all of the batch', async () => {
  config
    .on(PutEvaluationsCommand)
    .resolvesOnce({ FailedEvaluations: [{} as never] })
    .resolves({});
  await putEvaluations(client, evaluations(2), options);
  expect(sizes()).toEqual([2, 2]);
});

test("AWS's own refusal keeps its code", async () => {
  const refusal = Object.assign(new Error('The result token is invalid.'), {
    name: 'InvalidResultTokenException',
  });
  config.on(PutEvaluationsCommand).rejects(refusal);
  await expect(putEvaluations(client, evaluations(1), options)).rejects.toMatchObject({
    name: 'PutEvaluationsError',
    code: 'InvalidResultTokenException',
    cause: refusal,
  });
});

test('a batch that AWS Config cannot take does not keep the others from it', async () => {
  const refusal = Object.assign(new Error('bad'), { name: 'InvalidParameterValueException' });
  config.on(PutEvaluationsCommand).rejectsOnce(refusal).resolves({});
  await expect(putEvaluations(client, evaluations(250), options)).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
  });
  expect(sizes()).toEqual([100, 100, 50]);
});

test('one batch that fails does not hide the others', async () => {
  const refusal = (name: string) => Object.assign(new Error('bad'), { name });
  config
    .on(PutEvaluationsCommand)
    .rejectsOnce(refusal('ThrottlingException'))
    .resolvesOnce({})
    .rejectsOnce(refusal('InternalError'))
    .resolves(failed(300));
  const error = await putEvaluations(client, evaluations(301), options).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'ThrottlingException',
    message: expect.stringMatching(/: bad, and 1 more calls failed\. Not reported: .* sg-0, .*\+196 more$/),
  });
  const lost = (error as PutEvaluationsError).resources.map(({ id }) => id);
  expect(lost).toEqual(
    [...evaluations(100), ...evaluations(301).slice(200)].map(({ resource }) => resource.id),
  );
});

test('what is wrong with every batch is not tried again', async () => {
  const refusal = Object.assign(new Error('no such rule'), { name: 'NoSuchConfigRuleException' });
  config.on(PutEvaluationsCommand).rejects(refusal);
  await expect(putEvaluations(client, evaluations(250), options)).rejects.toThrow(/no such rule/);
  expect(sizes()).toEqual([100]);
});

// Below the mock, so over HTTP: the SDK retries under the command that a mock would answer.
test('throttling is retried by the client itself', async () => {
  config.restore();
  const answers = [400, 400, 200];
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(await text(request));
    const status = answers.shift() ?? 500;
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(status === 200 ? '{}' : '{"__type":"ThrottlingException","message":"Rate exceeded"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const throttled = new ConfigServiceClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
  });
  try {
    await putEvaluations(throttled, evaluations(1), options);
  } finally {
    throttled.destroy();
    server.close();
  }
  expect(bodies).toHaveLength(3);
  expect(new Set(bodies).size).toBe(1);
  expect(JSON.parse(bodies[0] as string)).toMatchObject({
    ResultToken: 'token-1',
    Evaluations: [{ ComplianceResourceId: 'sg-0', OrderingTimestamp: at.getTime() / 1000 }],
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import {
  ConfigServiceClient,
  GetComplianceDetailsByConfigRuleCommand,
  PutEvaluationsCommand,
} from '@aws-sdk/client-config-service';
import { openDeadline, until, within } from '../../config/deadline.ts';
import { nonCompliant } from '../../rules/judgement.ts';
import type { AnyRule, Judgement } from '../../rules/rule.ts';
import { closedGroups, described, GROUPS, lambda, lambdaEvent, scheduled } from './support/lambda.ts';

/** A run with 1.5 s left: it judges for 250 ms, and waits for answers until 1,250 ms. */
const shortly = { getRemainingTimeInMillis: () => 1_500 };
const never = () => new Promise<never>(() => undefined);
const groupRef = (number: number) => ({
  type: 'AWS::EC2::SecurityGroup',
  id: `sg-${number}`,
  region: 'us-east-1',
});

/** A rule that has so many verdicts at once, and then takes its time for the next. */
const slowAfter = (count: number, then: () => Promise<unknown> = never): AnyRule => ({
  ...closedGroups,
  async *judge(): AsyncGenerator<Judgement> {
    for (let number = 0; number < count; number++) {
      yield nonCompliant(groupRef(number), [{ kind: 'open', to: '::/0' }] as never);
    }
    await then();
    yield nonCompliant(groupRef(count), [{ kind: 'open', to: '::/0' }] as never);
  },
});
const failureOf = (run: Promise<unknown>) =>
  run.then(
    () => undefined,
    (error: unknown) => error as Error & { code: string },
  );

test('a function that is about to be ended reports what it has, and says what it has not', async () => {
  const { handler, puts, logged } = lambda({}, { rule: slowAfter(250) });
  const error = await failureOf(handler(lambdaEvent(scheduled), shortly));
  expect(puts().map(({ Evaluations }) => Evaluations?.length)).toEqual([100, 100, 50]);
  expect(error).toMatchObject({
    name: 'UnfinishedRunError',
    code: 'OutOfTime',
    message: expect.stringMatching(
      /^closed-groups ran out of time: 250 results were reported; the resources after those were not looked at\. .*functions\.timeoutSeconds/,
    ),
    progress: { reported: 250, notReported: 0, unjudged: [] },
  });
  expect(logged.at(-1)).toMatchObject({
    level: 'warn',
    message: 'run failed',
    details: { nonCompliant: 250, code: 'OutOfTime' },
  });
});

test('results of before are not taken back by a run that has not seen everything', async () => {
  const { handler, config } = lambda({}, { rule: slowAfter(1) });
  await failureOf(handler(lambdaEvent(scheduled), shortly));
  expect(config.commandCalls(GetComplianceDetailsByConfigRuleCommand)).toEqual([]);
});

test('a run that has nothing yet does not tell AWS Config that it has ended', async () => {
  const { handler, puts } = lambda({}, { rule: slowAfter(0) });
  expect(await failureOf(handler(lambdaEvent(scheduled), shortly))).toMatchObject({ code: 'OutOfTime' });
  expect(puts()).toEqual([]);
});

test('the sweep of results that are gone ends in time, too', async () => {
  const { handler, config, puts } = lambda({ [GROUPS]: { SecurityGroups: [described('sg-1')] } });
  config.on(GetComplianceDetailsByConfigRuleCommand).callsFake(never);
  expect(await failureOf(handler(lambdaEvent(scheduled), shortly))).toMatchObject({
    code: 'OutOfTime',
    message: expect.stringContaining('results of resources that are gone were not looked at'),
  });
  expect(puts()).toHaveLength(1);
});

test('batches go out while the rule is still judging', async () => {
  const sent: number[] = [];
  const judged: number[] = [];
  const { handler, config } = lambda(
    {},
    {
      rule: slowAfter(150, async () => {
        await pause(20);
        judged.push(sent.length);
      }),
    },
  );
  config.on(PutEvaluationsCommand).callsFake(async ({ Evaluations }) => {
    sent.push(Evaluations.length);
    return {};
  });
  await handler(lambdaEvent(scheduled));
  expect([judged, sent]).toEqual([[1], [100, 51]]);
});

test('a rule waits for AWS Config, so that results do not pile up', async () => {
  let judged = 0;
  const rule: AnyRule = {
    ...closedGroups,
    async *judge(): AsyncGenerator<Judgement> {
      for (; judged < 1_000; judged++)
        yield nonCompliant(groupRef(judged), [{ kind: 'open', to: '::/0' }] as never);
    },
  };
  const { handler, config } = lambda({}, { rule });
  config.on(PutEvaluationsCommand).callsFake(never);
  const error = await failureOf(handler(lambdaEvent(scheduled), shortly));
  expect(judged).toBeLessThan(300);
  expect(error).toMatchObject({
    code: 'OutOfTime',
    message: expect.stringMatching(
      /ran out of time: 0 results were reported; 2\d\d more were judged but not reported/,
    ),
  });
});

// Below the mock: the SDK's own patience with a service that throttles is longer than what is left.
test('a function that AWS Config throttles for ever ends in time, and says so', async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end('{"__type":"ThrottlingException","message":"Rate exceeded"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new ConfigServiceClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
    retryMode: 'adaptive',
    maxAttempts: 8,
  });
  const { handler, config } = lambda({}, { rule: slowAfter(250, async () => undefined), client });
  config.restore();
  const started = Date.now();
  try {
    expect(await failureOf(handler(lambdaEvent(scheduled), shortly))).toMatchObject({
      code: 'OutOfTime',
      progress: { reported: 0, notReported: 200 },
      message: expect.stringContaining('config:PutEvaluations failed with OutOfTime: no answer came in time'),
    });
  } finally {
    client.destroy();
    server.close();
  }
  expect(Date.now() - started).toBeLessThan(1_500);
});

describe('a deadline', () => {
  const moments: [string, number, number, number][] = [
    ['of three seconds leaves one to report', 3_000, 1_750, 2_750],
    ['of five minutes leaves half a minute and three seconds', 300_000, 267_000, 297_000],
    ['of a quarter of an hour leaves half a minute and three seconds', 900_000, 867_000, 897_000],
  ];
  test.each(moments)('%s', (_situation, remaining, judging, answers) => {
    jest.useFakeTimers();
    try {
      const deadline = openDeadline(remaining);
      const state = () => [deadline.judging.aborted, deadline.answers.aborted];
      jest.advanceTimersByTime(judging - 1);
      expect(state()).toEqual([false, false]);
      jest.advanceTimersByTime(1);
      expect(state()).toEqual([true, false]);
      jest.advanceTimersByTime(answers - judging);
      expect(state()).toEqual([true, true]);
    } finally {
      jest.useRealTimers();
    }
  });

  test('that is over already leaves no time for anything', () => {
    const { judging, answers } = openDeadline(0);
    expect([judging.aborted, answers.aborted]).toEqual([true, true]);
  });

  test('there is none where nobody says how much time is left', async () => {
    const { judging } = openDeadline(undefined);
    expect(await within(judging, Promise.resolve(1))).toBe(1);
  });

  test('what comes after it is told to stop, and an error before it is not lost', async () => {
    const stop = new AbortController();
    const stopped: string[] = [];
    const elements = async function* (error?: Error) {
      try {
        yield 1;
        if (error) throw error;
        stop.abort();
        yield 2;
      } finally {
        stopped.push(error ? 'with an error' : 'in time');
      }
    };
    await expect(
      (async () => {
        for await (const _ of until(stop.signal, elements(new TypeError('a bug'))));
      })(),
    ).rejects.toThrow('a bug');
    const seen: number[] = [];
    for await (const one of until(stop.signal, elements())) seen.push(one);
    await pause(1);
    expect([seen, stopped]).toEqual([[1], ['with an error', 'in time']]);
  });
});

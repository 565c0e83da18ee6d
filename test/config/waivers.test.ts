/** Waivers in a function: AWS Config is told NOT_APPLICABLE, with the ticket, until they end. */
import fc from 'fast-check';
import sgOpenPorts from '../../rules/sg-open-ports/rule.ts';
import type { Waiver } from '../../waivers/waiver.ts';
import { denied } from '../support/memory.ts';
import { type Json, webServers } from './support/items.ts';
import {
  change,
  closedGroups,
  described,
  GROUPS,
  lambda,
  lambdaEvent,
  NOW,
  scheduled,
} from './support/lambda.ts';

const WHY = { reason: 'only the office can reach it', ticket: 'SEC-12', owner: 'web', line: 1 };
const waiver = (own: Partial<Waiver> = {}): Waiver => ({
  rule: closedGroups.id,
  resource: 'sg-1',
  until: '2026-12-31',
  ...WHY,
  ...own,
});
const OPEN = { [GROUPS]: { SecurityGroups: [described('sg-1', '0.0.0.0/0'), described('sg-2', '::/0')] } };

async function run(waivers: readonly Waiver[], readings: Json = OPEN) {
  const { handler, reported, puts } = lambda(readings, { waivers });
  const answer = await handler(lambdaEvent(scheduled));
  const annotations = puts().flatMap(({ Evaluations = [] }) =>
    Evaluations.map(({ Annotation }) => Annotation),
  );
  return { answer, reported: reported(), annotations };
}

test('a failure that is waived is NOT_APPLICABLE, and says until when, why, and what', async () => {
  expect(await run([waiver()])).toEqual({
    answer: { kind: 'periodic', compliant: 0, nonCompliant: 1, notApplicable: 1, vanished: 0, waived: 1 },
    reported: ['sg-1 NOT_APPLICABLE', 'sg-2 NON_COMPLIANT'],
    annotations: [
      'waived until 2026-12-31 (SEC-12, web): only the office can reach it; open to 0.0.0.0/0',
      'open to ::/0',
    ],
  });
});

const cases: [situation: string, waivers: Waiver[], first: string][] = [
  ['one that has ended', [waiver({ until: '2026-11-21' })], 'NON_COMPLIANT'],
  ['one on its last day', [waiver({ until: '2026-11-22' })], 'NOT_APPLICABLE'],
  ['one of another rule', [waiver({ rule: 'root-mfa' })], 'NON_COMPLIANT'],
  ['one of another account', [waiver({ account: '999999999999' })], 'NON_COMPLIANT'],
  ['one of another Region', [waiver({ region: 'eu-west-1' })], 'NON_COMPLIANT'],
  ['one of another resource', [waiver({ resource: 'sg-9*' })], 'NON_COMPLIANT'],
  ['one of another kind of finding', [waiver({ kind: 'closed' })], 'NON_COMPLIANT'],
  ['a wildcard', [waiver({ resource: 'sg-?', region: 'us-east-1' })], 'NOT_APPLICABLE'],
  ['one that has ended and one that has not', [waiver({ until: '2026-01-31' }), waiver()], 'NOT_APPLICABLE'],
];
test.each(cases)('%s', async (_, waivers, first) => {
  expect((await run(waivers)).reported[0]).toBe(`sg-1 ${first}`);
});

const tag = (key: string, value: string): Partial<Waiver> => ({ resource: '*', tag: { key, value } });
const TAGGED = {
  [GROUPS]: {
    SecurityGroups: [
      { ...described('sg-1', '0.0.0.0/0'), Tags: [{ Key: 'Stage', Value: 'dev' }] },
      described('sg-2', '::/0'),
    ],
  },
};

const openPorts = (waivers: readonly Waiver[]) =>
  lambda(TAGGED, { rule: sgOpenPorts, waivers: waivers.map((one) => ({ ...one, rule: sgOpenPorts.id })) });

test('what carries the tag is waived, without a call more', async () => {
  const without = openPorts([]);
  await without.handler(lambdaEvent(scheduled));
  const { handler, reported, asked } = openPorts([waiver(tag('Stage', 'dev'))]);
  await handler(lambdaEvent(scheduled));
  expect(reported()).toEqual(['sg-1 NOT_APPLICABLE', 'sg-2 NON_COMPLIANT']);
  expect(asked).toEqual(without.asked);
});

test('of a change, the item says the tags', async () => {
  const of = async (value: string) => {
    const { handler, reported, asked } = openPorts([waiver(tag('team', value))]);
    await handler(lambdaEvent(change(webServers), { ruleParameters: '{"allowedTcpPorts":"80"}' }));
    expect(asked.filter((api) => /Tags|SecurityGroups/.test(api))).toEqual([]);
    return reported();
  };
  expect(await of('shop')).toEqual(['sg-0a1b2c3d NOT_APPLICABLE']);
  expect(await of('Shop')).toEqual(['sg-0a1b2c3d NON_COMPLIANT']);
});

test('where the rule does not tell the tags, the waiver is not applied, and the log says so', async () => {
  const { handler, reported, logged } = lambda(TAGGED, { waivers: [waiver(tag('Stage', 'dev'))] });
  await handler(lambdaEvent(scheduled));
  expect(reported()).toEqual(['sg-1 NON_COMPLIANT', 'sg-2 NON_COMPLIANT']);
  expect(logged.filter(({ message }) => message.startsWith('waivers'))).toEqual(
    ['sg-1', 'sg-2'].map((id) => ({
      level: 'warn',
      message: 'waivers by tag left out, tags unknown',
      details: { rule: 'closed-groups', type: 'AWS::EC2::SecurityGroup', id, tickets: 'SEC-12' },
    })),
  );
});

test('what passes is not waived', async () => {
  const closed = { [GROUPS]: { SecurityGroups: [described('sg-1', '10.0.0.0/8')] } };
  expect((await run([waiver()], closed)).reported).toEqual(['sg-1 COMPLIANT']);
});

test('what could not be judged is not waived: the run says so', async () => {
  const { handler, reported } = lambda({ [GROUPS]: denied }, { waivers: [waiver({ resource: '*' })] });
  await expect(handler(lambdaEvent(scheduled))).rejects.toMatchObject({ code: 'IncompleteEvaluation' });
  expect(reported()).toEqual([]);
});

test('an annotation of any reason fits, and begins with the waiver', async () => {
  const reasons = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 });
  await fc.assert(
    fc.asyncProperty(reasons, async (reason) => {
      const [annotation = ''] = (await run([waiver({ reason })])).annotations;
      expect(annotation.length).toBeLessThanOrEqual(256);
      expect(annotation).toMatch(/^waived until 2026-12-31 \(SEC-12, web\): /);
      expect(Buffer.from(annotation).toString()).toBe(annotation);
    }),
    { numRuns: 100 },
  );
});

test('a waiver that has ended hides nothing, whatever it is about', async () => {
  const days = fc.integer({ min: 1, max: 4000 });
  await fc.assert(
    fc.asyncProperty(days, fc.constantFrom('*', 'sg-1', 'sg-?'), async (ago, resource) => {
      const until = new Date(NOW.getTime() - ago * 86_400_000).toISOString().slice(0, 10);
      expect((await run([waiver({ until, resource })])).reported).toEqual([
        'sg-1 NON_COMPLIANT',
        'sg-2 NON_COMPLIANT',
      ]);
    }),
    { numRuns: 50 },
  );
});

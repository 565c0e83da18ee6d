/**
 * Ten thousand events, right and wrong ones. What comes of each is an error of ours or the right answer. What is right
 * is worked out here a second time, from the event's own text and without any of the code under test.
 */
import {
  GetComplianceDetailsByConfigRuleCommand,
  GetResourceConfigHistoryCommand,
} from '@aws-sdk/client-config-service';
import fc from 'fast-check';
import { AccountError } from '../../account/errors.ts';
import { InvalidEventError } from '../../config/event.ts';
import { InvalidItemError } from '../../config/item.ts';
import { IncompleteEvaluationError } from '../../config/judging.ts';
import { OversizedItemError } from '../../config/oversized.ts';
import { InvalidParametersError } from '../../rules/parameters.ts';
import { note } from '../support/figures.ts';
import { denied } from '../support/memory.ts';
import { apiForm, configured, type Json, media, proposal, webServers } from './support/items.ts';
import {
  change,
  described,
  GROUPS,
  lambda,
  lambdaEvent,
  oversized,
  prefixList,
  scheduled,
} from './support/lambda.ts';
import { mutated, mutation } from './support/mutations.ts';

const cidr = fc.constantFrom('0.0.0.0/0', '10.0.0.0/8', '192.0.2.0/24');
const cidr6 = fc.constantFrom('::/0', 'fc00::/7');
const port = fc.integer({ min: 0, max: 65_535 });

const permission = fc.record({
  v4: fc.array(cidr, { maxLength: 2 }),
  v6: fc.array(cidr6, { maxLength: 1 }),
  port,
  legacy: fc.boolean(),
  // Nobody can read the other one.
  list: fc.oneof(
    { weight: 9, arbitrary: fc.constant('pl-1') },
    { weight: 1, arbitrary: fc.constant('pl-2') },
  ),
});
const ingress = fc.array(
  permission.filter(({ v4, v6 }) => v4.length + v6.length > 0),
  { maxLength: 3 },
);

const recorded = ingress.map((permissions) =>
  configured(webServers, {
    ipPermissions: permissions.map(({ v4, v6, port: at, legacy, list }) => ({
      ipProtocol: 'tcp',
      fromPort: at,
      toPort: at,
      ipRanges: v4,
      ...(!legacy && {
        ipv4Ranges: v4.map((cidrIp) => ({ cidrIp })),
        ipv6Ranges: v6.map((cidrIpv6) => ({ cidrIpv6 })),
      }),
      ...(legacy && v4.length === 0 && { ipv6Ranges: v6.map((cidrIpv6) => ({ cidrIpv6 })) }),
      prefixListIds: [{ prefixListId: list }],
      userIdGroupPairs: [],
    })),
  }),
);
const proposed = ingress.map((permissions) =>
  proposal(webServers, {
    GroupDescription: 'proposed',
    SecurityGroupIngress: permissions.flatMap(({ v4, v6, port: at }) => [
      ...v4.map((CidrIp) => ({ IpProtocol: 'tcp', FromPort: at, ToPort: at, CidrIp })),
      ...v6.map((CidrIpv6) => ({ IpProtocol: 'tcp', FromPort: at, ToPort: at, CidrIpv6 })),
    ]),
  }),
);
const status = fc.constantFrom(
  'OK',
  'ResourceDiscovered',
  'ResourceDeleted',
  'ResourceNotRecorded',
  'ResourceDeletedNotRecorded',
);
const item = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: recorded },
      { weight: 1, arbitrary: recorded.map((one) => JSON.parse(JSON.stringify(apiForm(one))) as Json) },
      { weight: 1, arbitrary: proposed },
      { weight: 1, arbitrary: fc.constant(media) },
    ),
    fc.oneof({ weight: 3, arbitrary: fc.constant('OK') }, { weight: 1, arbitrary: status }),
  )
  .map(([one, configurationItemStatus]): Json => ({ ...one, configurationItemStatus }));

const invoking = fc.oneof(
  { weight: 6, arbitrary: item.map(change) },
  { weight: 1, arbitrary: item.map((one) => oversized(one)) },
  { weight: 1, arbitrary: fc.constant(scheduled) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Json>({ messageType: 'ComplianceChangeNotification' }, {}),
  },
);

/** One time in six. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const event = fc
  .record({
    invoking,
    inner: fc.array(mutation, { maxLength: 3 }),
    outer: rarely(mutation),
    cut: rarely(fc.nat(400)),
    token: fc.constantFrom('token-1', 'TESTMODE'),
    eventLeftScope: fc.oneof(
      { weight: 5, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  })
  .map(({ invoking: message, inner, outer, cut, token, eventLeftScope }) => {
    const text = JSON.stringify(inner.reduce(mutated, message as unknown));
    const whole = lambdaEvent(cut === undefined ? text : text.slice(0, cut), {
      ruleParameters: '{"allowed":"0"}',
      resultToken: token,
      eventLeftScope,
    });
    return (outer ? mutated(whole, outer) : whole) as Json;
  });

const function_ = lambda({
  [prefixList('pl-1')]: { Entries: [{ Cidr: '10.0.0.0/8' }] },
  [prefixList('pl-2')]: denied,
  [GROUPS]: { SecurityGroups: [described('sg-1'), described('sg-2', '0.0.0.0/0')] },
});
function_.config.on(GetComplianceDetailsByConfigRuleCommand).resolves({ EvaluationResults: [] });
// AWS Config's history has one group, open to the world, under whatever id it is asked for.
function_.config
  .on(GetResourceConfigHistoryCommand)
  .callsFake(async ({ resourceType, resourceId, laterTime }) => ({
    configurationItems: [
      { ...apiForm(webServers), resourceType, resourceId, configurationItemCaptureTime: laterTime },
    ],
  }));

const RUNS = 10_000;
const OURS = [
  InvalidEventError,
  InvalidItemError,
  InvalidParametersError,
  IncompleteEvaluationError,
  OversizedItemError,
];

/** What is right, as `id verdict`: by the event's text alone. */
function right({ invokingEvent, eventLeftScope }: Json): string[] {
  const message = JSON.parse(invokingEvent as string);
  if (message.messageType === 'ScheduledNotification') return ['sg-1 COMPLIANT', 'sg-2 NON_COMPLIANT'];
  const one = message.configurationItem ?? message.configurationItemSummary;
  const isThere = ['OK', 'ResourceDiscovered'].includes(one.configurationItemStatus);
  if (eventLeftScope || !isThere || one.resourceType !== 'AWS::EC2::SecurityGroup')
    return [`${one.resourceId} NOT_APPLICABLE`];
  if (!message.configurationItem) return [`${one.resourceId} NON_COMPLIANT`];
  const configuration =
    typeof one.configuration === 'string' ? JSON.parse(one.configuration) : one.configuration;
  const rules = JSON.stringify(configuration.ipPermissions ?? configuration.SecurityGroupIngress ?? '');
  return [`${one.resourceId} ${/"(0\.0\.0\.0|::)\/0"/.test(rules) ? 'NON_COMPLIANT' : 'COMPLIANT'}`];
}

function timeIn({ invokingEvent }: Json): string {
  const message = JSON.parse(invokingEvent as string);
  const one = message.configurationItem ?? message.configurationItemSummary;
  return one?.configurationItemCaptureTime ?? message.notificationCreationTime;
}

const OUTCOMES = [
  'COMPLIANT',
  'NON_COMPLIANT',
  'NOT_APPLICABLE',
  'IncompleteEvaluation',
  'InvalidField',
  'InvalidItem',
  'InvalidJson',
  'MissingField',
  'UnknownMessageType',
  'UnsupportedMessageType',
];

test('every event gets the right answer or an error of ours', async () => {
  const seen = new Map<string, number>();
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);

  await fc.assert(
    fc.asyncProperty(event, async (given) => {
      function_.config.resetHistory();
      let failure: unknown;
      await function_.handler(given).catch((error: unknown) => {
        failure = error;
      });
      if (failure !== undefined) {
        expect(OURS.map(({ name }) => name)).toContain((failure as Error).constructor.name);
        for (const { error } of failure instanceof IncompleteEvaluationError ? failure.unjudged : []) {
          expect(error).toBeInstanceOf(AccountError);
        }
        // Not one word of it was reported.
        expect(function_.puts()).toEqual([]);
        count((failure as { code: string }).code);
        return;
      }
      expect(function_.reported()).toEqual(right(given));
      for (const put of function_.puts()) {
        expect(put.ResultToken).toBe(given.resultToken);
        expect(put.TestMode).toBe(given.resultToken === 'TESTMODE' ? true : undefined);
        for (const one of put.Evaluations ?? [])
          expect(one.OrderingTimestamp).toEqual(new Date(timeIn(given)));
      }
      for (const said of right(given)) count(said.split(' ').at(-1) as string);
    }),
    { numRuns: RUNS },
  );

  // The events were neither all right nor all wrong, and wrong in every way.
  for (const outcome of OUTCOMES.slice(0, 3)) expect(seen.get(outcome)).toBeGreaterThan(500);
  expect([...seen.keys()]).toEqual(expect.arrayContaining(OUTCOMES));
  note('events', 'an AWS Config event', { tried: RUNS, ...Object.fromEntries(seen) });
}, 120_000);

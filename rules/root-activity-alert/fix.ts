import type { Account } from '../../account/account.ts';
import { topicRules } from '../../account/services/events/readings.ts';
import { topicSubscriptions } from '../../account/services/sns/readings.ts';
import type { Verdict } from '../rule.ts';
import { routeOf } from '../shared/alerts/event-rules.ts';
import { alertFix, type Wanted } from '../shared/alerts/fix/fix.ts';
import { ALERT_READS, alertLookups } from '../shared/alerts/lookups.ts';
import { allOf, anyOf } from '../shared/alerts/told.ts';
import { trailGate } from '../shared/alerts/who-is-told.ts';
import type { RootAlertFinding } from './findings.ts';
import { type Asked, isOneEnough, recordedIn, samplesOf } from './samples.ts';

const NAME = 'groundrules-root-activity';
const PATTERN = {
  'detail-type': ['AWS Console Sign In via CloudTrail', 'AWS API Call via CloudTrail'],
  detail: { userIdentity: { type: ['Root'] } },
};

const reads = [...ALERT_READS, topicSubscriptions, topicRules] as const;
type View = Account<(typeof reads)[number]>;
interface Values extends Asked {
  readonly acceptEventBridge: boolean;
  readonly requireConfirmedSubscription: boolean;
  readonly trustedAccounts: readonly string[];
}

/**
 * Makes a rule of EventBridge, its topic and a subscription where root's use is recorded. The function makes them, because a
 * step of a document calls its own Region alone.
 */
export const fix = alertFix<RootAlertFinding, Values, (typeof reads)[number]>({
  name: NAME,
  regions: 'global',
  changes: {
    en: "Makes an EventBridge rule for root's use, with a topic and a subscription by e-mail, or enables a rule that would do.",
    ko: '루트 사용을 알리는 EventBridge 규칙과 SNS 주제, 이메일 구독을 만들거나 조건에 맞는 꺼진 규칙을 켭니다.',
  },
  reads,
  events: (place, asked) =>
    samplesOf(place, { coverage: 'ANY', eventNames: asked?.split(',') ?? [] }).flatMap(
      ({ events }) => events,
    ),
  alerts,
});

async function alerts(_: Verdict<RootAlertFinding>, account: View, values: Values): Promise<Wanted> {
  const region = recordedIn(account.regions);
  if (!values.acceptEventBridge) {
    return {
      alerts: [],
      refusals: ['it makes a rule of EventBridge, which acceptEventBridge does not accept.'],
    };
  }
  const samples = samplesOf({ accountId: account.id, region }, values).map(({ events }) => events);
  const look = alertLookups(account);
  const gates = await Promise.all(
    samples.map(async (events) =>
      allOf(await Promise.all(events.map(async (event) => (await trailGate(event, region, look)).gate))),
    ),
  );
  const gate = isOneEnough(values) ? anyOf(gates) : allOf(gates);
  if (gate.answer !== true) {
    const why = gate.answer === false ? 'no trail logs it' : 'nobody can tell whether a trail logs it';
    return {
      alerts: [],
      refusals: [`${why}, without which EventBridge gets nothing: a trail first (${region}).`],
    };
  }
  const readsToo = samples.some((events) => events.some(({ detail }) => detail.readOnly));
  return {
    alerts: [
      {
        region,
        name: NAME,
        pattern: PATTERN,
        state: readsToo ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' : 'ENABLED',
        asked: values.eventNames.join(),
        samples,
        isOneEnough: isOneEnough(values),
        route: routeOf(account.id, 'root', values),
      },
    ],
    refusals: [],
  };
}

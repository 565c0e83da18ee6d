import type { Account } from '../../account/account.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant } from '../judgement.ts';
import { accountIds, boolean, namedEvents, oneOf, type ParameterValues, parameter } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { routeOf } from '../shared/alerts/event-rules.ts';
import { ALERT_READS, alertLookups } from '../shared/alerts/lookups.ts';
import { asFinding, whyUnknown } from '../shared/alerts/messages.ts';
import { allOf, anyOf, type MissKind, nearestFirst, type Told } from '../shared/alerts/told.ts';
import { whoIsTold } from '../shared/alerts/who-is-told.ts';
import { judgeWhole } from '../shared/whole-account.ts';
import { messages, type RootAlertFinding } from './findings.ts';
import { fix } from './fix.ts';
import { isOneEnough, recordedIn, type Sample, samplesOf } from './samples.ts';

const parameters = {
  coverage: parameter(oneOf('SIGN_IN_AND_API', 'SIGN_IN', 'ANY'), 'SIGN_IN_AND_API', {
    en: 'What has to raise an alert: signing in to the console and API calls, signing in alone, or any of these.',
    ko: '알림이 필요한 사용. 콘솔 로그인과 API 호출, 로그인만, 또는 그중 하나라도.',
  }),
  eventNames: parameter(namedEvents(), '', {
    en: "Root's events that have to raise an alert in place of `coverage`, separated by commas: `s3:PutBucketPolicy`, `signin:ConsoleLogin`.",
    ko: '`coverage` 대신 알림이 필요한 루트의 이벤트. 쉼표로 구분: `s3:PutBucketPolicy`, `signin:ConsoleLogin`.',
  }),
  requireConfirmedSubscription: parameter(boolean(), 'true', {
    en: 'Whether a topic needs a confirmed subscription.',
    ko: '주제에 확인된 구독이 있어야 하는지 여부.',
  }),
  acceptMetricFilter: parameter(boolean(), 'true', {
    en: "Whether a metric filter of a trail's log group with an alarm counts.",
    ko: '추적의 로그 그룹에 만든 지표 필터와 경보를 인정할지 여부.',
  }),
  acceptEventBridge: parameter(boolean(), 'true', {
    en: 'Whether a rule of Amazon EventBridge counts.',
    ko: 'Amazon EventBridge 규칙을 인정할지 여부.',
  }),
  trustedAccounts: parameter(accountIds(), '', {
    en: 'Accounts whose topics, event buses and log groups count unseen, separated by commas.',
    ko: '주제, 이벤트 버스, 로그 그룹을 확인하지 않고 인정할 계정. 쉼표로 구분.',
  }),
};
type Values = ParameterValues<typeof parameters>;

const reads = ALERT_READS;
type View = Account<(typeof reads)[number]>;

/** Somebody is told when root signs in, or makes calls. */
export default defineRule<typeof parameters, RootAlertFinding>()({
  id: 'root-activity-alert',
  severity: 'HIGH',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  beyond: { reads, regions: (_, { view }) => [recordedIn(view)] },
  messages,

  judge: (account, values, context) => judgeWhole(account, context, () => judgeAccount(account, values)),

  fix,
  calls: { fixed: 9, each: 0 },
});

interface Answered {
  readonly sample: Sample;
  readonly told: Told;
}

async function judgeAccount(account: View, values: Values): Promise<Judgement<RootAlertFinding>> {
  const resource = accountResource(account);
  const region = recordedIn(account.regions);
  const answered: Answered[] = [];
  for (const sample of samplesOf({ accountId: account.id, region }, values)) {
    answered.push({ sample, told: await ask(account, sample, region, values) });
  }
  const all = answered.map(({ told }) => told);
  const whole = isOneEnough(values) ? anyOf(all) : allOf(all);
  if (whole.answer === true) return compliant(resource);
  if (whole.answer === 'unknown') throw whyUnknown(whole, "root's use");
  return nonCompliant(resource, findingsOf(answered));
}

/** Whether somebody is told of the sample, wherever it comes from. */
async function ask(account: View, { events }: Sample, region: string, values: Values): Promise<Told> {
  const look = alertLookups(account);
  const route = routeOf(account.id, 'root', values);
  const accepted = { eventBridge: values.acceptEventBridge, metricFilter: values.acceptMetricFilter };
  return allOf(await Promise.all(events.map((event) => whoIsTold(event, region, look, route, accepted))));
}

/** What covers a part of root's use, then where the ways end that come nearest to covering the rest. */
function findingsOf(answered: readonly Answered[]): RootAlertFinding[] {
  const whats = (answer: Told['answer']) => [
    ...new Set(answered.filter(({ told }) => told.answer === answer).map(({ sample }) => sample.what)),
  ];
  const lacking = whats(false);
  const covered = whats(true).filter((what) => !lacking.includes(what));
  const alert = answered.find(({ told, sample }) => told.by !== undefined && covered.includes(sample.what))
    ?.told.by;
  const partly: RootAlertFinding[] = alert === undefined ? [] : [{ kind: 'partly', alert, covered, lacking }];
  const misses = nearestFirst(
    answered.filter(({ told }) => told.answer === false).flatMap(({ told }) => told.misses),
  );
  const of = `root's ${lacking.join(' and ')}`;
  // What covers another part need not be named as what misses this one.
  const others = misses.filter(
    ({ kind, at }) => alert === undefined || kind !== 'notCovered' || !alert.endsWith(` ${at}`),
  );
  // That there is no other alert says nothing beside one that comes near.
  const near = others.filter(({ kind }) => !ABSENT.has(kind));
  const told = near.length > 0 || partly.length > 0 ? near : others;
  return [...partly, ...told.map((miss) => asFinding(miss, of))];
}

/** Misses of what is not there at all. */
const ABSENT = new Set<MissKind>(['noRule', 'noFilter', 'noLogGroup', 'noTrail']);

import type { Account } from '../../account/account.ts';
import { detectors } from '../../account/services/guardduty/readings.ts';
import type { Verdict } from '../rule.ts';
import { routeOf } from '../shared/alerts/event-rules.ts';
import { ALERT_FIX_READS, type Alert, alertFix, type Wanted } from '../shared/alerts/fix/fix.ts';
import type { GuardDutyFinding } from './findings.ts';
import { findingEvents } from './samples.ts';

const NAME = 'groundrules-guardduty-root';
const reads = [detectors, ...ALERT_FIX_READS] as const;
type View = Account<(typeof reads)[number]>;
interface Values {
  readonly findingType: string;
  readonly requireConfirmedSubscription: boolean;
  readonly trustedAccounts: readonly string[];
}

/**
 * Makes a rule of EventBridge, its topic and a subscription in each Region that lacks an alert. GuardDuty is paid for, and whose
 * a filter is a person has to find out: it touches neither.
 */
export const fix = alertFix<GuardDutyFinding, Values, (typeof reads)[number]>({
  name: NAME,
  regions: 'any',
  changes: {
    en: "Makes an EventBridge rule for GuardDuty's finding on root's use, with a topic and a subscription by e-mail, or enables a rule that would do.",
    ko: 'GuardDuty의 루트 사용 결과를 알리는 EventBridge 규칙과 SNS 주제, 이메일 구독을 만들거나 조건에 맞는 꺼진 규칙을 켭니다.',
  },
  reads,
  events: (place, asked = '') => findingEvents(place, asked),
  alerts,
});

async function alerts(
  { findings }: Verdict<GuardDutyFinding>,
  account: View,
  values: Values,
): Promise<Wanted> {
  const refusals = findings.flatMap(whyNot);
  const regions = [...new Set(findings.map(({ region }) => region))].filter(
    (region) => !findings.some((one) => one.region === region && whyNot(one).length > 0),
  );
  return { alerts: await Promise.all(regions.map((region) => alertIn(region, account, values))), refusals };
}

function whyNot(finding: GuardDutyFinding): string[] {
  const { kind, region } = finding;
  if (kind === 'notEnabled')
    return [`GuardDuty is not on in ${region}: it is paid for, so that a person turns it on.`];
  if (kind === 'suppressed')
    return [
      `filter ${finding.filter} archives the finding in ${region}: whose filter it is, a person has to find out.`,
    ];
  return [];
}

async function alertIn(region: string, account: View, values: Values): Promise<Alert> {
  const [detectorId] = await account.read(detectors, { region });
  return {
    region,
    name: NAME,
    pattern: {
      source: ['aws.guardduty'],
      'detail-type': ['GuardDuty Finding'],
      detail: { type: [values.findingType] },
    },
    state: 'ENABLED',
    asked: values.findingType,
    samples: findingEvents({ accountId: account.id, region, detectorId }, values.findingType).map((one) => [
      one,
    ]),
    route: routeOf(account.id, 'guardduty', values),
  };
}

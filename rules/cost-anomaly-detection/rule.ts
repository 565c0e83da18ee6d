import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES, partial } from '../../account/errors.ts';
import {
  type AnomalyMonitor,
  type AnomalySubscription,
  anomalyMonitors,
  anomalySubscriptions,
} from '../../account/services/ce/readings.ts';
import { organization } from '../../account/services/organizations/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, couldNotTell, nonCompliant } from '../judgement.ts';
import { boolean, optionalInteger, type ParameterValues, parameter } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { judgeUnlessPayerCovers, payerCoversParameter } from '../shared/payer.ts';
import { coverageOf, isEnough, isWithin } from './coverage.ts';
import { type AnomalyFinding, messages } from './findings.ts';
import { fix } from './fix.ts';

const parameters = {
  requireSubscription: parameter(boolean(), 'true', {
    en: 'Whether somebody has to be subscribed to what the monitor finds.',
    ko: '모니터가 찾은 내용을 누군가 구독해야 하는지 여부.',
  }),
  acceptPartialMonitors: parameter(boolean(), 'false', {
    en: 'Whether a monitor counts that sees only what carries a tag or is in a cost category.',
    ko: '태그가 있거나 비용 범주에 속한 비용만 보는 모니터도 인정할지 여부.',
  }),
  maxThresholdUsd: parameter(optionalInteger(0, 10_000_000_000), '', {
    en: 'From which amount in US dollars on subscribers have to be told at the latest. Empty: any amount.',
    ko: '늦어도 이 금액(미국 달러)부터는 구독자에게 알려야 합니다. 비워 두면 금액을 따지지 않습니다.',
  }),
  payerCovers: payerCoversParameter('false'),
};
type Values = ParameterValues<typeof parameters>;

const reads = [anomalyMonitors, anomalySubscriptions, organization] as const;
type View = Account<(typeof reads)[number]>;

/** Cost Anomaly Detection watches the account, and somebody is told. */
export default defineRule<typeof parameters, AnomalyFinding>()({
  id: 'cost-anomaly-detection',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  // Each run asks Cost Explorer twice, which takes money: never more often than daily.
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  judge: (account, values, context) =>
    judgeUnlessPayerCovers(account, context, {
      payerCovers: values.payerCovers,
      judge: () => judgeDetection(account, values),
    }),

  fix,
  calls: { fixed: 2, each: 0 },
});

async function judgeDetection(account: View, values: Values): Promise<Judgement<AnomalyFinding>> {
  const resource = accountResource(account);
  const { values: monitors, errors } = await partial(account.read(anomalyMonitors));
  const seen = monitors.map((one) => ({ one, coverage: coverageOf(one, account.id) }));
  const covering = seen
    .filter(({ coverage }) => isEnough(coverage, values.acceptPartialMonitors))
    .map(({ one }) => one);
  // A monitor that makes no sense, or is not in the list, may be one that counts.
  const doubt = errors[0] ?? (seen.some(({ coverage }) => coverage === 'unknown') ? oddMonitor() : undefined);
  if (covering.length === 0) {
    if (doubt) return couldNotTell(resource, doubt);
    return nonCompliant(resource, [withoutMonitor(monitors)]);
  }
  if (!values.requireSubscription) return compliant(resource);

  const listed = await partial(account.read(anomalySubscriptions));
  const wrong = whatIsWrong(covering, listed.values, values.maxThresholdUsd);
  if (!wrong) return compliant(resource);
  const unread = listed.errors[0] ?? doubt;
  return unread ? couldNotTell(resource, unread) : nonCompliant(resource, [wrong]);
}

const withoutMonitor = (monitors: readonly AnomalyMonitor[]): AnomalyFinding =>
  monitors.length === 0
    ? { kind: 'noMonitor' }
    : { kind: 'partialMonitor', monitors: monitors.map(({ name, arn }) => name ?? arn) };

/** Why no subscription counts, by the one that comes closest; nothing, where one does. */
function whatIsWrong(
  covering: readonly AnomalyMonitor[],
  subscriptions: readonly AnomalySubscription[],
  maxThresholdUsd: number | undefined,
): AnomalyFinding | undefined {
  const arns = new Set(covering.map(({ arn }) => arn));
  const own = subscriptions.filter(({ monitors }) => monitors.some((arn) => arns.has(arn)));
  if (own.length === 0) return { kind: 'noSubscription' };
  const told = own.filter(({ subscribers }) => subscribers > 0);
  if (told.length === 0) return { kind: 'noSubscriber' };
  return maxThresholdUsd === undefined || told.some((one) => isWithin(one, maxThresholdUsd))
    ? undefined
    : { kind: 'highThreshold', maxThresholdUsd };
}

const oddMonitor = () =>
  new AccountError(
    OWN_CODES.malformed,
    'ce:GetAnomalyMonitors',
    'ce:GetAnomalyMonitors gives a monitor a type, dimension or specification that is not known',
  );

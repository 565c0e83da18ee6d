/** Why nobody is told, in sentences. */
import { AccountError, OWN_CODES } from '../../../account/errors.ts';
import type { Messages } from '../../rule.ts';
import type { Miss, MissKind, Told } from './told.ts';

/** A way that ends, as a finding. */
export type AlertMiss = {
  readonly [Kind in MissKind]: {
    readonly kind: Kind;
    readonly at: string;
    /** What nobody is told of: `root's sign-in`. */
    readonly of: string;
  };
}[MissKind];

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

export const missMessages: Messages<AlertMiss> = {
  notAccepted: () => 'neither EventBridge nor metric filters are accepted, so that nothing can pass',
  noTrail: ({ of }) => `no trail logs ${of} as a management event, so that no alert can see it`,
  notCovered: ({ at, of }) => `${at} does not match ${of}`,
  noRule: ({ at, of }) => `no EventBridge rule in ${at} matches ${of}`,
  ruleOff: ({ at }) => `rule ${at} is off`,
  nobody: ({ at }) => `rule ${at} tells nobody: it has no target, or a log group alone`,
  noTopic: ({ at }) => `topic ${nameOf(at)} does not exist`,
  unconfirmed: ({ at }) => `topic ${nameOf(at)} has no confirmed subscription`,
  topicKey: ({ at }) => `topic ${nameOf(at)} is encrypted with alias/aws/sns, which lets no service publish`,
  topicPolicy: ({ at }) => `the policy of topic ${nameOf(at)} does not let EventBridge publish`,
  noLogGroup: ({ at }) => `trail ${at} delivers to no log group`,
  noFilter: ({ at, of }) => `no metric filter of log group ${at} matches ${of}`,
  noMetric: ({ at }) => `metric filter ${at} counts nothing`,
  noAlarm: ({ at }) => `no alarm is on the metric of filter ${at}`,
  threshold: ({ at }) => `alarm ${at} is not set off by one event`,
  datapoints: ({ at }) => `alarm ${at} waits for more than one datapoint`,
  actionsOff: ({ at }) => `the actions of alarm ${at} are off`,
  noAction: ({ at }) => `alarm ${at} tells nobody: it has no action that does`,
};

export const asFinding = ({ kind, at }: Miss, of: string): AlertMiss => ({ kind, at, of });

/** Why nobody knows whether somebody is told. */
export function whyUnknown({ errors: [error], unseen }: Told, of: string): AccountError {
  if (error) return error;
  const [{ api } = { api: 'events:ListTargetsByRule' }] = unseen;
  const all = unseen.map(({ what }) => what);
  // Only what is named by its ARN is elsewhere. What a pattern or a policy makes of the event is not said by naming accounts.
  const advice = all.some((one) => one.startsWith('arn:'))
    ? '. Name the accounts whose topics and event buses count in trustedAccounts'
    : '';
  return new AccountError(
    OWN_CODES.incomplete,
    api,
    `${api}: whether anybody is told of ${of} hangs on ${all.join(', ')}, which this account does not show${advice}`,
  );
}

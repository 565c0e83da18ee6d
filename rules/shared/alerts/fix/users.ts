/** Who uses a topic besides what a run made of an alert, as far as the account tells. */

import { alarms } from '../../../../account/services/cloudwatch/readings.ts';
import { topicRules } from '../../../../account/services/events/readings.ts';
import type { AlertView } from './look.ts';
import { isSubscribed, type Made, othersIn, type There, topicNameOf } from './made.ts';

/** Each a few words: `rule theirs`, `alarm root-use`. */
export interface Users {
  /** Rules of EventBridge, which need the statement that lets it publish. */
  readonly rules: readonly string[];
  /** Alarms need none. What any other service publishes, a statement of its own allows. */
  readonly alarms: readonly string[];
  readonly statements: readonly string[];
  readonly subscriptions: readonly string[];
}

/** @param isQuiet whether the alert's own rule publishes to it no more. */
export async function usersOf(
  account: AlertView,
  made: Made,
  there: There,
  isQuiet: boolean,
): Promise<Users> {
  const { region, name, topicArn, email } = made;
  const { metric, composite } = await account.read(alarms, { region });
  // Last, because rules come and go more often.
  const ofRules = await account.read(topicRules, { region, id: topicNameOf(topicArn) });
  return {
    rules: ofRules.filter((rule) => !(isQuiet && rule === name)).map((rule) => `rule ${rule}`),
    alarms: [...metric, ...composite]
      .filter(({ actions, otherActions = [] }) => [...actions, ...otherActions].includes(topicArn))
      .map((alarm) => `alarm ${alarm.name}`),
    statements: (there.topic ? othersIn(there.topic, topicArn) : []).map(statementOf),
    subscriptions: there.subscriptions
      .filter((one) => email === undefined || !isSubscribed(email, one))
      .map(subscriptionOf),
  };
}

/** A statement without a name is named by whom it is for. */
function statementOf({ Sid, Principal }: Readonly<Record<string, unknown>>): string {
  const whom = JSON.stringify(Principal ?? '*');
  return `${Sid === undefined ? 'a statement' : `statement ${Sid}`} for ${whom}`;
}

/** Addresses and telephone numbers are somebody's own. */
const subscriptionOf = ({ protocol, endpoint }: There['subscriptions'][number]): string =>
  endpoint.startsWith('arn:') ? `subscription of ${endpoint}` : `another subscription by ${protocol}`;

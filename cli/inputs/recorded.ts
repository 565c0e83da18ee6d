/** What AWS Config recorded of an account, and which rules it has something for. */
import { OWN_CODES } from '../../account/errors.ts';
import { LiveError } from '../../account/live/failures.ts';
import type { ConfigFileAccount } from '../../account/snapshot/account.ts';
import { TELLING } from '../../account/snapshot/types.ts';
import { accountResource } from '../../rules/evaluate.ts';
import { rules as allRules } from '../../rules/index.ts';
import { couldNotTell } from '../../rules/judgement.ts';
import type { AnyRule } from '../../rules/rule.ts';
import type { Input } from './input.ts';

/** Whether AWS Config's items tell the rule something. */
export const reportsOnItems = ({ resourceTypes }: AnyRule) => resourceTypes.some((type) => TELLING.has(type));

/** Whether there are items of what the rule reports on. Of what is in files that cannot be read, nobody knows. */
export const isRecorded = (
  { resourceTypes, isCut }: Pick<ConfigFileAccount, 'resourceTypes' | 'isCut'>,
  rule: AnyRule,
): boolean => rule.resourceTypes.some((type) => resourceTypes.has(type)) || (isCut && reportsOnItems(rule));

/** An account without a word would look like one without problems. */
export const nothingRecorded = (accountId: string, option: '--live' | '--with-live'): Error =>
  new LiveError(
    OWN_CODES.notCollected,
    `account ${accountId}: AWS Config recorded nothing that a rule reports on. Look at what its recorder records, or ask the account itself with ${option}`,
  );

/**
 * Which rules are asked of the account, and what it tells of them without their being run.
 *
 * @param isDelivered its files are of a delivery bucket: there should be something.
 * @param option that asks the account itself.
 */
export function toldBy(
  found: Pick<ConfigFileAccount, 'account' | 'resourceTypes' | 'isCut'>,
  isDelivered: boolean,
  option: '--live' | '--with-live' = '--live',
): Pick<Input, 'answers' | 'tells'> {
  const { account } = found;
  if (!isDelivered || allRules.some((rule) => isRecorded(found, rule)))
    return { answers: (rule) => isRecorded(found, rule) };
  return {
    answers: reportsOnItems,
    tells: () => couldNotTell(accountResource(account), nothingRecorded(account.id, option)),
  };
}

import { isRecorded } from '../../config/item.ts';
import type { AnyAccount } from '../account.ts';
import { checkComplete, isNotCollected, partial } from '../errors.ts';
import { nameOf } from '../reading.ts';
import {
  type AuthorizationDetails,
  type BrokenDetail,
  onlyPolicies,
} from '../services/iam/authorization-details.ts';
import { authorizationDetails } from '../services/iam/readings.ts';
import { type ConfigItems, isDeleted } from './config-items.ts';
import type { DatedSource } from './deleted.ts';
import { POLICY } from './types.ts';

/**
 * The account's authorization details, with the customer's policies as AWS Config has recorded them since. Of users, groups and
 * roles an item does not say all that there is, so that theirs are left aside.
 */
export async function detailsWithPolicies(
  source: DatedSource,
  items: ConfigItems,
  direct: AnyAccount,
): Promise<AuthorizationDetails> {
  const name = nameOf(authorizationDetails);
  const { items: recorded, problems, unread } = await items.list(name, POLICY);
  if (recorded.length + problems.length + unread.size === 0) return direct.read(authorizationDetails);

  const { values, errors } = await partial(direct.read(authorizationDetails).then((details) => [details]));
  // Of details of which there is nothing at all, the files that cannot be read are the reason.
  if (values.length === 0 && recorded.length === 0)
    checkComplete([...errors.filter((error) => !isNotCollected(error)), ...problems, ...unread.values()]);
  const [details = onlyPolicies([], errors[0])] = values;
  const policies = new Map([...details.policies.values()].map((policy) => [policy.id, policy]));
  const broken = new Map<string, BrokenDetail>();
  const others = details.broken.filter((one) => {
    if (one.type === POLICY && one.id !== undefined) broken.set(one.id, one);
    return one.type !== POLICY || one.id === undefined;
  });
  const at = await source.readAt(authorizationDetails);
  for (const item of recorded) {
    const { id, name: called } = item.resource;
    const { managedPolicy } = item.readings;
    const isKnown = policies.has(id) || broken.has(id);
    const isThere = isRecorded(item);
    if ((isKnown && at && at >= item.at) || !(isThere || isDeleted(item))) continue;
    policies.delete(id);
    broken.delete(id);
    if (item.error) {
      broken.set(id, { type: POLICY, id, ...(called && { name: called }), what: item.error.message });
    } else if (isThere && managedPolicy) policies.set(id, managedPolicy);
  }
  const itemOf = new Map(recorded.map((item) => [item.resource.id, item]));
  for (const policy of details.policies.values()) {
    const { id, name: called, arn } = policy;
    // AWS Config records the customer's alone.
    if (policies.get(id) !== policy || /^arn:[\w-]+:iam::aws:/.test(arn)) continue;
    const about = () => ({ type: POLICY, id, name: called, region: 'global' });
    const outdated = await items.outdated(name, itemOf.get(id), { at: () => at, about });
    if (!outdated) continue;
    policies.delete(id);
    broken.set(id, { type: POLICY, id, name: called, what: outdated.message });
  }
  for (const [id, { message: what }] of unread) {
    if (!policies.has(id) && !broken.has(id) && !itemOf.has(id)) broken.set(id, { type: POLICY, id, what });
  }
  // That nobody collected the details is no error where items stand in for them.
  const left = errors.filter((error) => !isNotCollected(error));
  const merged = {
    ...details,
    policies: new Map([...policies.values()].map((policy) => [policy.arn, policy])),
    broken: [...others, ...broken.values()],
  };
  checkComplete([...left, ...problems], [merged]);
  return merged;
}

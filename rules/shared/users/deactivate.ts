/**
 * Deactivates access keys of a user. Never deletes one: an inactive key can be activated again, a deleted one is gone. The
 * documents' own steps are the parts `deactivate-keys` and `activate-keys` of scripts/remediation-skeleton.txt.
 */
import { partial } from '../../../account/errors.ts';
import {
  type AccessKey,
  accessKeyLastUsed,
  accessKeys,
  users,
} from '../../../account/services/iam/readings.ts';
import type { FixContext, Plan, PlanStep, UndoContext, Verified } from '../../fix.ts';
import { boolean, integer, parameter } from '../../parameters.ts';
import { isRecent, lastUse, used } from './key-use.ts';

/** A key by its id, or by its number in the credential report where nothing else was read. */
export type KeyName =
  | { readonly keyId: string; readonly number?: never }
  | { readonly number: 1 | 2; readonly keyId?: never };

/** A key that is to be deactivated. */
export type DueKey = KeyName & {
  /** `200 days old`; empty where nothing is to be said but when it was last used. */
  readonly why: string;
};

const inputs = { UserName: '-', KeyIds: ['-'] };
export type KeyInputs = typeof inputs;

const options = {
  recentUseDays: parameter(integer(0, 36_500), '7', {
    en: 'A key that was used within so many days (of 24 hours) is left alone, unless `Force` says otherwise.',
    ko: '최근 이 일수(하루는 24시간) 안에 사용한 키는 `Force`가 아니면 건드리지 않습니다.',
  }),
  Force: parameter(boolean(), 'false', {
    en: 'Whether keys that were used recently are deactivated, too.',
    ko: '최근에 사용한 키도 비활성화할지 여부.',
  }),
};
const reads = [users, accessKeys, accessKeyLastUsed] as const;
type Asks = (typeof reads)[number];
export type KeyContext = FixContext<unknown, typeof options, Asks>;

/** The keys that the run is going to deactivate. */
export interface KeysBefore {
  readonly keys: readonly string[];
}

/** All of a fix that deactivates keys but its summary and its plan, which calls {@link planDeactivation}. */
export const deactivation = {
  options,
  reads,
  inputs,
  undo,
  verify,
  begun: ({ keys }: KeysBefore, parts: readonly KeysBefore[]): KeysBefore => ({
    keys: keys.filter((key) => parts.some((part) => part.keys.includes(key))),
  }),
};

/** Plans the deactivation of those of these keys that nobody uses and that do not sign the run itself. */
export async function planDeactivation(
  { id, name: userName = '' }: { readonly id: string; readonly name?: string },
  found: readonly DueKey[],
  context: KeyContext,
): Promise<Plan<KeyInputs>> {
  const agreed = context.agreed?.before as KeysBefore | undefined;
  const due = found.filter(({ keyId }) => !agreed || isAgreed(keyId, agreed, context.agreed?.part));
  // Which of a user's keys signs the run can't be told from inside it.
  if (context.caller === id && due.length > 0) return { steps: [], refusals: [own(userName)] };

  const wanted: { readonly keyId: string; readonly why: string }[] = [];
  const refusals: string[] = [];
  const uses: string[] = [];
  const manual: string[] = [];
  for (const key of due) {
    if (key.keyId === undefined) {
      manual.push(
        `The credential report does not give the id of access key ${key.number}: collect the keys of ${userName} (iam:ListAccessKeys) and plan again.`,
      );
      continue;
    }
    const use = await lastUse(key.keyId, context.account, context.options);
    uses.push(`Access key ${key.keyId}: ${used(use)}.`);
    if (isRecent(use, context.now, context.options.recentUseDays) && !context.options.Force) {
      refusals.push(
        `access key ${key.keyId} was ${used(use)}, within ${context.options.recentUseDays} days: give whoever uses it another, or set Force to true.`,
      );
      continue;
    }
    const why = [key.why, used(use)].filter((part) => part !== '').join(', ');
    wanted.push({ keyId: key.keyId, why: `access key ${key.keyId} inactive (${why})` });
  }
  const active = await stillActive(userName, wanted, context);
  const steps = active.map(({ keyId, why }) => update(userName, keyId, 'Inactive', why));
  const keys = active.map(({ keyId }) => keyId);
  return {
    steps,
    ...(keys.length > 0 && { inputs: { UserName: userName, KeyIds: keys } }),
    before: { keys } satisfies KeysBefore,
    refusals,
    uses,
    manual,
  };
}

/** Read last, so that Undo does not activate a key that somebody else has deactivated meanwhile. */
async function stillActive<T extends { readonly keyId: string }>(
  userName: string,
  wanted: readonly T[],
  { agreed }: KeyContext,
): Promise<readonly T[]> {
  if (!agreed || wanted.length === 0) return wanted;
  const now = await agreed.account.read(accessKeys, { id: userName });
  return wanted.filter(({ keyId }) => now.some(({ id, active }) => id === keyId && active));
}

const isAgreed = (keyId: string | undefined, { keys }: KeysBefore, part: string | undefined): boolean =>
  keyId !== undefined && keys.includes(keyId) && (part === undefined || part === keyId);

const own = (userName: string) =>
  `the automation runs with a key of ${userName} itself, and must not lock itself out: run it as somebody else, or with AutomationAssumeRole.`;

const update = (
  UserName: string,
  AccessKeyId: string,
  Status: 'Active' | 'Inactive',
  why: string,
): PlanStep => ({
  api: 'iam:UpdateAccessKey',
  input: { UserName, AccessKeyId, Status },
  why,
});

/** Activates the keys that the run deactivated, if they still exist and are still inactive. */
async function undo(
  { keys }: KeysBefore,
  { account, resource }: UndoContext<Asks>,
): Promise<Plan<KeyInputs>> {
  if (keys.length === 0) return { steps: [] };
  const { values, errors } = await partial(account.read(users));
  // Found by id, because the user may have been renamed, or another user may have the name.
  const user = values.find(({ id }) => id === resource.id);
  if (!user && errors[0]) throw errors[0];
  if (!user)
    return { steps: [], manual: [`The user ${resource.id} has been deleted, and its keys with it.`] };
  const present = new Map((await account.read(accessKeys, { id: user.name })).map((key) => [key.id, key]));
  const back = keys.filter((id) => present.get(id)?.active === false);
  const gone = keys.filter((id) => !present.has(id));
  return {
    steps: back.map((id) => update(user.name, id, 'Active', `access key ${id} active again`)),
    ...(back.length > 0 && { inputs: { UserName: user.name, KeyIds: back } }),
    manual: gone.map((id) => `Access key ${id} has been deleted since: nothing brings it back.`),
  };
}

/** The run deactivated an inactive key if its `Before` names the key: keys that were inactive before are not in it. */
async function verify(
  { keys }: KeysBefore,
  changes: readonly string[],
  { account, resource }: UndoContext<Asks>,
): Promise<Verified> {
  const { values, errors } = await partial(account.read(users));
  const user = values.find(({ id }) => id === resource.id);
  // A list that cannot be read is not a user who is gone.
  if (!user && errors[0]) throw errors[0];
  const present: readonly AccessKey[] = user ? await account.read(accessKeys, { id: user.name }) : [];
  const inactive = keys.filter((id) => present.some((key) => key.id === id && !key.active));
  return {
    before: inactive.length > 0 ? ({ keys: inactive } satisfies KeysBefore) : null,
    made: changes.filter((change) => inactive.some((id) => change.includes(id))),
    others: keys
      .filter((id) => !present.some((key) => key.id === id))
      .map((id) => `Somebody else has deleted access key ${id} meanwhile.`),
  };
}

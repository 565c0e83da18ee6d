import { AccountError, partial } from '../../account/errors.ts';
import { accessKeyLastUsed, accessKeys, type LastUse, users } from '../../account/services/iam/readings.ts';
import {
  defineFix,
  type FixContext,
  type Plan,
  type PlanStep,
  type UndoContext,
  type Verified,
} from '../fix.ts';
import { boolean, integer, parameter } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import { settle } from '../shared/settle.ts';
import { type AccessKeyAgeFinding, DAY } from './age.ts';

const inputs = { UserName: '-', KeyIds: ['-'] };
type Inputs = typeof inputs;

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
type Context = FixContext<unknown, typeof options, Asks>;

/** The keys that the run is going to deactivate. */
interface Before {
  readonly keys: readonly string[];
}

/** Deactivates a user's old keys. Never deletes one: an inactive key can be activated again, a deleted one is gone. */
export const fix = defineFix<AccessKeyAgeFinding, unknown>()({
  summary: {
    changes: {
      en: 'Deactivates old access keys; never deletes one.',
      ko: '오래된 액세스 키를 비활성화합니다. 삭제는 하지 않습니다.',
    },
    breaks: {
      en: 'Whatever signs with the key. One used in the last days is left alone.',
      ko: '그 키로 서명하던 것. 최근에 사용한 키는 건드리지 않습니다.',
    },
    undo: { en: 'Activates the keys again.', ko: '키를 다시 활성화합니다.' },
    automatic: { sensible: true, why: { en: 'Without Force.', ko: 'Force를 쓰지 않을 때.' } },
  },

  options,
  reads,
  inputs,
  plan,
  undo,
  verify,
  begun: ({ keys }: Before, parts: readonly Before[]): Before => ({
    keys: keys.filter((key) => parts.some((part) => part.keys.includes(key))),
  }),
});

async function plan(verdict: Verdict<AccessKeyAgeFinding>, context: Context): Promise<Plan<Inputs>> {
  const { resource, findings } = verdict;
  if (findings.some(({ kind }) => kind === 'rootKey')) return { steps: [], manual: [ROOT_KEYS] };

  const userName = resource.name ?? '';
  const agreed = context.agreed?.before as Before | undefined;
  const old = findings
    .filter((finding) => finding.kind === 'oldKey')
    .filter(({ keyId }) => !agreed || isAgreed(keyId, agreed, context.agreed?.part));
  // Which of a user's keys signs the run can't be told from inside it.
  if (context.caller === resource.id && old.length > 0) return { steps: [], refusals: [own(userName)] };

  const wanted: { readonly keyId: string; readonly why: string }[] = [];
  const refusals: string[] = [];
  const uses: string[] = [];
  const manual: string[] = [];
  for (const key of old) {
    if (key.keyId === undefined) {
      manual.push(
        `The credential report does not give the id of access key ${key.number}: collect the keys of ${userName} (iam:ListAccessKeys) and plan again.`,
      );
      continue;
    }
    const use = await lastUse(key.keyId, context);
    uses.push(`Access key ${key.keyId}: ${used(use)}.`);
    if (isRecent(use, context) && !context.options.Force) {
      refusals.push(
        `access key ${key.keyId} was ${used(use)}, within ${context.options.recentUseDays} days: give whoever uses it another, or set Force to true.`,
      );
      continue;
    }
    const why = `access key ${key.keyId} inactive (${key.ageDays} days old, ${used(use)})`;
    wanted.push({ keyId: key.keyId, why });
  }
  // Read last, so that Undo does not activate a key that somebody else has deactivated meanwhile.
  const now =
    context.agreed && wanted.length > 0 && (await context.agreed.account.read(accessKeys, { id: userName }));
  const active = wanted.filter(({ keyId }) => !now || now.some(({ id, active }) => id === keyId && active));
  const steps = active.map(({ keyId, why }) => update(userName, keyId, 'Inactive', why));
  const keys = active.map(({ keyId }) => keyId);
  return {
    steps,
    ...(keys.length > 0 && { inputs: { UserName: userName, KeyIds: keys } }),
    before: { keys } satisfies Before,
    refusals,
    uses,
    manual,
  };
}

const isAgreed = (keyId: string | undefined, { keys }: Before, part: string | undefined): boolean =>
  keyId !== undefined && keys.includes(keyId) && (part === undefined || part === keyId);

const ROOT_KEYS =
  'Nobody but root can touch its keys: sign in as the root user, open "Security credentials", deactivate the access key, and delete it once nothing has failed without it.';

const own = (userName: string) =>
  `the automation runs with a key of ${userName} itself, and must not lock itself out: run it as somebody else, or with AutomationAssumeRole.`;

type Use = LastUse | null | 'unknown';

/** With `Force` the last use does not matter, so a key whose last use cannot be read is deactivated, too. */
async function lastUse(keyId: string, { account, options: { Force } }: Context): Promise<Use> {
  const use = await settle(account.read(accessKeyLastUsed, { id: keyId }));
  if (!(use instanceof AccountError)) return use;
  if (!Force) throw use;
  return 'unknown';
}

/** A use exactly so many days ago counts as recent, and so does one in the future by IAM's clock. */
const isRecent = (use: Use, { now, options: { recentUseDays } }: Context): use is LastUse =>
  use !== null && use !== 'unknown' && now.getTime() - use.at.getTime() <= recentUseDays * DAY;

function used(use: Use): string {
  if (use === 'unknown') return 'nobody knows when last used';
  if (use === null) return 'never used';
  return `last used at ${use.at.toISOString()}${use.service && use.service !== 'N/A' ? ` (${use.service})` : ''}`;
}

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
async function undo({ keys }: Before, { account, resource }: UndoContext<Asks>): Promise<Plan<Inputs>> {
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
  { keys }: Before,
  changes: readonly string[],
  { account, resource }: UndoContext<Asks>,
): Promise<Verified> {
  const { values } = await partial(account.read(users));
  const user = values.find(({ id }) => id === resource.id);
  const present = user ? await account.read(accessKeys, { id: user.name }) : [];
  const inactive = keys.filter((id) => present.some((key) => key.id === id && !key.active));
  return {
    before: inactive.length > 0 ? ({ keys: inactive } satisfies Before) : null,
    made: changes.filter((change) => inactive.some((id) => change.includes(id))),
    others: keys
      .filter((id) => !present.some((key) => key.id === id))
      .map((id) => `Somebody else has deleted access key ${id} meanwhile.`),
  };
}

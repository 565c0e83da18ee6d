/** The accounts of an organization, or those that are named, as a command goes through them. */
import { membersIn, unknownIn } from '../../account/live/members.ts';
import type { LiveAccount } from '../../account/live/open.ts';
import type { Member, Organization, Unit } from '../../account/live/organization.ts';
import { accountOf } from '../../report/result.ts';
import { type LiveOptions, openLive } from '../options/live.ts';
import { UsageError } from '../program/errors.ts';
import type { Progress } from '../program/progress.ts';
import type { World } from '../program/world.ts';
import type { FleetChoice } from './choice.ts';

/** An account to go to. */
export interface Place {
  readonly accountId: string;
  /** What Organizations says of it, where it was asked. */
  readonly name?: string;
  /** From the root down to the unit that it is in. */
  readonly units?: readonly Unit[];
  /**
   * Goes there.
   *
   * @throws {LiveError} where nobody lets the caller in.
   */
  open(): Promise<LiveAccount>;
  /** Its tags; `undefined` where Organizations was not asked, or does not let the caller see them. */
  tags(): Promise<Readonly<Record<string, string>> | undefined>;
}

export interface Fleet {
  /** By their ids. */
  readonly places: readonly Place[];
  /** Accounts that are not active. */
  readonly leftOut: readonly Member[];
}

/**
 * Lists the accounts. The caller's own is opened with its own credentials, all others by the role.
 *
 * @param answered is called with each answer that an account gives by the role.
 * @throws {LiveError} where the organization cannot be read.
 * @throws {UsageError} for a unit or an account that the organization has not, or where none is left.
 */
export async function openFleet(
  choice: FleetChoice,
  options: LiveOptions,
  world: Pick<World, 'env' | 'progress'>,
  answered: () => void,
): Promise<Fleet> {
  const { defaultRegion } = await import('../../account/live/shared.ts');
  const { openByRole, sharedHandler } = await import('../../account/live/role.ts');
  const { listOrganization, openOrganizations, tagsOf } = await import('../../account/live/organization.ts');
  const home = await defaultRegion(options.profile, options.region);
  const caller = await openLive({ ...options, region: [home] }, world);
  const organizations = openOrganizations(caller);
  const list = () =>
    listOrganization(organizations, (accounts) =>
      world.progress.step({
        en: `asking which accounts the organization has: ${accounts} so far`,
        ko: `조직의 계정을 확인하는 중: 지금까지 ${accounts}개`,
      }),
    );
  const organization = choice.organization
    ? await list()
    : choice.asksWho && (await list().catch(unlisted(world.progress)));
  const wanted =
    choice.organization && organization ? ofOrganization(organization, choice) : named(choice, organization);
  const role = {
    roleName: choice.roleName,
    ...(choice.externalId !== undefined && { externalId: choice.externalId }),
    sessionName: 'groundrules',
    durationSeconds: choice.durationSeconds,
    tags: choice.tags,
    region: options.region ?? [],
    requestHandler: sharedHandler(answered),
  };
  const places = wanted
    .filter(({ state }) => state === 'ACTIVE')
    .map(
      ({ id, name, units }): Place => ({
        accountId: id,
        ...(name !== undefined && { name }),
        ...(organization && units.length > 0 && { units }),
        open: () =>
          id === caller.accountId
            ? openLive({ ...options, enabledOnly: true }, world)
            : openByRole(caller, id, role),
        tags: async () =>
          organization && units.length > 0
            ? tagsOf(organizations, id).catch(without(id, world.progress))
            : undefined,
      }),
    );
  if (places.length === 0) {
    throw new UsageError({
      en: 'no account is left to go to: look at --ou, --account and --exclude',
      ko: '남는 계정이 없습니다: --ou, --account, --exclude를 확인하십시오',
    });
  }
  return { places, leftOut: wanted.filter(({ state }) => state !== 'ACTIVE') };
}

/** The accounts of these units and with these ids, or all of them, but for those that are excluded. */
function ofOrganization(
  organization: Organization,
  { units: inUnits, accounts, excluded }: FleetChoice,
): readonly Member[] {
  const unknown = unknownIn(organization, [...inUnits, ...accounts, ...excluded]);
  if (unknown !== undefined) {
    throw new UsageError({
      en: `${unknown}: organization ${organization.id} has no such unit or account`,
      ko: `${unknown}: 조직 ${organization.id}에 그런 조직 단위나 계정이 없습니다`,
    });
  }
  return membersIn(organization, { named: [...inUnits, ...accounts], excluded });
}

/** With what Organizations says of them, where it was asked. */
function named({ accounts, excluded }: FleetChoice, organization?: Organization): readonly Member[] {
  const known = new Map(organization?.members.map((member) => [member.id, member]));
  return accounts
    .filter((id) => !excluded.includes(id))
    .sort()
    .map((id) => ({ id, units: [], ...known.get(id), state: 'ACTIVE' }));
}

const unlisted =
  (progress: Progress) =>
  (error: Error): undefined => {
    if (error.name !== 'LiveError') throw error;
    progress.note({
      en: `names, tags and units of accounts are not known, so that neither settings nor waivers of units apply: ${error.message}`,
      ko: `계정의 이름, 태그, 조직 단위를 알 수 없어 단위별 설정과 예외를 적용하지 않음: ${error.message}`,
    });
  };

/** Tags are said beside an account: who may not see them, or finds Organizations too busy, sees all else. */
const without =
  (accountId: string, progress: Progress) =>
  (error: Error & { readonly code?: string }): undefined => {
    const { name, code, message } = error;
    if (name !== 'LiveError') throw error;
    // Who may not ask is not told so of each account.
    if (code === 'AccessDenied') return;
    progress.note(
      {
        en: `account ${accountId}: its tags are not known: ${message}`,
        ko: `${accountId} 계정: 태그를 알 수 없음: ${message}`,
      },
      { accountId },
    );
  };

/**
 * Goes to an account, and says what comes of it.
 *
 * @returns why nobody lets the caller in, where that is so.
 * @throws what is a bug.
 */
export async function enter(place: Place, progress: Progress): Promise<LiveAccount | Error> {
  const { accountId } = place;
  try {
    const account = await place.open();
    const off = account.disabled.join(', ');
    if (off !== '') {
      progress.note(
        {
          en: `account ${accountId}: ${off} left out, as the account has not enabled it`,
          ko: `${accountId} 계정: ${off} 제외, 활성화되지 않은 리전입니다`,
        },
        { accountId },
      );
    }
    return account;
  } catch (error) {
    const { name, message, code } = error as Error & { readonly code?: string };
    if (name !== 'LiveError') throw error;
    progress.problem(
      {
        en: `account ${accountId} could not be entered: ${message}`,
        ko: `${accountId} 계정에 들어가지 못함: ${message}`,
      },
      { accountId, ...(code !== undefined && { code }) },
    );
    return error as Error;
  }
}

/** Names the accounts that are not active. */
export function sayLeftOut({ leftOut }: Fleet, progress: Progress): void {
  for (const { id, name, state } of leftOut) {
    const whose = accountOf({ accountId: id, ...(name !== undefined && { accountName: name }) });
    progress.note(
      { en: `account ${whose} left out: it is ${state}`, ko: `${whose} 계정 제외: 상태가 ${state}입니다` },
      { accountId: id },
    );
  }
}

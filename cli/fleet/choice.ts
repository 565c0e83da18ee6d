/** Which accounts a command goes through. */
import { UNIT_ID } from '../../account/unit-id.ts';
import { checkAccounts, isAccountId } from '../options/read.ts';
import { UsageError } from '../program/errors.ts';
import { READER_ROLE } from './declared.ts';

export interface FleetOptions {
  readonly organization?: boolean;
  readonly roleName?: string;
  readonly ou?: readonly string[];
  readonly account?: readonly string[];
  readonly exclude?: readonly string[];
  readonly externalId?: string;
  readonly sessionDuration?: string;
  readonly sessionTag?: readonly string[];
  readonly concurrency?: string;
  readonly resume?: boolean;
}

/** What was asked for, read and checked. */
export interface FleetChoice {
  readonly organization: boolean;
  /** Asks Organizations who the named accounts are, where it answers. */
  readonly asksWho?: true;
  readonly roleName: string;
  readonly units: readonly string[];
  readonly accounts: readonly string[];
  /** Accounts and units. */
  readonly excluded: readonly string[];
  readonly externalId: string | undefined;
  readonly durationSeconds: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Accounts at a time; absent where the pace of AWS's answers says it. */
  readonly concurrency?: number;
  readonly resume: boolean;
}

/** With a path: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const ROLE = /^(?:[\x21-\x7E]{1,510}\/)?[\w+=,.@-]{1,64}$/;

/**
 * Reads the options that name accounts other than that of the credentials.
 *
 * @returns `undefined` where they name none.
 * @throws {UsageError} where they contradict each other, or are not what they should be.
 */
export function readFleet(options: FleetOptions): FleetChoice | undefined {
  const { organization = false, roleName, ou = [], account = [] } = options;
  checkAccounts(account);
  if (!organization && roleName === undefined) {
    refuseAlone(options);
    return undefined;
  }
  if (!organization && account.length === 0) {
    throw new UsageError({
      en: `--role-name ${roleName}: of which accounts? Give --account with their ids, or --organization`,
      ko: `--role-name ${roleName}: 어느 계정입니까? --account에 ID를 적거나 --organization을 주십시오`,
    });
  }
  if (!organization && ou.length > 0) throw needsOrganization('--ou');
  return choiceOf(options);
}

/** The same of options that are known to belong together. */
export function choiceOf(options: FleetOptions): FleetChoice {
  const { organization = false, roleName, ou = [], account = [], exclude = [] } = options;
  const units = commas(ou);
  const excluded = commas(exclude);
  for (const id of units) check('--ou', id, UNIT_ID, 'ou-ab12-11111111');
  for (const id of excluded) {
    if (!isAccountId(id)) check('--exclude', id, UNIT_ID, '123456789012, ou-ab12-11111111');
    if (!organization && !isAccountId(id)) throw needsOrganization(`--exclude ${id}`);
  }
  if (roleName !== undefined) check('--role-name', roleName, ROLE, READER_ROLE);
  return {
    organization,
    units,
    excluded,
    accounts: [...new Set(account)],
    roleName: roleName ?? READER_ROLE,
    externalId: options.externalId,
    // STS takes 15 minutes to 12 hours, and the role at most what it is set to.
    durationSeconds: wholeNumber('--session-duration', options.sessionDuration ?? '3600', 900, 43_200),
    tags: Object.fromEntries((options.sessionTag ?? []).map(tagOf)),
    ...(options.concurrency !== undefined && {
      concurrency: wholeNumber('--concurrency', options.concurrency, 1, 256),
    }),
    resume: options.resume ?? false,
  };
}

/** Options that say something of accounts that are not gone through. */
function refuseAlone({
  ou,
  exclude,
  externalId,
  sessionDuration,
  sessionTag,
  concurrency,
  resume,
}: FleetOptions) {
  const given = Object.entries({
    '--ou': ou,
    '--exclude': exclude,
    '--external-id': externalId,
    '--session-duration': sessionDuration,
    '--session-tag': sessionTag,
    '--concurrency': concurrency,
    '--resume': resume,
  }).find(([, value]) => value !== undefined);
  if (given) throw needsOrganization(given[0]);
}

const needsOrganization = (option: string) =>
  new UsageError({
    en: `${option} is for many accounts: give --organization as well, or --account with --role-name`,
    ko: `${option}은(는) 여러 계정을 위한 것입니다. --organization이나 --account와 --role-name을 함께 주십시오`,
  });

const commas = (values: readonly string[]): string[] => [
  ...new Set(values.flatMap((value) => value.split(','))),
];

function check(option: string, value: string, form: RegExp, example: string): void {
  if (form.test(value)) return;
  throw new UsageError({
    en: `${option} ${value}: expected something like ${example}`,
    ko: `${option} ${value}: ${example} 같은 값이어야 합니다`,
  });
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError({
    en: `${option} ${text}: expected a whole number from ${least} to ${most}`,
    ko: `${option} ${text}: ${least}에서 ${most}까지의 정수여야 합니다`,
  });
}

function tagOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new UsageError({
    en: `--session-tag ${text}: expected key=value`,
    ko: `--session-tag ${text}: key=value 형식이어야 합니다`,
  });
}

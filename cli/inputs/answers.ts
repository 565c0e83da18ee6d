import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { readAccount } from '../../account/open.ts';
import {
  type AnyTarget,
  nameOf,
  ofWhat,
  pathOf,
  type Reading,
  commandOf as wordsOf,
} from '../../account/reading.ts';
import type { Answer } from '../../account/snapshot/answers.ts';
import { type Whose as CommandOf, cliCommand } from '../../account/snapshot/cli-command.ts';
import { someOf } from '../../account/some.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { UsageError } from '../program/errors.ts';
import type { Input } from './input.ts';

/** A file with one answer of the `aws` command in it. */
export interface AnswerFile {
  readonly label: string;
  readonly answer: Answer;
  /** When AWS gave it, where it says so. */
  readonly at?: Date;
}

/** Account and Region from the command line, for answers that do not name theirs. */
export interface Whose {
  readonly account?: string;
  readonly regions: readonly string[];
}

/** Of an account's answers no two are of the same reading. */
interface Group {
  readonly accountId: string;
  /** By {@link pathOf}. */
  readonly answers: Map<string, AnswerFile>;
  readonly regions: Set<string>;
}

/**
 * The accounts that answers of the `aws` command show, each answer alone or several together: the account summary and the list
 * of MFA devices are judged as the one account that they are of.
 *
 * @throws {UsageError} when nobody says of which account, or which Region, an answer is.
 */
export function answerInputs(files: readonly AnswerFile[], whose: Whose): Input[] {
  const groups: Group[] = [];
  for (const file of files) {
    const { reading, id } = file.answer;
    const accountId = accountOf(file, files, whose);
    const region = reading.regional ? regionOf(file, whose) : undefined;
    const path = pathOf(reading, { ...(region && { region }), ...(id !== undefined && { id }) });
    let group = groups.find((one) => one.accountId === accountId && !one.answers.has(path));
    if (!group) {
      group = { accountId, answers: new Map(), regions: new Set() };
      groups.push(group);
    }
    group.answers.set(path, file);
    if (region) group.regions.add(region);
  }
  return groups.map(inputOf);
}

function accountOf(file: AnswerFile, files: readonly AnswerFile[], { account }: Whose): string {
  const { accountIds } = file.answer;
  if (account !== undefined) {
    if (accountIds.length === 0 || accountIds.includes(account)) return account;
    throw new UsageError({
      en: `--account ${account}: ${file.label} is of account ${accountIds.join(' and ')}`,
      ko: `--account ${account}: ${file.label}은(는) ${accountIds.join(', ')} 계정의 것입니다`,
    });
  }
  const [said] = accountIds;
  if (said !== undefined && accountIds.length === 1) return said;
  if (said !== undefined) {
    throw new UsageError({
      en: `${file.label}: its resources are of accounts ${accountIds.join(' and ')}: say whose answer it is, with --account ${said}`,
      ko: `${file.label}: 리소스가 ${accountIds.join(', ')} 계정의 것입니다. 누구의 응답인지 --account ${said}처럼 지정하십시오`,
    });
  }
  const others = new Set(files.flatMap(({ answer }) => answer.accountIds));
  const [other] = others;
  if (others.size === 1 && other !== undefined) return other;
  throw new UsageError({
    en: `${file.label}: what "${commandOf(file.answer)}" prints does not say of which account it is: say so, with --account 123456789012`,
    ko: `${file.label}: "${commandOf(file.answer)}"의 출력에는 계정이 없습니다. --account 123456789012처럼 지정하십시오`,
  });
}

function regionOf({ label, answer }: AnswerFile, { regions }: Whose): string {
  const [said, ...more] = answer.regions;
  if (more.length > 0) {
    throw new UsageError({
      en: `${label}: resources of Regions ${answer.regions.join(', ')} in one answer: give what "${commandOf(answer)}" prints of each Region by itself`,
      ko: `${label}: 한 응답에 ${answer.regions.join(', ')} 리전의 리소스가 섞여 있습니다. "${commandOf(answer)}"의 출력을 리전마다 따로 주십시오`,
    });
  }
  if (said !== undefined) return said;
  const [region, ...others] = regions;
  if (region !== undefined && others.length === 0) return region;
  const command = commandOf(answer);
  const what = {
    en: `${label}: what "${command}" prints does not say of which Region it is`,
    ko: `${label}: "${command}"의 출력에는 리전이 없습니다`,
  };
  throw new UsageError(
    region === undefined
      ? {
          en: `${what.en}: say so, with --region eu-west-1`,
          ko: `${what.ko}. --region eu-west-1처럼 지정하십시오`,
        }
      : {
          en: `${what.en}: give one --region, and the answers of other Regions by themselves`,
          ko: `${what.ko}. --region을 하나만 주고, 다른 리전의 응답은 따로 주십시오`,
        },
  );
}

/** `aws ec2 describe-security-groups` */
const commandOf = ({ reading }: Pick<Answer, 'reading'>) => `aws ${wordsOf(reading).join(' ')}`;

function inputOf({ accountId, answers, regions }: Group): Input {
  const files = [...answers.values()];
  const label = someOf(files.map((file) => file.label));
  const readings = new Set(files.map(({ answer }) => answer.reading));
  const times = files.flatMap(({ at }) => at ?? []).map((at) => at.getTime());
  const account = readAccount({
    accountId,
    regions: [...regions].sort(),
    everyRegion: true,
    async read(reading, target = {}) {
      const file = answers.get(pathOf(reading, target));
      if (file) return file.answer.value;
      throw notGiven(reading, target, { accountId, region: [...regions][0] }, label);
    },
  });
  return {
    label,
    account,
    holds: [...readings].map((reading) => commandOf({ reading })).join(', '),
    answers: (rule) => isAboutThese(rule, readings),
    reads: readings,
    ...(times.length > 0 && { asOf: new Date(Math.max(...times)) }),
  };
}

/** The first reading that a rule names is the list, or the report, of what it reports on. */
export const isAboutThese = (rule: AnyRule, readings: ReadonlySet<Reading>): boolean => {
  const [first] = rule.reads;
  return first !== undefined && readings.has(first);
};

function notGiven(reading: Reading, target: AnyTarget, whose: CommandOf, label: string): AccountError {
  const name = nameOf(reading);
  const of = `${name}${ofWhat(reading, target)}`;
  const command = cliCommand(reading, target, whose);
  const id = target.id ?? reading.variant;
  return new AccountError(
    OWN_CODES.notCollected,
    name,
    id === undefined
      ? `${of} is not in ${label}: give what "${command}" prints as well, or run "groundrules collect"`
      : `${of} is not in ${label}: run "groundrules collect", or put what "${command}" prints into a snapshot folder, as ${whose.accountId}/${pathOf(reading, target)}`,
    id,
  );
}

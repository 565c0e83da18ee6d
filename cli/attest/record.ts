import type { ProcessCheck } from '../../catalogue/index.ts';
import {
  type Attestation,
  isKeptWhole,
  oneLine,
  writeAttestation,
} from '../../config/attestations/annotation.ts';
import { addDays, dateOf, isDate } from '../../config/attestations/date.ts';
import { PUT_ACTION, putStatement } from '../../config/attestations/process-checks.ts';
import type { Both } from '../../report/both.ts';
import { jsonText, printable } from '../../report/printable.ts';
import { messageIn, UsageError } from '../program/errors.ts';
import { oneOf } from '../program/one-of.ts';
import type { World } from '../program/world.ts';
import { asking, type Checks } from './checks.ts';
import { type Options, STATUSES } from './command.ts';

type Status = (typeof STATUSES)[number];

/** What to record, but for who says it. */
export interface RecordOptions {
  readonly status: Status;
  /** The last day that it holds; for NON_COMPLIANT the day that it is said. */
  readonly date: string;
  readonly evidence: string;
}

/**
 * Checks what is to be recorded, and fills in the date: the control's whole review interval from today, in UTC.
 *
 * @throws {UsageError} for a date that is past, or later than the catalogue lets an attestation hold.
 */
export function readRecordOptions(
  { id, reviewEveryDays }: ProcessCheck,
  { status = 'COMPLIANT', evidence, until }: Options,
  now: Date,
): RecordOptions {
  const known = oneOf('--status', String(status), STATUSES);
  if (evidence === undefined || oneLine(evidence) === '') {
    throw new UsageError({
      en: `--evidence is missing: a text or a link that says why ${id} is ${known} (groundrules controls ${id} says what counts)`,
      ko: `--evidence가 없습니다. ${id}이(가) ${known}인 근거를 글이나 링크로 적으십시오 (무엇이 근거가 되는지는 groundrules controls ${id})`,
    });
  }
  const today = dateOf(now);
  if (known === 'NON_COMPLIANT') {
    if (until !== undefined)
      throw new UsageError({
        en: '--until: what is NON_COMPLIANT holds until it is attested again',
        ko: '--until: NON_COMPLIANT는 다시 기록할 때까지 유효합니다',
      });
    return { status: known, date: today, evidence };
  }
  const latest = addDays(today, reviewEveryDays);
  if (until === undefined) return { status: known, date: latest, evidence };
  if (!isDate(until))
    throw new UsageError({
      en: `--until ${until}: expected a date such as ${latest}`,
      ko: `--until ${until}: ${latest} 같은 날짜여야 합니다`,
    });
  if (until < today)
    throw new UsageError({
      en: `--until ${until}: that is past (today is ${today}, in UTC)`,
      ko: `--until ${until}: 지난 날짜입니다 (오늘은 UTC로 ${today})`,
    });
  if (until > latest) {
    throw new UsageError({
      en: `--until ${until}: ${id} is to be reviewed every ${reviewEveryDays} days, so ${latest} is the latest`,
      ko: `--until ${until}: ${id}은(는) ${reviewEveryDays}일마다 검토해야 하므로 늦어도 ${latest}입니다`,
    });
  }
  return { status: known, date: until, evidence };
}

/** Records it for every pack that has the control, and says what was recorded. Gives the exit status. */
export async function record(
  { client, accountId, region, deployed }: Checks,
  { id }: ProcessCheck,
  { status, date, evidence, by, format }: RecordOptions & Pick<Options, 'format'> & { readonly by: string },
  { language, now, print, progress }: World,
): Promise<number> {
  const found = deployed.filter(({ control }) => control === id);
  if (found.length === 0) {
    throw new UsageError({
      en: `account ${accountId} has other process checks in ${region}, but not ${id}: turn it on in groundrules.config.json ("controls": {"${id}": {"enabled": true}}), deploy, and attest it then`,
      ko: `계정 ${accountId}의 ${region}에 다른 프로세스 점검은 있지만 ${id}은(는) 없습니다. groundrules.config.json에서 켜고("controls": {"${id}": {"enabled": true}}) 배포한 뒤에 기록하십시오`,
    });
  }
  const attestation: Attestation = {
    mark: status === 'NON_COMPLIANT' ? 'not met' : 'until',
    date,
    by,
    evidence,
  };
  const isWhole = isKeptWhole(attestation);
  if (!isWhole && /^https?:\/\/\S+$/i.test(oneLine(evidence))) {
    throw new UsageError({
      en: '--evidence: the link does not fit into what AWS Config keeps, and half of it leads nowhere: shorten it',
      ko: '--evidence: 링크가 AWS Config에 저장할 수 있는 길이를 넘고, 잘린 링크는 쓸모가 없습니다. 줄이십시오',
    });
  }
  const annotation = writeAttestation(attestation);
  const failures: Both[] = [];
  const recorded: string[] = [];
  for (const check of found) {
    const statement = { compliance: status, annotation, at: now() };
    try {
      await asking([PUT_ACTION], () => putStatement(client, check, statement));
      recorded.push(check.ruleName);
    } catch (error) {
      failures.push({
        en: `${check.ruleName} was not set: ${(error as Error).message}`,
        ko: `${check.ruleName}에 기록하지 못했습니다: ${await messageIn(error as Error, 'ko')}`,
      });
    }
  }
  if (!isWhole)
    progress.note({
      en: 'the evidence was cut: AWS Config keeps 256 characters, date and name included',
      ko: '근거를 잘랐습니다: AWS Config는 날짜와 이름을 포함해 256자까지 저장합니다',
    });
  for (const failure of failures) progress.problem(failure);
  if (format === 'json') {
    const printed = {
      schemaVersion: '1.0',
      control: id,
      compliance: status,
      annotation,
      accountId,
      region,
      recorded,
      failures: failures.map(({ en }) => en),
    };
    print(`${jsonText(printed, 2)}\n`);
  } else if (recorded.length > 0) {
    const rules = recorded.map((rule) => `  ${rule}\n`).join('');
    const isOpen = status === 'NON_COMPLIANT';
    const said = {
      en: `${id} is ${status}${isOpen ? '' : ` until ${date}`} (account ${accountId}, ${region})`,
      ko: `${id}: ${status}${isOpen ? '' : `, ${date}까지`} (계정 ${accountId}, ${region})`,
    };
    print(`${said[language]}: ${printable(annotation)}\n${rules}`);
  }
  return failures.length > 0 ? 2 : 0;
}

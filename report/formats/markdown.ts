import type { Writable } from 'node:stream';
import type { Language } from '../both.ts';
import { ByUnit, byUnitWords } from '../by-unit.ts';
import { lines } from '../lines.ts';
import { markdownText as code, markdownTable } from '../markdown.ts';
import {
  accountOf,
  type Header,
  type Report,
  type Result,
  type ResultError,
  SEVERITIES,
  type Summary,
} from '../result.ts';
import { storedText } from '../stored.ts';
import { waivedIn } from '../waived.ts';
import { whyNotOf, whyOf } from '../why.ts';
import { byPlace, bySeverity, Worst } from '../worst.ts';
import { reportWords } from './words.ts';

/** The most rows of one kind: GitHub takes 65,536 characters in a comment. */
const MOST = 40;

/** The `markdown` format, for a comment or a job's summary: the numbers, and the worst first. */
export function markdownReport(
  out: Writable,
  { language = 'en', groupBy }: { readonly language?: Language; readonly groupBy?: 'ou' } = {},
): Report {
  const print = lines(out);
  const words = markdownWords[language];
  const failed = new Worst(MOST, bySeverity);
  const waived = new Worst(MOST, bySeverity);
  const errors = new Worst<ResultError>(MOST, byPlace);
  const units = groupBy && new ByUnit();
  let header: Header;
  const table = (first: string, rows: readonly string[][], count: number) =>
    markdownTable([first, words.rule, words.where, words.resource, words.why], rows, count, language);
  return {
    async begin(given) {
      header = given;
    },
    result(result) {
      units?.add(result);
      if (result.waivers) waived.add(result);
      else if (result.compliance === 'NON_COMPLIANT') failed.add(result);
    },
    error(error) {
      units?.add(error);
      errors.add(error);
    },
    async end(summary) {
      const parts = [headOf(summary, header, language)];
      if (units) {
        const rows = units.rows().map(([unit = '', ...counts]) => [code(unit), ...counts]);
        parts.push(markdownTable(byUnitWords[language].head, rows, rows.length, language));
      }
      if (failed.count > 0)
        parts.push(
          table(
            words.severity,
            failed.sorted().map((result) => failedRow(result, language)),
            failed.count,
          ),
        );
      if (errors.count > 0) {
        const text = table(
          words.code,
          errors.sorted().map((error) => errorRow(error, language)),
          errors.count,
        );
        parts.push(`### ${words.couldNotTell}\n\n${text}`);
      }
      if (waived.count > 0) {
        const rows = waived.sorted().map((result) => waivedRow(result, language));
        parts.push(`### ${words.waived}\n\n${table(words.severity, rows, waived.count)}`);
      }
      await print(`${parts.join('\n\n')}\n`);
    },
  };
}

export const markdownWords = {
  en: {
    severity: 'Severity',
    code: 'Code',
    rule: 'Rule',
    where: 'Where',
    resource: 'Resource',
    why: 'Why',
    couldNotTell: 'Could not tell',
    waived: 'Waived',
    sample: 'Sample accounts, nothing of yours. ',
    ofWhichWaived: (count: number) => `, of which ${count} waived`,
    accounts: (ids: readonly string[]) => (ids.length === 1 ? `Account ${ids[0]}` : `${ids.length} accounts`),
  },
  ko: {
    severity: '심각도',
    code: '코드',
    rule: '규칙',
    where: '위치',
    resource: '리소스',
    why: '이유',
    couldNotTell: '판정할 수 없음',
    waived: '예외',
    sample: '예제 계정이며, 사용자의 계정은 판정하지 않았습니다. ',
    ofWhichWaived: (count: number) => `, 그중 예외 ${count}개`,
    accounts: (ids: readonly string[]) => (ids.length === 1 ? `계정 ${ids[0]}` : `계정 ${ids.length}개`),
  },
} satisfies Record<Language, object>;

function headOf(
  summary: Summary,
  { accountIds, rules, now, generatedAt, sample }: Header,
  language: Language,
): string {
  const { nonCompliant, errors, compliant, notApplicable, severities, waived } = summary;
  const [said, words] = [reportWords[language], markdownWords[language]];
  const kinds = SEVERITIES.filter((severity) => severities[severity] > 0).map(
    (severity) => [severity, severities[severity]] as const,
  );
  const list = said.severities(kinds);
  return [
    '## Groundrules',
    '',
    `**${said.nonCompliant(nonCompliant, '')}**${list && ` (${list})`}${waived > 0 ? words.ofWhichWaived(waived) : ''}, ${said.notJudged(errors)}, ${said.compliant(compliant)}, ${said.notApplicable(notApplicable)}.`,
    '',
    `${sample ? words.sample : ''}${words.accounts(accountIds)}; ${said.rules(rules.length)}; ${said.asOf((now ?? generatedAt).toISOString())}.`,
  ].join('\n');
}

const failedRow = (result: Result, language: Language) => [
  result.severity,
  result.rule,
  code(placeOf(result)),
  code(nameOf(result)),
  `${code(whyOf(result, language))}${result.stored ? `<br>${code(storedText(result.stored, language))}` : ''}${result.fix === null ? '' : `<br>${code(result.fix)}`}`,
];
const waivedRow = (result: Result, language: Language) => [
  ...failedRow({ ...result, fix: null }, language).slice(0, -1),
  `${code(whyOf(result, language))}<br>${code((result.waivers ?? []).map(waivedIn(language)).join('; '))}`,
];
const errorRow = (error: ResultError, language: Language) => [
  code(error.code),
  error.rule,
  code(placeOf(error)),
  code(nameOf(error)),
  code(whyNotOf(error, language)),
];

/** A template's file and line, or the account and the Region. */
const placeOf = (one: Result | ResultError): string => {
  const { location, region } = one;
  return location ? `${location.file}:${location.line}` : `${accountOf(one)} ${region}`;
};

const nameOf = ({ resourceName, resourceId }: Result | ResultError) =>
  resourceName === undefined || resourceName === resourceId ? resourceId : `${resourceName} (${resourceId})`;

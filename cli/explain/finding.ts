import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createColors } from 'picocolors';
import wrap from 'wrap-ansi';
import { stringify } from 'yaml';
import { controls } from '../../catalogue/index.ts';
import { closest } from '../../report/closest.ts';
import { commandList } from '../../report/commands.ts';
import { findingId } from '../../report/finding-id.ts';
import { type Language, sentencesOf } from '../../report/language.ts';
import type { ListingOptions } from '../../report/listing.ts';
import { printable } from '../../report/printable.ts';
import { fixCommand, nameAndId } from '../../report/result.ts';
import { factsOf } from '../../report/rule-facts.ts';
import { SECTIONS, sectionOf } from '../../report/sections.ts';
import { waivedIn } from '../../report/waived.ts';
import { whyNotOf } from '../../report/why.ts';
import { type ReadError, type ReadResult, readEvaluated } from '../compare/read.ts';
import { UsageError } from '../program/errors.ts';
import { pageText } from './page.ts';
import { explainWords } from './words.ts';

const RESULTS = 'results.json';

/** A result, or why there is none, of an evaluation. */
export type Found = { readonly result: ReadResult } | { readonly error: ReadError };

/**
 * Looks for a finding among the results of an evaluation.
 *
 * @throws {UsageError} where the file is missing or something else, or has no such finding.
 */
export async function findFinding(id: string, given: string | undefined, input: Readable): Promise<Found> {
  const file = given ?? RESULTS;
  if (given === undefined && !existsSync(RESULTS)) {
    throw new UsageError({
      en: `${id} is a finding, and there is no ${RESULTS} here: say where it is with --results, or write it with "groundrules evaluate --format json --output ${RESULTS}"`,
      ko: `${id}은(는) 발견 사항인데 여기에 ${RESULTS}이 없습니다. --results로 파일을 지정하거나 "groundrules evaluate --format json --output ${RESULTS}"으로 만드십시오`,
    });
  }
  const { results, errors } = await readEvaluated(file, input);
  const ids = new Map<string, Found>([
    ...errors.map((error) => [findingId(error, 'couldNotTell'), { error }] as const),
    ...results.map((result) => [findingId(result, result.findings[0]?.kind), { result }] as const),
  ]);
  const found = ids.get(id);
  if (found) return found;
  const near = closest(id, [...ids.keys()]);
  throw new UsageError({
    en: `${file} has no finding ${id}${near === undefined ? '' : `: did you mean ${near}?`}`,
    ko: `${file}에 발견 사항 ${id}이(가) 없습니다${near === undefined ? '' : `. 혹시 ${near}?`}`,
  });
}

export interface ExplainStyle extends ListingOptions {
  readonly language: Language;
}

/** @param page the rule's page, in the language. */
export function findingText(found: Found, page: string, style: ExplainStyle): string {
  const { colour, language, width } = style;
  const paint = createColors(colour);
  const words = explainWords[language];
  const sections = SECTIONS[language];
  const subject = 'result' in found ? found.result : found.error;
  const section = (title: string, text: string) => (text === '' ? [] : [`${paint.bold(title)}\n${text}`]);
  const ofPage = (title: string) => {
    const markdown = sectionOf(page, title);
    return markdown === undefined ? '' : pageText(markdown, style);
  };
  return [
    headOf(found, style),
    ...('result' in found ? section(words.evidence, evidenceOf(found.result)) : []),
    ...section(words.why, ofPage(sections.why)),
    ...('result' in found && found.result.compliance === 'NON_COMPLIANT'
      ? [
          ...section(words.fix, `${fixOf(found.result, style)}\n\n${ofPage(sections.changes)}`),
          ...section(words.undo, ofPage(sections.undo)),
        ]
      : []),
    ...section(words.controls, wrap(controlsOf(subject.rule, language), width, { hard: true })),
  ].join('\n\n');
}

/** What it is about, and what is said of it. */
function headOf(found: Found, { colour, language, width }: ExplainStyle): string {
  const paint = createColors(colour);
  const subject = 'result' in found ? found.result : found.error;
  const { rule, accountId, region } = subject;
  const severity = 'result' in found ? `${found.result.severity}, ` : '';
  const place = `${severity}${explainWords[language].account} ${accountId}, ${region}`;
  const said =
    'result' in found
      ? [
          found.result.compliance,
          sentencesOf(rule, found.result.findings, language) || found.result.annotation,
        ]
      : [found.error.code, whyNotOf(found.error, language)];
  const waived = 'result' in found ? (found.result.waivers ?? []).map(waivedIn(language)) : [];
  return [
    `${paint.bold(printable(`${rule}: ${nameAndId(subject)}`))} ${paint.dim(printable(place))}`,
    printable(said.filter((text) => text !== '').join(': ')),
    ...waived,
  ]
    .map((line) => wrap(line, width, { hard: true }))
    .join('\n');
}

/** As the rule recorded it. */
function evidenceOf({ findings }: ReadResult): string {
  if (findings.length === 0) return '';
  const text = printable(stringify(findings, { lineWidth: 0 }).trimEnd(), '\n');
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

function fixOf(result: ReadResult, { colour, language, width }: ExplainStyle): string {
  const words = explainWords[language];
  const command = fixCommand(result);
  if (command === null) return words.noCommand;
  const lines = [
    [`$ ${command}`, words.preview],
    [`$ ${command} --apply`, words.apply],
  ] as const;
  return commandList(lines, { colour, width });
}

function controlsOf(rule: string, language: Language): string {
  const { controls: own, frameworks } = factsOf(rule);
  const titles = own.map(({ id }) => controls.find((one) => one.id === id)).flatMap((one) => one ?? []);
  return [
    ...titles.map(({ id, title }) => `${id}: ${title[language]}`),
    ...Object.entries(frameworks).map(([framework, ids]) => `${framework}: ${ids.join(', ')}`),
  ].join('\n');
}

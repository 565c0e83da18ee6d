/** The parts of the pages that are derived from the rules, so that they are said once. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { readActions } from '../account/reads.ts';
import type { Parameters } from '../rules/parameters.ts';
import type { AnyRule, Trigger } from '../rules/rule.ts';

export type Language = 'en' | 'ko';

/** A page's name: `README.md`, and `README.ko.md` beside it. */
export const pageName = (language: Language) => (language === 'en' ? 'README.md' : `README.${language}.md`);

export interface Page {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
  /** What the text should be. */
  readonly derived: string;
}

const WORDS = {
  en: {
    severity: 'Severity',
    reports: 'Reports on',
    runs: 'Runs',
    change: 'when a resource changes',
    hours: (hours: number) => (hours === 1 ? 'every hour' : `every ${hours} hours`),
    scope: 'Scope',
    regional: 'regional: judged in each Region',
    global: 'global: judged in the home Region only',
    actions: 'IAM actions, to read',
    bundle: 'Function',
    parameter: 'Parameter',
    default: 'Default',
    meaning: 'Meaning',
    none: '(empty)',
    rule: 'Rule',
  },
  ko: {
    severity: '심각도',
    reports: '보고 대상',
    runs: '실행 시점',
    change: '리소스가 바뀔 때',
    hours: (hours: number) => `${hours}시간마다`,
    scope: '범위',
    regional: '리전별: 각 리전에서 판정',
    global: '글로벌: 홈 리전에서만 판정',
    actions: '읽기에 필요한 IAM 작업',
    bundle: '함수',
    parameter: '파라미터',
    default: '기본값',
    meaning: '뜻',
    none: '(비어 있음)',
    rule: '규칙',
  },
} satisfies Record<Language, unknown>;

const HOURS = { One_Hour: 1, Three_Hours: 3, Six_Hours: 6, Twelve_Hours: 12, TwentyFour_Hours: 24 };

/** The facts at the top of a rule's page: what it reports on, when it runs, what it may read, what can be set. */
export function header(rule: AnyRule, language: Language): string {
  const words = WORDS[language];
  const actions = [...new Set(rule.reads.flatMap(readActions))].sort();
  const facts = table([
    [words.severity, rule.severity],
    [words.reports, code(rule.resourceTypes)],
    [words.runs, triggers(rule.triggers, language)],
    [words.scope, words[rule.scope]],
    [words.actions, code(actions)],
    [words.bundle, code([`dist/lambda/${rule.id}/index.mjs`])],
  ]);
  const parameters = Object.entries(rule.parameters as Parameters).map(([name, parameter]) => [
    code([name]),
    parameter.default === '' ? words.none : code([parameter.default]),
    parameter.about[language].replace(/\.$/, ''),
  ]);
  if (parameters.length === 0) return facts;
  return `${facts}\n\n${table([[words.parameter, words.default, words.meaning], ...parameters])}`;
}

/** The rules as README lists them. */
export function rulesTable(rules: readonly AnyRule[], language: Language): string {
  const words = WORDS[language];
  const rows = rules.map((rule) => [
    `[${rule.id}](rules/${rule.id}/${pageName(language)})`,
    rule.severity,
    code(rule.resourceTypes),
    triggers(rule.triggers, language),
  ]);
  return table([[words.rule, words.severity, words.reports, words.runs], ...rows]);
}

/**
 * Puts what is derived between `<!-- name -->` and `<!-- /name -->`.
 *
 * @returns the text, or `undefined` when it does not have the two marks.
 */
export function fill(text: string, name: string, derived: string): string | undefined {
  const block = new RegExp(`(<!-- ${name} -->).*?(<!-- /${name} -->)`, 's');
  return block.test(text)
    ? text.replace(block, (_, open, close) => `${open}\n${derived}\n${close}`)
    : undefined;
}

/**
 * Every page with something derived in it: each rule's two, and the two READMEs.
 *
 * @throws when a page is missing, or has no marks to write between.
 */
export function pages(rules: readonly AnyRule[], root = '.'): Page[] {
  const page = (path: string, block: string, derived: string): Page => {
    const file = join(root, path);
    if (!existsSync(file)) throw new Error(`${path} is missing`);
    const text = readFileSync(file, 'utf8');
    const filled = fill(text, block, derived);
    if (filled === undefined) throw new Error(`${path} lacks <!-- ${block} --> and <!-- /${block} -->`);
    return { path, text, derived: filled };
  };
  const languages: readonly Language[] = ['en', 'ko'];
  return languages.flatMap((language) => [
    ...rules.map((rule) => page(`rules/${rule.id}/${pageName(language)}`, 'header', header(rule, language))),
    page(pageName(language), 'rules', rulesTable(rules, language)),
  ]);
}

const triggers = (all: readonly Trigger[], language: Language): string =>
  all
    .map((trigger) =>
      trigger.kind === 'change' ? WORDS[language].change : WORDS[language].hours(HOURS[trigger.frequency]),
    )
    .join(', ');

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

/** A Markdown table as the formatter leaves it, columns aligned; the first row is its head. */
function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const head = cells[0] ?? [];
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => stringWidth(row[column] ?? ''))));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => pad(row[column] ?? '', width)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [line(head), rule, ...cells.slice(1).map(line)].join('\n');
}

/** Hangul is two columns wide. */
const pad = (text: string, width: number) => text + ' '.repeat(width - stringWidth(text));

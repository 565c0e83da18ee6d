/** The parts of the pages that are derived from the rules, so that they are said once. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionsOf as readActions } from '../account/reading.ts';
import { type AutomationDocument, loadDocument } from '../automation/document/load.ts';
import { permissionsOf } from '../automation/permissions.ts';
import { commands } from '../cli/commands.ts';
import { documentName } from '../rules/names.ts';
import type { Parameters } from '../rules/parameters.ts';
import type { AnyRule, Trigger } from '../rules/rule.ts';
import { awsOwnedTable, fixesTable, plannedTable } from './fixes.ts';
import { type Language, pageName } from './language.ts';
import { code, table } from './markdown.ts';
import { byHand } from './notice.ts';
import { listedRule, rulesList } from './rules-list.ts';

export { type Language, pageName };

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
    byHand: 'when somebody starts its document',
    hours: (hours: number) => (hours === 1 ? 'every hour' : `every ${hours} hours`),
    scope: 'Scope',
    regional: 'regional: judged in each Region',
    global: 'global: judged in the home Region only',
    detected: 'Reported by',
    managed: (name: string) => `the AWS managed rule ${code([name])}`,
    actions: 'IAM actions, to read',
    fixActions: 'IAM actions, to read for a fix',
    bundle: 'Function',
    document: 'Document',
    documentActions: "Document's IAM actions",
    parameter: 'Parameter',
    option: "Document's own parameter",
    default: 'Default',
    meaning: 'Meaning',
    none: '(empty)',
  },
  ko: {
    severity: '심각도',
    reports: '보고 대상',
    runs: '실행 시점',
    change: '리소스가 바뀔 때',
    byHand: '누군가 문서를 실행할 때',
    hours: (hours: number) => `${hours}시간마다`,
    scope: '범위',
    regional: '리전별: 각 리전에서 판정',
    global: '글로벌: 홈 리전에서만 판정',
    detected: '탐지',
    managed: (name: string) => `AWS 관리형 규칙 ${code([name])}`,
    actions: '읽기에 필요한 IAM 작업',
    fixActions: '수정할 때 추가로 읽는 데 필요한 IAM 작업',
    bundle: '함수',
    document: '문서',
    documentActions: '문서에 필요한 IAM 작업',
    parameter: '파라미터',
    option: '문서에만 있는 파라미터',
    default: '기본값',
    meaning: '뜻',
    none: '(비어 있음)',
  },
} satisfies Record<Language, unknown>;

const HOURS = { One_Hour: 1, Three_Hours: 3, Six_Hours: 6, Twelve_Hours: 12, TwentyFour_Hours: 24 };

/**
 * The facts at the top of a rule's page: what it reports on, when it runs, what it may read, what its document may do, and
 * what can be set.
 *
 * @param document the text of the rule's remediation document.
 */
export function header(rule: AnyRule, language: Language, document?: string): string {
  const words = WORDS[language];
  const actions = actionsOf(rule.reads);
  const forFix = actionsOf(rule.fix.reads).filter((action) => !actions.includes(action));
  const facts: string[][] = [
    [words.severity, rule.severity],
    [words.reports, code(rule.resourceTypes)],
    rule.detectedBy
      ? [words.detected, words.managed(rule.detectedBy)]
      : [words.runs, triggers(rule.triggers, language)],
    [words.scope, words[rule.scope]],
    [words.actions, code(actions)],
    ...(forFix.length > 0 ? [[words.fixActions, code(forFix)]] : []),
    [words.bundle, code([`dist/lambda/${rule.id}/index.mjs`])],
    ...(document === undefined ? [] : documentFacts(loaded(document, documentName(rule.id)), language)),
  ];
  return [
    table(facts),
    ...parametersTable(words.parameter, rule.parameters, language),
    ...parametersTable(words.option, rule.fix.options, language),
  ].join('\n\n');
}

const documents = new Map<string, AutomationDocument>();

/** A document is read once for the pages of all languages and the contract: to read them takes longer than all else here. */
export function loaded(text: string, where: string): AutomationDocument {
  const document = documents.get(text) ?? loadDocument(text, where);
  documents.set(text, document);
  return document;
}

function documentFacts(document: AutomationDocument, language: Language): string[][] {
  const words = WORDS[language];
  return [
    [words.document, code([document.where])],
    [words.documentActions, code(permissionsOf(document))],
  ];
}

const actionsOf = (reads: AnyRule['reads']) => [...new Set(reads.flatMap(readActions))].sort();

function parametersTable(title: string, parameters: Parameters, language: Language): string[] {
  const words = WORDS[language];
  const rows = Object.entries(parameters).map(([name, { default: value, about }]) => [
    code([name]),
    value === '' ? words.none : code([value]),
    about[language].replace(/\.$/, ''),
  ]);
  return rows.length > 0 ? [table([[title, words.default, words.meaning], ...rows])] : [];
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

/** What the pages are derived from. */
export interface Pack {
  readonly rules: readonly AnyRule[];
  readonly fixes: readonly AnyRule[];
}

/**
 * Every page with something derived in it: those of each rule and each fix, the index of the fixes, and README, each in
 * both languages.
 *
 * @throws when a page is missing, or has no marks to write between.
 */
export function pages({ rules, fixes }: Pack, root = '.'): Page[] {
  const page = (path: string, blocks: Readonly<Record<string, string>>): Page => {
    const file = join(root, path);
    if (!existsSync(file)) throw new Error(`${path} is missing`);
    const text = readFileSync(file, 'utf8');
    const derived = Object.entries(blocks).reduce((filled, [block, content]) => {
      const next = fill(filled, block, content);
      if (next === undefined) throw new Error(`${path} lacks <!-- ${block} --> and <!-- /${block} -->`);
      return next;
    }, text);
    return { path, text, derived };
  };
  const headed = (rule: AnyRule, folder: string, language: Language): Page => {
    const document = documentIn(join(root, folder));
    return page(`${folder}/${pageName(language)}`, {
      header: header(rule, language, document),
      ...(rule.fix.notifies && { 'by-hand': byHand(rule.fix.notifies, language) }),
    });
  };
  const languages: readonly Language[] = ['en', 'ko'];
  return languages.flatMap((language) => [
    ...[...rules, ...fixes].map((rule) => headed(rule, `rules/${rule.id}`, language)),
    page(`remediation-docs/${pageName(language)}`, {
      fixes: fixesTable(rules, fixes, language),
      'aws-owned': awsOwnedTable(language),
      planned: plannedTable(language),
    }),
    page(pageName(language), {
      rules: rulesList(
        rules.map((rule) => listedRule(rule, language, root)),
        language,
      ),
      commands: commandsTable(language),
    }),
  ]);
}

/** What `groundrules --help` lists. */
function commandsTable(language: Language): string {
  const rows = commands.map(
    (command) => `| \`groundrules ${command.name}\` | ${command.summary[language]} |`,
  );
  return ['| | |', '|---|---|', ...rows].join('\n');
}

function documentIn(folder: string): string | undefined {
  const file = join(folder, 'remediation.yaml');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function triggers(all: readonly Trigger[], language: Language): string {
  const words = WORDS[language];
  const when = all.map((trigger) =>
    trigger.kind === 'change' ? words.change : words.hours(HOURS[trigger.frequency]),
  );
  return when.join(', ') || words.byHand;
}

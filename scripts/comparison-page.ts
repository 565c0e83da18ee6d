/** The part of docs/comparison.md on the situations of the corpus, of what `npm run corpus -- --peers` wrote. */
import {
  type Compared,
  explainedOf,
  OTHERWISE,
  readCompared,
  rightOf,
  type ScoredRule,
  scoresOf,
  type ComparedTool as Tool,
} from '../bench/corpus/compared.ts';
import { readCorpus } from '../bench/corpus/situations.ts';
import { type Asked, OTHERS, type Other, readAsked } from '../bench/corpus/tools/asked.ts';
import { pageOf } from '../bench/corpus/tools/managed.ts';
import { type Reason, readExplanations, readPromises } from '../bench/corpus/tools/promises.ts';
import { code, table } from './markdown.ts';
import { fill } from './pages.ts';

/** @param page docs/comparison.md, as other parts of it left it. */
export function withCorpus(page: string): string {
  const filled = fill(page, 'corpus', parts(readCompared(), readPromises(), readExplanations()).join('\n\n'));
  if (filled === undefined) throw new Error('docs/comparison.md lacks <!-- corpus --> and <!-- /corpus -->');
  return filled;
}

const named = ({ name, version }: Tool): string => (version === undefined ? name : `${name} ${version}`);

export function parts(
  { at, tools }: Compared,
  promises: readonly Reason[],
  explanations: readonly Reason[],
): string[] {
  const titles = new Map(
    readCorpus(tools.flatMap(({ rules }) => rules.map(({ rule }) => rule))).map(({ rule, situations }) => [
      rule,
      new Map(situations.map(({ id, situation }) => [id, situation])),
    ]),
  );
  const wordsOf = (rule: string, ids: readonly string[]): string =>
    ids.map((id) => titles.get(rule)?.get(id) ?? lost(rule, id)).join('; ');
  const scored = tools.map((tool) => ({ tool, scores: scoresOf(tool, promises) }));
  return [
    `${at}: ${tools.map(named).join(', ')}.`,
    table([
      ['rule', 'tool', 'situations', 'right', ...OTHERWISE.map((name) => HEADS[name])],
      ...byRule(scored, (tool, one) => [
        [
          code([one.rule]),
          named(tool),
          ...[one.situations, rightOf(one), ...OTHERWISE.map((name) => one[name].length)].map(String),
        ],
      ]),
    ]),
    '### Never promised, in the corpus',
    table([
      ['tool', 'rule', 'situations', 'why'],
      ...promises.flatMap(({ tools: ids, rule, why, of }) =>
        tools
          .filter(({ id }) => ids.includes(id))
          .map((tool) => [named(tool), code([rule]), wordsOf(rule, of), why]),
      ),
    ]),
    '### Missed, and false alarms, in the corpus',
    table([
      ['rule', 'tool', 'it is', 'situations', 'why'],
      ...byRule(scored, (tool, one) =>
        explainedOf(tool, one, explanations).map(({ is, of, why }) => [
          ...[code([one.rule]), named(tool), WORDS[is], wordsOf(one.rule, of), why],
        ]),
      ),
    ]),
    '### Guessed, and silent, in the corpus',
    'Where AWS refuses a call, or an answer lacks something, most tools go on with what they have: a verdict that this would change is guessed.',
    table([
      ['rule', 'tool', 'it is', 'situations'],
      ...byRule(scored, (tool, one) =>
        (['guessed', 'silent'] as const)
          .filter((name) => one[name].length > 0)
          .map((name) => [code([one.rule]), named(tool), name, wordsOf(one.rule, one[name])]),
      ),
    ]),
    '### What is asked, and what is not',
    'Checks, resources of policies and managed rules, or, in words, why a tool is not asked about a rule. [asked.yml](../bench/corpus/tools/asked.yml) has the policies.',
    table([['rule', ...OTHERS.map((other) => ASKED[other])], ...[...readAsked()].sort(byName).map(askedRow)]),
  ];
}

const ASKED: Readonly<Record<Other, string>> = {
  custodian: 'Cloud Custodian',
  prowler: 'Prowler',
  managed: "AWS's managed rules",
};

const byName = ([one]: readonly [string, Asked], [other]: readonly [string, Asked]): number =>
  one < other ? -1 : 1;

function askedRow([rule, { custodian, prowler, managed }]: readonly [string, Asked]): string[] {
  const cell = <Of>(asked: readonly Of[] | string, shown: (all: readonly Of[]) => string): string =>
    typeof asked === 'string' ? asked : shown(asked);
  return [
    code([rule]),
    cell(custodian, (all) => code([...new Set(all.map(({ resource }) => resource))])),
    cell(prowler, (all) =>
      all.length > 3 ? `${code(all.slice(0, 1))} and ${all.length - 1} more` : code(all),
    ),
    cell(managed, (all) => all.map((id) => `[\`${id}\`](${pageOf(id)})`).join(', ')),
  ];
}

const WORDS = { missed: 'missed', falseAlarm: 'a false alarm' } as const;
const HEADS: Readonly<Record<(typeof OTHERWISE)[number], string>> = {
  missed: 'missed',
  falseAlarm: 'false alarms',
  guessed: 'guessed',
  silent: 'silent',
  notPromised: 'never promised',
};

function lost(rule: string, id: string): never {
  throw new Error(`corpus/${rule}.json has no ${id} any more: npm run corpus -- --peers`);
}

/** Rows by rule first, so that tools stand beside each other. */
const byRule = (
  all: readonly { readonly tool: Tool; readonly scores: readonly ScoredRule[] }[],
  rowsOf: (tool: Tool, one: ScoredRule) => readonly string[][],
): string[][] =>
  (all[0]?.scores ?? []).flatMap(({ rule }) =>
    all.flatMap(({ tool, scores }) =>
      scores.filter((one) => one.rule === rule).flatMap((one) => rowsOf(tool, one)),
    ),
  );

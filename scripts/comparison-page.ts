/** The part of docs/comparison.md on the situations of the corpus, of what `npm run corpus -- --peers` wrote. */
import {
  type Compared,
  OTHERWISE,
  readCompared,
  rightOf,
  type ScoredRule,
  scoresOf,
  type ComparedTool as Tool,
} from '../bench/corpus/compared.ts';
import { readCorpus } from '../bench/corpus/situations.ts';
import { MANAGED } from '../bench/corpus/tools/managed.ts';
import { type Promised, readPromises } from '../bench/corpus/tools/promises.ts';
import { code, table } from './markdown.ts';
import { fill } from './pages.ts';

/** @param page docs/comparison.md, as other parts of it left it. */
export function withCorpus(page: string): string {
  const filled = fill(page, 'corpus', parts(readCompared(), readPromises()).join('\n\n'));
  if (filled === undefined) throw new Error('docs/comparison.md lacks <!-- corpus --> and <!-- /corpus -->');
  return filled;
}

const named = ({ name, version }: Tool): string => (version === undefined ? name : `${name} ${version}`);

export function parts({ at, tools }: Compared, promises: readonly Promised[]): string[] {
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
      ['rule', 'tool', 'it is', 'situations'],
      ...byRule(scored, (tool, one) =>
        (['missed', 'falseAlarm'] as const)
          .filter((name) => one[name].length > 0)
          .map((name) => [code([one.rule]), named(tool), WORDS[name], wordsOf(one.rule, one[name])]),
      ),
    ]),
    `AWS's managed rules are ${Object.values(MANAGED)
      .flat()
      .map(({ id, source }) => `[\`${id}\`](${source})`)
      .join(', ')}.`,
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

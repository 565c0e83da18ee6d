/**
 * `npm run corpus -- --peers`: what Prowler, Cloud Custodian and AWS's managed rules, as documented, make of the situations of five
 * rules, beside what is right. Writes bench/corpus/compared.json, of which `npm run docs` makes a part of docs/comparison.md.
 */
import { writeFileSync } from 'node:fs';
import { VERSION } from '../../package.ts';
import { RULES } from '../peers/account/account.ts';
import { number, printTable } from '../table.ts';
import { COMPARED, type Compared, type ComparedRule, OTHERWISE, rightOf, scoresOf } from './compared.ts';
import { judge } from './groundrules.ts';
import { outcomeOf, wholeOf } from './score.ts';
import { type Corpus, readCorpus, type Situation, type Verdict } from './situations.ts';
import { MANAGED } from './tools/managed.ts';
import { ADAPTERS, saidBy } from './tools/peers.ts';

/** Between these and another verdict is less time than a tool takes to start, or a notation that moving times on loses. */
const INSTANT = /^a-key-of-exactly-90-days$|^a-key-one-millisecond-younger|^a-time-with-an-offset/;

/** Where the default parameters hold, because no tool has ours. */
export const isPlain = ({ id, parameters }: Situation): boolean =>
  Object.keys(parameters).length === 0 && !INSTANT.test(id);

type Tool = Compared['tools'][number];
type Judge = (corpus: Corpus, situations: readonly Situation[]) => Promise<ReadonlyMap<string, Verdict>>;

const ours: Judge = async (corpus, situations) => {
  const said = new Map<string, Verdict>();
  for (const one of situations) said.set(one.id, wholeOf(await judge(corpus, one)));
  return said;
};

/** Of a refused call the pages of AWS's managed rules say nothing. */
export const isDocumented = ({ expected }: Situation): boolean => wholeOf(expected) !== 'COULD_NOT_TELL';

export const managed = ({ rule, now }: Corpus, { files }: Situation): Verdict =>
  wholeOf((MANAGED[rule] ?? []).map((one) => ({ verdict: one.judge(files, now) })));

export async function compare(): Promise<void> {
  const corpora = readCorpus(RULES);
  const tools: Tool[] = [
    await toolOf({ id: 'groundrules', name: 'Groundrules', version: VERSION }, corpora, ours),
  ];
  for (const adapter of ADAPTERS) {
    const { id, name, peer } = adapter;
    tools.push(
      await toolOf({ id, name, version: peer.version }, corpora, async (corpus, situations) => {
        const said = await saidBy(adapter, corpus, situations);
        return new Map([...said].map(([situation, { verdict }]) => [situation, verdict]));
      }),
    );
  }
  tools.push(
    await toolOf({ id: 'managed', name: "AWS's managed rules" }, corpora, async (corpus, situations) => {
      return new Map(situations.filter(isDocumented).map((one) => [one.id, managed(corpus, one)]));
    }),
  );
  const compared: Compared = { at: new Date().toISOString().slice(0, 10), tools };
  writeFileSync(COMPARED, `${JSON.stringify(compared, undefined, 2)}\n`);
  print(compared);
}

async function toolOf(tool: Omit<Tool, 'rules'>, corpora: readonly Corpus[], of: Judge): Promise<Tool> {
  const rules: ComparedRule[] = [];
  for (const corpus of corpora) {
    const plain = corpus.situations.filter(isPlain);
    rules.push(scored(corpus.rule, plain, await of(corpus, plain)));
  }
  return { ...tool, rules };
}

/** @param said by situation; of those that are not there a tool says nothing that counts. */
function scored(
  rule: string,
  situations: readonly Situation[],
  said: ReadonlyMap<string, Verdict>,
): ComparedRule {
  const all: ComparedRule = {
    ...{ rule, situations: said.size },
    ...{ missed: [], falseAlarm: [], guessed: [], silent: [] },
  };
  for (const { id, expected } of situations) {
    const verdict = said.get(id);
    if (verdict === undefined) continue;
    const outcome = outcomeOf(wholeOf(expected), verdict);
    if (outcome !== 'right') all[outcome].push(id);
  }
  return all;
}

function print({ tools }: Compared): void {
  const rows = tools.flatMap((tool) =>
    scoresOf(tool).map((one) => [
      one.rule,
      `${tool.name} ${tool.version ?? ''}`.trim(),
      ...[one.situations, rightOf(one), ...OTHERWISE.map((is) => one[is].length)].map((count) =>
        number(count),
      ),
    ]),
  );
  printTable(
    'What tools make of situations of the corpus',
    ['rule', 'tool', 'situations', 'right', 'missed', 'false alarms', 'guessed', 'silent', 'never promised'],
    RULES.flatMap((rule) => rows.filter(([of]) => of === rule)),
    { texts: [0, 1] },
  );
}

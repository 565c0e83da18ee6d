/**
 * `npm run corpus -- --peers`: what Prowler, Cloud Custodian and AWS's managed rules, as documented, make of the situations,
 * beside what is right. Writes bench/corpus/compared.json, of which `npm run docs` makes a part of docs/comparison.md.
 */
import { writeFileSync } from 'node:fs';
import { VERSION } from '../../package.ts';
import { today } from '../machine.ts';
import { number, printTable } from '../table.ts';
import {
  COMPARED,
  type Compared,
  type ComparedRule,
  changesIn,
  OTHERWISE,
  readCompared,
  rightOf,
  scoresOf,
} from './compared.ts';
import { judge } from './groundrules.ts';
import { outcomeOf, wholeOf } from './score.ts';
import { type Corpus, readCorpus, type Situation, type Verdict } from './situations.ts';
import { askedOf, OTHERS, type Other, rulesOf } from './tools/asked.ts';
import { JUDGES } from './tools/managed.ts';
import { ADAPTERS, mentionedChecks, type Said, saidBy } from './tools/peers.ts';
import { type Reason, readPromises } from './tools/promises.ts';

/** Between these and another verdict is less time than a tool takes to start, or a notation that moving times on loses. */
const INSTANT =
  /^a-key-of-exactly-90-days$|^a-key-one-millisecond-younger|^a-time-with-an-offset|^a-sign-in-(exactly|a-second-less-than)-30-days/;

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
  wholeOf(askedOf('managed', rule).map((id) => ({ verdict: judgeOf(id)(files, now) })));

function judgeOf(id: string) {
  const judge = JUDGES[id];
  if (!judge) throw new Error(`nobody has written down how ${id} judges`);
  return judge;
}

/**
 * @param ids of rules, to print what became of each of their situations; of none, all are compared, and kept
 * @param isCheck whether nothing is kept, but held to what is
 */
export async function compare(ids: readonly string[] = [], isCheck = false): Promise<void> {
  mentionedChecks();
  const corpora = readCorpus(ids);
  const of = (...tools: Other[]) =>
    corpora.filter(({ rule }) => tools.some((tool) => rulesOf(tool).includes(rule)));
  const tools: Tool[] = [
    await toolOf({ id: 'groundrules', name: 'Groundrules', version: VERSION }, of(...OTHERS), ours),
  ];
  for (const adapter of ADAPTERS) {
    const { id, name, peer } = adapter;
    tools.push(
      await toolOf({ id, name, version: peer.version }, of(id), async (corpus, situations) => {
        const said = await saidBy(adapter, corpus, situations);
        if (ids.length > 0) tell(adapter.name, corpus, situations, said);
        return new Map([...said].map(([situation, { verdict }]) => [situation, verdict]));
      }),
    );
  }
  tools.push(
    await toolOf(
      { id: 'managed', name: "AWS's managed rules" },
      of('managed'),
      async (corpus, situations) =>
        new Map(situations.filter(isDocumented).map((one) => [one.id, managed(corpus, one)])),
    ),
  );
  const compared: Compared = { at: today(), tools };
  if (isCheck) check(compared, ids);
  else if (ids.length === 0) writeFileSync(COMPARED, `${JSON.stringify(compared, undefined, 2)}\n`);
  print(
    compared,
    readPromises().filter(({ rule }) => corpora.some((one) => one.rule === rule)),
  );
}

/** Prints what tools say otherwise than is kept, whenever that was, and has the command fail. */
function check(now: Compared, ids: readonly string[]): void {
  const changes = changesIn(readCompared(), now, ids);
  for (const change of changes) console.error(`${COMPARED}: ${change}`);
  if (changes.length > 0) process.exitCode = 1;
}

/** What a tool said otherwise, and what it stumbled over. */
function tell(
  name: string,
  { rule }: Corpus,
  situations: readonly Situation[],
  said: ReadonlyMap<string, Said>,
): void {
  for (const { id, expected } of situations) {
    const { verdict, errors } = said.get(id) as Said;
    const outcome = outcomeOf(wholeOf(expected), verdict);
    if (outcome !== 'right') console.log(`${name}, ${rule}/${id}: ${outcome}`, ...errors);
  }
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

function print({ tools }: Compared, promises: readonly Reason[]): void {
  const rows = tools.flatMap((tool) =>
    scoresOf(tool, promises).map((one) => [
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
    (tools[0]?.rules ?? []).flatMap(({ rule }) => rows.filter(([of]) => of === rule)),
    { texts: [0, 1] },
  );
}

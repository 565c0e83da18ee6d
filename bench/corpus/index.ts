/**
 * `npm run corpus`: what Groundrules says of every situation in corpus/, beside what is right; ends with status 1 when one is
 * wrong. `npm run corpus -- s3-public` runs one rule; `npm run corpus -- --unpack DIR` writes each situation as a snapshot folder;
 * `npm run corpus -- --peers` has other tools judge them (needs Python 3, installs them into .venv-peers), and keeps
 * what they say; `npm run corpus -- --peers s3-public` tells what they say otherwise of one rule, and `npm run corpus -- --peers
 * --check` keeps nothing and ends with status 1 where they say something else than what is kept.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { number, printTable } from '../table.ts';
import { judge } from './groundrules.ts';
import { lines, nothing, outcomeOf, type Tally, wholeOf } from './score.ts';
import { type Corpus, readCorpus, unpack } from './situations.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { unpack: { type: 'string' }, peers: { type: 'boolean' }, check: { type: 'boolean' } },
});
const corpora = readCorpus(positionals);
const unknown = positionals.filter((id) => !corpora.some(({ rule }) => rule === id));
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')}: no such file in corpus/`);
  process.exit(2);
}
if (values.peers) await (await import('./compare.ts')).compare(positionals, values.check);
else if (values.unpack === undefined) await score(corpora);
else unpackAll(corpora, values.unpack);

function unpackAll(all: readonly Corpus[], folder: string): void {
  for (const corpus of all)
    for (const situation of corpus.situations)
      unpack(corpus, situation, join(folder, corpus.rule, situation.id));
}

async function score(all: readonly Corpus[]): Promise<void> {
  const rows: string[][] = [];
  const wrong: string[] = [];
  for (const corpus of all) {
    const tally = nothing();
    let doubts = 0;
    for (const situation of corpus.situations) {
      const said = await judge(corpus, situation);
      const is = wholeOf(said);
      tally[outcomeOf(wholeOf(situation.expected), is)] += 1;
      if (is === 'COULD_NOT_TELL') doubts += 1;
      // All that is said has to be right, of each resource, although the table counts situations.
      if (lines(said) !== lines(situation.expected))
        wrong.push(
          `${corpus.rule}/${situation.id}\nexpected ${lines(situation.expected)}\nsaid     ${lines(said)}`,
        );
    }
    rows.push(rowOf(corpus.rule, corpus.situations.length, tally, doubts));
  }
  printTable(
    'What Groundrules says of the situations in corpus/',
    ['rule', 'situations', 'right', 'missed', 'false alarms', 'guessed', 'silent', 'could not tell'],
    rows,
    { note: '"Could not tell" is right where nothing else can be said; it is among the others.' },
  );
  if (wrong.length === 0) return;
  console.error(`\nwrong: ${wrong.length}\n${wrong.join('\n')}`);
  process.exitCode = 1;
}

function rowOf(rule: string, count: number, tally: Tally, doubts: number): string[] {
  const { right, missed, falseAlarm, guessed, silent } = tally;
  return [rule, ...[count, right, missed, falseAlarm, guessed, silent, doubts].map((one) => number(one))];
}

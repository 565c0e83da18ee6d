/** docs/reliability.md, of what tests noted when `npm run reliability` ran them. */
import { readFileSync } from 'node:fs';
import { fill, type Page } from './pages.ts';
import { type Figure, readFigures } from './reliability-data.ts';

const PATH = 'docs/reliability.md';

export function reliabilityPage(): Page {
  const text = readFileSync(PATH, 'utf8');
  const all = readFigures();
  const of = (kind: string) => all.filter((one) => one.kind === kind);
  const blocks = {
    forged: counted(of('forged'), ['tried', 'believed']),
    rivals: counted(of('rivals'), ['strikes', 'theirs'], ['runs', 'in which the change was theirs']),
    faults: counted(
      of('faults'),
      ['calls', 'denied', 'lost'],
      ['calls', 'denied once', 'whose answer was lost once'],
    ),
    events: eventsTable(of('events')),
    hostile: counted([...of('hostile'), ...answers(of('answers'))], ['tried', 'harmed']),
    interrupted: counted(
      of('interrupted'),
      ['tried', 'status', 'took'],
      ['times', 'exit status', 'milliseconds until it had ended'],
    ),
  };
  const derived = Object.entries(blocks).reduce((page, [name, content]) => {
    const next = fill(page, name, content);
    if (next === undefined) throw new Error(`${PATH} lacks <!-- ${name} --> and <!-- /${name} -->`);
    return next;
  }, text);
  return { path: PATH, text, derived };
}

const number = (value: number | undefined) => (value ?? 0).toLocaleString('en-US');

function counted(figures: readonly Figure[], columns: readonly string[], heads = columns): string {
  return [
    `| tried | ${heads.join(' | ')} | when, of which commit |`,
    `|---|${'--:|'.repeat(columns.length)}---|`,
    ...figures.map(
      ({ on, counts, at, commit }) =>
        `| ${on} | ${columns.map((name) => number(counts[name])).join(' | ')} | ${at}, ${commit} |`,
    ),
  ].join('\n');
}

/** Spoiled answers did no harm where the resource did not pass for it. */
const answers = (figures: readonly Figure[]): Figure[] =>
  figures.map(({ on, counts, ...rest }) => ({
    ...rest,
    on: `an answer of which one part is spoiled: ${on}`,
    counts: { tried: counts.tried ?? 0, harmed: counts.passed ?? 0 },
  }));

function eventsTable(figures: readonly Figure[]): string {
  return [
    '| what became of it | verdicts, or events refused |\n|---|--:|',
    ...figures.flatMap(({ counts: { tried, ...outcomes }, at, commit }) => [
      `| **events tried** (${at}, ${commit}) | **${number(tried)}** |`,
      ...Object.entries(outcomes)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([outcome, count]) => `| ${outcome} | ${number(count)} |`),
    ]),
  ].join('\n');
}

/** How many calls a run of each rule makes: on the wire, on situations of the corpus, and as its resources grow. */
import { type Clients, openClients } from '../account/live/clients.ts';
import { liveSource } from '../account/live/source.ts';
import { readAccount } from '../account/open.ts';
import { ASKS } from '../account/services/live.ts';
import { evaluate } from '../rules/evaluate.ts';
import { rules } from '../rules/index.ts';
import { parseParameters } from '../rules/parameters.ts';
import type { AnyRule } from '../rules/rule.ts';
import { type StandIn, startStandIn } from '../test/support/aws/stand-in.ts';
import { fails } from '../test/support/memory.ts';
import { type Corpus, readCorpus, type Situation } from './corpus/situations.ts';
import { median, number, printTable } from './table.ts';

/** A resource beside as many others like it. */
const COPIES = 10;

export interface Asked {
  /** Calls of a situation: half of them make no more, and no one makes more. */
  readonly median: number;
  readonly most: number;
  /** Calls that one more resource adds, in the situation in which that is most. */
  readonly each: number;
}

/** Calls of a whole run of a rule, over the situations in which all that it asks is answered. */
export async function askedBy(rule: AnyRule, corpus: Corpus): Promise<Asked> {
  const standIn = await startStandIn({ accountId: corpus.accountId });
  const once = { maxAttempts: 1, retryMode: 'standard' } as const;
  const clients = openClients({ endpoint: standIn.endpoint, credentials: NOBODY, ...once });
  const count = (situation: Situation, readings = readingsOf(situation)) =>
    callsOf({ rule, corpus, situation, readings, standIn, clients });
  const counts: number[] = [];
  let each = 0;
  try {
    for (const situation of corpus.situations.filter(isPlain)) {
      const calls = await count(situation);
      if (calls === undefined) continue;
      counts.push(calls);
      const resource = situation.expected.find(({ resourceType }) => resourceType !== 'AWS::::Account');
      const many = resource && copied(readingsOf(situation), namesOf(situation, resource.resourceId));
      const more = many && (await count(situation, many));
      if (more !== undefined) each = Math.max(each, (more - calls) / COPIES);
    }
  } finally {
    await standIn.stop();
  }
  return { median: median(counts), most: Math.max(...counts), each };
}

const NOBODY = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'nobody' };
/** Everything is answered, and in one Region. */
const isPlain = ({ expected, files }: Situation): boolean =>
  expected.every(({ verdict }) => verdict !== 'COULD_NOT_TELL') && viewOf(files).length === 1;
const viewOf = (files: Situation['files']): readonly string[] =>
  (files['collected.json'] as { regions: string[] }).regions;

type Readings = Record<string, unknown>;

function readingsOf({ files }: Situation): Readings {
  const { 'collected.json': _, 'errors.json': errors = [], ...answers } = files;
  const failed = (errors as { file: string; code: string }[]).map(({ file, code }) => [file, fails(code)]);
  return { ...answers, ...Object.fromEntries(failed) };
}

interface Run {
  readonly rule: AnyRule;
  readonly corpus: Corpus;
  readonly situation: Situation;
  readonly readings: Readings;
  readonly standIn: StandIn;
  readonly clients: Clients;
}

/** `undefined` where AWS has no way to say what the files say. */
async function callsOf({
  rule,
  corpus,
  situation,
  readings,
  standIn,
  clients,
}: Run): Promise<number | undefined> {
  standIn.reset(readings);
  const source = liveSource({
    accountId: corpus.accountId,
    regions: viewOf(situation.files),
    asks: ASKS,
    clients,
    sleep: async () => {},
  });
  const parameters = parseParameters(rule, situation.parameters);
  for await (const _ of evaluate(rule, readAccount(source), parameters, { now: new Date(corpus.now) }));
  try {
    standIn.check();
  } catch {
    return undefined;
  }
  return standIn.asked.length;
}

/** The id of a resource, and the name that a list has beside it. */
function namesOf({ files }: Situation, id: string): readonly string[] {
  const names = new Set([id]);
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === 'object' && value !== null) {
      const values = Object.entries(value);
      if (values.some(([, one]) => one === id))
        for (const [key, one] of values)
          if (/^(UserName|GroupName|RoleName|PolicyName|DB\w+Identifier|Name|LaunchTemplateName)$/.test(key))
            names.add(String(one));
      for (const [, one] of values) look(one);
    }
  };
  Object.values(files).forEach(look);
  return [...names].sort((one, other) => other.length - one.length);
}

/** The same answers with so many copies of a resource, by its names: in lists, and in files of its own. */
function copied(readings: Readings, names: readonly string[]): Readings {
  const renamed = (text: string, copy: number) =>
    names.reduce((all, name, at) => all.replaceAll(name, `${name.slice(0, -1)}${at}x${copy}`), text);
  const has = (text: string) => names.some((name) => text.includes(name));
  const grown = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.flatMap((one) => {
        const text = JSON.stringify(one);
        if (!has(text)) return [one];
        return [one, ...copies((copy) => JSON.parse(renamed(text, copy)))];
      });
    }
    if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, grown(one)]));
    return value;
  };
  const rows = (csv: string) =>
    csv
      .split('\n')
      .flatMap((line) => (has(line) ? [line, ...copies((copy) => renamed(line, copy))] : [line]))
      .join('\n');
  return Object.fromEntries(
    Object.entries(readings).flatMap(([path, answer]) => {
      if (typeof answer === 'string') return [[path, rows(answer)]];
      if (!has(path)) return [[path, grown(answer)]];
      const text = answer instanceof Object && 'code' in answer ? undefined : JSON.stringify(answer);
      const again = copies((copy): [string, unknown] => [
        renamed(path, copy),
        text === undefined ? answer : JSON.parse(renamed(text, copy)),
      ]);
      return [[path, answer] as [string, unknown], ...again];
    }),
  );
}

const copies = <T>(make: (copy: number) => T): T[] => Array.from({ length: COPIES }, (_, at) => make(at));

/** Prints what each rule asks, beside what it says that it does. */
export async function asked(): Promise<void> {
  const rows: string[][] = [];
  for (const corpus of readCorpus()) {
    const rule = rules.find(({ id }) => id === corpus.rule) as AnyRule;
    const { median, most, each } = await askedBy(rule, corpus);
    rows.push([
      rule.id,
      number(median),
      number(most),
      number(each, 1),
      `${rule.calls?.fixed ?? '–'}`,
      `${rule.calls?.each ?? '–'}`,
    ]);
  }
  printTable(
    'AWS calls of a run, on the situations of corpus/',
    ['rule', 'median', 'most', 'each resource more', 'said: fixed', 'each'],
    rows,
    {
      note: 'Without PutEvaluations and the sweep. "Each": what one more resource adds, where that is most.',
    },
  );
}

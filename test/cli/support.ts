import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { commands } from '../../cli/commands.ts';
import { languageOf } from '../../cli/program/language.ts';
import { programOf } from '../../cli/program/program.ts';
import type { World } from '../../cli/program/world.ts';
import type { Both } from '../../report/both.ts';
import type { Result, ResultError, Summary } from '../../report/result.ts';
import { folderOf } from '../account/snapshot/support.ts';

/** Where a command runs in a test, and what it said there. */
export interface TestWorld {
  readonly world: World;
  /** What it printed. */
  readonly text: () => string;
  /** What it noted on standard error, a line each. */
  readonly notes: readonly string[];
}

/** Nobody's environment, no terminal, and nobody there to answer, but for what a test says. */
export function worldOf(own: Partial<World> = {}): TestWorld {
  let text = '';
  const notes: string[] = [];
  const out = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  const env = own.env ?? {};
  const language = own.language ?? languageOf([], env);
  const note = (line: Both) => void notes.push(line[language]);
  const world: World = {
    env,
    language,
    now: () => new Date(),
    folder: process.cwd(),
    input: Readable.from([]),
    out,
    print: (more) => {
      text += more;
    },
    complain: (line) => void notes.push(line.trimEnd()),
    progress: { step() {}, note, problem: note, show: (text) => void notes.push(text), done() {} },
    screen: (_, otherwise = 140) => ({ colour: false, width: Number(env.COLUMNS) || otherwise }),
    ask: undefined,
    onInterrupt: () => () => {},
    onUnread: () => () => {},
    exitUnreadWith() {},
    onExit: () => () => {},
    exit: (status) => {
      throw new Error(`the process would end with ${status}`);
    },
    commands,
    ...own,
  };
  return { world, text: () => text, notes };
}

type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Options as a command line has them: `{ rule: ['a', 'b'], config: false }` is `--rule=a --rule=b --no-config`. */
export const typed = (options: object): string[] =>
  Object.entries(options as Values).flatMap(([key, value]) => {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (value === undefined) return [];
    if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
    return [value].flat().map((one) => `--${name}=${one}`);
  });

/** Runs a command in this process, taken apart as its command line would be; gives the exit status. */
export async function call(
  command: string,
  args: readonly (string | undefined)[],
  options: object = {},
  world: World = worldOf().world,
): Promise<number> {
  let status: number | undefined;
  const words = [command, ...args.filter((one) => one !== undefined), ...typed(options)];
  const language = languageOf(words, { LANG: world.language });
  const program = programOf({ ...world, language }, '0', (given) => {
    status = given;
  });
  await program.parseAsync(words, { from: 'user' });
  if (status === undefined) throw new Error(`groundrules ${words.join(' ')} gave no exit status`);
  return status;
}

export interface Evaluated {
  /** The exit status. */
  readonly status: number;
  readonly report: {
    readonly accountIds: readonly string[];
    readonly now: string;
    readonly rules: readonly string[];
    readonly results: readonly Result[];
    readonly errors: readonly ResultError[];
    readonly summary: Summary;
  };
  /** `sg-open-ports web: NON_COMPLIANT`, and what could not be told, sorted. */
  readonly said: readonly string[];
  /** The lines on standard error. */
  readonly notes: readonly string[];
}

/** Runs `groundrules evaluate` in this process, and reads what it wrote. */
export async function evaluate(
  paths: readonly string[],
  options: object = {},
  own: Partial<World> = {},
): Promise<Evaluated> {
  const output = join(await folderOf({}), 'report.json');
  const { world, notes } = worldOf(own);
  const status = await call('evaluate', paths, { ...options, format: 'json', output }, world);
  const report = JSON.parse(readFileSync(output, 'utf8')) as Evaluated['report'];
  const said = [
    ...report.results.map(({ rule, resourceId, compliance }) => `${rule} ${resourceId}: ${compliance}`),
    ...report.errors.map(({ rule, resourceId, code }) => `${rule} ${resourceId}: ${code}`),
  ];
  return { status, report, said: said.sort(), notes };
}

/** Prowler and Cloud Custodian on situations of the corpus: each in one process, which an emulated AWS answers from the files. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { startStandIn } from '../../../test/support/aws/stand-in.ts';
import { fails } from '../../../test/support/memory.ts';
import { CUSTODIAN } from '../../peers/tools/custodian.ts';
import { install, type Peer, program } from '../../peers/tools/peer.ts';
import { PROWLER } from '../../peers/tools/prowler.ts';
import { type Corpus, regionsIn, type Situation, type Verdict } from '../situations.ts';
import { ACTS } from './acts.ts';
import { askedOf, readAsked } from './asked.ts';
import { besides } from './besides.ts';

interface Answer {
  /** Prowler's: check, resource, PASS, FAIL or MANUAL. */
  readonly said?: readonly (readonly [string, string, string])[];
  /** Custodian's: the policies that matched. */
  readonly matched?: readonly string[];
  readonly errors: readonly string[];
}

/** How a tool is asked for a rule's judgement of an account, and what its answer means. */
export interface Adapter {
  readonly id: 'custodian' | 'prowler';
  readonly name: string;
  readonly peer: Peer;
  readonly script: string;
  readonly ask: (corpus: Corpus, regions: readonly string[]) => object;
  readonly verdict: (answer: Answer) => Verdict;
}

export const ADAPTERS: readonly Adapter[] = [
  {
    id: 'custodian',
    name: 'Cloud Custodian',
    peer: CUSTODIAN,
    script: 'custodian_policies.py',
    ask: ({ rule, accountId }, regions) => ({ accountId, regions, policies: askedOf('custodian', rule) }),
    // A filter that falls over has no verdict, unless another policy matched.
    verdict: ({ matched = [], errors }) => {
      if (matched.length > 0) return 'NON_COMPLIANT';
      return errors.length > 0 ? 'COULD_NOT_TELL' : 'COMPLIANT';
    },
  },
  {
    id: 'prowler',
    name: 'Prowler',
    peer: PROWLER,
    script: 'prowler_checks.py',
    ask: ({ rule }, regions) => ({ regions, checks: askedOf('prowler', rule) }),
    // A check that says nothing at all, or falls over, has no verdict.
    verdict: ({ said = [], errors }) => {
      const all = said.map(([, , status]) => status);
      if (all.includes('FAIL')) return 'NON_COMPLIANT';
      return errors.length === 0 && all.includes('PASS') ? 'COMPLIANT' : 'COULD_NOT_TELL';
    },
  },
];

export interface Said {
  readonly verdict: Verdict;
  readonly errors: readonly string[];
}

/** The checks that are asked for, or told of in place of one. @throws with those that the installed Prowler does not have. */
export function mentionedChecks(known: ReadonlySet<string> = installedChecks()): readonly string[] {
  const names = [...readAsked().values()].flatMap(({ prowler }) =>
    typeof prowler === 'string' ? [...prowler.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? '') : prowler,
  );
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`Prowler ${PROWLER.version} has no ${unknown.join(', ')}`);
  return names;
}

function installedChecks(): ReadonlySet<string> {
  install(PROWLER);
  const lib = join(program(PROWLER, 'python'), '../../lib');
  const [python = ''] = readdirSync(lib);
  const services = join(lib, python, 'site-packages/prowler/providers/aws/services');
  const folders = readdirSync(services, { withFileTypes: true }).filter((one) => one.isDirectory());
  return new Set(folders.flatMap(({ name }) => readdirSync(join(services, name))));
}

/** An emulated AWS that answers from a situation's files, once it is set to one. */
export async function startSituations(corpus: Corpus) {
  const standIn = await startStandIn({ accountId: corpus.accountId, acts: ACTS });
  return {
    endpoint: standIn.endpoint,
    stop: () => standIn.stop(),
    /** @param at the time that it is for who asks. */
    set: (situation: Situation, at: number) => standIn.reset(readingsOf(corpus, situation, at)),
    /** @throws where a tool was not answered as AWS would: it must not be held to that. What a situation lacks is refused. */
    check: () => standIn.check(),
  };
}

/** What a tool says of each situation, by id. */
export async function saidBy(
  adapter: Adapter,
  corpus: Corpus,
  situations: readonly Situation[],
): Promise<ReadonlyMap<string, Said>> {
  install(adapter.peer);
  const aws = await startSituations(corpus);
  const child = start(adapter, aws.endpoint);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = new Map<string, Said>();
  try {
    for (const situation of situations) {
      aws.set(situation, Date.now());
      child.stdin.write(`${JSON.stringify(adapter.ask(corpus, regionsIn(situation.files)))}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`${adapter.name} ended at ${corpus.rule}/${situation.id}`);
      aws.check();
      const answer = JSON.parse(value) as Answer;
      said.set(situation.id, { verdict: adapter.verdict(answer), errors: answer.errors });
    }
  } finally {
    child.kill();
    await aws.stop();
  }
  return said;
}

type Child = ChildProcess & { readonly stdin: Writable; readonly stdout: Readable };

function start({ peer, script }: Adapter, endpoint: string): Child {
  return spawn(program(peer, 'python'), [join('bench/corpus/tools', script)], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PYTHONDONTWRITEBYTECODE: '1',
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'AKIANOBODY',
      AWS_SECRET_ACCESS_KEY: 'nobody',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_MAX_ATTEMPTS: '1',
    },
  }) as Child;
}

/** Times go on with the clock, which no tool lets be set. */
function readingsOf({ rule, now }: Corpus, { files }: Situation, at: number): Record<string, unknown> {
  const { 'collected.json': _, 'errors.json': errors = [], ...answers } = files;
  const later = at - Date.parse(now);
  const moved = (text: string) =>
    text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g, (time) =>
      new Date(Date.parse(time) + later).toISOString().replace('Z', '+00:00'),
    );
  const shifted = Object.entries(besides(rule, answers)).map(([path, answer]) => [
    path,
    typeof answer === 'string' ? moved(answer) : JSON.parse(moved(JSON.stringify(answer))),
  ]);
  const failed = (errors as { file: string; code: string }[]).map(({ file, code }) => [file, fails(code)]);
  return { ...Object.fromEntries(shifted), ...Object.fromEntries(failed) };
}

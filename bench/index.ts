/**
 * `npm run bench`: what Groundrules weighs, how fast it is and what it asks of AWS, beside what was meant. Prints figures and
 * asserts nothing; needs neither AWS nor a network. `npm run bench -- functions calls` runs these parts only, and `--keep` puts their figures
 * into docs/benchmarks.md (`npm run docs`).
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { rules } from '../rules/index.ts';
import { asked } from './asked.ts';
import { calls } from './calls.ts';
import { compare } from './compare.ts';
import { bundle } from './container.ts';
import { delivery } from './delivery.ts';
import { formats } from './formats.ts';
import { functions } from './functions.ts';
import { history } from './history.ts';
import { hostile } from './hostile.ts';
import { identity } from './identity.ts';
import { keep } from './kept.ts';
import { live } from './live.ts';
import { machine, today } from './machine.ts';
import { organization } from './organization.ts';
import { page } from './page.ts';
import { sample } from './sample.ts';
import { scale } from './scale.ts';
import { COMMAND, snapshots } from './snapshots.ts';
import { startup } from './startup.ts';
import { number, PRINTED } from './table.ts';
import { templates } from './templates.ts';

const BUNDLES = rules.map(({ id }) => bundle(id));

/** What there is to measure, and the files that it measures with the argument of `npm run build` that makes them. */
const PARTS = {
  functions: { run: functions, needs: BUNDLES, build: 'functions' },
  asked: { run: asked, needs: [], build: 'functions' },
  calls: { run: calls, needs: BUNDLES, build: 'functions' },
  scale: { run: scale, needs: BUNDLES, build: 'functions' },
  startup: { run: startup, needs: [COMMAND], build: 'cli' },
  sample: { run: sample, needs: [COMMAND], build: 'cli' },
  snapshots: { run: snapshots, needs: [COMMAND], build: 'cli' },
  templates: { run: templates, needs: [COMMAND], build: 'cli' },
  delivery: { run: delivery, needs: [COMMAND], build: 'cli' },
  formats: { run: formats, needs: [], build: 'cli' },
  compare: { run: compare, needs: [COMMAND], build: 'cli' },
  page: { run: page, needs: [], build: 'cli' },
  history: { run: history, needs: [COMMAND], build: 'cli' },
  hostile: { run: hostile, needs: [COMMAND], build: 'cli' },
  organization: { run: organization, needs: [COMMAND], build: 'cli' },
  live: { run: live, needs: [COMMAND], build: 'cli' },
  identity: { run: identity, needs: [], build: 'functions' },
};
type Part = keyof typeof PARTS;

const isPart = (name: string): name is Part => Object.hasOwn(PARTS, name);

const isKept = process.argv.includes('--keep');
const named = process.argv.slice(2).filter((argument) => argument !== '--keep');
const unknown = named.filter((name) => !isPart(name));
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')}: expected ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}

const busy = () => number(loadavg()[0] ?? 0, 1);
const measured = { date: today(), machine: machine() };
console.log(`${measured.date}, ${measured.machine}, load average ${busy()}`);
for (const name of named.length > 0 ? named.filter(isPart) : (Object.keys(PARTS) as Part[])) {
  const { run, needs, build } = PARTS[name];
  if (!needs.every((file) => existsSync(file))) {
    const { status } = spawnSync('npm', ['run', '--silent', 'build', build], { stdio: 'inherit' });
    if (status !== 0) process.exit(1);
  }
  const load = busy();
  PRINTED.length = 0;
  await run();
  if (isKept) keep(name, { ...measured, load, tables: [...PRINTED] });
}

/**
 * `npm run reliability` tries everything again of which docs/reliability.md tells, and writes down what was tried how often
 * (docs/reliability.json), for `npm run docs`. `npm run reliability -- events forged` tries these alone, and
 * `npm run reliability -- faults s3-public root-mfa` these documents; what is not tried again stays as it was, with its date.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { byKey, DATA, type Figure, figure, readFigures } from './reliability-data.ts';

/** What is tried, by the test files that do. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  events: ['test/config/generated.test.ts'],
  forged: ['test/cli/remediate/seal.test.ts', 'test/tasks/run.test.ts'],
  answers: ['test/rules/spoiled-answers.test.ts'],
  hostile: ['test/automation/robust.test.ts'],
  interrupted: ['test/e2e/interrupt.test.ts'],
  faults: ['test/integration/remediation'],
};

const named = process.argv.slice(2);
const parts = named.filter((name) => Object.hasOwn(PARTS, name));
const documents = named.filter((name) => existsSync(`test/integration/remediation/${name}.test.ts`));
const unknown = named.filter((name) => !parts.includes(name) && !documents.includes(name));
if (unknown.length > 0) {
  console.error(
    `${unknown.join(', ')}: expected ${Object.keys(PARTS).join(', ')}, or documents after faults`,
  );
  process.exit(2);
}

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
const changed = git('status', '--porcelain', '--untracked-files=no', '--', '.', ':!docs');
if (changed !== '') {
  console.error(`Figures are of a commit, and this is none:\n${changed}`);
  process.exit(2);
}
const made = { at: new Date().toISOString().slice(0, 10), commit: git('rev-parse', '--short', 'HEAD') };
for (const part of parts.length > 0 ? parts : Object.keys(PARTS)) {
  const files =
    part === 'faults' && documents.length > 0
      ? documents.map((name) => `test/integration/remediation/${name}.test.ts`)
      : (PARTS[part] ?? []);
  write(figuresOf(files));
}

/** What the tests noted; only of a run in which all of them passed. */
function figuresOf(files: readonly string[]): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-figures-'));
  try {
    const FIGURES = join(folder, 'figures.jsonl');
    const { status } = spawnSync('npx', ['jest', ...files, '--maxWorkers', '1'], {
      env: { ...process.env, FIGURES },
      stdio: 'inherit',
    });
    if (status !== 0) {
      console.error(`${files.join(' ')} failed: nothing was written down`);
      process.exit(1);
    }
    const lines = readFileSync(FIGURES, 'utf8').trim().split('\n');
    return lines.map((line) => figure.parse({ ...JSON.parse(line), ...made }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(figures: readonly Figure[]): void {
  const tried = byKey(figures);
  const isAgain = ({ kind, on }: Figure) => tried.some((one) => one.kind === kind && one.on === on);
  const all = byKey([...readFigures().filter((one) => !isAgain(one)), ...tried]);
  writeFileSync(DATA, `${JSON.stringify(all, undefined, 2)}\n`);
}

/**
 * `npm test`: everything. Integration tests run against moto, which is installed into .venv/ on the first run; on a
 * machine that cannot have it they are left out, and the last line says so (with CI=true that is a failure).
 * Arguments go on to jest: `npm test -- test/rules --coverage`.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const VENV = '.venv';
const REQUIREMENTS = 'test/integration/requirements.txt';
/** What was installed: lies in the environment, so that it goes when the environment does. */
const INSTALLED = join(VENV, 'requirements.txt');
const PYTHON = join(VENV, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** Makes the virtual environment, unless the right one is there. Gives the reason where that cannot be done. */
function prepareMoto(): string | undefined {
  if (existsSync(INSTALLED) && readFileSync(INSTALLED).equals(readFileSync(REQUIREMENTS))) return undefined;
  console.log(`Installing moto into ${VENV}, once …`);
  const python = process.platform === 'win32' ? 'python' : 'python3';
  const failed =
    failure('there is no Python 3 with venv', python, '-m', 'venv', '--clear', VENV) ??
    failure('moto cannot be installed', PYTHON, '-m', 'pip', 'install', '--quiet', '-r', REQUIREMENTS);
  if (!failed) copyFileSync(REQUIREMENTS, INSTALLED);
  return failed;
}

/** Runs a program; gives what to say when it fails, with the last line that it said itself. */
function failure(what: string, program: string, ...args: string[]): string | undefined {
  const { status, error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status === 0) return undefined;
  const said = error?.message ?? `${stdout}\n${stderr}`.trim().split('\n').at(-1);
  return `${what} (${said})`;
}

function jest(...args: string[]): number {
  const { status } = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', ...args], {
    stdio: 'inherit',
    // The SDK's notice about Node 20 would stand between the results of every file.
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  return status ?? 1;
}

const missing = prepareMoto();
const leftOut = missing && `The integration tests were left out: ${missing}`;
if (leftOut && process.env.CI === 'true') {
  console.error(leftOut);
  process.exit(1);
}
process.exitCode = jest(
  // First: these options of jest's take all that follows them for their own.
  ...process.argv.slice(2),
  '--reporters=default',
  '--reporters=./test/support/tally.mjs',
  ...(leftOut ? ['--testPathIgnorePatterns=/test/integration/'] : []),
);
if (leftOut) console.log(leftOut);

/**
 * `npm test`: everything. Integration tests run against moto, which is installed into .venv/ on the first run; on a
 * machine that cannot have it they are left out, and the last lines say so (with CI=true that is a failure).
 * Arguments go on to jest: `npm test -- test/rules --coverage`.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
  return (
    failure('Python 3 with venv is missing', python, '-m', 'venv', '--clear', VENV) ??
    failure(
      'its packages cannot be installed',
      PYTHON,
      '-m',
      'pip',
      'install',
      '--quiet',
      '-r',
      REQUIREMENTS,
    ) ??
    void copyFileSync(REQUIREMENTS, INSTALLED)
  );
}

/** Runs a program; gives what to say when it fails, with the last line that it said itself. */
function failure(what: string, program: string, ...args: string[]): string | undefined {
  const { status, error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status === 0) return undefined;
  const said = error?.message ?? `${stdout}\n${stderr}`.trim().split('\n').at(-1);
  return `${what} (${said})`;
}

/** Runs jest to its end; gives its exit status and its count of tests. */
function jest(args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-test-'));
  const outputFile = join(folder, 'results.json');
  try {
    const { status } = spawnSync(
      process.execPath,
      ['node_modules/jest/bin/jest.js', '--json', '--outputFile', outputFile, ...args],
      // The SDK's notice about Node 20 would stand between the results of every file.
      {
        stdio: 'inherit',
        env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
      },
    );
    // Not there after `--help`, or when jest itself broke down.
    const results = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : {};
    const { numPassedTests = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = results;
    return {
      status: status ?? 1,
      passed: numPassedTests,
      failed: numFailedTests + numRuntimeErrorTestSuites,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const missing = prepareMoto();
const leftOut = missing && `The integration tests were left out: ${missing}`;
if (leftOut && process.env.CI === 'true') {
  console.error(leftOut);
  process.exit(1);
}
const { status, passed, failed } = jest([
  ...(leftOut
    ? ['--testPathIgnorePatterns', '/node_modules/', '--testPathIgnorePatterns', '/test/integration/']
    : []),
  ...process.argv.slice(2),
]);
if (leftOut) console.log(leftOut);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = status;

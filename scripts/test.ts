/**
 * `npm test`: everything. Integration tests run against moto, which is installed into .venv/ on the first run; on a
 * machine that cannot have it they are left out, and the last line says so (with CI=true that is a failure). The same holds of the
 * tests of the HTML report (test/browser/), which want a Chromium.
 * Arguments go on to jest: `npm test -- test/rules --coverage`.
 */
import { spawnSync } from 'node:child_process';
import { CHROMIUM, findChromium } from '../test/browser/chromium.ts';
import { prepareMoto } from './moto.ts';

function jest(...args: string[]): number {
  const { status } = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', ...args], {
    stdio: 'inherit',
    // Without the SDK's notice about Node 20, which would stand between the results of every file.
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  return status ?? 1;
}

const missing = prepareMoto();
const leftOut = [
  ...(missing ? [{ folder: 'integration', why: `The integration tests were left out: ${missing}` }] : []),
  ...(findChromium()
    ? []
    : [{ folder: 'browser', why: `The tests in a browser were left out: ${CHROMIUM}` }]),
];
if (leftOut.length > 0 && process.env.CI === 'true') {
  for (const { why } of leftOut) console.error(why);
  process.exit(1);
}
process.exitCode = jest(
  // First: these options of jest's take all that follows them for their own.
  ...process.argv.slice(2),
  '--reporters=default',
  '--reporters=./test/support/tally.mjs',
  ...leftOut.map(({ folder }) => `--testPathIgnorePatterns=/test/${folder}/`),
);
for (const { why } of leftOut) console.log(why);
const shells = ['zsh', 'fish'].filter((shell) => spawnSync(shell, ['--version']).status !== 0);
if (shells.length > 0) console.log(`Completion was not tried in ${shells.join(' and ')}: not installed here`);

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { environment } from '../support/command.ts';

const FOLDER = join(__dirname, '../support/temporary');

test('what tests put into the folder for temporary files is in one that goes when they have run', () => {
  expect(basename(tmpdir())).toMatch(/^groundrules-tests-/);
  expect(dirname(new App().outdir)).toBe(realpathSync(tmpdir()));
  expect(environment().TMPDIR).toBe(tmpdir());
});

test('what others put beside that folder stays', () => {
  const outer = mkdtempSync(join(tmpdir(), 'outer-'));
  mkdirSync(join(outer, 'cdk.outOthers'));
  // Not here: what a test changes of its environment is no change of the process's.
  const run = `
    import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
    import { tmpdir } from 'node:os';
    import setup from '${FOLDER}/setup.mjs';
    import teardown from '${FOLDER}/teardown.mjs';
    const during = [];
    for (const time of [1, 2]) {
      setup();
      mkdirSync(tmpdir() + '/cdk.outOurs');
      writeFileSync(tmpdir() + '/cdk.outOurs/manifest.json', '{}');
      during.push(readdirSync('${outer}').length);
      teardown();
    }
    console.log(JSON.stringify({ during, after: tmpdir() }));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', run], {
    env: environment({ TMPDIR: outer }),
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout)).toEqual({ during: [2, 2], after: outer });
  expect(readdirSync(outer)).toEqual(['cdk.outOthers']);
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhatIsMissing } from '../../cli/cdk/missing-build.ts';
import { UsageError } from '../../cli/program/errors.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'groundrules-clone-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (file: string, text = '') => {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), text);
};
/** A clone whose build makes what it is asked for, unless it is to fail. */
function clone(fails = false) {
  const work = `
    import { mkdirSync, writeFileSync } from 'node:fs';
    const [part] = process.argv.slice(2);
    ${fails ? 'process.exit(1);' : ''}
    if (part === 'functions') mkdirSync('dist/lambda', { recursive: true });
    if (part === 'deploy') { mkdirSync('dist/deploy', { recursive: true }); writeFileSync('dist/deploy/app.mjs', ''); }`;
  write('scripts/build.ts', work);
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(join(process.cwd(), 'node_modules/tsx'), join(root, 'node_modules/tsx'));
}
const said: string[] = [];
beforeEach(() => said.splice(0));
const build = () => buildWhatIsMissing((line) => said.push(line.en), root);

test('nothing is built that is there', () => {
  write('dist/deploy/app.mjs');
  write('dist/lambda/root-mfa/index.mjs');
  build();
  expect(said).toEqual([]);
});

test('a clone builds what it lacks, says so, and does it once', () => {
  clone();
  build();
  expect(said).toEqual([
    'dist/deploy/app.mjs is not built yet: running npm run build deploy …',
    'dist/lambda is not built yet: running npm run build functions …',
  ]);
  build();
  expect(said).toHaveLength(2);
});

test('a build that fails is said, with the command', () => {
  clone(true);
  expect(build).toThrow(UsageError);
  expect(build).toThrow(/^npm run build deploy failed in /);
});

test('a package that is not whole cannot be built: it is to be installed again', () => {
  expect(build).toThrow(/app\.mjs and .*lambda is missing from the package: install groundrules again$/);
});

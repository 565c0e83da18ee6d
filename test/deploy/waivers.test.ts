/** The waivers of the settings, as they are deployed: beside the code of the functions that they are about. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { deployedFolder, ORGANIZATION_SUMMARY } from '../../deploy/account/code.ts';
import { plainDeployment } from '../../deploy/account/plain.ts';
import { loadSettings, readSettings } from '../../deploy/settings/index.ts';
import { deployedWaivers } from '../../lambda/waivers.ts';
import { smallBundles } from './support/bundles.ts';

const bundles = smallBundles();
const root = mkdtempSync(join(tmpdir(), 'groundrules-test-waivers-'));
afterAll(() => {
  bundles.remove();
  rmSync(root, { recursive: true });
});

const WAIVERS = `waivers:
  - rule: s3-public
    resource: www-*
    reason: the public web site
    ticket: SEC-42
    owner: web@example.com
    until: 2026-01-31
`;
const TODAY = new Date().toISOString().slice(0, 10);

/** Settings in a file, beside its waivers. */
function settingsWith(waivers: string, more: object = {}) {
  const folder = mkdtempSync(join(root, 'settings-'));
  writeFileSync(join(folder, 'groundrules.waivers.yaml'), waivers);
  const file = join(folder, 'groundrules.config.json');
  writeFileSync(file, JSON.stringify({ ...more, waivers: { file: 'groundrules.waivers.yaml' } }));
  return loadSettings(file);
}
const inFolder = (folder: string) => deployedWaivers(pathToFileURL(join(folder, 'index.mjs')).href);

test('a function gets those of its rule, the weekly mail those of all, and the others stay as they were built', () => {
  const folderOf = deployedFolder(settingsWith(WAIVERS), bundles.folderOf);
  const waiver = {
    ...{ rule: 's3-public', resource: 'www-*', reason: 'the public web site' },
    ...{ ticket: 'SEC-42', owner: 'web@example.com', until: '2026-01-31' },
  };
  expect(inFolder(folderOf('s3-public'))).toEqual([waiver]);
  expect(inFolder(folderOf(ORGANIZATION_SUMMARY))).toEqual([waiver]);
  expect(readFileSync(join(folderOf('s3-public'), 'index.mjs'), 'utf8')).toBe(
    readFileSync(join(bundles.folderOf('s3-public'), 'index.mjs'), 'utf8'),
  );
  expect(folderOf('root-mfa')).toBe(bundles.folderOf('root-mfa'));
  expect(inFolder(folderOf('root-mfa'))).toEqual([]);
  expect(folderOf('s3-public')).toBe(folderOf('s3-public'));
});

test('a function does not know its units: waivers by unit are for the report, and the weekly mail', () => {
  const byUnit = WAIVERS.replace('    reason', '    organizationalUnit: ou-ab12-11111111\n    reason');
  const folderOf = deployedFolder(settingsWith(byUnit), bundles.folderOf);
  expect(folderOf('s3-public')).toBe(bundles.folderOf('s3-public'));
  expect(inFolder(folderOf(ORGANIZATION_SUMMARY))).toEqual([
    expect.objectContaining({ organizationalUnit: 'ou-ab12-11111111' }),
  ]);
});

test('no file in the settings: no waiver, even where there is one beside them', () => {
  expect(deployedFolder(readSettings({}), bundles.folderOf)).toBe(bundles.folderOf);
});

test('templates have them in the code, which has another name then', () => {
  const codes = (settings: Parameters<typeof plainDeployment>[0]) =>
    plainDeployment(settings, undefined, bundles.folderOf).files.filter(({ path }) => path.endsWith('.zip'));
  const packs = { packs: ['workloads'] };
  const plain = codes(readSettings({ packs: ['workloads'] }));
  const waived = codes(settingsWith(WAIVERS, packs));
  const changed = waived.filter(({ path }) => !plain.some((one) => one.path === path));
  expect(changed.map(({ path }) => path.replace(/-[0-9a-f]{16}\.zip$/, ''))).toEqual(['code/s3-public']);
  const [{ content }] = changed as unknown as [{ content: Uint8Array }];
  expect(Object.keys(unzipSync(content)).sort()).toEqual(['index.mjs', 'waivers.json']);
});

test('a file that is missing or wrong is an error before anything is made, with its line', () => {
  const wrong = settingsWith(WAIVERS.replace('ticket', 'tickt'));
  expect(() => deployedFolder(wrong)).toThrow(/groundrules\.waivers\.yaml:5:12: waivers\.0\.tickt: /);
  const missing = readSettings({ waivers: { file: join(root, 'none.yaml') } });
  expect(() => deployedFolder(missing)).toThrow(/none\.yaml: .*no such file/);
});

test('a waiver ends within a year, unless the settings say otherwise', () => {
  const twoYears = `${Number(TODAY.slice(0, 4)) + 2}${TODAY.slice(4).replace('02-29', '02-28')}`;
  const long = WAIVERS.replace('2026-01-31', twoYears);
  const { waivers, ...settings } = settingsWith(long);
  expect(() => deployedFolder({ ...settings, waivers })).toThrow(/more than a year away/);
  expect(() => deployedFolder({ ...settings, waivers: { ...waivers, maxDays: 90 } })).toThrow(
    /more than 90 days away/,
  );
  expect(deployedFolder({ ...settings, waivers: { ...waivers, maxDays: 800 } })).toBeInstanceOf(Function);
});

test('what the deployment did not write is an error of the function, not a file without waivers', () => {
  const folder = mkdtempSync(join(root, 'code-'));
  writeFileSync(join(folder, 'waivers.json'), '[');
  expect(readdirSync(folder)).toEqual(['waivers.json']);
  expect(() => inFolder(folder)).toThrow(SyntaxError);
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { READINGS } from '../../account/services/index.ts';
import { fixes, rules } from '../../rules/index.ts';
import { InvalidParametersError, type Parameters, parseParameters } from '../../rules/parameters.ts';
import { pageName } from '../../scripts/pages.ts';
import { SECTIONS, TEMPLATE } from '../../scripts/scaffold.ts';

const ROOT = join(__dirname, '../..');
const all = [...rules, ...fixes];

test('rules/index.ts lists every rule that has a folder, once', () => {
  const folders = readdirSync(join(ROOT, 'rules'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map(({ name }) => name);
  expect(all.map(({ id }) => id).sort()).toEqual(folders.sort());
});

describe.each(all)('$id', (rule) => {
  const folder = `rules/${rule.id}`;
  const isRule = rules.includes(rule);

  test('is named like its folder', async () => {
    expect((await import(`../../${folder}/rule.ts`)).default).toBe(rule);
  });

  test('has its code, its document, its pages and its tests', () => {
    const files = ['rule.ts', 'fix.ts', 'findings.ko.ts', 'remediation.yaml', pageName('en'), pageName('ko')];
    const isThere = (file: string) => existsSync(join(ROOT, file));
    // What all notices have in common is tested once (test/rules/shared/notify.test.ts).
    const isOwn = !rule.fix.notifies;
    const tests = [
      ...(isRule ? [`test/${folder}/sample.ts`] : []),
      ...(isRule && isOwn ? [`test/${folder}.fix.test.ts`] : []),
    ];
    expect([...files.map((file) => `${folder}/${file}`), ...tests].filter((file) => !isThere(file))).toEqual(
      [],
    );
    expect([`test/${folder}/situations.ts`, `test/${folder}.test.ts`].some(isThere)).toBe(true);
  });

  test.each(['en', 'ko'] as const)('its page in %s has every section, in order', (language) => {
    const page = readFileSync(join(ROOT, folder, pageName(language)), 'utf8');
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading as string);
    const known: readonly string[] = SECTIONS[language];
    expect(headings.filter((heading) => known.includes(heading))).toEqual(known);
    expect(page).toMatch(new RegExp(`^# ${rule.id}\\b`));
  });

  test.each(['en', 'ko'] as const)('nothing of the template is left in %s', (language) => {
    const controls = join(ROOT, folder, 'controls.json');
    const written = [
      readFileSync(join(ROOT, folder, pageName(language)), 'utf8'),
      JSON.stringify(rule.fix.summary),
      existsSync(controls) ? readFileSync(controls, 'utf8') : '',
    ].join('\n');
    expect(Object.values(TEMPLATE).filter((words) => written.includes(words[language]))).toEqual([]);
    const empty = written
      .split(/^## .*$/m)
      .slice(1)
      .filter((section) => section.trim() === '');
    expect(empty).toEqual([]);
  });

  test('reads only what is known, and says what it reports on and when', () => {
    expect([...rule.reads, ...rule.fix.reads].filter((read) => !READINGS.includes(read))).toEqual([]);
    expect(rule.reads.length).toBeGreaterThan(0);
    expect(isRule && rule.detectedBy).toBeFalsy();
    for (const type of rule.resourceTypes) expect(type).toMatch(/^AWS::(\w+|)::\w+$/);
  });

  test('its parameters have defaults that parse, and are explained in both languages', () => {
    const parameters: Parameters = rule.parameters;
    expect(Object.keys(parseParameters(rule))).toEqual(Object.keys(parameters));
    for (const { about } of Object.values(parameters)) {
      expect(about.en).toMatch(/^[A-Z]/);
      expect(about.ko).toMatch(/[가-힣]/);
    }
    expect(() => parseParameters(rule, { noSuchParameter: '1' })).toThrow(InvalidParametersError);
  });

  test('every kind of finding has a sentence', () => {
    for (const message of Object.values(rule.messages)) expect(typeof message).toBe('function');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { managedRules, regions } from '../../catalogue/availability.ts';
import { readControls, readOwnControls } from '../../catalogue/control.ts';
import { controls, DOMAINS, FRAMEWORKS, type Framework, isOn, ruleOf } from '../../catalogue/index.ts';
import { controlRows, fixes, rules } from '../../rules/index.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { AnyRule } from '../../rules/rule.ts';

// docs/contract.json has their ids: one that is gone, or new, is seen in review.
test('every control is there once', () => {
  expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
  const kinds = new Set(controls.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['custom', 'managed', 'process-check']);
});

test('the command, which has the catalogue as JSON, has the same', () => {
  expect(JSON.parse(JSON.stringify({ controls, regions, managedRules }))).toStrictEqual({
    ...{ controls, regions, managedRules },
  });
});

// Without one no pack, and so no stack, has the rule.
test.each(rules)('$id is for a control, in its own folder', ({ id }) => {
  expect(controlRows.has(id)).toBe(true);
  expect(controls.some((control) => control.kind === 'custom' && control.rule === id)).toBe(true);
});

test('what lies in the catalogue has no folder among the rules', () => {
  const built = [...rules, ...fixes].map(({ id }) => id);
  for (const domain of DOMAINS) {
    const file = join(__dirname, `../../catalogue/controls/${domain}.json`);
    const rows: { id: string; rule?: string }[] = JSON.parse(readFileSync(file, 'utf8'));
    expect(rows.filter((row) => built.includes(row.rule ?? row.id)).map(({ id }) => id)).toEqual([]);
  }
});

test('a built control has the parameters that its rule takes, and says nothing twice', () => {
  for (const control of controls) {
    if (control.kind !== 'custom') continue;
    const rule = ruleOf(control);
    if (rule) {
      expect(() => parseParameters(rule, control.parameters)).not.toThrow();
      expect([control.resourceTypes, control.trigger]).toEqual([undefined, undefined]);
    } else {
      expect([control.id, control.resourceTypes !== undefined, control.trigger !== undefined]).toEqual([
        control.id,
        true,
        true,
      ]);
    }
  }
});

test('a managed rule whose document is ours says so', () => {
  const managed = controls.filter((control) => control.kind === 'managed');
  const own = managed.filter(({ remediation }) => remediation.kind === 'own-document');
  const fixed = fixes.filter(({ detectedBy }) => detectedBy !== undefined);
  expect(fixed.map(({ id, detectedBy }) => `${id} ${detectedBy}`).sort()).toEqual(
    own.map(({ id, identifier }) => `${id} ${identifier}`).sort(),
  );
});

test('an identifier that nobody has been seen to deploy is off', () => {
  const wrong = controls.filter(
    (control) => control.kind === 'managed' && !control.verified && isOn(control),
  );
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

test('no two controls that are on run the same managed rule with the same parameters', () => {
  const seen = controls.flatMap((control) =>
    control.kind === 'managed' && isOn(control)
      ? [`${control.identifier} ${JSON.stringify(control.parameters ?? {})}`]
      : [],
  );
  expect(seen.length).toBe(new Set(seen).size);
});

test('every framework is there, and every mapping has a source', () => {
  const named = new Set(controls.flatMap((control) => Object.keys(control.frameworks)));
  expect([...named].sort()).toEqual(Object.keys(FRAMEWORKS).sort());
  for (const control of controls) {
    for (const framework of Object.keys(control.frameworks) as Framework[]) {
      expect(control.frameworks[framework]?.source).not.toBe('');
    }
  }
});

test('titles are in both languages', () => {
  for (const { title } of controls) {
    expect(title.ko).toMatch(/[가-힣]/);
    expect(title.en).toMatch(/^[A-Z]/);
  }
});

test.each([
  ['an unknown field', [{ id: 'a-b', kind: 'process-check', colour: 'red' }], /root.json: a-b: .*colour/],
  ['a severity that there is not', [{ id: 'a-b', kind: 'process-check', severity: 'BAD' }], /a-b: severity/],
  ['no id', [{ kind: 'process-check' }], /entry 0: id/],
])('%s is refused by name', (_situation, data, message) => {
  expect(() => readControls('root', data)).toThrow(message);
});

test.each([
  ['no pack', [{ title: { en: 'A', ko: '가' } }], /^rules\/root-mfa\/controls.json: entry 0: domain/],
  ['what follows from the rule', [{ kind: 'custom', rule: 'root-mfa' }], /root-mfa\/controls.json: .*rule/],
  ['no control', [], /root-mfa\/controls.json: /],
])("a rule's own controls with %s are refused by name", (_situation, data, message) => {
  const rule = rules.find(({ id }) => id === 'root-mfa') as AnyRule;
  expect(() => readOwnControls(rule, data)).toThrow(message);
});

test('a second control of a rule has an id and a severity of its own', () => {
  const rule = rules.find(({ id }) => id === 'root-mfa') as AnyRule;
  const row = { domain: 'root', title: { en: 'A', ko: '가' }, remediation: { why: 'A.' }, frameworks: {} };
  expect(readOwnControls(rule, [row, { ...row, id: 'root-other', severity: 'LOW' }])).toMatchObject([
    { id: 'root-mfa', kind: 'custom', rule: 'root-mfa', severity: 'CRITICAL' },
    { id: 'root-other', kind: 'custom', rule: 'root-mfa', severity: 'LOW' },
  ]);
});

import {
  controls,
  FRAMEWORKS,
  type Framework,
  isOn,
  isPlanned,
  readControls,
  ruleOf,
} from '../../catalogue/index.ts';
import { fixes, rules } from '../../rules/index.ts';
import { parseParameters } from '../../rules/parameters.ts';

const count = (kind: string) => controls.filter((control) => control.kind === kind).length;

test('there are 139 controls, each once', () => {
  expect(new Set(controls.map(({ id }) => id)).size).toBe(139);
  expect([controls.length, count('custom'), count('managed'), count('process-check')]).toEqual([
    139, 36, 60, 43,
  ]);
});

test('every rule that is built is a control, and every other custom control is planned', () => {
  const built = controls.filter((control) => control.kind === 'custom' && !isPlanned(control));
  expect(built.map(({ id }) => id).sort()).toEqual(rules.map(({ id }) => id).sort());
  expect(controls.filter(isPlanned)).toHaveLength(31);
});

test('a built control has the parameters that its rule takes, and says nothing twice', () => {
  for (const control of controls) {
    if (control.kind !== 'custom') continue;
    const rule = ruleOf(control);
    if (rule) {
      expect(() => parseParameters(rule, control.parameters)).not.toThrow();
      expect([control.id, control.severity]).toEqual([rule.id, rule.severity]);
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

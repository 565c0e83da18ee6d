import { join } from 'node:path';
import {
  type AutomationDocument,
  documentName,
  functionName,
  loadDocument,
  permissionsOf,
  type Step,
} from '../../automation/index.ts';
import { type AnyFix, documentParameter } from '../../rules/fix.ts';
import { fixes, rules } from '../../rules/index.ts';
import type { Parameters } from '../../rules/parameters.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { ownDocument } from '../../scripts/scaffold-document.ts';
import { type DocumentFile, documentFiles } from '../support/documents.ts';

const ROOT = join(__dirname, '../..');

/** Parameters that are neither the rule's nor the fix's, and why. */
const BESIDE: Readonly<Record<string, { readonly names: readonly string[]; readonly why: string }>> = {
  'member-root-credentials': {
    names: ['Approvers', 'TopicArn'],
    why: 'somebody has to approve what the function does, which the document asks for and the function finds out from SSM',
  },
};

const MAX_BYTES = 65_536;

/** What is the same in every document, as a new rule gets it. */
const common = (id: string) =>
  loadDocument(ownDocument({ id, type: 'AWS::::Account', severity: 'LOW' }, ROOT), `the skeleton for ${id}`);
/** Steps that are the same word for word. */
const SAME = ['Report', 'Check', 'Earlier', 'UndoReport', 'CheckUndo', 'Stop'];

test('every rule has its document, and every document its rule', () => {
  expect(documentFiles.map(({ id }) => id).sort()).toEqual([...rules, ...fixes].map(({ id }) => id).sort());
});

describe.each(documentFiles)('$path', ({ id, text, path }: DocumentFile) => {
  let document: AutomationDocument;
  beforeAll(() => {
    document = loadDocument(text, path);
  });

  test('is named like its folder, in its first line', () => {
    expect(text.split('\n')[0]).toBe(`# ${documentName(id)}`);
    // What SSM keeps to itself ("Data elements and parameters"), and how long a name may be.
    expect(documentName(id)).toMatch(/^(?!aws|amazon|amzn)[A-Za-z0-9_.-]{3,128}$/i);
  });

  test('leaves to its marks what all documents have in common', () => {
    const own = text.replace(/^ *# <([a-z-]+)(?: .*)?>\n[\s\S]*?^ *# <\/\1>$/gm, '');
    expect(own.match(/^(?:schemaVersion|assumeRole|outputs|mainSteps):/gm) ?? []).toEqual([]);
    const names = [...own.matchAll(/^ {2}- name: (\w+)$/gm)].map(([, name]) => name);
    expect(
      names.filter((name) => [...SAME, 'Direction', 'Plan', 'Confirm', 'PlanUndo'].includes(`${name}`)),
    ).toEqual([]);
  });

  test('is within 64 KB with all its parameters', () => {
    expect(document.bytes + 512 * Object.keys(document.parameters).length).toBeLessThan(MAX_BYTES);
  });

  test('says what it does, and as whom', () => {
    expect(document.description).toMatch(/^[A-Z].*\.$/s);
    expect(document.assumeRole).toBe('{{ AutomationAssumeRole }}');
    for (const { description } of Object.values(document.parameters))
      expect(description).toMatch(/^[A-Z].*\.$/s);
  });

  test('names the account that owns the buckets it changes', () => {
    const calls = every(document.mainSteps).filter((step) => inputs(step).Service === 's3');
    for (const step of calls) {
      expect([step.name, inputs(step).ExpectedBucketOwner]).toEqual([step.name, '{{ global:ACCOUNT_ID }}']);
    }
  });

  test('needs IAM actions that are known', () => {
    for (const action of permissionsOf(document)) expect(action).toMatch(/^[a-z0-9-]+:[A-Z]\w+$/);
  });
});

describe.each(documentFiles)('$path, beside the others', ({ id, text, path }: DocumentFile) => {
  const shared = common(id);
  let document: AutomationDocument;
  let resource: string;
  let rule: AnyRule;
  beforeAll(async () => {
    rule = (await import(`../../rules/${id}/rule.ts`)).default;
    document = loadDocument(text, path);
    resource = withoutDefault(document)[0] ?? '';
  });

  test('asks for the resource alone', () => {
    expect(withoutDefault(document)).toEqual([resource]);
    expect(document.parameters[resource]).toMatchObject({
      type: 'String',
      allowedPattern: expect.any(String),
    });
  });

  test('has the parameters that all have, word for word, those of its rule and those of its fix', () => {
    const { AutomationAssumeRole, Mode, ExecutionId } = shared.parameters;
    expect(document.parameters).toMatchObject({ AutomationAssumeRole, Mode, ExecutionId });
    const parameters: Parameters = rule.parameters;
    const options: Parameters = rule.fix.options;
    const own = ['AutomationAssumeRole', 'Mode', 'ExecutionId', resource];
    expect(Object.keys(document.parameters).sort()).toEqual(
      [
        ...own,
        ...Object.keys(parameters).map((name) => documentParameter(rule.fix, name)),
        ...Object.keys(options),
        ...(BESIDE[id]?.names ?? []),
      ].sort(),
    );
    for (const [name, { default: value }] of Object.entries(parameters)) {
      const description = 'As the parameter of the rule.';
      expect([name, document.parameters[documentParameter(rule.fix, name)]]).toEqual([
        name,
        { type: 'String', description, default: value },
      ]);
    }
    for (const [name, { default: value, type }] of Object.entries(options)) {
      expect([name, document.parameters[name]]).toMatchObject([name, { type: 'String', default: value }]);
      for (const allowed of document.parameters[name]?.allowedValues ?? []) {
        expect([name, allowed, type.safeParse(allowed as string).success]).toEqual([name, allowed, true]);
      }
    }
  });

  test('has no two parameters that differ in letter case only', () => {
    const names = Object.keys(document.parameters).map((name) => name.toLowerCase());
    expect(names.length).toBe(new Set(names).size);
  });

  test('has the outputs that all have', () => {
    expect(document.outputs).toEqual(shared.outputs);
  });

  test.each(SAME)('its step %s is as in all', (name) => {
    expect(stepOf(document, name)).toEqual(stepOf(shared, name));
  });

  test('begins with its direction', () => {
    const [direction] = document.mainSteps;
    const [expected] = shared.mainSteps;
    // There may be steps before the plan.
    expect(withDefault(direction, 'Plan')).toEqual(expected);
  });

  test('plans and undoes as all do, with all that its rule and its fix are asked for', () => {
    for (const name of ['Plan', 'PlanUndo']) {
      const { description: _1, outputs = [], inputs: asked, ...step } = invocation(document, name);
      const { description: _2, outputs: needed = [], inputs: _3, ...expected } = invocation(shared, name);
      expect(step).toEqual(expected);
      // The selectors that all have come first.
      expect(outputs.slice(0, needed.length)).toEqual(needed);
      const { InputPayload, ...rest } = asked;
      expect(rest).toEqual({ FunctionName: functionName(id), InvocationType: 'RequestResponse' });
      const { parameters = {}, options = {}, caller, ...payload } = InputPayload as Record<string, unknown>;
      const same = invocation(shared, name).inputs.InputPayload as object;
      expect(payload).toEqual({ ...same, resourceId: `{{ ${resource} }}` });
      expect(caller ?? '{{ Caller.UserId }}').toMatch(/^\{\{ \w+\.UserId \}\}$/);
      if (name === 'PlanUndo') expect([parameters, options]).toEqual([{}, {}]);
      else
        expect([parameters, options]).toEqual([handed(rule.parameters, rule.fix), handed(rule.fix.options)]);
    }
  });

  test('confirms the plan, as all do, before anything is written that rests on it', () => {
    for (const step of every(document.mainSteps).filter(({ name }) => /^Confirm|^Again$/.test(name))) {
      const { description: _1, outputs = [], inputs: asked, ...rest } = step as Invocation;
      const {
        description: _2,
        inputs: shared_,
        outputs: needed = [],
        ...expected
      } = invocation(shared, 'Confirm');
      const { planned, before, part, ...payload } = asked.InputPayload as Record<string, string>;
      expect({ ...rest, name: 'Confirm' }).toEqual(expected);
      expect({ ...asked, InputPayload: payload }).toEqual({ ...shared_, InputPayload: { task: 'confirm' } });
      expect(outputs.slice(0, 2)).toEqual(needed.slice(0, 2));
      const from = /^\{\{ (\w+)\.Planned \}\}$/.exec(planned ?? '')?.[1] ?? '';
      expect(['Plan', 'Again', 'Confirm']).toContain(from);
      expect(before).toBe(`{{ ${from}.Before }}`);
      expect(part ?? '{{ Each.CurrentIteratorValue }}').toMatch(/^\{\{ \w+\.CurrentIteratorValue \}\}$/);
    }
    expect(stepOf(document, 'Confirm')).toBeDefined();
  });

  test('changes something only where the plan says Change and the mode is Apply, or where the undo says Change', () => {
    const { Decide, DecideUndo } = Object.fromEntries(document.mainSteps.map((step) => [step.name, step]));
    const isByFunction = rule.fix.byFunction?.approval === false;
    if (!isByFunction && !every(document.mainSteps).some(changes)) return;
    const guarded = document.mainSteps.filter(
      ({ name, action }) =>
        action === 'aws:branch' && ['Decide', 'Narrow', 'Prepare', 'Version', 'Ask'].includes(name),
    );
    for (const branch of guarded) {
      for (const choice of choices(branch) as { readonly And: readonly unknown[] }[]) {
        const last = branch === Decide ? 'Confirm' : (stepBefore(document, branch)?.name ?? '');
        expect(choice.And.slice(0, 2)).toEqual([
          { Variable: `{{ ${last}.Decision }}`, StringEquals: 'Change' },
          { Variable: '{{ Mode }}', StringEquals: 'Apply' },
        ]);
      }
      expect(inputs(branch).Default).toBe(branch === Decide ? 'Report' : 'Confirm');
    }
    expect(guarded).toContain(Decide);
    const [none] = choices(DecideUndo);
    expect(none).toMatchObject({
      Not: { Variable: '{{ PlanUndo.Decision }}', StringEquals: 'Change' },
      NextStep: 'UndoReport',
    });
  });

  test('leaves changes to its function only where its fix says so, and there behind an approval, or where it needs none straight from the decision', () => {
    const made = document.mainSteps.filter((step) =>
      ['apply', 'restore'].includes(
        String((inputs(step).InputPayload as { task?: unknown } | undefined)?.task),
      ),
    );
    expect(made.map((step) => (inputs(step).InputPayload as { task: string }).task)).toEqual(
      rule.fix.byFunction ? ['apply', 'restore'] : [],
    );
    for (const { name } of made) {
      const before = document.mainSteps.filter((step, index) =>
        leadsTo(step, name, document.mainSteps[index + 1]),
      );
      expect([name, before.length > 0, before.map(({ action }) => action)]).toEqual([
        name,
        true,
        before.map(() => (rule.fix.byFunction?.approval === false ? 'aws:branch' : 'aws:approve')),
      ]);
      if (rule.fix.byFunction?.approval === false) {
        expect(before.map((step) => step.name)).toEqual([name === 'Apply' ? 'Decide' : 'DecideUndo']);
        expect(made.find((step) => step.name === name)).toMatchObject({
          onFailure: name === 'Apply' ? 'step:Report' : 'step:UndoReport',
          isCritical: false,
        });
      }
      expect(inputs(made.find((step) => step.name === name))).toMatchObject({
        InputPayload: { executionId: '{{ automation:EXECUTION_ID }}' },
      });
    }
  });

  test('looks up what a changing call that failed has done, before it says that it failed', () => {
    for (const step of every(document.mainSteps).filter(changes)) {
      // Whether a message went out cannot be looked up: who was not told for certain is told again.
      if (step.action === 'aws:executeAwsApi' && step.inputs.Service === 'sns') continue;
      const { onFailure = '', isCritical } = step as { onFailure?: string; isCritical?: boolean };
      expect([step.name, onFailure, isCritical]).toEqual([step.name, expect.stringMatching(/^step:/), false]);
    }
  });

  test("every selector finds something of its type among the fix's inputs, and every input is selected", () => {
    const defaults: Readonly<Record<string, unknown>> = rule.fix.inputs;
    const selected = new Set<string>();
    for (const step of every(document.mainSteps)) {
      if (step.action !== 'aws:invokeLambdaFunction') continue;
      expect(step.inputs.FunctionName).toBe(functionName(id));
      for (const { Selector, Type } of step.outputs ?? []) {
        const name = /^\$\.Payload\.inputs\.(\w+)$/.exec(Selector)?.[1];
        if (name === undefined) {
          expect(Selector).toMatch(
            /^\$\.Payload\.(?:decision|before|planned|message|outcome|applied|remaining|done)$/,
          );
          continue;
        }
        selected.add(name);
        expect([Selector, typesOf(defaults[name])]).toEqual([Selector, expect.arrayContaining([Type])]);
      }
    }
    expect([...selected].sort()).toEqual(Object.keys(defaults).sort());
  });
});

type Invocation = Extract<Step, { action: 'aws:invokeLambdaFunction' }>;

const every = (steps: readonly Step[]): Step[] =>
  steps.flatMap((step) => (step.action === 'aws:loop' ? [step, ...step.inputs.Steps] : [step]));
const inputs = (step: Step | undefined) => (step?.inputs ?? {}) as Readonly<Record<string, unknown>>;
const choices = (step: Step | undefined) => (inputs(step).Choices ?? []) as unknown[];
const stepOf = ({ mainSteps }: AutomationDocument, name: string) =>
  mainSteps.find((step) => step.name === name);
const stepBefore = ({ mainSteps }: AutomationDocument, step: Step) => mainSteps[mainSteps.indexOf(step) - 1];
const invocation = (document: AutomationDocument, name: string) => stepOf(document, name) as Invocation;
const handed = (parameters: Parameters, fix: Pick<AnyFix, 'names'> = {}) =>
  Object.fromEntries(Object.keys(parameters).map((name) => [name, `{{ ${documentParameter(fix, name)} }}`]));

function withoutDefault({ parameters }: AutomationDocument): string[] {
  return Object.keys(parameters).filter((name) => parameters[name]?.default === undefined);
}

const withDefault = (step: Step | undefined, Default: string) =>
  step && { ...step, inputs: { ...step.inputs, Default } };

/** Whether a step can be followed by the step of this name: by falling through, or because it says so. */
function leadsTo(step: Step, name: string, next: Step | undefined): boolean {
  const { nextStep, isEnd, onFailure } = step as Readonly<Record<string, unknown>>;
  const said = JSON.stringify([nextStep, onFailure, inputs(step).Default, inputs(step).Choices]);
  if (said.includes(`"${name}"`) || said.includes(`"step:${name}"`)) return true;
  const fallsThrough = nextStep === undefined && isEnd !== true && step.action !== 'aws:branch';
  return fallsThrough && next?.name === name;
}

/** Whether a step calls an API that changes something. */
const changes = (step: Step) =>
  step.action === 'aws:executeAwsApi' && !/^(?:Get|List|Describe)/.test(step.inputs.Api);

/** The types that SSM may give a value: an empty list may be of either kind. */
function typesOf(value: unknown): string[] {
  if (Array.isArray(value)) {
    const [first] = value;
    if (first === undefined) return ['StringList', 'MapList'];
    return [typeof first === 'string' ? 'StringList' : 'MapList'];
  }
  const types: Readonly<Record<string, string>> = {
    string: 'String',
    number: 'Integer',
    boolean: 'Boolean',
    object: 'StringMap',
  };
  const type = types[typeof value];
  return type ? [type] : [];
}

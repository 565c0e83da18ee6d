import * as fc from 'fast-check';
import { parse } from 'yaml';
import { DocumentError } from '../../automation/document/error.ts';
import { loadDocument } from '../../automation/document/load.ts';
import { AutomationError } from '../../automation/run/execution.ts';
import { note } from '../support/figures.ts';
import { run } from './support/run.ts';

/** A document with something of everything, to be damaged. */
const whole: unknown = parse(`
schemaVersion: '0.3'
assumeRole: '{{ Role }}'
parameters:
  Role: { type: String, default: '', allowedPattern: '^$|^arn:.+$' }
  Ids: { type: StringList, default: [a, b], maxItems: 9 }
  Mode: { type: String, default: Apply, allowedValues: [Apply, Preview] }
variables: { last: { type: String, default: none } }
outputs: [Plan.Before]
mainSteps:
- name: Plan
  action: aws:invokeLambdaFunction
  maxAttempts: 2
  inputs: { FunctionName: F, InputPayload: { task: plan, ids: '{{ Ids }}' } }
  outputs: [{ Name: Before, Selector: '$.Payload.before[0]', Type: StringMap }, { Name: All, Selector: $..id, Type: StringList }]
- name: Choose
  action: aws:branch
  inputs:
    Choices: [{ NextStep: Each, And: [{ Variable: '{{ Mode }}', StringEquals: Apply }, { Not: { Variable: '{{ Plan.StatusCode }}', NumericLesser: 200 } }] }]
    Default: End
- name: Each
  action: aws:loop
  onFailure: step:End
  inputs:
    Iterators: '{{ Ids }}'
    Steps:
    - { name: Do, action: aws:executeAwsApi, onFailure: Continue, inputs: { Service: sts, Api: GetCallerIdentity, X: '{{ Each.CurrentIteratorValue }}' } }
    - { name: Set, action: aws:updateVariable, inputs: { Name: 'variable:last', Value: '{{ Each.CurrentIteratorValue }}' } }
- { name: Wait, action: aws:waitForAwsResourceProperty, timeoutSeconds: 9, isCritical: false, onFailure: Continue, inputs: { Service: sts, Api: GetCallerIdentity, PropertySelector: $.A, DesiredValues: [x] } }
- { name: End, action: aws:sleep, isEnd: true, inputs: { Duration: PT1S } }
`);

const RUNS = 1_000;
// The machine may be busy with others' tests.
jest.setTimeout(60_000);

const paths = (value: unknown, path: (string | number)[] = []): (string | number)[][] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) =>
        paths(item, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
];
const everyPath = paths(whole);
const strings = everyPath
  .map((path) => path.reduce<unknown>((at, key) => Reflect.get(Object(at), key), whole))
  .filter((value) => typeof value === 'string');

/** A copy with one part replaced, or taken away. */
function damaged(path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone({ root: whole });
  const keys = ['root', ...path];
  const last = keys.pop() as string;
  const parent = keys.reduce<object>((at, key) => Reflect.get(at, key), copy);
  if (value === undefined && !Array.isArray(parent)) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value ?? null);
  return copy.root;
}

const replacement = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    0,
    -1,
    1.5,
    true,
    [],
    {},
    [null],
    { NextStep: 'End' },
    '{{',
    '{{ Ids }}',
  ),
  fc.constantFrom(...strings),
  fc.constantFrom(...everyPath.flat()),
  fc.jsonValue({ maxDepth: 2 }),
);

test('a damaged document is refused, or runs to an end: nothing else', async () => {
  const seen = { refused: 0, ran: 0 };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...everyPath), replacement, async (path, value) => {
      const text = JSON.stringify(damaged(path, value)) ?? '';
      try {
        const { execution } = await run(text, {
          'lambda:F': { StatusCode: 200, Payload: '{"before":[{"id":"i"}]}' },
          'sts:GetCallerIdentity': { A: 'x' },
        });
        seen.ran++;
        expect(['Success', 'Failed', 'TimedOut', 'Rejected']).toContain(execution.status);
        expect(JSON.parse(JSON.stringify(execution))).toEqual(execution);
      } catch (error) {
        if (error instanceof AutomationError) return;
        expect(error).toBeInstanceOf(DocumentError);
        seen.refused++;
      }
    }),
    { numRuns: RUNS },
  );
  expect(seen.refused).toBeGreaterThan(RUNS / 5);
  expect(seen.ran).toBeGreaterThan(RUNS / 20);
  note('hostile', 'a document of which one part is spoiled', { tried: RUNS, harmed: 0 });
});

test('text of any kind is refused as a document', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'-:{}[]"\' \n\t#&*!|>%@`,?x0') }), (text) => {
      expect(() => loadDocument(text, 'd')).toThrow(DocumentError);
    }),
    { numRuns: RUNS },
  );
});

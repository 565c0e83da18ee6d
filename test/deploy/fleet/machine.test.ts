import validate from 'asl-validator';
import { definitionOf, type MachineOptions } from '../../../deploy/fleet/machine.ts';

const functionNamed = (name: string) => `arn:aws:lambda:us-east-1:222222222222:function:${name}`;
const OPTIONS: MachineOptions = {
  partition: 'aws',
  bucket: 'groundrules-results-222222222222-us-east-1',
  accounts: functionNamed('groundrules-fleet-accounts'),
  judge: functionNamed('groundrules-fleet-judge'),
  report: functionNamed('groundrules-fleet-report'),
  maxConcurrency: 100,
  toleratedFailurePercentage: 10,
  timeoutSeconds: 900,
};
const CHECKS = { checkPaths: true, checkArn: true };
// biome-ignore lint/suspicious/noExplicitAny: a definition, of which the test looks at single members.
const definition = definitionOf(OPTIONS) as any;

test('the state machine is what the Amazon States Language takes', () => {
  expect(validate(definition, CHECKS)).toMatchObject({ isValid: true, errors: [] });
});

test('the linter would say what is wrong', () => {
  const { Report: _, ...states } = definition.States;
  const broken = { ...definition, States: states };
  expect(validate(broken, CHECKS).isValid).toBe(false);
  const odd = structuredClone(definition);
  odd.States.Judge.MaxConcurrency = 'many';
  expect(validate(odd, CHECKS).isValid).toBe(false);
});

test('the map is as the settings say, and each of its executions may take as long as the function', () => {
  const { Judge } = definition.States;
  expect(Judge).toMatchObject({ MaxConcurrency: 100, ToleratedFailurePercentage: 10 });
  expect(Judge.ItemProcessor.ProcessorConfig).toEqual({ Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' });
  expect(Judge.ItemProcessor.States.JudgeAccount.TimeoutSeconds).toBeGreaterThan(OPTIONS.timeoutSeconds);
});

test('a map that ends early is reported on, and fails the execution afterwards', () => {
  const { Judge, Pages, PagesLeft, Contents, Ended } = definition.States;
  expect(Judge.Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Report' }]);
  expect(Ended.Choices).toEqual([{ Variable: '$.failure', IsPresent: true, Next: 'Failed' }]);
  expect([PagesLeft.Default, Pages.Next, Contents.Next]).toEqual(['Ended', 'Contents', 'Ended']);
  expect(Pages).toMatchObject({ ToleratedFailurePercentage: 100, Catch: [{ Next: 'Contents' }] });
});

import { randomUUID } from 'node:crypto';
import type { AutomationDocument } from '../document/load.ts';
import { variableDefault } from '../document/parameters.ts';
import { NOT_RUN, type Step } from '../document/schema.ts';
import { systemClock } from './clock.ts';
import { AutomationError, type Execution, type RunOptions } from './execution.ts';
import { Cancelled } from './failure.ts';
import { startParameters } from './parameters.ts';
import { Halted, Recorder } from './record.ts';
import { Runner } from './runner.ts';

/**
 * Runs a document here, with the caller's own credentials: its assumeRole is not assumed.
 *
 * The record comes back however the run ends, so that what a step has put out (`Before`, say) is never lost.
 *
 * @throws {AutomationError} before the first step: a parameter that SSM would refuse, or an action that cannot run here.
 *
 * @example
 * const call = awsCaller({ region: 'us-east-1' });
 * const execution = await runAutomation(document, { parameters: { BucketName: 'logs' }, call, invokeLambda, region, accountId });
 */
export async function runAutomation(document: AutomationDocument, options: RunOptions): Promise<Execution> {
  refuseUnsupported(document, options);
  const parameters = await startParameters(document, options);
  const { clock = systemClock, executionId = randomUUID() } = options;
  const recorder = new Recorder(document, parameters, executionId, clock, options);
  const cancel = new AbortController();
  const onAbort = () => cancel.abort(new Cancelled('the run was cancelled'));
  if (options.signal?.aborted) onAbort();
  options.signal?.addEventListener('abort', onAbort, { once: true });

  const variables = new Map(
    Object.entries(document.variables).map(([name, fields]) => [name, variableDefault(fields)]),
  );
  const system = systemVariables(executionId, clock.now(), options);
  const runner = new Runner(
    document,
    {
      document,
      options,
      clock,
      variables,
      start: (child, values, signal) => {
        const { executionId: _own, onStep: _onStep, ...shared } = options;
        return runAutomation(child, { ...shared, parameters: values, signal });
      },
    },
    recorder,
    ({ kind, name }) => (kind === 'parameter' ? parameters[name] : system[name]),
  );
  try {
    await runner.run(cancel.signal);
    return recorder.finish();
  } catch (error) {
    if (error instanceof Cancelled) return recorder.finish('Cancelled');
    if (error instanceof Halted) return recorder.halt(error);
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
  }
}

function refuseUnsupported(document: AutomationDocument, { findDocument }: RunOptions): void {
  const inAll = (steps: readonly Step[]): string[] =>
    steps.flatMap((step) => {
      if (step.action === 'aws:loop') return inAll(step.inputs.Steps);
      if (NOT_RUN.has(step.action)) return [`${step.name} (${step.action})`];
      if (step.action !== 'aws:executeAutomation') return [];
      const { Targets, TargetMaps, TargetLocations } = step.inputs;
      if (Targets ?? TargetMaps ?? TargetLocations)
        return [`${step.name} (${step.action} on several targets)`];
      return findDocument ? [] : [`${step.name} (${step.action}, without findDocument)`];
    });
  const steps = inAll(document.mainSteps);
  if (steps.length === 0) return;
  throw new AutomationError(
    'UnsupportedAction',
    `${document.where}: only SSM itself can run ${steps.join(', ')}: start the document there, or take the step out`,
  );
}

/** The user guide's page "Automation system variables". Times are UTC, of the run's start. */
function systemVariables(
  executionId: string,
  start: Date,
  { region, accountId, partition = 'aws' }: RunOptions,
): Readonly<Record<string, string>> {
  const [date = '', time = ''] = start.toISOString().split(/[T.]/);
  return {
    'global:ACCOUNT_ID': accountId,
    'global:AWS_PARTITION': partition,
    'global:DATE': date,
    'global:DATE_TIME': `${date}_${time.replaceAll(':', '.')}`,
    'global:REGION': region,
    'automation:EXECUTION_ID': executionId,
  };
}

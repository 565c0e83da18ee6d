import type { AutomationDocument } from '../document/load.ts';
import { isObject } from '../document/values.ts';
import { NO_OUTPUT } from '../run/execution.ts';
import { invalidInput, StepError } from '../run/failure.ts';
import { asText } from '../run/values.ts';
import type { Action } from './action.ts';

/** Runs another document to its end. `Output` holds its outputs as text, in their order. */
export const executeAutomation: Action<'aws:executeAutomation'> = {
  unwinds: true,
  run: async ({ DocumentName, DocumentVersion, RuntimeParameters }, { options, signal, start }) => {
    const document = await options.findDocument?.(DocumentName, DocumentVersion);
    if (!document) throw invalidInput(`there is no document ${DocumentName}`);
    const child = await start(document, runtimeParameters(document, RuntimeParameters), signal);
    if (child.status !== 'Success') {
      const why = child.failure ? `: ${child.failure.step}: ${child.failure.message}` : '';
      const message = `${DocumentName} ended as ${child.status}${why}`;
      throw new StepError(
        { stage: 'Invocation', type: child.failure?.type ?? 'Action', message },
        child.status === 'TimedOut' ? 'TimedOut' : 'Failed',
      );
    }
    const Output = document.outputs.map((name) => asText(child.outputs[name] ?? NO_OUTPUT));
    return { outputs: { ExecutionId: child.executionId, Output, Status: child.status } };
  },
};

/** The API's form is a list for each parameter, which authors write for single values too. */
function runtimeParameters(document: AutomationDocument, given: unknown): Record<string, unknown> {
  if (!isObject(given)) return {};
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const isList = document.parameters[name]?.type.endsWith('List');
      return [name, !isList && Array.isArray(value) && value.length === 1 ? value[0] : value];
    }),
  );
}

/** What an execution of a document says, and what it changed. */
import type { Execution } from '../../../automation/index.ts';
import type { Scenario } from './scenario.ts';

/** What a run says in its outputs, or why it failed. */
export function said({ status, outputs, failure }: Execution) {
  const message = String(outputs['Report.Message'] ?? '');
  const isSaid = message !== '' && !message.startsWith('No output');
  return { status, message: isSaid ? message : (failure?.message ?? String(outputs['UndoReport.Message'])) };
}

/** The same of an Undo, whose own report says why it refuses. */
export const saidOfUndo = ({ status, outputs, failure }: Execution) => {
  const message = String(outputs['UndoReport.Message'] ?? '');
  return { status, message: message === '' ? (failure?.message ?? '') : message };
};

/** A list among the outputs; none where the report did not come so far. */
export const listed = ({ outputs }: Execution, name: 'Applied' | 'Remaining'): unknown[] => {
  const text = String(outputs[`Report.${name}`] ?? '');
  return text.startsWith('[') ? JSON.parse(text) : [];
};

/** A run that ended well and left something: a person has to look. */
export const isRefusal = (execution: Execution): boolean =>
  execution.status === 'Success' && listed(execution, 'Remaining').length > 0;

/** Calls as the plan has them: what only the run got to know is what stood in the plan for it. */
export const asPlanned = (calls: readonly unknown[], { toCome }: Pick<Scenario, 'toCome'>): unknown =>
  JSON.parse(
    JSON.stringify(calls, (_, value) =>
      typeof value === 'string' && toCome?.is.test(value) ? toCome.said : value,
    ),
  );

/** The API calls of a run that changed something. */
export const changesOf = ({ steps }: Execution): [api: string, input: unknown][] =>
  steps
    .filter(({ action, status }) => action === 'aws:executeAwsApi' && status === 'Success')
    .map(({ inputs }): [string, unknown] => {
      const { Service, Api, ...input } = inputs as { Service: string; Api: string };
      return [`${Service}:${Api}`, input];
    })
    .filter(([api]) => !/:(?:Get|List|Describe)/.test(api));

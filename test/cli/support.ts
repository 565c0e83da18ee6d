import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EvaluateOptions, evaluateCommand } from '../../cli/evaluate-command.ts';
import type { Progress } from '../../cli/progress.ts';
import type { Result, ResultError, Summary } from '../../report/result.ts';
import { folderOf } from '../account/snapshot/support.ts';

export const quiet: Progress = { step() {}, note() {}, show() {}, done() {} };

export interface Evaluated {
  /** The exit status. */
  readonly status: number;
  readonly report: {
    readonly accountIds: readonly string[];
    readonly now: string;
    readonly rules: readonly string[];
    readonly results: readonly Result[];
    readonly errors: readonly ResultError[];
    readonly summary: Summary;
  };
  /** `sg-open-ports web: NON_COMPLIANT`, and what could not be told, sorted. */
  readonly said: readonly string[];
}

/** Runs `groundrules evaluate` in this process, and reads what it wrote. */
export async function evaluate(paths: readonly string[], options: EvaluateOptions = {}): Promise<Evaluated> {
  const output = join(await folderOf({}), 'report.json');
  const status = await evaluateCommand(paths, { ...options, format: 'json', output }, quiet);
  const report = JSON.parse(readFileSync(output, 'utf8')) as Evaluated['report'];
  const said = [
    ...report.results.map(({ rule, resourceId, compliance }) => `${rule} ${resourceId}: ${compliance}`),
    ...report.errors.map(({ rule, resourceId, code }) => `${rule} ${resourceId}: ${code}`),
  ];
  return { status, report, said: said.sort() };
}

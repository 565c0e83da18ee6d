import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { jsonReport } from '../report/json.ts';
import { type Report, type Summary, toError, toResult } from '../report/result.ts';
import { tableReport } from '../report/table.ts';
import { evaluate as runRule } from '../rules/evaluate.ts';
import { notApplicable } from '../rules/judgement.ts';
import { parseParameters } from '../rules/parameters.ts';
import type { AnyRule } from '../rules/rule.ts';
import { UsageError } from './errors.ts';
import { type Input, openInputs } from './inputs.ts';
import type { LiveOptions } from './live.ts';
import {
  checkRegions,
  chooseRules,
  type GivenParameters,
  isRegion,
  isRuleId,
  readNow,
  readParameters,
  splitValues,
} from './options.ts';
import type { Progress } from './progress.ts';
import { FORMATS, terminal } from './terminal.ts';

export interface EvaluateOptions extends LiveOptions {
  readonly live?: boolean;
  readonly rule?: readonly string[];
  readonly parameters?: string;
  readonly now?: string;
  readonly format?: string;
  readonly output?: string;
  readonly exitZero?: boolean;
}

/** `groundrules evaluate`. Gives the exit status: 0 nothing non-compliant, 1 something is, 2 something unjudged. */
export async function evaluateCommand(
  snapshots: readonly string[],
  options: EvaluateOptions,
  progress: Progress,
): Promise<number> {
  const regions = splitValues(options.region, isRegion);
  const ruleIds = splitValues(options.rule, isRuleId);
  const chosen = chooseRules(ruleIds.values);
  const given = readParameters(options.parameters);
  const now = readNow(options.now);
  if (!FORMATS.some((format) => format === (options.format ?? 'table'))) {
    throw new UsageError(`--format ${options.format}: expected ${FORMATS.join(' or ')}`);
  }
  const live: LiveOptions = { ...options, region: checkRegions(regions.values) };
  const paths = [...snapshots, ...regions.paths, ...ruleIds.paths];

  const inputs = await openInputs(paths, options.live ?? false, live, progress);
  try {
    const summary = await judge(inputs.list, chosen, {
      given,
      now,
      ruleWasNamed: ruleIds.values.length > 0,
      options,
      progress,
    });
    if (options.exitZero) return 0;
    if (summary.errors > 0) return 2;
    return summary.nonCompliant > 0 ? 1 : 0;
  } finally {
    await inputs.close();
  }
}

interface Run {
  readonly given: GivenParameters;
  readonly now: Date | undefined;
  readonly ruleWasNamed: boolean;
  readonly options: EvaluateOptions;
  readonly progress: Progress;
}

async function judge(inputs: readonly Input[], chosen: readonly AnyRule[], run: Run): Promise<Summary> {
  const answerable = (input: Input) =>
    run.ruleWasNamed ? chosen : chosen.filter((rule) => input.answers?.(rule) ?? true);
  const rules = chosen.filter((rule) => inputs.some((input) => answerable(input).includes(rule)));
  const idle = inputs.find((input) => answerable(input).length === 0);
  if (idle)
    throw new UsageError(
      `${idle.label}: no rule reports on what is in it${idle.holds ? ` (${idle.holds})` : ''}`,
    );

  const generatedAt = new Date();
  const summary: Summary = { compliant: 0, nonCompliant: 0, notApplicable: 0, errors: 0 };
  await withReport(run.options, async (report) => {
    await report.begin({
      generatedAt,
      accountIds: [...new Set(inputs.map(({ account }) => account.id))],
      rules: rules.map(({ id }) => id),
      ...commonTime(inputs, run, generatedAt),
    });
    for (const input of inputs) {
      for (const rule of answerable(input)) {
        run.progress.step(`${rule.id}, account ${input.account.id}`);
        await judgeRule(rule, input, run, { generatedAt, report, summary });
      }
    }
    run.progress.done();
    await report.end(summary);
  });
  return summary;
}

/** The time that all inputs are judged as of, if there is one: snapshots may have been made at different times. */
function commonTime(inputs: readonly Input[], run: Run, generatedAt: Date): { readonly now?: Date } {
  const [now, ...others] = inputs.map(({ asOf }) => run.now ?? asOf ?? generatedAt);
  return now && others.every((other) => other.getTime() === now.getTime()) ? { now } : {};
}

async function judgeRule(
  rule: AnyRule,
  input: Input,
  run: Run,
  to: { readonly generatedAt: Date; readonly report: Report; readonly summary: Summary },
): Promise<void> {
  const { account } = input;
  // An event's parameters are those of the rule that it was sent to.
  const sent = input.answers?.(rule) === false ? undefined : input.parameters;
  const parameters = parseParameters(rule, run.given[rule.id] ?? sent ?? {});
  const now = run.now ?? input.asOf ?? to.generatedAt;
  const context = { now, ...(input.resource && { resource: input.resource }) };

  const told = input.tells?.(rule);
  const judgements = told ? [told] : runRule(rule, account, parameters, context);
  for await (const judgement of judgements) {
    if (judgement.compliance === undefined) {
      to.summary.errors++;
      await to.report.error(toError(rule, account.id, judgement));
    } else {
      count(to.summary, judgement.compliance);
      await to.report.result(toResult(rule, account.id, judgement));
    }
  }
  for await (const resource of input.deleted?.(rule.resourceTypes) ?? []) {
    to.summary.notApplicable++;
    await to.report.result(toResult(rule, account.id, notApplicable(resource)));
  }
}

function count(summary: Summary, compliance: 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE'): void {
  if (compliance === 'COMPLIANT') summary.compliant++;
  else if (compliance === 'NON_COMPLIANT') summary.nonCompliant++;
  else summary.notApplicable++;
}

/** Opens where the report goes, and sees it through to the last byte. */
async function withReport(options: EvaluateOptions, write: (report: Report) => Promise<void>): Promise<void> {
  const toFile = options.output !== undefined && options.output !== '-';
  const out: Writable = toFile ? createWriteStream(options.output as string) : process.stdout;
  if (toFile) {
    await once(out, 'open').catch((error: Error) => {
      throw new UsageError(`--output ${options.output}: ${error.message}`);
    });
  }
  await write(options.format === 'json' ? jsonReport(out) : tableReport(out, terminal(!toFile)));
  if (toFile) {
    out.end();
    await once(out, 'close');
  }
}

/** Judges what `groundrules evaluate` was given, and tells the report. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyAccount } from '../../account/account.ts';
import { cliCommand } from '../../account/snapshot/cli-command.ts';
import { controls } from '../../catalogue/index.ts';
import { PACKAGE_ROOT } from '../../package.ts';
import { type Both, both } from '../../report/both.ts';
import { type ReportOptions, reportIn, together } from '../../report/formats/index.ts';
import { type Header, type Report, type Result, type Summary, toResult } from '../../report/result.ts';
import { asSaid, goneOf, judgedBy, type Said } from '../../report/said.ts';
import { count, noSummary } from '../../report/summary.ts';
import { rules as allRules } from '../../rules/index.ts';
import { MAX_ANNOTATION, notApplicable } from '../../rules/judgement.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { AnyRule, Severity } from '../../rules/rule.ts';
import { heldBack } from '../../rules/shared/ahead.ts';
import type { Input } from '../inputs/open.ts';
import { sayUntold, untold } from '../inputs/untold.ts';
import type { GivenParameters } from '../options/read.ts';
import type { Followed } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import type { ON_ERROR, Options } from './command.ts';
import { commonTime, said, settingsIn } from './header.ts';
import { nextSteps } from './next.ts';
import type { Outputs } from './output.ts';
import type { Stored } from './stored.ts';
import type { Waiving } from './waivers.ts';

/** How a rule is run. */
export interface Judging {
  readonly given: GivenParameters;
  readonly settings: Followed | undefined;
  readonly now: Date | undefined;
}

export interface Evaluation extends Judging {
  readonly stored: Stored | undefined;
  readonly ruleWasNamed: boolean;
  readonly isSample: boolean;
  readonly failOn: Severity;
  readonly onError: (typeof ON_ERROR)[number];
  readonly outputs: Outputs;
  readonly options: Options;
  readonly world: World;
  readonly waiving: Waiving;
  readonly baseline: ReportOptions['baseline'];
  readonly history: ReportOptions['history'];
}

export async function judgeInputs(
  inputs: readonly Input[],
  chosen: readonly AnyRule[],
  run: Evaluation,
): Promise<Summary> {
  const list = await askedOf(inputs, chosen, run.ruleWasNamed, run.world);
  const rules = chosen.filter((rule) => list.some(({ asked }) => asked.includes(rule)));

  const generatedAt = new Date();
  const { stored } = run;
  const accountIds = [
    ...new Set([...inputs.map(({ account }) => account.id), ...(stored?.accountIds ?? [])]),
  ];
  const telling = new Telling(run, rules);
  const { summary } = telling;
  await telling.begin({
    generatedAt,
    accountIds,
    ...commonTime(inputs, run.now, generatedAt),
    ...said(inputs, rules, run, generatedAt),
  });
  const idleRules: [AnyRule, Input][] = [];
  for (const { input, asked } of list) {
    const said = begun(input, asked, (rule) => saidBy(rule, input, run, generatedAt));
    for (const [at, rule] of asked.entries()) {
      const about = { rule: rule.id, accountId: input.account.id };
      const place = { en: `account ${input.account.id}`, ko: `계정 ${input.account.id}` };
      run.world.progress.step(
        both((language) => `${rule.id}, ${place[language]}`),
        about,
      );
      const before = judgedIn(summary);
      for await (const one of said[at] ?? []) await telling.say(one);
      if (judgedIn(summary) === before) idleRules.push([rule, input]);
    }
  }
  for (const result of stored?.results() ?? []) await telling.take(result);
  // If a rule was asked for by name, or there is no result at all, a result says that there was nothing to look at.
  const isReported = run.ruleWasNamed || judgedIn(summary) === 0;
  for (const [rule, input] of idleRules) {
    const result = nothingToJudge(rule, input.account);
    if (isReported) await telling.take(result);
    run.world.progress.note(
      {
        en: `${rule.id}, account ${input.account.id}: ${result.annotation}`,
        ko: `${rule.id}, 계정 ${input.account.id}: ${nothing(rule, input.account).ko}`,
      },
      { rule: rule.id, accountId: input.account.id },
    );
  }
  return telling.end(accountIds);
}

/** Of an account that takes its time the rules are run side by side, and told of one by one. */
export const begun = (
  { account }: Pick<Input, 'account'>,
  rules: readonly AnyRule[],
  say: (rule: AnyRule) => AsyncIterable<Said>,
): readonly AsyncIterable<Said>[] => (account.isAfar ? heldBack(rules.map(say)) : rules.map(say));

/**
 * The rules that are run over each input. One that no rule reports on would look like one without a problem, left out: of it none of the
 * rules that are run over the others can tell. (Of a template that is so.)
 *
 * @throws {Error} why there is nothing to judge in the first such input, where there is nothing in any.
 */
export async function askedOf(
  inputs: readonly Input[],
  chosen: readonly AnyRule[],
  ruleWasNamed: boolean,
  world: World,
): Promise<readonly { readonly input: Input; readonly asked: readonly AnyRule[] }[]> {
  const answerable = (input: Input) =>
    ruleWasNamed ? chosen : chosen.filter((rule) => input.answers?.(rule) ?? true);
  const isIdle = (input: Input) => !input.why && !input.judge && answerable(input).length === 0;
  const list = inputs.map((input) =>
    isIdle(input) ? untold(input, new UsageError(noRuleFor(input, chosen))) : input,
  );
  const told = list.filter(({ why }) => !why);
  const able = chosen.filter((rule) => told.some((input) => answerable(input).includes(rule)));
  const why = list.find((input) => input.why)?.why;
  if (why && able.length === 0) throw why;
  await sayUntold(list, world);
  const asked = (input: Input) => {
    if (!input.why) return answerable(input);
    const its = able.filter((rule) => input.answers?.(rule) ?? true);
    return its.length > 0 ? its : able;
  };
  return list.map((input) => ({ input, asked: asked(input) }));
}

/** Why an input gives nothing to report on, and what to give beside it, where a rule reads what is in it. */
function noRuleFor({ label, holds, reads }: Input, chosen: readonly AnyRule[]): Both {
  const inIt = holds ? ` (${holds})` : '';
  const what = {
    en: `${label}: no rule reports on what is in it${inIt}`,
    ko: `${label}: 들어 있는 것${inIt}을 보고하는 규칙이 없습니다`,
  };
  const reader = chosen.find((rule) => rule.reads.some((reading) => reads?.has(reading)));
  const [first] = reader?.reads ?? [];
  if (!reader || !first) {
    const types = [...new Set(chosen.flatMap(({ resourceTypes }) => resourceTypes))].join(', ');
    return {
      en: `${what.en}. They report on ${types}: give what shows one of these, or run "groundrules collect"`,
      ko: `${what.ko}. 규칙이 보고하는 것은 ${types}입니다. 그중 하나가 있는 것을 주거나 "groundrules collect"를 실행하십시오`,
    };
  }
  const command = cliCommand(first, {}, { accountId: '123456789012', region: undefined });
  return {
    en: `${what.en}: ${reader.id} reads it beside what "${command}" prints. Give that as well, or run "groundrules collect"`,
    ko: `${what.ko}: ${reader.id}은(는) "${command}"의 출력과 함께 읽습니다. 그것도 주거나 "groundrules collect"를 실행하십시오`,
  };
}

function reportOf(
  { outputs, options, world, baseline, history }: Evaluation,
  judged: readonly AnyRule[],
): Report {
  const next = { live: options, config: options.config };
  const reports = outputs.each.map(([format, { out, isStdout }]) =>
    reportIn(format, out, {
      ...world.screen(isStdout),
      language: world.language,
      ...(options.groupBy && { groupBy: options.groupBy }),
      next: (result, { sample }) => nextSteps(result, { ...next, sample }, world),
      pageText: (page) => readFileSync(join(PACKAGE_ROOT, page), 'utf8'),
      ...(baseline && { baseline }),
      ...(history && { history }),
      ...(judged.length < allRules.length && {
        unjudged: `groundrules controls --unjudged ${judged.map(({ id }) => id).join(' ')}`,
      }),
    }),
  );
  return together(reports);
}

/** How many controls of the catalogue these rules judge, or AWS Config answers for. */
function judgedControls(rules: readonly AnyRule[], stored: Stored | undefined): number {
  const own = controls.filter((one) => one.kind === 'custom' && rules.some(({ id }) => id === one.rule));
  return new Set([...own, ...(stored?.controls ?? [])]).size;
}

/** Judgements so far. */
const judgedIn = ({ compliant, nonCompliant, notApplicable, errors }: Summary): number =>
  compliant + nonCompliant + notApplicable + errors;

/** The result of a rule that found no resource: without it, nobody could tell a look at nothing from no look. */
export const nothingToJudge = (rule: AnyRule, { id, regions }: AnyAccount): Result => ({
  ...toResult(rule, id, notApplicable({ type: 'AWS::::Account', id, region: 'global' })),
  annotation: nothing(rule, { regions }).en.slice(0, MAX_ANNOTATION),
});

function nothing({ resourceTypes }: AnyRule, { regions }: Pick<AnyAccount, 'regions'>): Both {
  const where = regions.length > 0 ? ` (${regions.join(', ')})` : '';
  return {
    en: `nothing to judge: no ${resourceTypes.join(' and no ')} in view${where}`,
    ko: `판정할 것 없음: 보이는 ${resourceTypes.join(', ')}이(가) 없음${where}`,
  };
}

/** What a rule says of an input. */
export async function* saidBy(
  rule: AnyRule,
  input: Input,
  run: Judging,
  generatedAt: Date,
): AsyncGenerator<Said> {
  const { account } = input;
  // An event's parameters are those of the rule that it was sent to.
  const sent = input.answers?.(rule) === false ? undefined : input.parameters;
  const given = {
    ...(sent ?? run.settings?.parameters[rule.id]),
    ...(run.given[rule.id] as object | undefined),
  };
  const now = run.now ?? input.asOf ?? generatedAt;
  const context = { now, ...(input.resource && { resource: input.resource }) };
  // What is not deployed is put right where it is declared.
  const hasFix = !input.judge && run.settings?.fixes[rule.id]?.mode !== 'off';

  const parameters = parseParameters(rule, given);
  const told = input.tells?.(rule);
  const judgements = told ? [told] : input.judge?.(rule, parameters, context);
  yield* judgements
    ? asSaid(rule, account.id, judgements, hasFix)
    : judgedBy(rule, account, { parameters: given, context, hasFix });
  const { deleted } = input;
  if (deleted) yield* goneOf(rule, account.id, (types) => deleted(types));
}

/** Tells the report, with what waivers and AWS Config make of a verdict, and counts. */
export class Telling {
  readonly summary: Summary;
  readonly #report: Report;
  readonly #run: Evaluation;
  readonly #rules: readonly AnyRule[];

  constructor(run: Evaluation, rules: readonly AnyRule[]) {
    this.#run = run;
    this.#rules = rules;
    this.#report = reportOf(run, rules);
    this.summary = noSummary(run);
  }

  /** @param header what the run itself does not say; `settings` where they are not the same for all accounts. */
  begin(
    header: Omit<Header, 'rules' | 'sample' | 'settings' | 'controls'> & Partial<Pick<Header, 'settings'>>,
  ): Promise<void> {
    const { settings, stored, isSample } = this.#run;
    return this.#report.begin({
      settings: settingsIn(settings),
      ...header,
      rules: [...new Set([...this.#rules, ...(stored?.controls ?? [])].map(({ id }) => id))],
      sample: isSample,
      controls: { judged: judgedControls(this.#rules, stored), all: controls.length },
    });
  }

  /** @param units the ids of those that the account is in, where they are known. */
  async say(said: Said, units?: readonly string[]): Promise<void> {
    if ('error' in said) {
      this.summary.errors++;
      await this.#report.error(said.error);
      return;
    }
    const waived = await this.#run.waiving.waive(said.result, said.tags, units);
    await this.take(this.#run.stored?.beside(waived) ?? waived);
  }

  /** A result that is as it is to be shown. */
  async take(result: Result): Promise<void> {
    count(this.summary, result);
    await this.#report.result(result);
  }

  async end(accountIds: readonly string[]): Promise<Summary> {
    const { progress } = this.#run.world;
    progress.done();
    const judged = { accountIds, rules: this.#rules.map(({ id }) => id) };
    this.summary.waivers = this.#run.waiving.settle(judged, progress);
    await this.#report.end(this.summary);
    return this.summary;
  }
}

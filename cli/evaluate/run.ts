import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyAccount } from '../../account/account.ts';
import { cliCommand } from '../../account/snapshot/cli-command.ts';
import { controls } from '../../catalogue/index.ts';
import { PACKAGE_ROOT } from '../../package.ts';
import { type Both, both } from '../../report/both.ts';
import { type ReportOptions, reportIn, together } from '../../report/formats/index.ts';
import {
  type Report,
  type Result,
  SEVERITIES,
  type Summary,
  toError,
  toResult,
} from '../../report/result.ts';
import { evaluate as runRule } from '../../rules/evaluate.ts';
import { rules as allRules } from '../../rules/index.ts';
import { MAX_ANNOTATION, notApplicable } from '../../rules/judgement.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { AnyRule, Severity } from '../../rules/rule.ts';
import { type Input, type InputOptions, type Inputs, openInputs } from '../inputs/open.ts';
import { applyLimits } from '../options/limit.ts';
import { checkEndpoint, openLive } from '../options/live.ts';
import {
  checkAccount,
  checkRegions,
  chooseRules,
  type GivenParameters,
  isRegion,
  isRuleId,
  readNow,
  readParameters,
  refuseEmpty,
  splitValues,
} from '../options/read.ts';
import { type Followed, followSettings } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import { eachAccountOnce, inRegionsOf } from './accounts.ts';
import type { Arguments, ON_ERROR, Options } from './command.ts';
import { readBaseline, said } from './header.ts';
import { nextSteps } from './next.ts';
import { type Outputs, openOutputs, readFormats } from './output.ts';
import type { Stored } from './stored.ts';
import { checkSubject, NOTHING_OF_YOURS, saysWhose } from './subject.ts';
import { openWaivers, readFailOnWaivers, type Waiving } from './waivers.ts';

/**
 * `groundrules evaluate`. Gives the exit status: 0 nothing non-compliant, or nothing as bad as `--fail-on`; 1 something is;
 * 2 something unjudged, unless `--on-error ignore`.
 */
export async function run([snapshots]: Arguments, options: Options, world: World): Promise<number> {
  const { env, progress } = world;
  if (options.exitZero) world.exitUnreadWith(0);
  applyLimits(options.limit);
  const regions = splitValues(options.region, isRegion);
  const ruleIds = splitValues(options.rule, isRuleId);
  const paths = [...snapshots, ...regions.paths, ...ruleIds.paths];
  refuseEmpty('--rule', options.rule, ruleIds);
  refuseEmpty('--region', options.region, regions);
  const named = chooseRules(ruleIds.values);
  const given = readParameters(options.parameters);
  const now = readNow(options.now);
  const formats = readFormats(options.format);
  const { failOn = 'LOW', onError = 'fail' } = options;
  checkEndpoint(options.endpointUrl, env);
  checkRegions(regions.values);
  checkAccount(options.account);
  const isSample = checkSubject(paths, options, env);
  const failOnWaivers = readFailOnWaivers(options.failOnWaivers);
  const settings = await followSettings(options);
  const waiving = openWaivers(options.waivers, isSample, {
    now: now ?? world.now(),
    ...settings?.waivers,
  });
  const baseline = await readBaseline(options.baseline, formats, world);

  const outputs = await openOutputs(formats, options.output, world);
  let inputs: Awaited<ReturnType<typeof openInputs>> | undefined;
  try {
    if (isSample && (saysWhose(env) !== undefined || options.profile !== undefined))
      progress.note(NOTHING_OF_YOURS);
    const isNamed = regions.values.length > 0;
    const liveRegions = options.live && !isNamed ? (settings?.regions ?? []) : regions.values;
    const live: InputOptions = { ...options, region: liveRegions };
    inputs =
      options.aggregator === undefined
        ? await openInputs(paths, options.live ?? false, live, world)
        : NOTHING;
    const once = eachAccountOnce(inputs.list, progress);
    // The sample's Regions are not the user's.
    const isOurs = !isNamed && !options.live && !isSample;
    const list = settings && isOurs ? inRegionsOf(once, settings, progress) : once;
    const isLeftOut = ({ id }: AnyRule) => ruleIds.values.length === 0 && settings?.leftOut.includes(id);
    const chosen = named.filter((rule) => !isLeftOut(rule));
    if (chosen.length < named.length) {
      const off = named.filter(isLeftOut).map(({ id }) => id);
      progress.note({
        en: `${off.join(', ')} left out: off in ${settings?.file} (--rule judges it all the same)`,
        ko: `${off.join(', ')} 제외: ${settings?.file}에서 꺼져 있습니다 (그래도 판정하려면 --rule)`,
      });
    }
    const stored = await openStored(chosen, { options, settings, given, world });
    const run = {
      ...{ stored, given, settings, now, isSample, failOn, onError, outputs, options, world, waiving },
      ...{ baseline },
    };
    const summary = await judgeInputs(list, chosen, { ...run, ruleWasNamed: ruleIds.values.length > 0 });
    await outputs.finish();
    if (options.exitZero) return 0;
    if (summary.errors > 0 && onError === 'fail') return 2;
    if (summary.failing > 0) return 1;
    return failOnWaivers.some((which) => summary.waivers?.[which].length) ? 3 : 0;
  } catch (error) {
    throw outputs.discard(error);
  } finally {
    await inputs?.close();
  }
}

/** An aggregator's results are all there is. */
const NOTHING: Inputs = { list: [], close: async () => {} };

/** What AWS Config has, where that is asked for. */
async function openStored(
  chosen: readonly AnyRule[],
  { options, settings, given, world }: Pick<Evaluation, 'options' | 'settings' | 'given' | 'world'>,
): Promise<Stored | undefined> {
  const { fromConfig, aggregator } = options;
  if (!fromConfig && aggregator === undefined) return undefined;
  const { readAggregated, readStored } = await import('./stored.ts');
  const account = await openLive(options, world);
  const asked = {
    judged: aggregator === undefined ? chosen.map(({ id }) => id) : [],
    parameters: (rule: string) => ({
      ...settings?.parameters[rule],
      ...(given[rule] as Record<string, string> | undefined),
    }),
    packPrefix: settings?.packPrefix ?? 'groundrules-',
    progress: world.progress,
  };
  return aggregator === undefined ? readStored(account, asked) : readAggregated(account, aggregator, asked);
}

interface Evaluation {
  readonly stored: Stored | undefined;
  readonly given: GivenParameters;
  readonly settings: Followed | undefined;
  readonly now: Date | undefined;
  readonly ruleWasNamed: boolean;
  readonly isSample: boolean;
  readonly failOn: Severity;
  readonly onError: (typeof ON_ERROR)[number];
  readonly outputs: Outputs;
  readonly options: Options;
  readonly world: World;
  readonly waiving: Waiving;
  readonly baseline: ReportOptions['baseline'];
}

async function judgeInputs(
  inputs: readonly Input[],
  chosen: readonly AnyRule[],
  run: Evaluation,
): Promise<Summary> {
  const answerable = (input: Input) =>
    run.ruleWasNamed ? chosen : chosen.filter((rule) => input.answers?.(rule) ?? true);
  const rules = chosen.filter((rule) => inputs.some((input) => answerable(input).includes(rule)));
  const idle = inputs.find((input) => answerable(input).length === 0);
  if (idle) throw new UsageError(noRuleFor(idle, chosen));

  const generatedAt = new Date();
  const { settings } = run;
  const summary: Summary = {
    ...{ compliant: 0, nonCompliant: 0, notApplicable: 0, errors: 0 },
    severities: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 },
    ...{ waived: 0, waivers: null },
    ...{ failing: 0, failOn: run.failOn, onError: run.onError },
  };
  const { stored } = run;
  const accountIds = [
    ...new Set([...inputs.map(({ account }) => account.id), ...(stored?.accountIds ?? [])]),
  ];
  const report = reportOf(run, rules);
  await report.begin({
    generatedAt,
    accountIds,
    rules: [...new Set([...rules, ...(stored?.controls ?? [])].map(({ id }) => id))],
    ...commonTime(inputs, run, generatedAt),
    sample: run.isSample,
    settings: settings
      ? { file: settings.file, homeRegion: settings.homeRegion, regions: settings.regions }
      : null,
    controls: { judged: judgedControls(rules, stored), all: controls.length },
    ...said(inputs, rules, run, generatedAt),
  });
  const idleRules: [AnyRule, Input][] = [];
  for (const input of inputs) {
    for (const rule of answerable(input)) {
      const about = { rule: rule.id, accountId: input.account.id };
      const place = { en: `account ${input.account.id}`, ko: `계정 ${input.account.id}` };
      run.world.progress.step(
        both((language) => `${rule.id}, ${place[language]}`),
        about,
      );
      const before = judgedIn(summary);
      await judgeInput(rule, input, run, { generatedAt, report, summary });
      if (judgedIn(summary) === before) idleRules.push([rule, input]);
    }
  }
  for (const result of stored?.results() ?? []) {
    count(summary, result);
    await report.result(result);
  }
  // If a rule was asked for by name, or there is no result at all, a result says that there was nothing to look at.
  const isReported = run.ruleWasNamed || judgedIn(summary) === 0;
  for (const [rule, input] of idleRules) {
    const result = nothingToJudge(rule, input.account);
    if (isReported) {
      summary.notApplicable++;
      await report.result(result);
    }
    run.world.progress.note(
      {
        en: `${rule.id}, account ${input.account.id}: ${result.annotation}`,
        ko: `${rule.id}, 계정 ${input.account.id}: ${nothing(rule, input.account).ko}`,
      },
      { rule: rule.id, accountId: input.account.id },
    );
  }
  run.world.progress.done();
  summary.waivers = run.waiving.settle({ accountIds, rules: rules.map(({ id }) => id) }, run.world.progress);
  await report.end(summary);
  return summary;
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

function reportOf({ outputs, options, world, baseline }: Evaluation, judged: readonly AnyRule[]): Report {
  const next = { live: options, config: options.config };
  const reports = outputs.each.map(([format, { out, isStdout }]) =>
    reportIn(format, out, {
      ...world.screen(isStdout),
      language: world.language,
      next: (result) => nextSteps(result, next, world),
      pageText: (page) => readFileSync(join(PACKAGE_ROOT, page), 'utf8'),
      ...(baseline && { baseline }),
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
const nothingToJudge = (rule: AnyRule, { id, regions }: AnyAccount): Result => ({
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

/** The time that all inputs are judged as of, if there is one: snapshots may have been made at different times. */
function commonTime(inputs: readonly Input[], run: Evaluation, generatedAt: Date): { readonly now?: Date } {
  const [now, ...others] = inputs.map(({ asOf }) => run.now ?? asOf ?? generatedAt);
  return now && others.every((other) => other.getTime() === now.getTime()) ? { now } : {};
}

async function judgeInput(
  rule: AnyRule,
  input: Input,
  run: Evaluation,
  to: { readonly generatedAt: Date; readonly report: Report; readonly summary: Summary },
): Promise<void> {
  const { account } = input;
  // An event's parameters are those of the rule that it was sent to.
  const sent = input.answers?.(rule) === false ? undefined : input.parameters;
  const parameters = parseParameters(rule, {
    ...(sent ?? run.settings?.parameters[rule.id]),
    ...(run.given[rule.id] as object | undefined),
  });
  const now = run.now ?? input.asOf ?? to.generatedAt;
  const context = { now, ...(input.resource && { resource: input.resource }) };

  const told = input.tells?.(rule);
  const judgements = told ? [told] : runRule(rule, account, parameters, context);
  for await (const judgement of judgements) {
    if (judgement.compliance === undefined) {
      to.summary.errors++;
      await to.report.error(toError(rule, account.id, judgement));
    } else {
      const hasFix = run.settings?.fixes[rule.id]?.mode !== 'off';
      const waived = run.waiving.waive(toResult(rule, account.id, judgement, hasFix));
      const result = run.stored?.beside(waived) ?? waived;
      count(to.summary, result);
      await to.report.result(result);
    }
  }
  for await (const resource of input.deleted?.(rule.resourceTypes) ?? []) {
    to.summary.notApplicable++;
    await to.report.result(toResult(rule, account.id, notApplicable(resource)));
  }
}

function count(summary: Summary, { compliance, severity, waivers }: Result): void {
  if (compliance === 'COMPLIANT') summary.compliant++;
  else if (compliance === 'NOT_APPLICABLE') summary.notApplicable++;
  else {
    summary.nonCompliant++;
    summary.severities[severity]++;
    if (waivers) summary.waived++;
    else if (SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(summary.failOn)) summary.failing++;
  }
}

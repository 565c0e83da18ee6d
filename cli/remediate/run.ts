import type { LiveAccount } from '../../account/live/open.ts';
import { defaultRegion } from '../../account/live/shared.ts';
import type { Both } from '../../report/both.ts';
import { checkEndpoint, openLive } from '../options/live.ts';
import {
  checkRegions,
  chooseRules,
  type GivenParameters,
  readParameters,
  refuseEmpty,
  splitValues,
} from '../options/read.ts';
import { type Followed, followSettings } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import type { Progress } from '../program/progress.ts';
import type { World } from '../program/world.ts';
import type { Arguments, Options } from './command.ts';
import { FIXABLE, openRemediation, readAssignments } from './document.ts';
import type { Job } from './engine.ts';
import { checkNamed, type Given, namedJob, reportedJobs, undoJob } from './jobs.ts';
import { findKey, openKey, type RecordKey } from './key.ts';
import { checkRecordFile, readRecord } from './record.ts';
import { type Choice, checkLeft, checkResources, fixable, readResults } from './results.ts';
import { walk } from './walk.ts';

const MAX = 10;

/**
 * `groundrules remediate`. Gives the exit status: 0 done, nothing to do, or previewed; 1 something is left or refused; 2
 * the call was wrong, or it failed before anything was changed; 130 interrupted.
 */
export async function run([ruleId, resourceId]: Arguments, options: Options, world: World): Promise<number> {
  const { progress } = world;
  const settings = await followSettings(options);
  checkOptions(ruleId, resourceId, options, world);
  const given: Given = {
    parameters: forDocuments(await readParameters(options.parameters, FIXABLE), settings),
    assignments: readAssignments(options.parameter),
  };
  const max = readMax(options.max);

  let account: LiveAccount;
  let jobs: readonly Job[];
  if (options.undo) {
    jobs = await undoJobs(options.undo, [ruleId, resourceId], options, progress);
    account = await open(options, jobs[0]?.region as string, world);
    const foreign = jobs.find(({ earlier }) => earlier?.accountId !== account.accountId);
    if (foreign?.earlier) {
      throw new UsageError({
        en: `the record for ${foreign.resourceId} is of another account: its accountId is ${foreign.earlier.accountId}, the credentials are of ${account.accountId}`,
        ko: `${foreign.resourceId}의 기록은 다른 계정의 것입니다: 기록의 accountId는 ${foreign.earlier.accountId}, 자격 증명은 ${account.accountId}입니다`,
      });
    }
  } else if (options.from !== undefined) {
    ({ account, jobs } = await jobsFrom(options.from, options, given, settings, world));
  } else {
    const remediation = openRemediation(ruleId as string);
    if (isOff(remediation.rule.id, settings)) {
      throw new UsageError({
        en: `the remediation of ${remediation.rule.id} is off in ${settings?.file}: nothing was looked at (--no-config leaves the file alone)`,
        ko: `${settings?.file}에서 ${remediation.rule.id}의 수정이 꺼져 있습니다. 아무것도 확인하지 않았습니다 (설정을 무시하려면 --no-config)`,
      });
    }
    checkNamed(remediation, resourceId, given);
    const region = await regionOf(options, settings);
    account = await open(options, region, world);
    jobs = [await namedJob(remediation, resourceId, { account, region, given })];
  }
  progress.done();
  if (settings && !options.undo)
    progress.note({ en: `settings: ${settings.file}`, ko: `설정: ${settings.file}` });
  const mode = options.undo ? 'Undo' : options.apply ? 'Apply' : 'Preview';
  // Made before anything is changed, because a run whose record cannot be signed must not begin.
  const key: RecordKey | undefined = mode === 'Preview' ? undefined : await openKey();
  return walk(jobs, {
    account,
    mode,
    max,
    isList: options.from !== undefined,
    isJson: options.format === 'json',
    // `--trust-record`: somebody has looked at the record, and is shown what it would bring back.
    yes: options.yes === true && options.trustRecord !== true,
    key,
    record: options.record,
    settings: settings?.file ?? null,
    world,
  });
}

/** What an evaluation found, as far as it is wanted and these credentials can fix it. */
async function jobsFrom(
  file: string,
  options: Options,
  given: Given,
  settings: Followed | undefined,
  world: World,
): Promise<{ readonly account: LiveAccount; readonly jobs: readonly Job[] }> {
  const { progress } = world;
  const results = await readResults(file, world.input);
  const rules = namesOf('--rule', options.rule);
  chooseRules(rules, FIXABLE);
  const resources = options.resource && namesOf('--resource', options.resource);
  const choice: Choice = { rules, severity: options.severity, resources, region: options.region };
  const named = checkResources(results, choice);
  const region = await regionOf(options, settings);
  // Whatever is wrong with the documents' parameters is found before credentials are asked for.
  reportedJobs(
    named.filter(({ rule }) => FIXABLE.some(({ id }) => id === rule)),
    region,
    given,
  );
  const account = await open(options, region, world);
  const { accountId } = account;
  const { found, leftOut, accountIds } = fixable(results, { ...choice, accountId });
  for (const line of leftOut) progress.note(line);
  if (accountIds.length > 0 && !accountIds.includes(accountId)) {
    throw new UsageError({
      en: `--from ${file}: it is of account ${accountIds.join(', ')}, the credentials are of ${accountId}`,
      ko: `--from ${file}: ${accountIds.join(', ')} 계정의 것인데, 자격 증명은 ${accountId}의 것입니다`,
    });
  }
  const wanted = found.filter(({ rule }) => !isOff(rule, settings));
  if (wanted.length < found.length) {
    const off = [...new Set(found.map(({ rule }) => rule))].filter((rule) => isOff(rule, settings));
    const count = found.length - wanted.length;
    progress.note({
      en: `left out: ${count} of ${off.join(', ')}, whose remediation is off in ${settings?.file}`,
      ko: `제외: ${off.join(', ')}의 ${count}개, ${settings?.file}에서 수정이 꺼져 있습니다`,
    });
  }
  checkLeft(wanted, resources);
  return { account, jobs: reportedJobs(wanted, region, given) };
}

/** The values of an option that takes several, each by itself or with commas between them. */
function namesOf(option: string, given: readonly string[] | undefined): string[] {
  refuseEmpty(
    option,
    given,
    splitValues(given, () => true),
  );
  return (given ?? []).flatMap((value) => value.split(',')).filter(Boolean);
}

function checkOptions(
  ruleId: string | undefined,
  resourceId: string | undefined,
  options: Options,
  { ask, env }: World,
): void {
  const { apply, undo, trustRecord, from, yes, record, rule, max } = options;
  const refuse = (message: Both): never => {
    throw new UsageError(message);
  };
  if (apply && undo)
    refuse({ en: '--apply and --undo exclude each other', ko: '--apply와 --undo는 함께 쓸 수 없습니다' });
  if (undo && from !== undefined)
    refuse({ en: '--undo and --from exclude each other', ko: '--undo와 --from은 함께 쓸 수 없습니다' });
  if (from !== undefined && ruleId !== undefined) {
    refuse({
      en: `--from names the resources itself: leave ${ruleId} out, or filter with --rule ${ruleId}`,
      ko: `--from은 리소스를 직접 정합니다. ${ruleId}을(를) 빼거나 --rule ${ruleId}로 거르십시오`,
    });
  }
  if (!undo && from === undefined && ruleId === undefined) {
    refuse({
      en: 'what is to be fixed? Give <rule> <resource-id>, --from <results.json> or --undo <record>',
      ko: '무엇을 고칩니까? <rule> <resource-id>, --from <results.json>, --undo <record> 중 하나를 지정하십시오',
    });
  }
  const isChoosing = [rule, max, options.severity, options.resource].some((one) => one !== undefined);
  if (from === undefined && isChoosing)
    refuse({
      en: '--rule, --severity, --resource and --max go with --from',
      ko: '--rule, --severity, --resource, --max는 --from과 함께 씁니다',
    });
  if (record !== undefined && (from !== undefined || !(apply || undo) || (undo && undo.length > 1))) {
    refuse({
      en: '--record names the record of one run: it goes with <rule> <resource-id> --apply, or one --undo',
      ko: '--record는 실행 하나의 기록을 정합니다. <rule> <resource-id> --apply나 --undo 하나와 함께 쓰십시오',
    });
  }
  if (
    undo &&
    (options.parameter?.length || options.parameters !== undefined || options.region !== undefined)
  ) {
    refuse({
      en: '--undo takes parameters and Region from the record: leave --parameter, --parameters and --region out',
      ko: '--undo는 파라미터와 리전을 기록에서 가져옵니다. --parameter, --parameters, --region을 빼십시오',
    });
  }
  if (options.region !== undefined) checkRegions([options.region]);
  checkEndpoint(options.endpointUrl, env);
  if (yes && !apply && !undo)
    refuse({
      en: '--yes goes with --apply or --undo: without them nothing is changed',
      ko: '--yes는 --apply나 --undo와 함께 씁니다. 둘 다 없으면 아무것도 바꾸지 않습니다',
    });
  if (trustRecord && !undo)
    refuse({ en: '--trust-record goes with --undo', ko: '--trust-record는 --undo와 함께 씁니다' });
  if (trustRecord && !ask) {
    refuse({
      en: '--trust-record asks whoever has looked at the record, and this is no terminal (--yes does not answer for them). Nothing was changed',
      ko: '--trust-record는 기록을 확인한 사람에게 물어보는데, 여기는 터미널이 아닙니다(--yes로 대신할 수 없습니다). 아무것도 바꾸지 않았습니다',
    });
  }
  checkAnswerable(options, ask !== undefined);
  checkRecordFile(record);
  if (resourceId === '') refuse({ en: 'the resource id is empty', ko: '리소스 ID가 비어 있습니다' });
}

/** @throws {UsageError} where somebody would have to be asked, and cannot be. */
function checkAnswerable({ apply, undo, from, yes, progress }: Options, isTerminal: boolean): void {
  const isPiped = from === '-';
  if ((apply || undo) && !yes && (!isTerminal || isPiped)) {
    const why = isPiped
      ? { en: 'standard input is the results', ko: '표준 입력이 결과 파일' }
      : { en: 'this is no terminal', ko: '터미널이 아님' };
    const first = undo
      ? { en: '', ko: '' }
      : {
          en: 'look at the preview, without --apply, then ',
          ko: '--apply 없이 미리 보기를 확인한 뒤 ',
        };
    throw new UsageError({
      en: `${why.en}, so nobody can be asked: ${first.en}add --yes. Nothing was changed`,
      ko: `물어볼 수 없습니다(${why.ko}). ${first.ko}--yes를 주십시오. 아무것도 바꾸지 않았습니다`,
    });
  }
  if (progress === 'json' && (apply || undo) && !yes) {
    throw new UsageError({
      en: '--progress json goes with --yes: a question is no JSON. Nothing was changed',
      ko: '--progress json에는 --yes가 필요합니다. 질문은 JSON이 아닙니다. 아무것도 바꾸지 않았습니다',
    });
  }
}

function readMax(max: string | undefined): number {
  if (max === undefined) return MAX;
  if (/^[1-9]\d{0,8}$/.test(max)) return Number(max);
  throw new UsageError({
    en: `--max ${max}: expected how many resources to change at most, from 1`,
    ko: `--max ${max}: 최대 몇 개의 리소스를 바꿀지 1 이상의 수로 지정하십시오`,
  });
}

/** What the settings say, then what `--parameters` does: for the rule, and for its document. */
function forDocuments(given: GivenParameters, settings: Followed | undefined): GivenParameters {
  const ids = new Set([...Object.keys(given), ...FIXABLE.map(({ id }) => id)]);
  return Object.fromEntries(
    [...ids].map((id) => [
      id,
      {
        ...notBlank(settings?.parameters[id]),
        ...settings?.fixes[id]?.parameters,
        ...(given[id] as object | undefined),
      },
    ]),
  );
}

/** A blank value is the document's own default. */
const notBlank = (values: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));

const isOff = (id: string, settings: Followed | undefined): boolean => settings?.fixes[id]?.mode === 'off';

const regionOf = async ({ region, profile }: Options, settings: Followed | undefined): Promise<string> =>
  region ?? settings?.homeRegion ?? (await defaultRegion(profile));

const open = ({ profile, endpointUrl }: Options, region: string, world: World) =>
  openLive(
    {
      region: [region],
      ...(profile !== undefined && { profile }),
      ...(endpointUrl !== undefined && { endpointUrl }),
    },
    world,
  );

/** The last run first, so that each finds what it left. */
async function undoJobs(
  files: readonly string[],
  [ruleId, resourceId]: readonly (string | undefined)[],
  { trustRecord = false }: Options,
  progress: Progress,
): Promise<Job[]> {
  const jobs: Job[] = [];
  const key = await findKey();
  for (const file of new Set(files)) {
    const { record: earlier, doubt } = await readRecord(file, key);
    if (doubt !== undefined && !trustRecord) {
      throw new UsageError({
        en: `--undo ${file}: ${doubt.en}. Nothing was changed: look at what it would bring back, and add --trust-record if that is what you want`,
        ko: `--undo ${file}: ${doubt.ko}. 아무것도 바꾸지 않았습니다. 무엇을 되돌리게 되는지 확인하고, 그래도 되돌리려면 --trust-record를 주십시오`,
      });
    }
    if (doubt !== undefined) {
      progress.note({
        en: `${file} is taken on your word: ${doubt.en}`,
        ko: `${file}은(는) 사용자의 확인을 믿고 사용합니다: ${doubt.ko}`,
      });
    }
    if (earlier.parameters.Mode === 'Undo') {
      // They lie beside the others, so that whoever names the whole folder names them, too.
      if (files.length > 1)
        progress.note({
          en: `left out: ${file} is of an undo`,
          ko: `제외: ${file}은(는) 되돌리기의 기록입니다`,
        });
      else
        throw new UsageError({
          en: `--undo ${file}: it is of an undo itself: run --apply to make the changes again`,
          ko: `--undo ${file}: 되돌리기의 기록입니다. 다시 바꾸려면 --apply로 실행하십시오`,
        });
      continue;
    }
    const job = undoJob(earlier, file);
    const isOther = resourceId !== undefined && ![job.resourceId, earlier.resourceId].includes(resourceId);
    if ((ruleId !== undefined && job.rule.id !== ruleId) || isOther) {
      throw new UsageError({
        en: `--undo ${file}: it is of ${job.rule.id} for ${job.resourceId}`,
        ko: `--undo ${file}: ${job.rule.id}이(가) ${job.resourceId}에 한 것의 기록입니다`,
      });
    }
    jobs.push(job);
  }
  if (jobs.length === 0)
    throw new UsageError({
      en: '--undo: none of these records is of a run with --apply',
      ko: '--undo: --apply로 실행한 기록이 하나도 없습니다',
    });
  const startOf = ({ earlier }: Job) => Date.parse(earlier?.startTime ?? '');
  return jobs.sort((a, b) => startOf(b) - startOf(a));
}

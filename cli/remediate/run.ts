import { defaultRegion, type LiveAccount } from '../../account/live/open.ts';
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
    parameters: forDocuments(readParameters(options.parameters, FIXABLE), settings),
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
      throw new UsageError(
        `the record for ${foreign.resourceId} is of another account: its accountId is ${foreign.earlier.accountId}, the credentials are of ${account.accountId}`,
      );
    }
  } else if (options.from !== undefined) {
    ({ account, jobs } = await jobsFrom(options.from, options, given, settings, world));
  } else {
    const remediation = openRemediation(ruleId as string);
    if (isOff(remediation.rule.id, settings)) {
      throw new UsageError(
        `the remediation of ${remediation.rule.id} is off in ${settings?.file}: nothing was looked at (--no-config leaves the file alone)`,
      );
    }
    checkNamed(remediation, resourceId, given);
    const region = await regionOf(options, settings);
    account = await open(options, region, world);
    jobs = [await namedJob(remediation, resourceId, { account, region, given })];
  }
  progress.done();
  if (settings && !options.undo) progress.note(`settings: ${settings.file}`);
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
    throw new UsageError(
      `--from ${file}: it is of account ${accountIds.join(', ')}, the credentials are of ${accountId}`,
    );
  }
  const wanted = found.filter(({ rule }) => !isOff(rule, settings));
  if (wanted.length < found.length) {
    const off = [...new Set(found.map(({ rule }) => rule))].filter((rule) => isOff(rule, settings));
    progress.note(
      `left out: ${found.length - wanted.length} of ${off.join(', ')}, whose remediation is off in ${settings?.file}`,
    );
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
  const refuse = (message: string): never => {
    throw new UsageError(message);
  };
  if (apply && undo) refuse('--apply and --undo exclude each other');
  if (undo && from !== undefined) refuse('--undo and --from exclude each other');
  if (from !== undefined && ruleId !== undefined) {
    refuse(`--from names the resources itself: leave ${ruleId} out, or filter with --rule ${ruleId}`);
  }
  if (!undo && from === undefined && ruleId === undefined) {
    refuse('what is to be fixed? Give <rule> <resource-id>, --from <results.json> or --undo <record>');
  }
  const isChoosing = [rule, max, options.severity, options.resource].some((one) => one !== undefined);
  if (from === undefined && isChoosing) refuse('--rule, --severity, --resource and --max go with --from');
  if (record !== undefined && (from !== undefined || !(apply || undo) || (undo && undo.length > 1))) {
    refuse('--record names the record of one run: it goes with <rule> <resource-id> --apply, or one --undo');
  }
  if (
    undo &&
    (options.parameter?.length || options.parameters !== undefined || options.region !== undefined)
  ) {
    refuse(
      '--undo takes parameters and Region from the record: leave --parameter, --parameters and --region out',
    );
  }
  if (options.region !== undefined) checkRegions([options.region]);
  checkEndpoint(options.endpointUrl, env);
  if (yes && !apply && !undo) refuse('--yes goes with --apply or --undo: without them nothing is changed');
  if (trustRecord && !undo) refuse('--trust-record goes with --undo');
  if (trustRecord && !ask) {
    refuse(
      '--trust-record asks whoever has looked at the record, and this is no terminal (--yes does not answer for them). Nothing was changed',
    );
  }
  const isPiped = from === '-';
  if ((apply || undo) && !yes && (!ask || isPiped)) {
    const why = isPiped ? 'standard input is the results' : 'this is no terminal';
    const first = undo ? '' : 'look at the preview, without --apply, then ';
    refuse(`${why}, so nobody can be asked: ${first}add --yes. Nothing was changed`);
  }
  checkRecordFile(record);
  if (resourceId === '') refuse('the resource id is empty');
}

function readMax(max: string | undefined): number {
  if (max === undefined) return MAX;
  if (/^[1-9]\d{0,8}$/.test(max)) return Number(max);
  throw new UsageError(`--max ${max}: expected how many resources to change at most, from 1`);
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
      throw new UsageError(
        `--undo ${file}: ${doubt}. Nothing was changed: look at what it would bring back, and add --trust-record if that is what you want`,
      );
    }
    if (doubt !== undefined) progress.note(`${file} is taken on your word: ${doubt}`);
    if (earlier.parameters.Mode === 'Undo') {
      // They lie beside the others, so that whoever names the whole folder names them, too.
      if (files.length > 1) progress.note(`left out: ${file} is of an undo`);
      else
        throw new UsageError(
          `--undo ${file}: it is of an undo itself: run --apply to make the changes again`,
        );
      continue;
    }
    const job = undoJob(earlier, file);
    const isOther = resourceId !== undefined && ![job.resourceId, earlier.resourceId].includes(resourceId);
    if ((ruleId !== undefined && job.rule.id !== ruleId) || isOther) {
      throw new UsageError(`--undo ${file}: it is of ${job.rule.id} for ${job.resourceId}`);
    }
    jobs.push(job);
  }
  if (jobs.length === 0) throw new UsageError('--undo: none of these records is of a run with --apply');
  const startOf = ({ earlier }: Job) => Date.parse(earlier?.startTime ?? '');
  return jobs.sort((a, b) => startOf(b) - startOf(a));
}

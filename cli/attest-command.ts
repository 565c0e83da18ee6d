import type { ProcessCheck } from '../catalogue/index.ts';
import { caller, findChecks, findProcessCheck, homeRegion } from './attest/checks.ts';
import { type RecordOptions, readRecordOptions, record, STATUSES } from './attest/record.ts';
import { showStatus } from './attest/status.ts';
import { UsageError } from './errors.ts';
import { checkEndpoint, openLive } from './live.ts';
import { checkRegions } from './options.ts';
import type { Progress } from './progress.ts';

export interface AttestOptions {
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  /** groundrules.config.json, for its home Region. */
  readonly config?: string | false;
  readonly evidence?: string;
  readonly until?: string;
  /** What to record; `true` (without a value) asks how things stand. */
  readonly status?: string | true;
  readonly lapsing?: string;
  readonly format?: string;
}

/** What the command needs of the world around it. */
export interface AttestSurroundings {
  readonly now: () => Date;
  readonly write: (text: string) => void;
  readonly progress: Progress;
}

const LAPSING_DAYS = 30;

/**
 * `groundrules attest`. Gives the exit status: 0 recorded, or all attested; 1 something is unattested, lapsed or not met;
 * 2 something could not be told or recorded, or the call was wrong.
 */
export async function attestCommand(
  given: string | undefined,
  options: AttestOptions,
  surroundings: AttestSurroundings,
): Promise<number> {
  const call = readCall(given, options, surroundings.now());
  const region = options.region ?? (await homeRegion(options));
  const account = await openAccount(options, region, surroundings.progress);
  const checks = await findChecks(account, region, surroundings.progress);
  if (call.kind === 'status') {
    return showStatus(checks, call.control, {
      ...surroundings,
      lapsingDays: call.lapsingDays,
      format: options.format,
    });
  }
  const by = await caller(account, region);
  return record(checks, call.control, { ...call.statement, by }, { ...surroundings, format: options.format });
}

type Call =
  | { readonly kind: 'status'; readonly control: ProcessCheck | undefined; readonly lapsingDays: number }
  | { readonly kind: 'record'; readonly control: ProcessCheck; readonly statement: RecordOptions };

function readCall(given: string | undefined, options: AttestOptions, now: Date): Call {
  const { status, evidence, until, lapsing, region } = options;
  if (region !== undefined) checkRegions([region]);
  checkEndpoint(options.endpointUrl);
  // `--status incident-response-plan`: the option takes the control for its value.
  const isValue = typeof status === 'string' && STATUSES.some((one) => one === status);
  const asked = typeof status === 'string' && !isValue && given === undefined ? status : given;
  if (status === true || (status !== undefined && !isValue && asked === status)) {
    if (evidence !== undefined || until !== undefined) {
      throw new UsageError(`--status alone lists how things stand: to record something give it ${list()}`);
    }
    const control = asked === undefined ? undefined : findProcessCheck(asked);
    return { kind: 'status', control, lapsingDays: readLapsing(lapsing) };
  }
  if (lapsing !== undefined) throw new UsageError('--lapsing goes with --status');
  if (asked === undefined) {
    throw new UsageError('what is attested? Give <control> and --evidence; --status lists how things stand');
  }
  const control = findProcessCheck(asked);
  return { kind: 'record', control, statement: readRecordOptions(control, options, now) };
}

const list = () => STATUSES.join(', ');

function readLapsing(value: string | undefined): number {
  if (value === undefined) return LAPSING_DAYS;
  if (/^\d{1,4}$/.test(value)) return Number(value);
  throw new UsageError(`--lapsing ${value}: expected a number of days, such as ${LAPSING_DAYS}`);
}

const openAccount = ({ profile, endpointUrl }: AttestOptions, region: string, progress: Progress) =>
  openLive(
    {
      region: [region],
      ...(profile !== undefined && { profile }),
      ...(endpointUrl !== undefined && { endpointUrl }),
    },
    progress,
  );

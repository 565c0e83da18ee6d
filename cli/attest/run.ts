import type { ProcessCheck } from '../../catalogue/index.ts';
import { checkEndpoint, openLive } from '../options/live.ts';
import { checkRegions } from '../options/read.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import { caller, findChecks, findProcessCheck, homeRegion } from './checks.ts';
import { type Arguments, type Options, STATUSES } from './command.ts';
import { type RecordOptions, readRecordOptions, record } from './record.ts';
import { showStatus } from './status.ts';

const LAPSING_DAYS = 30;

/**
 * `groundrules attest`. Gives the exit status: 0 recorded, or all attested; 1 something is unattested, lapsed or not met;
 * 2 something could not be told or recorded, or the call was wrong.
 */
export async function run([given]: Arguments, options: Options, world: World): Promise<number> {
  // It prints at the end, so that a reader who has gone still gets the status.
  world.onUnread(() => undefined);
  const call = readCall(given, options, world);
  const region = options.region ?? (await homeRegion(options));
  const account = await openAccount(options, region, world);
  const checks = await findChecks(account, region, world.progress);
  const { format } = options;
  if (call.kind === 'status') {
    return showStatus(checks, call.control, { lapsingDays: call.lapsingDays, format }, world);
  }
  const by = await caller(account, region);
  return record(checks, call.control, { ...call.statement, by, format }, world);
}

type Call =
  | { readonly kind: 'status'; readonly control: ProcessCheck | undefined; readonly lapsingDays: number }
  | { readonly kind: 'record'; readonly control: ProcessCheck; readonly statement: RecordOptions };

function readCall(given: string | undefined, options: Options, { env, now }: World): Call {
  const { status, evidence, until, lapsing, region } = options;
  if (region !== undefined) checkRegions([region]);
  checkEndpoint(options.endpointUrl, env);
  // `--status incident-response-plan`: the option takes the control for its value.
  const isValue = typeof status === 'string' && isStatus(status);
  const asked = typeof status === 'string' && !isValue && given === undefined ? status : given;
  if (status === true || (status !== undefined && !isValue && asked === status)) {
    if (evidence !== undefined || until !== undefined) {
      throw new UsageError({
        en: `--status alone lists how things stand: to record something give it ${list()}`,
        ko: `--status만 주면 상태를 나열합니다. 기록하려면 ${list()} 중 하나를 주십시오`,
      });
    }
    const control = asked === undefined ? undefined : findProcessCheck(asked);
    return { kind: 'status', control, lapsingDays: readLapsing(lapsing) };
  }
  if (lapsing !== undefined)
    throw new UsageError({ en: '--lapsing goes with --status', ko: '--lapsing은 --status와 함께 씁니다' });
  if (asked === undefined) {
    throw new UsageError({
      en: 'what is attested? Give <control> and --evidence; --status lists how things stand',
      ko: '무엇을 기록합니까? <control>과 --evidence를 지정하십시오. 상태는 --status로 봅니다',
    });
  }
  const control = findProcessCheck(asked);
  return { kind: 'record', control, statement: readRecordOptions(control, options, now()) };
}

const isStatus = (text: string) => STATUSES.some((one) => one === text.toUpperCase());
const list = () => STATUSES.join(', ');

function readLapsing(value: string | undefined): number {
  if (value === undefined) return LAPSING_DAYS;
  if (/^\d{1,4}$/.test(value)) return Number(value);
  throw new UsageError({
    en: `--lapsing ${value}: expected a number of days, such as ${LAPSING_DAYS}`,
    ko: `--lapsing ${value}: ${LAPSING_DAYS} 같은 날수여야 합니다`,
  });
}

const openAccount = ({ profile, endpointUrl }: Options, region: string, world: World) =>
  openLive(
    {
      region: [region],
      ...(profile !== undefined && { profile }),
      ...(endpointUrl !== undefined && { endpointUrl }),
    },
    world,
  );

/** One account of a fleet: what `groundrules evaluate --organization` does for each, in a function. */
import pMap from 'p-map';
import * as z from 'zod/mini';
import type { AnyAccount, ResourceRef } from '../../../account/account.ts';
import { OutOfTime, openDeadline, until, within } from '../../../config/deadline.ts';
import { type Log, openLog } from '../../../config/log.ts';
import { goneOf, judgedBy, type Said, unjudged } from '../../../report/said.ts';
import type { AnyRule } from '../../../rules/rule.ts';
import {
  type Waivable,
  type Waiver,
  said as waivedBy,
  waiversOf,
  withTags,
} from '../../../waivers/waiver.ts';
import { handed } from '../handed.ts';
import { type Asked, type FleetFile, type JudgedAs, judgedAsOf, resultsKey } from '../layout.ts';
import { type Delivered, packed } from '../lines.ts';
import type { Store } from '../store.ts';

/** What the map hands over for an item. */
const event = z.object({
  day: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  run: z.string().check(z.minLength(1)),
  account: z.object({
    id: z.string().check(z.regex(/^\d{12}$/)),
    name: z.optional(z.string()),
    units: z.array(z.object({ id: z.string(), name: z.string() })),
    delivered: z.optional(z.array(z.string())),
  }),
});
export interface JudgeEvent {
  readonly day: string;
  readonly run: string;
  readonly account: Asked;
}

/** Small, because Step Functions keeps it of each account. */
export interface JudgeAnswer {
  readonly accountId: string;
  readonly entered: boolean;
  readonly failing: number;
  readonly couldNotTell: number;
}

export interface JudgeOptions {
  readonly rules: readonly AnyRule[];
  readonly settings: FleetFile;
  readonly waivers: readonly Waiver[];
  readonly store: Store;
  readonly enter: Enter;
  readonly now?: () => Date;
  readonly log?: Log;
}

/**
 * Goes to an account, or to what AWS Config delivered of it.
 *
 * @throws {LiveError} where nobody lets us in, or nothing is there.
 */
export type Enter = (
  account: Asked,
  where: { readonly partition: string; readonly now: Date },
) => Promise<Entered>;

export interface Entered extends Partial<Delivered> {
  readonly account: AnyAccount;
  /** Resources of these types that files say are gone. */
  readonly deleted?: (types: readonly string[]) => AsyncIterable<ResourceRef>;
  /** The time that it shows the account at, where that is not now. */
  readonly asOf?: Date;
}

interface Context {
  readonly invokedFunctionArn?: string;
  getRemainingTimeInMillis?(): number;
}

/** Rules at a time: they share what they read. */
const RULES = 8;

/**
 * @returns a handler that rejects where its results could not be put, or AWS was too busy to let it in: the map tries again.
 */
export function judgeAccount({
  rules,
  settings,
  waivers,
  store,
  enter,
  now = () => new Date(),
  log = openLog(),
}: JudgeOptions) {
  return async (given: unknown, context: Context = {}): Promise<JudgeAnswer> => {
    const { day, run, account } = handed(event, given, "the map's item") as JudgeEvent;
    const deadline = openDeadline(context.getRemainingTimeInMillis?.());
    const begun = now();
    const judgedAs = judgedAsOf(settings, account);
    const chosen = rules.filter(({ id }) => !judgedAs.leftOut.includes(id));
    const [, partition = 'aws'] = context.invokedFunctionArn?.split(':') ?? [];
    try {
      const entered = await within(deadline.judging, enter(account, { partition, now: begun })).catch(
        unlessBug,
      );
      const isEntered = !(entered instanceof Error);
      const asOf = (isEntered && entered.asOf) || begun;
      const said = isEntered
        ? await saidOf(entered, chosen, {
            ...{ judgedAs, asOf, now: begun, waivers, judging: deadline.judging },
            units: account.units.map(({ id }) => id),
          })
        : unjudged(account.id, chosen, entered);
      const regions = isEntered ? entered.account.regions : [];
      const of = { run, asOf: asOf.toISOString(), judgedAt: begun.toISOString() };
      const body = await packed({
        ...{ account, entered: isEntered, regions, said, ...of },
        ...(isEntered && datesOf(entered)),
        ...(judgedAs.group !== undefined && { settingsGroup: judgedAs.group }),
      });
      await store.put(resultsKey(day, account.id), body, 'application/gzip');
      const answer = { accountId: account.id, entered: isEntered, ...countsOf(said) };
      log.info('account judged', { ...answer, run, bytes: body.length });
      return answer;
    } finally {
      deadline.clear();
    }
  };
}

/** What another try may change is no answer of the account's. */
const BUSY =
  /^(Throttl|RequestLimitExceeded|TooManyRequests|ServiceUnavailable|SlowDown|InternalError|InternalFailure)/;

export const isBusy = ({ code = '' }: { readonly code?: string }): boolean => BUSY.test(code);

/** An account that cannot be entered is an answer; a bug, and AWS being busy, are not. */
function unlessBug(error: Error & { readonly code?: string }): Error {
  if (error instanceof OutOfTime) return error;
  if (error.name !== 'LiveError' || isBusy(error)) throw error;
  return error;
}

const datesOf = ({ delivered, deliveredAt }: Entered): Partial<Delivered> => ({
  ...(delivered && { delivered }),
  ...(deliveredAt !== undefined && { deliveredAt }),
});

interface How {
  readonly judgedAs: JudgedAs;
  /** What ages are of. */
  readonly asOf: Date;
  /** What a waiver's end is of: one that has expired waives nothing, however old the files are. */
  readonly now: Date;
  readonly waivers: readonly Waiver[];
  readonly judging: AbortSignal;
  /** The ids of those that the account is in. */
  readonly units: readonly string[];
}

/** In the order of the rules, whichever is done first. */
async function saidOf(
  { account, deleted }: Entered,
  rules: readonly AnyRule[],
  how: How,
): Promise<readonly Said[]> {
  const each = await pMap(
    rules,
    async (rule) => {
      const said: Said[] = [];
      let isWhole = false;
      async function* toTheEnd() {
        yield* judgedBy(rule, account, {
          parameters: how.judgedAs.parameters[rule.id] ?? {},
          context: { now: how.asOf },
          hasFix: !how.judgedAs.withoutFix.includes(rule.id),
        });
        if (deleted) yield* goneOf(rule, account.id, deleted);
        isWhole = true;
      }
      for await (const one of until(how.judging, toTheEnd())) said.push(await waived(one, how));
      return isWhole ? said : [...said, ...unjudged(account.id, [rule], new OutOfTime(UNFINISHED))];
    },
    { concurrency: RULES },
  );
  return each.flat();
}

const UNFINISHED =
  'the function had no time left to judge all that the rule looks at: what it judged is there. Give it more memory (organization.fleet.memoryMegabytes), which is more processor as well';

async function waived(one: Said, { waivers, now, units }: How): Promise<Said> {
  if (!('result' in one) || waivers.length === 0) return one;
  const tagged = await withTags<Waivable>(waivers, { ...one.result, units }, one.tags);
  const by = waiversOf(waivers, tagged, now);
  return by.length === 0 ? one : { ...one, result: { ...one.result, waivers: waivedBy(by) } };
}

function countsOf(said: readonly Said[]): Pick<JudgeAnswer, 'failing' | 'couldNotTell'> {
  const isFailing = (one: Said) =>
    'result' in one && one.result.compliance === 'NON_COMPLIANT' && !one.result.waivers;
  return {
    failing: said.filter(isFailing).length,
    couldNotTell: said.filter((one) => 'error' in one).length,
  };
}

/** Ends a run: no account that was asked for is without lines, and the day has a line that says what came of it. */
import pMap from 'p-map';
import * as z from 'zod/mini';
import { type Log, openLog } from '../../../config/log.ts';
import type { Summary } from '../../../report/result.ts';
import { unjudged } from '../../../report/said.ts';
import { count, noSummary } from '../../../report/summary.ts';
import type { AnyRule } from '../../../rules/rule.ts';
import { handed } from '../handed.ts';
import {
  type Asked,
  accountOfKey,
  type FleetFile,
  judgedAsOf,
  resultsKey,
  resultsPrefix,
  runKey,
} from '../layout.ts';
import { packed } from '../lines.ts';
import { AT_A_TIME, linesOfEach } from '../read.ts';
import type { Store } from '../store.ts';

/** What the state machine hands over: what the first function answered, and why the map failed, where it did. */
const event = z.object({
  run: z.string().check(z.minLength(1)),
  started: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T/)),
  day: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  key: z.string().check(z.minLength(1)),
  failure: z.optional(z.object({ Error: z.optional(z.string()), Cause: z.optional(z.string()) })),
});

/** The day's line. */
export interface RunLine {
  readonly run: string;
  readonly started: string;
  readonly ended: string;
  /** How many were asked for. */
  readonly accounts: number;
  /** How many of them nobody was let into. */
  readonly notEntered: number;
  /** How many of them the function came to no end for. */
  readonly notFinished: number;
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly notApplicable: number;
  readonly waived: number;
  readonly couldNotTell: number;
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  /** Why the map ended early, where it did. */
  readonly failure: string | null;
}

export interface ReportOptions {
  readonly rules: readonly AnyRule[];
  readonly settings: Pick<FleetFile, 'judgedAs'>;
  readonly store: Store;
  readonly now?: () => Date;
  readonly log?: Log;
}

/** @returns a handler that rejects where the bucket cannot be read or written. */
export function endRun({ rules, settings, store, now = () => new Date(), log = openLog() }: ReportOptions) {
  return async (given: unknown): Promise<RunLine> => {
    const { run, started, day, key, failure } = handed(event, given, 'the end of the run');
    const asked = JSON.parse(await store.text(key)) as readonly Asked[];
    const missing = await withoutResults(asked, { day, started, store });
    await pMap(
      missing,
      async (account) => {
        const { leftOut } = judgedAsOf(settings, account);
        const chosen = rules.filter(({ id }) => !leftOut.includes(id));
        const said = unjudged(account.id, chosen, new NotFinished(run));
        const nowhere = { entered: false, regions: [], said, run, asOf: started };
        await store.put(
          resultsKey(day, account.id),
          await packed({ account, ...nowhere }),
          'application/gzip',
        );
      },
      { concurrency: AT_A_TIME },
    );
    const counted = await counts(asked, day, store);
    const line: RunLine = {
      ...{ run, started, ended: now().toISOString(), accounts: asked.length },
      notEntered: counted.notEntered - missing.length,
      notFinished: missing.length,
      ...inWords(counted.summary),
      failure: failure ? [failure.Error, failure.Cause].filter(Boolean).join(': ') : null,
    };
    await store.put(runKey(day), `${JSON.stringify(line)}\n`, 'application/json');
    const { failure: _, ...numbers } = line;
    log.info('run ended', { ...numbers });
    return line;
  };
}

class NotFinished extends Error {
  override readonly name = 'NotFinished';
  readonly code = 'NotFinished';
  constructor(run: string) {
    super(
      `the function came to no end for this account: Step Functions has the Map Run of ${run}, and CloudWatch the function's log`,
    );
  }
}

interface Run {
  readonly day: string;
  readonly started: string;
  readonly store: Store;
}

/** Those of which this run has put nothing. S3 counts in seconds. */
async function withoutResults(
  asked: readonly Asked[],
  { day, started, store }: Run,
): Promise<readonly Asked[]> {
  const since = Math.floor(Date.parse(started) / 1000) * 1000;
  const done = new Set<string>();
  for await (const { key, modified } of store.list(resultsPrefix(day))) {
    const account = accountOfKey(key);
    if (account !== undefined && modified.getTime() >= since) done.add(account);
  }
  return asked.filter(({ id }) => !done.has(id));
}

async function counts(asked: readonly Asked[], day: string, store: Store) {
  const summary = noSummary({ failOn: 'LOW', onError: 'ignore' });
  let notEntered = 0;
  for await (const { lines } of linesOfEach(asked, day, store)) {
    for (const line of lines) {
      if (line.kind === 'result') count(summary, line);
      else if (line.kind === 'error') summary.errors++;
      else if (!line.entered) notEntered++;
    }
  }
  return { summary, notEntered };
}

const inWords = ({ severities, errors, compliant, nonCompliant, notApplicable, waived }: Summary) => ({
  ...{ compliant, nonCompliant, notApplicable, waived, couldNotTell: errors },
  critical: severities.CRITICAL,
  high: severities.HIGH,
  medium: severities.MEDIUM,
  low: severities.LOW,
});

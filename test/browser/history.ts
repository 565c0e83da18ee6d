/** What earlier runs of the same accounts may have said: a quarter of weekly ones, the same every time. */
import { createHash } from 'node:crypto';
import type { HtmlOptions } from '../../report/formats/html/report.ts';
import { RunBuilder, Tracks } from '../../report/history/run.ts';
import type { Header, Result, ResultError } from '../../report/result.ts';

const WEEK = 7 * 86_400_000;

/** A number from 0 to 1 that an id has. */
const chance = (id: string): number => createHash('sha256').update(id).digest().readUInt32BE(0) / 2 ** 32;

/** Much of what passes now failed then, some of what fails began later, and a few keep turning. */
function before(one: Result, week: number, weeks: number): Result {
  const at = week / weeks;
  const id = `${one.rule} ${one.resourceId}`;
  const luck = chance(id);
  const as = (compliance: Result['compliance']): Result => ({ ...one, compliance });
  if (one.compliance === 'NOT_APPLICABLE') return one;
  if (luck < 0.015) return as(week % 3 === 0 ? 'COMPLIANT' : 'NON_COMPLIANT');
  if (one.compliance === 'COMPLIANT') {
    const begins = luck < 0.6 ? 0 : luck - 0.6;
    return as(luck < 0.8 && at >= begins && at < luck + 0.15 ? 'NON_COMPLIANT' : 'COMPLIANT');
  }
  return as(luck < 0.7 && at < luck * 1.5 ? 'COMPLIANT' : 'NON_COMPLIANT');
}

export function quarterBefore(
  header: Header,
  results: readonly Result[],
  errors: readonly ResultError[],
  weeks = 13,
): NonNullable<HtmlOptions['history']> {
  const tracks = new Tracks();
  const now = header.now ?? header.generatedAt;
  const runs = [...Array(weeks).keys()].map((week) => {
    const builder = new RunBuilder(tracks);
    const back = (weeks - week) * WEEK;
    const earlier = (time: Date) => new Date(time.getTime() - back);
    for (const one of results) builder.result(before(one, week, weeks));
    for (const one of errors) builder.error(one);
    const { inputs = [], ...rest } = header;
    return builder.finish(`${earlier(now).toISOString().slice(0, 10)}.json`, {
      ...rest,
      ...{ now: earlier(now), generatedAt: earlier(header.generatedAt) },
      inputs: inputs.map((input) => ({ ...input, asOf: earlier(input.asOf) })),
    });
  });
  return { tracks, runs, unread: [] };
}

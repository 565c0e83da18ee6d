/** Pages of a run's report that the function which ended it had no time for: a function each, and the list of all anew. */
import * as z from 'zod/mini';
import { type Log, openLog } from '../../../config/log.ts';
import { handed } from '../handed.ts';
import { contentsKey, pageKey, pagesKey, reportKey, reportPrefix } from '../layout.ts';
import { contentsOf, type PageRow } from './contents.ts';
import { HTML, type PagePlan, writePage } from './pages.ts';
import { endRun, type ReportOptions } from './report.ts';

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
/** What the second map hands over for an item, and what its end does. */
const event = z.discriminatedUnion('step', [
  z.object({ step: z.literal('page'), day, file: z.string().check(z.minLength(1)) }),
  z.object({
    step: z.literal('contents'),
    day,
    /** When the run began: a page that is older is of an earlier one. */
    started: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T/)),
  }),
]);

/** Ends a run, or does what another call had no time for. @returns a handler that rejects where the bucket cannot be read or written. */
export function reportOn(options: ReportOptions) {
  const end = endRun(options);
  const { log = openLog() } = options;
  return async (given: unknown, context: Parameters<typeof end>[1] = {}) => {
    if (!Object.hasOwn(Object(given), 'step')) return end(given, context);
    const asked = handed(event, given, 'the rest of the report');
    if (asked.step === 'contents') return listAnew(asked.day, asked.started, options, log);
    const { rules, settings, store, now = () => new Date() } = options;
    const plan = JSON.parse(await store.text(pageKey(asked.day, asked.file))) as PagePlan;
    await writePage(plan, { day: asked.day, rules, settings, store, generatedAt: now() });
    return { file: asked.file };
  };
}

async function listAnew(
  of: string,
  started: string,
  { store, settings }: Pick<ReportOptions, 'store' | 'settings'>,
  log: Log,
) {
  const { language = 'en' } = settings;
  const rows = JSON.parse(await store.text(contentsKey(of))) as readonly PageRow[];
  const left = JSON.parse(await store.text(pagesKey(of))) as readonly Pick<PageRow, 'file'>[];
  // S3 counts in seconds.
  const since = Math.floor(Date.parse(started) / 1000) * 1000;
  const written = new Set<string>();
  for await (const { key, modified } of store.list(reportPrefix(of))) {
    if (modified.getTime() >= since) written.add(key);
  }
  const unwritten = new Set(
    left.flatMap(({ file }) => (written.has(`${reportPrefix(of)}${file}`) ? [] : [file])),
  );
  await store.put(reportKey(of), contentsOf({ day: of, pages: rows, unwritten, language }), HTML);
  const answer = { pages: rows.length - unwritten.size, pagesLeftOut: unwritten.size };
  log.info('report listed anew', answer);
  return answer;
}

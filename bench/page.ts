import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { reportIn } from '../report/formats/index.ts';
import { toResult } from '../report/result.ts';
import { compliant, nonCompliant } from '../rules/judgement.ts';
import rule from '../rules/sg-open-ports/rule.ts';
import { CHROMIUM, findChromium } from '../test/browser/chromium.ts';
import { FINDING } from './formats.ts';
import { median, number, printTable } from './table.ts';

const RESULTS = 50_000;
const ACCOUNT = '111122223333';
const RUNS = 5;

/** What people wait for in the HTML report of many results: the first paint, the table, each filter. */
export async function page(): Promise<void> {
  const executablePath = findChromium();
  if (!executablePath) {
    console.log(`\nthe HTML report was left out: ${CHROMIUM}`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-page-'));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const file = join(folder, 'report.html');
    await write(file);
    const figures: Figures[] = [];
    for (let run = 0; run < RUNS; run++) {
      const opened = await browser.newPage();
      await opened.goto(pathToFileURL(file).href);
      figures.push(await measure(opened));
      await opened.close();
    }
    const of = (name: keyof Figures) => number(median(figures.map((one) => one[name])));
    printTable(
      `the HTML report of ${number(RESULTS)} results, ${number(statSync(file).size / 1024 / 1024)} MB, in a headless Chromium`,
      ['', 'milliseconds', 'limit'],
      [
        ['first paint', of('paint'), '2,000'],
        ['the table is there', of('ready'), ''],
        ['a first search, which reads every text', of('search'), '200'],
        ['a letter more', of('letter'), '200'],
        ['a severity', of('severity'), '200'],
        ['a rule', of('list'), '200'],
        ['another order', of('sort'), ''],
        ['to the end', of('scroll'), ''],
      ],
      { note: `The median of ${RUNS} runs, from the event to the next frame.` },
    );
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function write(file: string): Promise<void> {
  const out = createWriteStream(file);
  const report = reportIn('html', out, { colour: false, width: 140, pageText: () => '' });
  await report.begin({
    ...{ generatedAt: new Date(), accountIds: [ACCOUNT], rules: [rule.id], sample: false, settings: null },
    controls: { judged: 1, all: 139 },
  });
  for (let at = 0; at < RESULTS; at++) {
    const region = `us-east-${(at % 2) + 1}`;
    const resource = { type: 'AWS::EC2::SecurityGroup', id: `sg-${at}`, name: `group ${at}`, region };
    const verdict = at % 3 === 0 ? compliant(resource) : nonCompliant(resource, [FINDING]);
    await report.result(toResult(rule, ACCOUNT, verdict));
  }
  const failing = RESULTS - Math.ceil(RESULTS / 3);
  await report.end({
    ...{ compliant: RESULTS - failing, nonCompliant: failing, notApplicable: 0, errors: 0 },
    severities: { CRITICAL: 0, HIGH: failing, MEDIUM: 0, LOW: 0 },
    ...{ waived: 0, waivers: null, failing, failOn: 'LOW', onError: 'fail' },
  });
  out.end();
  await finished(out);
}

type Figures = Readonly<
  Record<'paint' | 'ready' | 'search' | 'letter' | 'severity' | 'list' | 'sort' | 'scroll', number>
>;

/** Runs in the page, and tells how long each took. */
const MEASURE = `(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const took = async (act) => { const start = performance.now(); act(); await frame(); return performance.now() - start; };
  const type = (text) => { const box = document.getElementById('text'); box.value = text; box.dispatchEvent(new Event('input')); };
  const choose = (value) => { const list = document.getElementById('by-region'); list.value = value; list.dispatchEvent(new Event('change')); };
  const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN;
  const { domContentLoadedEventEnd: ready } = performance.getEntriesByType('navigation')[0];
  await frame();
  return {
    paint, ready,
    search: await took(() => type('group 4')),
    letter: await took(() => type('group 49')),
    severity: await took(() => document.querySelector('[data-severity="HIGH"]').click()),
    list: await took(() => choose('1')),
    sort: await took(() => document.querySelector('[data-sort="resource"]').click()),
    scroll: await took(() => { document.querySelector('.scroller').scrollTop = 1e9; }),
  };
})()`;

const measure = (opened: Page): Promise<Figures> => opened.evaluate<Figures>(MEASURE);

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { PACKAGE_ROOT } from '../../package.ts';
import type { ReportOptions } from '../../report/formats/index.ts';
import { reportIn } from '../../report/formats/index.ts';
import type { Language } from '../../report/language.ts';
import type { Header, Result, ResultError, Summary } from '../../report/result.ts';
import type { Results } from '../../report/schema.ts';
import { folderOf } from '../account/snapshot/support.ts';
import { evaluate } from '../cli/support.ts';
import { header, sink, summary } from '../report/support.ts';
import { CHROMIUM, findChromium } from './chromium.ts';
import { quarterBefore } from './history.ts';

/** Pictures for a person to look at. */
export const PICTURES = join(PACKAGE_ROOT, 'test-results');
mkdirSync(PICTURES, { recursive: true });

export async function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(CHROMIUM);
  // A container's root has no sandbox of Chromium's; what is opened is our own page.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

export interface Reported {
  readonly results?: readonly Result[];
  readonly errors?: readonly ResultError[];
  readonly header?: Partial<Header>;
  readonly summary?: Partial<Summary>;
  readonly language?: Language;
  readonly options?: Partial<ReportOptions>;
}

/** Writes a report of these, and gives its file. */
export async function reported(what: Reported): Promise<string> {
  const { results = [], errors = [], language = 'en' } = what;
  const out = sink();
  const options = { colour: false, width: 140, pageText: () => PAGE, language, ...what.options };
  const report = reportIn('html', out, options);
  await report.begin({ ...header, ...what.header });
  for (const one of results) await report.result(one);
  for (const one of errors) await report.error(one);
  await report.end(summary(what.summary));
  const file = join(await folderOf({}), 'report.html');
  writeFileSync(file, out.text());
  return file;
}

/** The report of the sample accounts, with a quarter of earlier runs. */
export async function sampleReport(language: Language): Promise<string> {
  const { report } = await evaluate([], { sample: true, config: false });
  const { generatedAt, now, inputs = [], ...rest } = report as unknown as Results;
  const header = {
    ...(rest as unknown as Header),
    generatedAt: new Date(generatedAt),
    ...(now !== null && { now: new Date(now) }),
    inputs: inputs.map((input) => ({ ...input, asOf: new Date(input.asOf) })),
  };
  const { results, errors } = report;
  return reported({
    ...{ results, errors, header, language, summary: report.summary },
    options: {
      pageText: (page) => readFileSync(join(PACKAGE_ROOT, page), 'utf8'),
      history: quarterBefore(header, results, errors),
    },
  });
}

/** What a rule's page has that a report shows. */
const PAGE = `# rule

## Why

Whatever listens is **found** within \`minutes\`.

## What the fix changes and breaks

Somebody is cut off.

## Undo

It opens the group again.
`;

export interface Opened {
  readonly page: Page;
  /** What the page asked for: itself, and nothing else. */
  readonly requests: readonly string[];
  /** What the browser complained of, and what any script threw or showed. */
  readonly complaints: readonly string[];
}

/** Opens a report, as a file unless it is an address, and listens to all it does. */
export async function opened(
  browser: Browser,
  file: string,
  { hash = '', ...options }: BrowserContextOptions & { readonly hash?: string } = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(`${file.startsWith('http:') ? file : pathToFileURL(file).href}${hash}`);
  return { page, requests, complaints };
}

/** Shows the report as it is printed. The browser tells the page of it after the next frame. */
export async function onPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await page.locator('.printed-items li').first().waitFor({ state: 'attached' });
}

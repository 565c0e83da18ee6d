/** The HTML report as people have it: a file, in a real browser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { serve } from '../../cli/serve/server.ts';
import { WORDS } from '../../report/formats/html/words.ts';
import type { Language } from '../../report/language.ts';
import { removeFolders } from '../account/snapshot/support.ts';
import { call, worldOf } from '../cli/support.ts';
import { error, result } from '../report/support.ts';
import { launch, onPaper, opened, PICTURES, reported, sampleReport } from './support.ts';

jest.setTimeout(180_000);
let browser: Browser;
const files = {} as Record<Language, string>;
const en = WORDS.en;

beforeAll(async () => {
  browser = await launch();
  for (const language of ['en', 'ko'] as const) files[language] = await sampleReport(language);
});
afterAll(async () => {
  await browser?.close();
  await removeFolders();
});

const shownCount = (page: Page) => page.locator('#shown').textContent();
const names = (page: Page) => page.locator('.rows .open').allTextContents();

describe('the sample', () => {
  test('asks for nothing but itself, and nothing complains', async () => {
    const { page, requests, complaints } = await opened(browser, files.en);
    await page.locator('.rows .open').first().click();
    await page.locator('#panel summary').first().click();
    expect(requests).toEqual([page.url().replace(/#.*/, '')]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('says in words how it stands, with scores and their denominators', async () => {
    const { page } = await opened(browser, files.en);
    expect(await page.locator('h1').textContent()).toMatch(
      /^\d+ of \d+ judged checks fail, \d+ of them critical\.$/,
    );
    expect(await page.locator('.hero .rest').textContent()).toMatch(
      /not judged here.*43 procedures not attested/,
    );
    expect(await page.locator('#overview .domain').count()).toBe(6);
    expect(await page.locator('.domain').first().textContent()).toMatch(
      /\d+%.*\d+ of \d+.*AWS managed rules/s,
    );
    expect(await page.locator('#controls tbody tr').count()).toBe(139);
    await page.context().close();
  });

  test('filters by verdict, severity, rule, account and text, and says how many are left', async () => {
    const { page } = await opened(browser, files.en);
    const all = await shownCount(page);
    await page.locator('[data-severity="CRITICAL"]').click();
    const critical = await page.locator('.rows .row').count();
    expect(await shownCount(page)).toMatch(new RegExp(`^${critical} of `));
    for (const chip of await page.locator('.rows .chip.severity').allTextContents())
      expect(chip).toBe('Critical');
    await page.locator('#clear').click();
    expect(await shownCount(page)).toBe(all);

    await page.locator('#by-rule').selectOption({ label: 's3-public' });
    expect(new Set(await page.locator('.rows .rule code').allTextContents())).toEqual(new Set(['s3-public']));
    await page.locator('#text').fill('PRESS anyone-who-is-not-there');
    expect(await shownCount(page)).toMatch(/^0 of /);
    expect(await page.locator('.nothing').isVisible()).toBe(true);
    await page.locator('#text').fill('press');
    expect(await names(page)).toEqual(['moonjar-press-kit']);
    await page.locator('#clear').click();

    await page.locator('[data-status="fail"]').click();
    await page.locator('[data-status="unknown"]').click();
    await page.locator('[data-status="pass"]').click();
    expect(new Set(await page.locator('.rows .chip.state').allTextContents())).toEqual(new Set(['Passes']));
    await page.context().close();
  });

  test('a number of the overview is a filter', async () => {
    const { page } = await opened(browser, files.en);
    const tile = page.locator('.tile.high');
    const count = await tile.locator('strong').textContent();
    await tile.click();
    expect(await shownCount(page)).toMatch(new RegExp(`^${count} of `));
    await page.context().close();
  });

  test('sorts by a column, both ways, and says so', async () => {
    const { page } = await opened(browser, files.en);
    await page.locator('[data-sort="resource"]').click();
    const column = page.locator('[role="columnheader"].resource');
    expect(await column.getAttribute('aria-sort')).toBe('ascending');
    const up = await names(page);
    await page.locator('[data-sort="resource"]').click();
    expect(await column.getAttribute('aria-sort')).toBe('descending');
    expect((await names(page))[0]).not.toBe(up[0]);
    expect(await page.locator('[aria-sort]').count()).toBe(1);
    await page.context().close();
  });

  test('is walked, opened and closed by keyboard alone', async () => {
    const { page } = await opened(browser, files.en);
    await page.locator('[data-sort="place"]').focus();
    await page.keyboard.press('Tab');
    const focused = () => page.evaluate<string>("document.activeElement?.textContent ?? ''");
    const [first, second] = await names(page);
    expect(await focused()).toBe(first);
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe(second);
    await page.keyboard.press('Enter');
    expect(await page.locator('#panel').getAttribute('open')).not.toBeNull();
    expect(await focused()).toBe(second);
    await page.keyboard.press('Escape');
    expect(await page.locator('#panel').getAttribute('open')).toBeNull();
    expect(await focused()).toBe(second);
    await page.keyboard.press('End');
    const place = await page.evaluate<string>("document.activeElement?.closest('[data-at]')?.dataset.at");
    expect(Number(place)).toBe(Number((await shownCount(page))?.split(' ')[0]) - 1);
    await page.keyboard.press('Home');
    expect(await focused()).toBe(first);
    await page.context().close();
  });

  test('a finding has its reason, evidence, fix with its command, what it breaks and how to undo it', async () => {
    const { page } = await opened(browser, files.en);
    await page.locator('#text').fill('moonjar-press-kit s3-public');
    await page.locator('.rows .open').click();
    const panel = page.locator('#panel');
    const text = await panel.innerText();
    for (const said of [
      ...['ACL grants READ to AllUsers', 'publicAcl', 'groundrules remediate s3-public moonjar-press-kit'],
      ...[
        en.client.matters,
        en.client.breaks,
        en.client.undo,
        en.client.changes,
        'Public websites on the bucket',
      ],
      ...['CIS-AWS-7.0', 'groundrules waive s3-public moonjar-press-kit', 's3-public/123456789012/'],
    ]) {
      expect(text).toContain(said);
    }
    await page.context().close();
  });

  test('a link names a finding', async () => {
    const { page } = await opened(browser, files.en);
    await page.locator('#text').fill('moonjar-press-kit');
    await page.locator('.rows .open').first().click();
    const hash = await page.evaluate<string>('location.hash');
    const again = await opened(browser, files.en, { hash });
    expect(await again.page.locator('#panel h2').textContent()).toBe('moonjar-press-kit');
    await again.page.context().close();
    await page.context().close();
  });

  test('is in Korean when it is asked to', async () => {
    const { page } = await opened(browser, files.ko);
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    expect(await page.locator('h1').textContent()).toMatch(/^판정한 점검 \d+개 가운데 \d+개 미준수/);
    await page.locator('.rows .open').first().click();
    const text = await page.locator('body').innerText();
    for (const word of [en.sections.overview, en.client.fix, en.scores.domains, en.client.evidence])
      expect(text).not.toContain(`\n${word}\n`);
    await page.context().close();
  });

  test('follows the system’s colours, and the switch, which it remembers', async () => {
    const ground = (page: Page) => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await opened(browser, files.en, { colorScheme: 'light' });
    const dark = await opened(browser, files.en, { colorScheme: 'dark' });
    expect(await ground(light.page)).not.toBe(await ground(dark.page));
    await light.page.locator('.theme span', { hasText: en.theme.dark }).click();
    expect(await ground(light.page)).toBe(await ground(dark.page));
    await light.page.reload();
    expect(await ground(light.page)).toBe(await ground(dark.page));
    await light.page.emulateMedia({ media: 'print' });
    const ink = await light.page.evaluate<string>('getComputedStyle(document.body).color');
    expect([await ground(light.page), ink]).toEqual(['rgb(255, 255, 255)', 'rgb(21, 26, 33)']);
    await light.page.context().close();
    await dark.page.context().close();
  });

  test('on paper has the headline, the scores, the open findings and every control, and no filters', async () => {
    const { page } = await opened(browser, files.en);
    await onPaper(page);
    expect(await page.locator('#explorer').isVisible()).toBe(false);
    const items = await page.locator('.printed-items li').count();
    await page.emulateMedia({ media: 'screen' });
    expect(await shownCount(page)).toMatch(new RegExp(`^${items} of `));
    // As it does of the screen.
    await page.locator('.printed-items li').first().waitFor({ state: 'detached' });
    // Otherwise the paper would be a picture of the screen.
    await page.emulateMedia({ media: null });
    const pdf = await page.pdf({ path: join(PICTURES, 'report.pdf'), format: 'A4' });
    expect(pdf.length).toBeGreaterThan(50_000);
    await page.context().close();
  });

  test('without a script it has all but the filters', async () => {
    const { page } = await opened(browser, files.en, { javaScriptEnabled: false });
    expect(await page.locator('h1').isVisible()).toBe(true);
    expect(await page.locator('#explorer').isVisible()).toBe(false);
    expect(await page.locator('.theme').isVisible()).toBe(false);
    expect(await page.locator('noscript tbody tr').count()).toBeGreaterThan(40);
    expect(await page.locator('#controls tbody tr').count()).toBe(139);
    await page.context().close();
  });
});

describe('the history', () => {
  test('is in the page and its navigation, in words and numbers beside the charts', async () => {
    const { page } = await opened(browser, files.en);
    expect(await page.locator('.top nav a').allTextContents()).toEqual([
      ...['Overview', 'History', 'What changed', 'Findings', 'Every control'],
    ]);
    const section = page.locator('#history');
    expect(await section.locator('.about').first().textContent()).toMatch(
      /^14 runs, from 2026-08-21 to 2026-11-20\./,
    );
    // What fails now is what the overview says.
    const open = await page.locator('#overview .tiles .tile strong').allTextContents();
    const sum = open.slice(0, 4).reduce((whole, one) => whole + Number(one), 0);
    expect(await section.locator('.tile.fail strong').textContent()).toBe(String(sum));
    // All domains, and those that were judged.
    expect(await section.locator('svg.trend').count()).toBe(6);
    expect(await section.locator('.every svg').getAttribute('aria-label')).toMatch(
      /^All domains\. 2026-08-21: \d+ of \d+ fail\. 2026-11-20: \d+ of \d+ fail\.$/,
    );
    expect(await section.locator('.every .dot').count()).toBe(14);
    await page.context().close();
  });

  test('opens the numbers of each run by keyboard', async () => {
    const { page } = await opened(browser, files.en);
    const rows = page.locator('.runs tbody tr');
    expect(await rows.first().isVisible()).toBe(false);
    await page.locator('.runs summary').focus();
    await page.keyboard.press('Enter');
    expect(await rows.count()).toBe(14);
    expect(await rows.first().innerText()).toMatch(/^2026-11-20 .*\d+ \/ \d+/s);
    await page.context().close();
  });

  test('is served as it is in the file, and asks for nothing', async () => {
    const body = readFileSync(files.ko);
    const serving = await serve(async () => ({ body, tag: '"x"' }), 0, worldOf().world);
    const { page, requests, complaints } = await opened(browser, serving.url);
    expect(await page.locator('#history h2').first().textContent()).toBe('추이');
    await page.locator('.rows .open').first().click();
    await page.locator('.theme span').last().click({ force: true });
    expect(requests.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([serving.url]);
    expect(complaints).toEqual([]);
    await page.context().close();
    await serving.close();
  });
});

describe('what has changed', () => {
  const was = [
    result({ resourceId: 'sg-fixed', resourceName: 'fixed' }),
    result({ resourceId: 'sg-still', resourceName: 'still' }),
    result({ resourceId: 'sg-changed', resourceName: 'changed' }),
    result({ resourceId: 'sg-gone', resourceName: 'gone' }),
  ];
  const now = [
    result({
      resourceId: 'sg-fixed',
      resourceName: 'fixed',
      compliance: 'COMPLIANT',
      annotation: '',
      fix: null,
    }),
    result({ resourceId: 'sg-still', resourceName: 'still' }),
    result({ resourceId: 'sg-changed', resourceName: 'changed', annotation: 'tcp 3389 open to 0.0.0.0/0' }),
    result({ resourceId: 'sg-new', resourceName: 'new one' }),
  ];

  test('is said, and marked in the table', async () => {
    const baseline = { file: 'results.json', evaluated: { results: was, errors: [] } };
    const file = await reported({ results: now, options: { baseline } });
    const { page } = await opened(browser, file);
    const number = (change: string) => page.locator(`.change-${change} strong`).textContent();
    expect(await Promise.all(['new', 'changed', 'unjudged', 'still', 'fixed', 'other'].map(number))).toEqual([
      ...['1', '1', '1', '1', '1', '0'],
    ]);
    expect(await page.locator('.row', { hasText: 'new one' }).locator('.chip.change').textContent()).toBe(
      'New',
    );
    expect(await page.locator('.row', { hasText: 'changed' }).locator('.chip.change').textContent()).toBe(
      'Changed',
    );
    expect(await page.locator('.row .chip.change').count()).toBe(2);
    await page.context().close();
  });

  test('is nothing where a file of the same results has only what is compared', async () => {
    const results = now.map(({ controls: _, frameworks: __, page: ___, findingId: ____, ...rest }) => rest);
    const baseline = { file: 'results.json', evaluated: { results, errors: [] } };
    const { page } = await opened(browser, await reported({ results: now, options: { baseline } }));
    expect(await page.locator('.change-other strong').textContent()).toBe('0');
    expect(await page.locator('.change-still strong').textContent()).toBe('3');
    await page.context().close();
  });

  test('is not known without earlier results, and the page says so', async () => {
    const { page } = await opened(browser, await reported({ results: now }));
    expect(await page.locator('#changes').innerText()).toContain(en.noBaseline);
    await page.context().close();
  });

  test('needs a format that shows it', async () => {
    const { world } = worldOf();
    const options = { sample: true, format: 'json', baseline: 'results.json' };
    await expect(call('evaluate', [], options, world)).rejects.toThrow('--baseline is for --format html');
  });
});

describe('where there is little', () => {
  test('nothing fails: it says that, and what it rests on', async () => {
    const fine = result({ compliance: 'COMPLIANT', annotation: '', findings: [], fix: null });
    const { page, complaints } = await opened(browser, await reported({ results: [fine] }));
    expect(await page.locator('h1').textContent()).toBe('The one check that was judged passes.');
    expect(await page.locator('.empty').first().innerText()).toContain(en.nothingFails);
    expect(await names(page)).toEqual(['web']);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('nothing was judged: it says that, and claims nothing', async () => {
    const { page, complaints } = await opened(browser, await reported({}));
    expect(await page.locator('h1').textContent()).toBe('Nothing was judged.');
    expect(await page.locator('body').innerText()).not.toContain('100%');
    expect(await page.locator('.nothing').isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('only “could not tell” is nothing that passes', async () => {
    const { page } = await opened(browser, await reported({ errors: [error()] }));
    expect(await page.locator('h1').textContent()).toBe('Nothing was judged.');
    expect(await page.locator('.hero .rest').textContent()).toContain('1 check could not be judged');
    expect(await page.locator('.rows .chip.state').allTextContents()).toEqual(['Could not tell']);
    await page.context().close();
  });
});

test('it is 390 pixels wide without scrolling sideways, and long ids wrap', async () => {
  const long = `arn:aws:iam::111122223333:policy/${'very-long-name-'.repeat(20)}`;
  const file = await reported({
    results: [result({ resourceId: long, resourceName: long, annotation: long })],
    errors: [error({ resourceId: long, message: long })],
    header: { inputs: [{ accountId: '111122223333', source: long, asOf: new Date(0), regions: [] }] },
  });
  for (const one of [files.en, files.ko, file]) {
    const { page } = await opened(browser, one, { viewport: { width: 390, height: 844 } });
    const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
    expect(await width()).toBeLessThanOrEqual(390);
    await page.locator('.rows .open').first().click();
    expect(await page.evaluate<number>("document.querySelector('.sheet').scrollWidth")).toBeLessThanOrEqual(
      390,
    );
    await page.context().close();
  }
});

test('it is one file, and small beside what it says', () => {
  const text = readFileSync(files.en, 'utf8');
  expect(text).not.toMatch(/<(?:link|img|iframe|object|embed)\b|@import|url\(/);
  expect(text.length).toBeLessThan(700_000);
});

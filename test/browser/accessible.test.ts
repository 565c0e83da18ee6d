/** Whether everybody can use it (WCAG 2.2 AA, as far as axe can tell), and what it looks like: pictures for a person. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { contentsOf } from '../../deploy/fleet/report/contents.ts';
import type { Language } from '../../report/language.ts';
import { folderOf, removeFolders } from '../account/snapshot/support.ts';
import { result } from '../report/support.ts';
import { launch, onPaper, opened, PICTURES, reported, sampleReport } from './support.ts';

jest.setTimeout(240_000);
let browser: Browser;
const files = {} as Record<Language, string>;
beforeAll(async () => {
  browser = await launch();
  for (const language of ['en', 'ko'] as const) files[language] = await sampleReport(language);
});
afterAll(async () => {
  await browser?.close();
  await removeFolders();
});

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(page: Page, within?: string): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    // Of what is in order, axe would work out a selector for each of thousands of elements.
    .options({ resultTypes: ['violations'] })
    .withTags(TAGS);
  const { violations: found } = await (within ? axe.include(within) : axe).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
  );
}

const picture = (page: Page, name: string, fullPage = false) =>
  page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage });

describe.each(['en', 'ko'] as const)('%s', (language) => {
  test.each(['light', 'dark'] as const)(
    '%s has no violation, nor has a finding that is open',
    async (colorScheme) => {
      const { page } = await opened(browser, files[language], { colorScheme, reducedMotion: 'reduce' });
      await picture(page, `${language}-${colorScheme}`);
      expect(await violations(page)).toEqual([]);
      for (const section of ['history', 'findings', 'controls']) {
        await page.evaluate(`document.getElementById('${section}').scrollIntoView()`);
        await picture(page, `${language}-${colorScheme}-${section}`);
      }
      await page.locator('.rows .open').nth(1).click();
      await page.locator('#panel summary').first().click();
      await picture(page, `${language}-${colorScheme}-finding`);
      expect(await violations(page, '#panel')).toEqual([]);
      await page.context().close();
    },
  );

  test('390 pixels wide has no violation', async () => {
    const { page } = await opened(browser, files[language], {
      ...{ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' },
    });
    await picture(page, `${language}-390`, true);
    expect(await violations(page, '#findings')).toEqual([]);
    await page.locator('.rows .open').nth(1).click();
    await picture(page, `${language}-390-finding`);
    expect(await violations(page, '#panel')).toEqual([]);
    await page.context().close();
  });

  test('paper is looked at', async () => {
    const { page } = await opened(browser, files[language], { viewport: { width: 794, height: 1123 } });
    await onPaper(page);
    await picture(page, `${language}-print`, true);
    await page.context().close();
  });
});

test.each(['en', 'ko'] as const)(
  'the list of the pages of a fleet has no violation in %s',
  async (language) => {
    const numbers = [1, 0, 2, 0, 0, 3, 12];
    const pages = [1, 2].map((part) => ({
      ...{ unit: 'Root/웹', part, file: `unit=${part}.html`, accounts: 1, numbers },
    }));
    const unwritten = new Set(['unit=2.html']);
    const file = join(await folderOf({}), 'index.html');
    writeFileSync(file, contentsOf({ day: '2026-11-29', pages, unwritten, language }));
    const { page } = await opened(browser, file, {});
    await picture(page, `${language}-fleet`);
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    await picture(page, `${language}-fleet-print`);
    await page.context().close();
  },
);

test('what is empty, waived or has changed has no violation', async () => {
  const waivers = [{ reason: 'only the office', ticket: 'SEC-12', owner: 'jiwoo', until: '2027-03-31' }];
  const baseline = {
    file: 'before.json',
    evaluated: { results: [result({ resourceId: 'sg-gone' })], errors: [] },
  };
  const ref = {
    line: 3,
    rule: 'sg-open-ports',
    resource: 'sg-1',
    ticket: 'SEC-1',
    owner: 'jiwoo',
    until: '2026-12-01',
  };
  const summary = {
    waivers: { file: 'groundrules.waivers.yaml', expired: [ref], expiring: [], unused: [ref], undecided: [] },
  };
  const many = {
    results: [result({ waivers }), result({ resourceId: 'sg-2' })],
    summary,
    options: { baseline },
  };
  for (const what of [{}, many]) {
    const { page } = await opened(browser, await reported(what));
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  }
});

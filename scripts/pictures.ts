/** `npm run pictures` writes the pictures of the HTML report that README shows, of the sample accounts. Needs a Chromium. */
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package.ts';
import { removeFolders } from '../test/account/snapshot/support.ts';
import { launch, opened, sampleReport } from '../test/browser/support.ts';

const SIZE = { width: 1240, height: 980 };

const browser = await launch();
try {
  const file = await sampleReport('en');
  for (const [section, name] of [
    ['overview', 'report'],
    ['history', 'history'],
  ] as const) {
    const { page } = await opened(browser, file, { viewport: SIZE, reducedMotion: 'reduce' });
    const top = `document.querySelector('#${section} h2.big')?.getBoundingClientRect().top ?? 0`;
    await page.evaluate(`scrollBy(0, Math.max(0, (${top}) - 90))`);
    await page.screenshot({ path: join(PACKAGE_ROOT, 'docs', `${name}.png`) });
    console.log(`docs/${name}.png`);
  }
} finally {
  await browser.close();
  await removeFolders();
}

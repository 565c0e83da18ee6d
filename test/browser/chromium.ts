import { existsSync } from 'node:fs';

/** How to have one, for the line that says what was left out. */
export const CHROMIUM =
  'no Chromium is installed (on Debian: apt-get install chromium; elsewhere name one in CHROMIUM=/path/to/chrome)';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where this machine has a Chromium; `undefined` where it has none. */
export const findChromium = (): string | undefined =>
  [process.env.CHROMIUM ?? '', ...USUAL].find((path) => path !== '' && existsSync(path));

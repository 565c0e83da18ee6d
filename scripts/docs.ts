/**
 * `npm run docs` writes what the pages derive from the rules; `npm run docs -- --check` writes nothing, and fails with
 * the pages that are out of date.
 */
import { writeFileSync } from 'node:fs';
import { fixes } from '../remediation-docs/index.ts';
import { rules } from '../rules/index.ts';
import { pages } from './pages.ts';

const stale = pages({ rules, fixes }).filter(({ text, derived }) => text !== derived);

if (process.argv.includes('--check')) {
  for (const { path } of stale) console.error(`${path} is out of date: npm run docs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const { path, derived } of stale) {
    writeFileSync(path, derived);
    console.log(path);
  }
}

/**
 * `npm run docs` writes what the pages derive from the rules, and the JSON Schema of the settings; `npm run docs -- --check` writes nothing, and fails with
 * the pages that are out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { settingsSchema } from '../deploy/settings/index.ts';
import { fixes } from '../remediation-docs/index.ts';
import { rules } from '../rules/index.ts';
import { pages } from './pages.ts';

const SCHEMA = 'groundrules.schema.json';
const schema = {
  path: SCHEMA,
  text: existsSync(SCHEMA) ? readFileSync(SCHEMA, 'utf8') : '',
  derived: `${JSON.stringify(settingsSchema(), undefined, 2)}\n`,
};
const stale = [...pages({ rules, fixes }), schema].filter(({ text, derived }) => text !== derived);

if (process.argv.includes('--check')) {
  for (const { path } of stale) console.error(`${path} is out of date: npm run docs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const { path, derived } of stale) {
    writeFileSync(path, derived);
    console.log(path);
  }
}

/**
 * `npm run docs` writes the list of rules, what documents have in common, what the pages derive from the rules, the JSON
 * Schemas, the contract, the corpus and the data of the sample's HTML report; `npm run docs -- --check` writes nothing, and fails with the files that are out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { koreanIndex, rulesIndex } from './rules-index.ts';
import { serviceIndexes } from './services.ts';

interface Derived {
  readonly path: string;
  readonly text: string;
  readonly derived: string;
}

/** Writes those that are out of date, or only names them. */
function settle(files: readonly Derived[]): void {
  for (const { path, text, derived } of files) {
    if (text === derived) continue;
    if (process.argv.includes('--check')) {
      console.error(`${path} is out of date: npm run docs`);
      process.exitCode = 1;
    } else {
      writeFileSync(path, derived);
      console.log(path);
    }
  }
}

settle([rulesIndex(), koreanIndex(), ...serviceIndexes()]);
// Only now, because they are made of the rules that the list has.
const { rules, fixes } = await import('../rules/index.ts');
const { documentPage } = await import('./skeleton.ts');
const { pages } = await import('./pages.ts');
const { derivedPage, PAGE } = await import('./packs-page.ts');
const { COMPARISON, comparisonPage } = await import('../bench/peers/page.ts');
const { BENCHMARKS, withFigures } = await import('./benchmarks-page.ts');
const { withCorpus } = await import('./comparison-page.ts');
const { costPages } = await import('./cost-pages.ts');
const { settingsSchema } = await import('../deploy/settings/index.ts');
const { comparisonJsonSchema, resultsJsonSchema } = await import('../report/schema.ts');
const { waiversJsonSchema } = await import('../waivers/read.ts');
const { CONTRACT, contract } = await import('./contract.ts');
const { corpusFiles } = await import('./corpus.ts');
const { reliabilityPage } = await import('./reliability-page.ts');
const { REPORT_DATA, reportData } = await import('./report-data.ts');
const text = (path: string, derived: string): Derived => ({
  path,
  text: existsSync(path) ? readFileSync(path, 'utf8') : '',
  derived,
});
const json = (path: string, value: unknown): Derived =>
  text(path, `${JSON.stringify(value, undefined, 2)}\n`);
// Before the pages, because they say what the documents need.
settle([...rules, ...fixes].map((rule) => documentPage(rule)));
const packsPage = readFileSync(PAGE, 'utf8');
const benchmarks = readFileSync(BENCHMARKS, 'utf8');
const comparison = readFileSync(COMPARISON, 'utf8');
settle([
  ...pages({ rules, fixes }),
  ...(await costPages()),
  reliabilityPage(),
  { path: PAGE, text: packsPage, derived: derivedPage(packsPage) },
  { path: BENCHMARKS, text: benchmarks, derived: withFigures(benchmarks) },
  { path: COMPARISON, text: comparison, derived: withCorpus(comparisonPage(comparison)) },
  json('groundrules.schema.json', settingsSchema()),
  json('groundrules.results.schema.json', resultsJsonSchema()),
  json('groundrules.comparison.schema.json', comparisonJsonSchema()),
  json('groundrules.waivers.schema.json', waiversJsonSchema()),
  json(CONTRACT, contract([...rules, ...fixes])),
  text(REPORT_DATA, await reportData()),
  ...[...(await corpusFiles(rules))].map(([path, derived]) => text(path, derived)),
]);

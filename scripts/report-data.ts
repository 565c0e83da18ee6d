/** What the HTML report has as data of the sample accounts, to be read and reviewed: a row a paragraph, in both languages. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../report/both.ts';
import { type PageData, type Row, SEVERITY_NAMES, STATUSES } from '../report/formats/html/model.ts';
import { call, worldOf } from '../test/cli/support.ts';

export const REPORT_DATA = 'test/report/formats/sample-report.txt';

/** The data of the page that `evaluate --sample --format html` makes. */
async function dataOf(language: Language): Promise<PageData> {
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-report-'));
  try {
    const output = join(folder, 'report.html');
    const { world } = worldOf({ language });
    await call('evaluate', [], { sample: true, config: false, format: 'html', output }, world);
    const page = readFileSync(output, 'utf8');
    const [, json] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page) ?? [];
    return JSON.parse(json ?? '') as PageData;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The file as it has to be. */
export async function reportData(): Promise<string> {
  const [en, ko] = (await Promise.all(LANGUAGES.map(dataOf))) as [PageData, PageData];
  const head = [
    '# The data of the HTML report of the sample accounts, derived by npm run docs: look at what your change does to it.',
    `${en.rows.length} rows, ${en.rules.length} rules`,
    ...['accounts', 'regions', 'types'].map((name) => `${name}: ${en[name as 'accounts'].join(' ')}`),
  ];
  const rows = en.rows.map((row, at) => [lineOf(row, en), ...moreOf(row, ko.rows[at])].join('\n'));
  const rules = en.rules.map(({ id, domain, controls, page, fix }, at) =>
    [
      [id, domain, controls.join(' '), page].join(' | '),
      ...[en, ko].flatMap((data) => `    ${data.rules[at]?.title}`),
      ...(fix ? [`    fix: ${fix.automatic}`] : []),
    ].join('\n'),
  );
  const parts = [head, ['## Rows', '', ...rows], ['## Rules', '', ...rules]];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** `fail HIGH sg-open-ports 123456789012 us-east-1 AWS::EC2::SecurityGroup sg-1 (web)` */
function lineOf([status, severity, rule, account, region, type, id, name]: Row, data: PageData): string {
  const place = [data.accounts[account], data.regions[region], data.types[type]];
  const what = [STATUSES[status], SEVERITY_NAMES[severity], data.rules[rule]?.id];
  return [...what, ...place, id, ...(name ? [`(${name})`] : [])].join(' ');
}

/** Whatever else there is of it: a property that is added shows here by itself. */
function moreOf([, , , , , , , , more = {}]: Row, korean: Row | undefined): string[] {
  const { why = [], ...rest } = more;
  const said = [...why, ...(korean?.[8]?.why ?? [])];
  return [
    ...said.map((text) => `    ${text}`),
    ...Object.entries(rest).map(
      ([name, value]) => `    ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
  ];
}

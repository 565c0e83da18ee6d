import { Writable } from 'node:stream';
import { reportIn } from '../report/formats/index.ts';
import { FORMAT_NAMES, type FormatName } from '../report/formats/names.ts';
import { toError, toResult } from '../report/result.ts';
import { couldNotTell, nonCompliant } from '../rules/judgement.ts';
import rule from '../rules/sg-open-ports/rule.ts';
import { number, printTable } from './table.ts';

const MILLION = 1_000_000;
/** How much more memory a million results may need than the process had before. */
const LIMIT = 150;
const MEGABYTE = 1024 * 1024;

/** A million results in every format, one of ten of them "could not tell". */
export async function formats(): Promise<void> {
  const rows: string[][] = [];
  for (const format of FORMAT_NAMES) rows.push(await measure(format));
  printTable(
    'a million results, one of ten "could not tell"',
    ['', 'seconds', 'written, MB', 'more memory, MB', 'limit, MB'],
    rows,
    { note: 'Memory is the resident set at its largest, less what it was before.' },
  );
}

async function measure(format: FormatName): Promise<string[]> {
  let bytes = 0;
  const out = new Writable({
    decodeStrings: false,
    write(chunk: string, _, done) {
      bytes += chunk.length;
      setImmediate(done);
    },
  });
  const report = reportIn(format, out, { colour: false, width: 140, pageText: () => '' });
  const before = process.memoryUsage.rss();
  let most = before;
  const start = performance.now();
  const header = {
    ...{
      generatedAt: new Date(),
      accountIds: ['111122223333'],
      rules: [rule.id],
      sample: false,
      settings: null,
    },
    controls: { judged: 1, all: 139 },
  };
  await report.begin(header);
  for (let at = 0; at < MILLION; at++) {
    const resource = {
      type: 'AWS::EC2::SecurityGroup',
      id: `sg-${at}`,
      name: `group ${at}`,
      region: 'us-east-1',
    };
    if (at % 10 === 0)
      await report.error(toError(rule, '111122223333', couldNotTell(resource, new Error('denied'))));
    else await report.result(toResult(rule, '111122223333', nonCompliant(resource, [FINDING])));
    if (at % 10_000 === 0) most = Math.max(most, process.memoryUsage.rss());
  }
  await report.end({
    ...{ compliant: 0, nonCompliant: MILLION * 0.9, notApplicable: 0, errors: MILLION * 0.1 },
    severities: { CRITICAL: 0, HIGH: MILLION * 0.9, MEDIUM: 0, LOW: 0 },
    ...{ waived: 0, waivers: null, failing: MILLION * 0.9, failOn: 'LOW', onError: 'fail' },
  });
  most = Math.max(most, process.memoryUsage.rss());
  return [
    format,
    number((performance.now() - start) / 1000, 1),
    number(bytes / MEGABYTE),
    number((most - before) / MEGABYTE),
    number(LIMIT),
  ];
}

export const FINDING = {
  ...{
    kind: 'openPorts',
    protocol: 'tcp',
    fromPort: 22,
    toPort: 22,
    families: ['ipv4'],
    sources: ['0.0.0.0/0'],
  },
  rules: [{ protocol: 'tcp', fromPort: 22, toPort: 22, family: 'ipv4', source: '0.0.0.0/0' }],
};

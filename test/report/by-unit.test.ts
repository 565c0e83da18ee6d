import { type ByUnit, byUnitWords } from '../../report/by-unit.ts';
import { reportIn } from '../../report/formats/index.ts';
import { error, header, result, sink, summary } from './support.ts';

const waivers = [{ reason: 'r', ticket: 't', owner: 'o', until: '2027-03-31' }];
const RESULTS = [
  result({ organizationalUnit: 'Root/Workloads', accountId: '111111111111' }),
  result({ organizationalUnit: 'Root/Workloads', accountId: '222222222222', severity: 'LOW' }),
  result({ organizationalUnit: 'Root/Workloads', accountId: '222222222222', waivers }),
  result({ organizationalUnit: 'Root', accountId: '333333333333', compliance: 'COMPLIANT' }),
  result({ organizationalUnit: 'Root', accountId: '333333333333', compliance: 'NOT_APPLICABLE' }),
];
const ERRORS = [
  error({ organizationalUnit: 'Root', accountId: '444444444444' }),
  error({ accountId: '555555555555' }),
];
const COUNTED = [
  ['–', '1', '0', '0', '0', '0', '1', '0'],
  ['Root', '2', '0', '0', '0', '0', '1', '1'],
  ['Root/Workloads', '2', '0', '1', '0', '1', '0', '0'],
] satisfies ReturnType<ByUnit['rows']>;

async function printed(format: 'table' | 'markdown', groupBy?: 'ou'): Promise<string> {
  const out = sink();
  const report = reportIn(format, out, {
    ...{ colour: false, width: 140, pageText: () => '' },
    ...(groupBy && { groupBy }),
  });
  await report.begin({ ...header, accountIds: RESULTS.map(({ accountId }) => accountId) });
  for (const one of RESULTS) await report.result(one);
  for (const one of ERRORS) await report.error(one);
  await report.end(summary());
  return out.text();
}

test('a table counts by unit: what fails and is not waived, what could not be told, what is right', async () => {
  const text = await printed('table', 'ou');
  const lines = text.slice(0, text.indexOf('NON_COMPLIANT')).trim().split('\n');
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
    [byUnitWords.en.title],
    byUnitWords.en.head,
    ...COUNTED,
  ]);
});

test('so does markdown', async () => {
  const rows = (await printed('markdown', 'ou')).split('\n').filter((line) => line.startsWith('| <code>'));
  expect(rows.slice(0, COUNTED.length)).toEqual(
    COUNTED.map(
      ([unit, ...counts]) => `| <code>${unit === '–' ? '&#8211;' : unit}</code> | ${counts.join(' | ')} |`,
    ),
  );
});

test('nobody is told who did not ask', async () => {
  expect(await printed('table')).not.toContain(byUnitWords.en.title);
});

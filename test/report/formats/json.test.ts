import { jsonReport } from '../../../report/formats/json.ts';
import type { Header, Result, ResultError, Summary } from '../../../report/result.ts';
import { error, header, result, sink, summary } from '../support.ts';

async function printed(
  results: readonly Result[],
  errors: readonly ResultError[] = [],
  { of = header, sum = summary() }: { of?: Header; sum?: Summary } = {},
): Promise<string> {
  const out = sink();
  const report = jsonReport(out);
  await report.begin(of);
  for (const one of errors) await report.error(one);
  for (const one of results) await report.result(one);
  await report.end(sum);
  return out.text();
}

test('has the fixed fields, in the fixed shape', async () => {
  const counts = summary({ nonCompliant: 1, errors: 1 });
  const finding = { kind: 'open', ports: '22' };
  const text = await printed([result({ findings: [finding] })], [error()], { sum: counts });
  expect(JSON.parse(text)).toEqual({
    schemaVersion: '1.0',
    generatedAt: '2026-11-22T08:00:00.000Z',
    accountId: '111122223333',
    // Added to the fixed fields: all of the accounts, and the time that the verdicts are for.
    accountIds: ['111122223333'],
    now: '2026-11-20T00:00:00.000Z',
    rules: ['sg-open-ports'],
    // Added too: whose accounts they are, by which settings, and of how much of the catalogue.
    sample: false,
    settings: null,
    controls: { judged: 3, all: 20 },
    results: [
      {
        rule: 'sg-open-ports',
        accountId: '111122223333',
        region: 'us-east-1',
        resourceType: 'AWS::EC2::SecurityGroup',
        resourceId: 'sg-0a1b2c3d4e5f60001',
        resourceName: 'web',
        compliance: 'NON_COMPLIANT',
        severity: 'HIGH',
        annotation: 'tcp 22 open to 0.0.0.0/0',
        findings: [finding],
        // Added: what the result is known by, what it is of, and what to do about it.
        findingId:
          'sg-open-ports/111122223333/us-east-1/AWS::EC2::SecurityGroup/sg-0a1b2c3d4e5f60001/openPorts',
        controls: [
          {
            id: 'sg-open-ports',
            title: 'Security groups let the internet in where it is meant to come in only',
          },
        ],
        frameworks: { 'CIS-AWS-5.0': ['5.2', '5.3'] },
        fix: 'groundrules remediate sg-open-ports sg-0a1b2c3d4e5f60001 --region us-east-1',
        page: 'rules/sg-open-ports/README.md',
      },
    ],
    errors: [
      {
        rule: 's3-public',
        accountId: '111122223333',
        region: 'us-east-1',
        resourceType: 'AWS::S3::Bucket',
        resourceId: 'moonjar-sealed',
        code: 'AccessDenied',
        api: 's3:GetBucketPolicy',
        message: 's3:GetBucketPolicy of moonjar-sealed: Access Denied',
        findingId: 's3-public/111122223333/us-east-1/AWS::S3::Bucket/moonjar-sealed/couldNotTell',
      },
    ],
    summary: {
      ...{ compliant: 0, nonCompliant: 1, notApplicable: 0, errors: 1 },
      // Added: what a pipeline decides by.
      severities: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 },
      ...{ waived: 0, waivers: null, failing: 0, failOn: 'LOW', onError: 'fail' },
    },
  });
});

describe('is JSON', () => {
  const cases: [situation: string, results: Result[], errors: ResultError[]][] = [
    ['of nothing at all', [], []],
    ['of one result', [result()], []],
    ['of errors alone', [], [error(), error()]],
    ['of many of both', [result(), result(), result()], [error(), error()]],
    ['with quotes, lines and other scripts in its texts', [result({ annotation: '"\n\u2028 문' })], []],
  ];
  test.each(cases)('%s', async (_situation, results, errors) => {
    const text = await printed(results, errors);
    expect(JSON.parse(text)).toMatchObject({ results, errors });
    expect(text.endsWith('\n')).toBe(true);
  });
});

test('has one result a line, for grep and for diff', async () => {
  const lines = (await printed([result({ resourceId: 'sg-1' }), result({ resourceId: 'sg-2' })])).split('\n');
  expect(lines.filter((line) => line.includes('"resourceId"'))).toHaveLength(2);
  expect(JSON.parse(lines.find((line) => line.includes('sg-2')) as string)).toMatchObject({
    resourceId: 'sg-2',
  });
});

test('names the first account where there are several', async () => {
  const of = { ...header, accountIds: ['111111111111', '222222222222'] };
  expect(JSON.parse(await printed([], [], { of }))).toMatchObject({
    accountId: '111111111111',
    accountIds: ['111111111111', '222222222222'],
  });
});

describe('of 100,000 results', () => {
  const COUNT = 100_000;

  test('waits for a slow reader, and never has much in hand', async () => {
    const out = sink({ slow: true, keep: false });
    const report = jsonReport(out);
    await report.begin(header);
    let bytes = 0;
    for (let number = 0; number < COUNT; number++) {
      const one = result({ resourceId: `sg-${number}` });
      bytes += JSON.stringify(one).length;
      await report.result(one);
    }
    await report.end(summary({ nonCompliant: COUNT }));
    expect(bytes).toBeGreaterThan(20_000_000);
    expect(out.mostWaiting()).toBeLessThan(256 * 1024);
    expect(out.writes()).toBeGreaterThan(100);
    expect(out.writes()).toBeLessThan(1000);
  });

  test('has all of them, in the order in which they came', async () => {
    const results = Array.from({ length: COUNT }, (_, number) => result({ resourceId: `sg-${number}` }));
    const { results: read } = JSON.parse(await printed(results)) as { results: Result[] };
    expect(read).toHaveLength(COUNT);
    expect(read.every(({ resourceId }, number) => resourceId === `sg-${number}`)).toBe(true);
  });
});

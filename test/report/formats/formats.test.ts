import { parse } from 'csv-parse/sync';
import type { Log } from 'sarif';
import { FORMAT_NAMES } from '../../../report/formats/names.ts';
import type { Result, ResultError } from '../../../report/result.ts';
import { checkJunit, isSarif } from '../published.ts';
import { error, result } from '../support.ts';
import { ERRORS, printed, RESULTS, WAIVED } from './support.ts';

/** Whatever would steer a terminal, or hide: a line break is the only one that a report may have. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

describe.each(FORMAT_NAMES)('%s', (format) => {
  test('prints nothing that steers a terminal', async () => {
    const text = await printed(format, RESULTS, ERRORS);
    expect([...text.matchAll(UNSEEN)].map(([letter]) => letter).filter((letter) => letter !== '\n')).toEqual(
      [],
    );
    expect(text.endsWith('\n')).toBe(true);
  });

  test('is the same twice', async () => {
    expect(await printed(format, RESULTS, ERRORS)).toBe(await printed(format, RESULTS, ERRORS));
  });

  test('is whole without a single result', async () => {
    const text = await printed(format, []);
    expect(text.endsWith('\n')).toBe(true);
    if (['json', 'sarif', 'ocsf', 'asff'].includes(format)) JSON.parse(text);
  });
});

test.each(FORMAT_NAMES)('%s shows what is waived, as waived: by whom, why and until when', async (format) => {
  const text = (await printed(format, [WAIVED])).replaceAll(/\s+/g, ' ');
  for (const said of ['sg-waived', '2027-03-31', 'SEC-12', 'jiwoo']) expect(text).toContain(said);
  expect(text).toMatch(/only .*the .*office/);
  const mark: Partial<Record<string, string>> = {
    ...{ sarif: '"suppressions"', ocsf: '"Suppressed"', asff: '"SUPPRESSED"' },
    junit: 'failures="0" errors="0" skipped="1"',
  };
  expect(text).toContain(mark[format] ?? '');
});

const OF_AN_ORGANIZATION = { accountName: 'Pay\u202Ements', organizationalUnit: 'Root/Workloads' };

test.each(FORMAT_NAMES.filter((name) => !['sarif', 'junit'].includes(name)))(
  '%s names the account of an organization',
  async (format) => {
    const text = await printed(format, [result(OF_AN_ORGANIZATION)], [error(OF_AN_ORGANIZATION)], {
      accountIds: ['111122223333', '444455556666'],
    });
    expect(text).toMatch(/Pay(?:\\+u\{?202e\}?|&#92;u&#123;202e&#125;)ments/);
    const unit: Partial<Record<string, RegExp>> = {
      ...{ json: /"organizationalUnit":"Root\/Workloads"/, csv: /,Root\/Workloads,,\n/ },
      ocsf: /"ou_name":"Root\/Workloads"/,
    };
    expect(text).toMatch(unit[format] ?? /./);
  },
);

describe('csv', () => {
  const rowsOf = async (results: readonly Result[], errors: readonly ResultError[] = []) =>
    parse(await printed('csv', results, errors), { columns: true }) as Record<string, string>[];

  test('has a row for every verdict and every error, in their order', async () => {
    const rows = await rowsOf(RESULTS, ERRORS);
    expect(rows).toHaveLength(RESULTS.length + ERRORS.length);
    expect(rows[0]).toMatchObject({
      ...{ severity: 'HIGH', compliance: 'NON_COMPLIANT', rule: 'sg-open-ports', resourceName: 'web' },
      ...{ why: 'tcp 22 open to 0.0.0.0/0', controls: 'sg-open-ports' },
      fix: 'groundrules remediate sg-open-ports sg-0a1b2c3d4e5f60001 --region us-east-1',
    });
    expect(rows[RESULTS.length]).toMatchObject({
      ...{
        severity: 'CRITICAL',
        compliance: 'COULD_NOT_TELL',
        rule: 's3-public',
        resourceId: 'moonjar-sealed',
      },
      why: 'AccessDenied: s3:GetBucketPolicy of moonjar-sealed: Access Denied',
    });
    expect(rows.map(({ findingId }) => findingId)).toEqual(
      [...RESULTS, ...ERRORS].map((one) => one.findingId),
    );
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("https://evil.example")'])(
    'has no formula: %s',
    async (text) => {
      const [row] = await rowsOf([result({ resourceName: text, annotation: text })]);
      expect(row).toMatchObject({ resourceName: `'${text}`, why: `'${text}` });
    },
  );

  test('keeps rows apart, whatever is in them', async () => {
    const text = 'a,"b"\nc;\'d\'';
    const [row] = await rowsOf([result({ annotation: text })]);
    expect(row?.why).toBe('a,"b"\\u{a}c;\'d\'');
  });
});

describe('sarif', () => {
  const logOf = async (results: readonly Result[], errors: readonly ResultError[] = []) =>
    JSON.parse(await printed('sarif', results, errors)) as Log;

  test('is what the published schema says', async () => {
    const log = await logOf(RESULTS, ERRORS);
    isSarif(log);
    expect(isSarif.errors).toBeNull();
    expect(isSarif({ ...log, version: '2.0.0' })).toBe(false);
  });

  test('has what fails and what could not be judged, and nothing that is right', async () => {
    const [run] = (await logOf(RESULTS, ERRORS)).runs;
    const failing = RESULTS.filter(({ compliance }) => compliance === 'NON_COMPLIANT');
    const kinds = (run?.results ?? []).map(({ kind, level }) => `${kind} ${level}`);
    expect(kinds.filter((kind) => kind === 'fail error')).toHaveLength(failing.length);
    expect(kinds.filter((kind) => kind === 'open none')).toHaveLength(ERRORS.length);
    expect(kinds).toHaveLength(failing.length + ERRORS.length);
    expect(run?.invocations).toEqual([
      { executionSuccessful: false, startTimeUtc: '2026-11-22T08:00:00.000Z' },
    ]);
  });

  test('has a rule for each result, with its help, and a fingerprint of its own', async () => {
    const [run] = (await logOf(RESULTS, ERRORS)).runs;
    const rules = run?.tool.driver.rules ?? [];
    for (const { ruleId, ruleIndex } of run?.results ?? [])
      expect(rules[ruleIndex as number]?.id).toBe(ruleId);
    expect(rules[0]).toMatchObject({
      id: 'sg-open-ports',
      help: { markdown: '# rules/sg-open-ports/README.md' },
      defaultConfiguration: { level: 'error' },
      properties: { 'security-severity': '8.0' },
    });
    const prints = (run?.results ?? []).map((one) => one.partialFingerprints?.primaryLocationLineHash);
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe('junit', () => {
  test("is what Jenkins's schema says", async () => {
    const text = await printed('junit', RESULTS, ERRORS);
    expect(await checkJunit(text)).toMatchObject({ valid: true, errors: [] });
    expect(await checkJunit(text.replace(' tests="', ' test="'))).toMatchObject({ valid: false });
  });

  test('counts what it has', async () => {
    const text = await printed('junit', RESULTS, ERRORS);
    const count = (what: RegExp) => [...text.matchAll(what)].length;
    const waived = RESULTS.filter(({ waivers }) => waivers).length;
    const failing = RESULTS.filter(({ compliance }) => compliance === 'NON_COMPLIANT').length - waived;
    expect(text).toContain(
      ` tests="${RESULTS.length + ERRORS.length}" failures="${failing}" errors="${ERRORS.length}" skipped="${1 + waived}"`,
    );
    expect(count(/<testcase /g)).toBe(RESULTS.length + ERRORS.length);
    expect([count(/<failure /g), count(/<error /g), count(/<skipped>/g)]).toEqual([
      failing,
      ERRORS.length,
      1 + waived,
    ]);
  });

  test('is whole where there are more cases than fit in memory at once', async () => {
    const many = Array.from({ length: 5_000 }, (_, number) => result({ resourceId: `그룹-${number}` }));
    const text = await printed('junit', many);
    expect(
      [...text.matchAll(/ name="AWS::EC2::SecurityGroup web \(그룹-(\d+)\)/g)].map(([, n]) => Number(n)),
    ).toEqual(many.map((_, number) => number));
  });
});

describe('markdown', () => {
  test('has nothing of an account that is markup, a link or a mention', async () => {
    const text = await printed('markdown', RESULTS, ERRORS);
    expect(text).not.toMatch(/<(?!\/?code>|br>)/);
    expect(text).not.toMatch(/@|https?:\/\/|\]\(|`/);
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.every((row) => [...row.matchAll(/\|/g)].length === 6)).toBe(true);
  });

  test('fits into a comment, however much there is', async () => {
    const many = Array.from({ length: 1_000 }, (_, number) =>
      result({ resourceId: `sg-${number}`, annotation: 'tcp 22 open to 0.0.0.0/0; '.repeat(9) }),
    );
    const text = await printed('markdown', many);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('… and 960 more.');
  });

  test('says the numbers first', async () => {
    expect(await printed('markdown', RESULTS, [])).toMatch(/^## Groundrules\n\n\*\*\d+ non-compliant\*\*/);
  });
});

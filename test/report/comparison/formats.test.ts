import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'csv-parse/sync';
import type { Log } from 'sarif';
import { FORMAT_NAMES } from '../../../report/formats/names.ts';
import { comparisonJsonSchema } from '../../../report/schema.ts';
import { checkJunit, isSarif } from '../published.ts';
import { AFTER, BEFORE, HARMFUL, told } from './support.ts';

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const NOTHING = { results: [], errors: [] };

describe.each(FORMAT_NAMES)('%s', (format) => {
  test('prints nothing that steers a terminal', async () => {
    const text = await told(format, ...HARMFUL);
    expect([...text.matchAll(UNSEEN)].map(([letter]) => letter).filter((letter) => letter !== '\n')).toEqual(
      [],
    );
    expect(text.endsWith('\n')).toBe(true);
  });

  test('is whole where there is nothing to tell', async () => {
    const text = await told(format, NOTHING, NOTHING);
    expect(text.endsWith('\n')).toBe(true);
    if (['json', 'sarif', 'ocsf', 'asff'].includes(format)) JSON.parse(text);
  });
});

test.each([
  ['table', /FIXED\n.*\n.*fixed/s, /해결됨\n/],
  ['markdown', /### Fixed/, /### 해결됨/],
  ['html', /Since the earlier results/, /이전 결과와 비교/],
] as const)('%s speaks Korean, too', async (format, english, korean) => {
  expect(await told(format)).toMatch(english);
  expect(await told(format, BEFORE, AFTER, 'ko')).toMatch(korean);
});

const idOf = (fingerprint: unknown) => String(fingerprint).split('/').slice(-2).join(' ');

describe('sarif', () => {
  test('is what the published schema says, of whatever there is in an account', async () => {
    for (const text of [await told('sarif'), await told('sarif', ...HARMFUL)]) {
      isSarif(JSON.parse(text));
      expect(isSarif.errors).toBeNull();
    }
  });

  test('has the state of each result: only what is known to be gone is absent', async () => {
    const log = JSON.parse(await told('sarif')) as Log;
    const said = (log.runs[0]?.results ?? []).map(
      ({ kind, baselineState, fingerprints }) =>
        `${idOf(fingerprints?.['findingId/v1'])}: ${kind} ${baselineState}`,
    );
    expect(said.sort()).toEqual([
      'became-bad openPorts: fail new',
      'became-bad-waived openPorts: fail new',
      'exempt-now openPorts: notApplicable updated',
      'fixed openPorts: fail absent',
      'good-nobody-looked -: open new',
      'nobody-looked openPorts: open updated',
      'other-kind allTraffic: fail new',
      'other-kind openPorts: fail absent',
      'other-reason openPorts: fail updated',
      'still-bad openPorts: fail unchanged',
      'told-at-last couldNotTell: open absent',
      'unreadable-now couldNotTell: open new',
      'unreadable-now openPorts: open updated',
    ]);
  });
});

test('ocsf creates what is new, updates what is there, and closes what is gone', async () => {
  const findings = JSON.parse(await told('ocsf')) as {
    activity_name: string;
    status?: string;
    status_detail?: string;
    type_uid: number;
    compliance: { status: string };
    finding_info: { uid: string };
  }[];
  const said = findings.map(
    ({ activity_name, status_detail = '', status = status_detail, compliance, finding_info }) =>
      `${idOf(finding_info.uid)}: ${activity_name} ${compliance.status}${status && `, ${status}`}`,
  );
  expect(said.sort()).toEqual([
    'became-bad openPorts: Create Fail',
    'became-bad-waived openPorts: Create Fail, Suppressed',
    'exempt-now openPorts: Update Not Applicable',
    'fixed openPorts: Close Pass, Resolved',
    'good-nobody-looked -: Update Unknown',
    'nobody-looked openPorts: Update Unknown',
    'other-kind allTraffic: Create Fail',
    'other-kind openPorts: Close Pass, Resolved',
    'other-reason openPorts: Update Fail',
    'still-bad openPorts: Update Fail',
    'told-at-last couldNotTell: Close Pass, Resolved',
    'unreadable-now couldNotTell: Create Warning',
    'unreadable-now openPorts: Update Warning',
  ]);
  expect(new Set(findings.map(({ activity_name, type_uid }) => `${activity_name} ${type_uid}`))).toEqual(
    new Set(['Create 200301', 'Update 200302', 'Close 200303']),
  );
});

test('asff has what is fixed as resolved and what is new as new, and nothing of what nobody looked at', async () => {
  const findings = JSON.parse(await told('asff')) as {
    Id: string;
    Workflow?: { Status: string };
    RecordState: string;
    Compliance: { Status: string };
  }[];
  const said = findings.map(
    ({ Id, Workflow, RecordState, Compliance }) =>
      `${Id.split('/').at(-1)}: ${RecordState} ${Compliance.Status} ${Workflow?.Status ?? '-'}`,
  );
  expect(said.sort()).toEqual([
    'became-bad-waived: ACTIVE FAILED SUPPRESSED',
    'became-bad: ACTIVE FAILED NEW',
    'exempt-now: ARCHIVED PASSED RESOLVED',
    'fixed: ACTIVE PASSED RESOLVED',
    'other-kind: ACTIVE FAILED -',
    'other-reason: ACTIVE FAILED -',
    'still-bad: ACTIVE FAILED -',
    'told-at-last: ACTIVE PASSED RESOLVED',
    'unreadable-now: ACTIVE WARNING -',
  ]);
});

describe('junit', () => {
  test("is what Jenkins's schema says, of whatever there is in an account", async () => {
    for (const contents of [await told('junit'), await told('junit', ...HARMFUL)]) {
      expect(await checkJunit(contents)).toMatchObject({ valid: true, errors: [] });
    }
  });

  test('fails for what is new, skips what is there still or not known, and passes what is fixed', async () => {
    const text = await told('junit');
    expect(text).toContain(' tests="11" failures="1" errors="0" skipped="8"');
    const of = (id: string) =>
      new RegExp(`<testcase [^>]*::SecurityGroup ${id} [^>]*(?:/>|>.*?</testcase>)`, 's').exec(text)?.[0];
    expect(of('became-bad')).toMatch(/<failure type="HIGH" message="new: tcp 22 open/);
    expect(of('became-bad-waived')).toMatch(/<skipped>new: .*waived until 2027-03-31/);
    expect(of('still-bad')).toMatch(/<skipped>still there: tcp 22 open/);
    expect(of('nobody-looked')).toMatch(/<skipped>not judged any more: nobody looked/);
    expect(of('unreadable-now')).toMatch(/<skipped>not judged any more: /);
    expect(of('fixed')).not.toMatch(/failure|skipped/);
  });
});

test('csv has a row for each difference, with what was and why', async () => {
  const rows = parse(await told('csv'), { columns: true }) as Record<string, string>[];
  expect(rows).toHaveLength(11);
  const of = (id: string) => rows.find(({ resourceId }) => resourceId === id);
  expect(of('became-bad')).toMatchObject({
    ...{ change: 'new', was: 'COMPLIANT', is: 'NON_COMPLIANT', compliance: 'NON_COMPLIANT' },
    ...{ why: 'tcp 22 open to 0.0.0.0/0', whyBefore: '', rule: 'sg-open-ports' },
  });
  expect(of('fixed')).toMatchObject({ change: 'fixed', why: '', whyBefore: 'tcp 22 open to 0.0.0.0/0' });
  expect(of('nobody-looked')).toMatchObject({
    ...{ change: 'unjudged', is: 'ABSENT', compliance: 'ABSENT', why: '' },
    whyBefore: 'tcp 22 open to 0.0.0.0/0',
  });
});

test('json is what its published schema says, and nothing besides', async () => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats(ajv);
  const isOurs = ajv.compile(comparisonJsonSchema(true));
  const path = join(__dirname, '../../../groundrules.comparison.schema.json');
  const isPublished = ajv.compile(JSON.parse(readFileSync(path, 'utf8')));
  for (const text of [
    await told('json'),
    await told('json', ...HARMFUL),
    await told('json', NOTHING, NOTHING),
  ]) {
    isOurs(JSON.parse(text));
    expect(isOurs.errors).toBeNull();
    expect(isPublished(JSON.parse(text))).toBe(true);
  }
  const whole = JSON.parse(await told('json'));
  expect(isPublished({ ...whole, differences: [{ ...whole.differences[0], change: 'gone' }] })).toBe(false);
  expect(whole.summary).toEqual({ new: 2, changed: 2, unjudged: 4, still: 1, fixed: 1, other: 1 });
});

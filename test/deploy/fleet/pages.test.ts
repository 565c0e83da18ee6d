import { join } from 'node:path';
import { readAccount } from '../../../account/open.ts';
import { snapshotSource } from '../../../account/snapshot/source.ts';
import { fleetFile } from '../../../deploy/fleet/file.ts';
import { judgeAccount } from '../../../deploy/fleet/judge/judge.ts';
import {
  accountsKey,
  judgedAsOf,
  pagesKey,
  reportKey,
  reportPrefix,
  resultsKey,
  runKey,
} from '../../../deploy/fleet/layout.ts';
import { reportOn } from '../../../deploy/fleet/report/left.ts';
import { type Counted, planned } from '../../../deploy/fleet/report/pages.ts';
import { endRun, type ReportOptions } from '../../../deploy/fleet/report/report.ts';
import { RULE_PAGES } from '../../../deploy/fleet/report/rule-pages.ts';
import { readSettings } from '../../../deploy/settings/index.ts';
import { type PageData, STATUSES } from '../../../report/formats/html/model.ts';
import { judgedBy, type Said } from '../../../report/said.ts';
import { noSummary } from '../../../report/summary.ts';
import { fixes, rules } from '../../../rules/index.ts';
import { printed } from '../../report/formats/support.ts';
import { ORGANIZATION } from '../support/organization.ts';
import { type MemoryStore, memoryStore, silent } from './support.ts';

const ID = '123456789012';
const SAMPLE = join(__dirname, '../../../examples/sample-account', ID);
const DAY = '2026-11-29';
/** Objects are of the clock's time. */
const STARTED = new Date(Date.now() - 5000).toISOString();
const NOW = new Date('2026-11-29T03:00:00Z');
const ROOT = { id: 'r-ab12', name: 'Root' };
const WEB = { id: 'ou-ab12-web00000', name: '<b>Web</b>' };
const account = { id: ID, name: 'team', units: [ROOT] };
const settings = fleetFile(readSettings({ organization: { ...ORGANIZATION, fleet: {} } }));

/** A run over the sample account, and one that nobody is let into. */
async function run(options: Partial<ReportOptions> = {}, left?: () => number) {
  const store = memoryStore();
  const source = snapshotSource(SAMPLE);
  const judge = judgeAccount({
    ...{ rules, settings, waivers: [], store, log: silent, now: () => NOW },
    enter: async () => ({ account: readAccount(source) }),
  });
  await judge({ day: DAY, run: 'run-1', account });
  const other = { id: '111122223333', units: [ROOT, WEB] };
  await store.put(accountsKey(DAY), JSON.stringify([account, other]), 'application/json');
  const end = endRun({ rules, settings, store, now: () => NOW, log: silent, ...options });
  const given = { run: 'run-1', started: STARTED, day: DAY, key: accountsKey(DAY) };
  await end(given, left ? { getRemainingTimeInMillis: left } : {});
  return store;
}

async function saidOf(): Promise<readonly Said[]> {
  const source = readAccount(snapshotSource(SAMPLE));
  const { parameters, leftOut, withoutFix } = judgedAsOf(settings, account);
  const all: Said[] = [];
  for (const rule of rules.filter(({ id }) => !leftOut.includes(id))) {
    const how = { parameters: parameters[rule.id] ?? {}, context: { now: NOW } };
    const hasFix = !withoutFix.includes(rule.id);
    for await (const one of judgedBy(rule, source, { ...how, hasFix })) all.push(one);
  }
  return all;
}

function dataIn(text: string): PageData {
  const [, json = ''] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(text) ?? [];
  return JSON.parse(json);
}
const textOf = (store: MemoryStore, file: string) => store.text(`${reportPrefix(DAY)}${file}`);
const pagesIn = (store: MemoryStore) =>
  [...store.objects.keys()]
    .filter((key) => key.startsWith(reportPrefix(DAY)))
    .map((key) => key.slice(reportPrefix(DAY).length));

/** What rows say of an account, without the numbers that they are written with. */
const rowsOf = ({ rows, rules: named, accounts, regions, types }: PageData, id: string) =>
  rows
    .filter(([, , , at]) => accounts[at] === id)
    .map(([status, severity, rule, , region, type, resource, name, more]) =>
      JSON.stringify([
        STATUSES[status],
        severity,
        named[rule]?.id,
        regions[region],
        types[type],
        resource,
        name,
        more,
      ]),
    )
    .sort();

test('the page says of an account what the report says of its verdicts, whose lines have been in the bucket meanwhile', async () => {
  const store = await run();
  expect(pagesIn(store)).toEqual(['index.html']);
  expect(store.objects.get(reportKey(DAY))?.contentType).toBe('text/html; charset=utf-8');
  const data = dataIn(await store.text(reportKey(DAY)));
  // The same verdicts, as they are before they become lines.
  const said = await saidOf();
  const results = said.flatMap((one) => ('result' in one ? [one.result] : []));
  const errors = said.flatMap((one) => ('error' in one ? [one.error] : []));
  const command = dataIn(await printed('html', results, errors));
  expect(rowsOf(data, ID).length).toBeGreaterThan(100);
  expect(rowsOf(data, ID)).toEqual(rowsOf(command, ID));
  expect(rowsOf(data, '111122223333').every((row) => row.includes('NotFinished'))).toBe(true);
  expect(data.accountNames).toContain(`team (${ID})`);
});

test('it has what the pages of its rules say', async () => {
  expect(Object.keys(RULE_PAGES).sort()).toEqual(
    [...rules, ...fixes].flatMap(({ id }) => [`rules/${id}/README.md`, `rules/${id}/README.ko.md`]).sort(),
  );
  const text = await (await run()).text(reportKey(DAY));
  for (const part of ['why', 'changes', 'undo']) {
    expect(text).toContain(`<template data-rule="sg-open-ports" data-part="${part}">`);
  }
});

test('more results than a page has room for are on a page a unit, and the list of them links to each', async () => {
  const store = await run({ most: 60 });
  const files = ['unit=ou-ab12-web00000.html', 'unit=r-ab12.html'];
  expect(pagesIn(store).sort()).toEqual(['index.html', ...files]);
  const whole = dataIn(await textOf(store, 'unit=r-ab12.html'));
  expect(whole.accounts).toEqual([ID]);
  expect(dataIn(await textOf(store, 'unit=ou-ab12-web00000.html')).accounts).toEqual(['111122223333']);
  const list = await store.text(reportKey(DAY));
  for (const file of files) expect(list).toContain(`<a href="${file}">`);
  expect(list.indexOf('unit=r-ab12.html')).toBeLessThan(list.indexOf('unit=ou-ab12-web00000.html'));
  expect(list).not.toContain('<b>Web');
  expect(list).toContain('Root/&lt;b&gt;Web&lt;/b&gt;');
  const critical = whole.rows.filter(([status, severity]) => status === 0 && severity === 0).length;
  expect(critical).toBeGreaterThan(0);
  expect(list).toMatch(new RegExp(`data-label="Critical">${critical}</td>`));
});

test('in Korean, where the settings say so, the list and each page are', async () => {
  const organization = { ...ORGANIZATION, language: 'ko' as const, fleet: {} };
  const korean = fleetFile(readSettings({ organization }));
  let asked = 0;
  const store = await run({ most: 60, settings: korean }, () => (asked++ === 0 ? 800_000 : 60_000));
  const list = await store.text(reportKey(DAY));
  expect(list).toContain('<html lang="ko">');
  const words = list
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/Root\S*/g, '');
  expect(words).toContain('Athena에 있습니다');
  expect(words.match(/[A-Za-z]{2,} [A-Za-z]{2,}/g)).toBeNull();
  const page = await textOf(store, 'unit=r-ab12.html');
  expect(page).toContain('<html lang="ko"');
  const { why = '' } = /data-part="why">(?<why>.*?)<\/template>/s.exec(page)?.groups ?? {};
  expect(why).toMatch(/[가-힣]/);
  const shown = dataIn(page);
  expect(shown.rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(shown)).toMatch(/퍼블릭/);
});

test('pages that the function has no time for are named without a link, and the day is whole', async () => {
  let asked = 0;
  const store = await run({ most: 60 }, () => (asked++ === 0 ? 800_000 : 60_000));
  expect(pagesIn(store).sort()).toEqual(['index.html', 'unit=r-ab12.html']);
  const list = await store.text(reportKey(DAY));
  expect(list).toContain('no time left for 1 of the pages');
  expect(list).not.toContain('href="unit=ou-ab12-web00000.html"');
  expect(list).toContain('Root/&lt;b&gt;Web&lt;/b&gt;');
  expect(store.objects.has(runKey(DAY))).toBe(true);
  expect(store.objects.has(resultsKey(DAY, ID))).toBe(true);

  // The second map, and its end.
  const report = reportOn({ rules, settings, store, now: () => NOW, log: silent });
  const left = JSON.parse(await store.text(pagesKey(DAY))) as { file: string }[];
  expect(left).toEqual([{ file: 'unit=ou-ab12-web00000.html' }]);
  const started = new Date(Date.now() - 60_000).toISOString();
  expect(await report({ step: 'contents', day: DAY, started })).toEqual({ pages: 1, pagesLeftOut: 1 });
  expect(await store.text(reportKey(DAY))).toBe(list);
  for (const { file } of left) await report({ step: 'page', day: DAY, file });
  expect(await report({ step: 'contents', day: DAY, started })).toEqual({ pages: 2, pagesLeftOut: 0 });
  const whole = await run({ most: 60 });
  for (const { file } of [...left, { file: 'index.html' }]) {
    expect(await textOf(store, file)).toBe(await textOf(whole, file));
  }
  // Of an earlier run of the day.
  const later = new Date(Date.now() + 60_000).toISOString();
  expect(await report({ step: 'contents', day: DAY, started: later })).toMatchObject({ pagesLeftOut: 1 });
  await expect(report({ step: 'page', day: DAY })).rejects.toThrow('the rest of the report: file');
});

test('not even one page: the list says so', async () => {
  const store = await run({}, () => 60_000);
  expect(await store.text(reportKey(DAY))).toContain('no time left for 1 of the pages');
});

describe('which pages there are', () => {
  const counted = (
    id: string,
    units: Counted['account']['units'],
    results: number,
    critical = 0,
  ): Counted => ({
    ...{ account: { id, units }, entered: true, regions: [], asOf: NOW.toISOString() },
    summary: { ...noSummary({ failOn: 'LOW', onError: 'ignore' }), compliant: results },
    open: { CRITICAL: critical, HIGH: 0, MEDIUM: 0, LOW: 0 },
  });
  const filesOf = (all: readonly Counted[], most: number) =>
    planned(all, most).map(({ file, accounts }) => [
      file,
      accounts.map(({ account: { id } }) => id).join(' '),
    ]);

  test('one of all that there is room for, in the order of accounts', () => {
    expect(filesOf([counted('2', [ROOT], 5), counted('1', [ROOT, WEB], 5)], 10)).toEqual([
      ['index.html', '1 2'],
    ]);
    expect(filesOf([], 10)).toEqual([['index.html', '']]);
  });

  test('several of a unit that there is no room for on one, and an account is never divided', () => {
    const all = [
      ...[counted('1', [ROOT, WEB], 6), counted('2', [ROOT, WEB], 4), counted('3', [ROOT, WEB], 25, 2)],
      ...[counted('4', [ROOT, WEB], 1), counted('5', [ROOT], 3, 1)],
    ];
    expect(filesOf(all, 10)).toEqual([
      ['unit=ou-ab12-web00000-2.html', '3'],
      ['unit=r-ab12.html', '5'],
      ['unit=ou-ab12-web00000-1.html', '1 2'],
      ['unit=ou-ab12-web00000-3.html', '4'],
    ]);
  });

  test('50,000 accounts are planned in no time', () => {
    const all = Array.from({ length: 50_000 }, (_, at) => counted(String(at).padStart(12, '0'), [ROOT], 300));
    const pages = planned(all);
    expect(pages).toHaveLength(Math.ceil(50_000 / Math.floor(50_000 / 300)));
    expect(pages.reduce((sum, { accounts }) => sum + accounts.length, 0)).toBe(50_000);
  });
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LiveError } from '../../../account/live/failures.ts';
import { snapshotSource } from '../../../account/snapshot/source.ts';
import type { Source } from '../../../account/source.ts';
import { fleetFile } from '../../../deploy/fleet/file.ts';
import { type JudgeOptions, judgeAccount } from '../../../deploy/fleet/judge/judge.ts';
import { accountsKey, judgedAsOf, resultsKey, runKey } from '../../../deploy/fleet/layout.ts';
import { endRun } from '../../../deploy/fleet/report/report.ts';
import { readSettings, type SettingsInput } from '../../../deploy/settings/index.ts';
import { rules } from '../../../rules/index.ts';
import { ORGANIZATION } from '../support/organization.ts';
import { linesIn, memoryStore, silent } from './support.ts';

const ID = '123456789012';
const SAMPLE = join(__dirname, '../../../examples/sample-account', ID);
const DAY = '2026-11-29';
const NOW = new Date('2026-11-29T03:00:00Z');
const account = { id: ID, name: 'team', units: [{ id: 'r-ab12', name: 'Root' }] };
const event = { day: DAY, run: 'run-1', account };
const settingsWith = (input: SettingsInput = {}) =>
  fleetFile(readSettings({ ...input, organization: { ...ORGANIZATION, fleet: {} } }));

const sample = (): Source => snapshotSource(SAMPLE);

function judge(options: Partial<JudgeOptions> & { readonly source?: Source } = {}) {
  const store = memoryStore();
  const source = options.source ?? sample();
  const handler = judgeAccount({
    rules,
    settings: settingsWith(),
    waivers: [],
    store,
    enter: async () => ({ source, regions: source.regions }),
    now: () => NOW,
    log: silent,
    ...options,
  });
  return { store, handler, lines: () => linesIn(store, resultsKey(DAY, ID)) };
}

test('the sample is there', () => expect(existsSync(SAMPLE)).toBe(true));

test('an account is judged by the rules that its settings leave on, the worst first', async () => {
  const { handler, lines } = judge({ settings: settingsWith({ packs: ['root', 'identity'] }) });
  const answer = await handler(event);
  const [head, ...others] = await lines();
  expect(head).toMatchObject({
    kind: 'account',
    accountId: ID,
    accountName: 'team',
    run: 'run-1',
    entered: true,
  });
  const verdicts = others.map((line) => (line.kind === 'result' ? line.compliance : line.kind));
  expect(verdicts.lastIndexOf('NON_COMPLIANT')).toBeLessThan(verdicts.indexOf('COMPLIANT'));
  const judged = new Set(others.map((line) => (line.kind === 'account' ? '' : line.rule)));
  expect(judged).toContain('root-mfa');
  expect(judged).not.toContain('sg-open-ports');
  expect(answer.failing).toBe(verdicts.filter((one) => one === 'NON_COMPLIANT').length);
  for (const line of others)
    expect(line).toMatchObject({ asOf: NOW.toISOString(), organizationalUnit: 'Root' });
});

test('what is waived says so, and does not count as failing', async () => {
  const waiver = {
    ...{
      rule: 'root-last-used',
      resource: '*',
      reason: 'a break-glass drill',
      ticket: 'SEC-1',
      owner: 'kim',
    },
    ...{ until: '2026-12-31', line: 1, organizationalUnit: 'r-ab12' },
  };
  const { handler, lines } = judge({
    rules: rules.filter(({ id }) => id === 'root-last-used'),
    waivers: [waiver],
  });
  expect(await handler(event)).toMatchObject({ failing: 0 });
  expect(await lines()).toContainEqual(
    expect.objectContaining({
      compliance: 'NON_COMPLIANT',
      waivers: [{ reason: 'a break-glass drill', ticket: 'SEC-1', owner: 'kim', until: '2026-12-31' }],
    }),
  );
});

test('near the end of its time it writes what it has, and that it could not tell the rest', async () => {
  const whole = sample();
  const stuck: Source = {
    ...whole,
    accountId: whole.accountId,
    regions: whole.regions,
    read: (reading, target) =>
      reading.service.name === 'iam' ? new Promise(() => {}) : whole.read(reading, target),
  };
  const { handler, lines } = judge({
    source: stuck,
    rules: rules.filter(({ id }) => ['sg-open-ports', 'access-key-age', 'root-mfa'].includes(id)),
  });
  await handler(event, { getRemainingTimeInMillis: () => 2500 });
  const said = await lines();
  expect(said.some((line) => line.kind === 'result' && line.rule === 'sg-open-ports')).toBe(true);
  const late = said.flatMap((line) =>
    line.kind === 'error' && line.code === 'OutOfTime' ? [line.rule] : [],
  );
  expect(late.sort()).toEqual(['access-key-age', 'root-mfa']);
});

test('an account that lets nobody in is an answer; AWS being busy, and a bug, are not', async () => {
  const refusing = (error: Error) => judge({ enter: () => Promise.reject(error) });
  const denied = refusing(new LiveError('AccessDenied', 'sts:AssumeRole: access denied'));
  expect(await denied.handler(event)).toMatchObject({ entered: false, failing: 0 });
  const lines = await denied.lines();
  const { leftOut } = judgedAsOf(settingsWith(), account);
  expect(lines.filter(({ kind }) => kind === 'error')).toHaveLength(rules.length - leftOut.length);
  expect(lines[1]).toMatchObject({ code: 'AccessDenied', severity: expect.any(String) });
  for (const error of [new LiveError('Throttling', 'Rate exceeded'), new TypeError('a bug')]) {
    const other = refusing(error);
    await expect(other.handler(event)).rejects.toThrow(error.message);
    expect(other.store.objects.size).toBe(0);
  }
});

test.each([
  [{}, "the map's item: day"],
  [{ ...event, account: { id: '1', units: [] } }, "the map's item: account.id"],
])('what the map would never hand over is refused: %j', async (given, message) => {
  await expect(judge().handler(given)).rejects.toThrow(message);
});

test('groups have their own settings, by the nearest unit', () => {
  const settings = {
    judgedAs: [
      { units: ['ou-a'], parameters: {}, leftOut: ['a'], withoutFix: [] },
      { units: ['ou-b'], parameters: {}, leftOut: ['b'], withoutFix: [] },
      { parameters: {}, leftOut: [], withoutFix: [] },
    ],
  };
  const of = (...ids: string[]) =>
    judgedAsOf(settings, { id: ID, units: ids.map((id) => ({ id, name: id })) }).leftOut;
  expect(of('r', 'ou-a', 'ou-b', 'ou-c')).toEqual(['b']);
  expect(of('r', 'ou-b', 'ou-a')).toEqual(['a']);
  expect(of('r')).toEqual([]);
});

test('a map that ended early: each account that nothing came of is "could not tell", and the day says why', async () => {
  const { store, handler } = judge();
  await handler(event);
  const other = { id: '111122223333', units: [] };
  await store.put(accountsKey(DAY), JSON.stringify([account, other]), 'application/json');
  const end = endRun({ rules, settings: settingsWith(), store, now: () => NOW, log: silent });
  const failure = { Error: 'States.ExceedToleratedFailureThreshold', Cause: 'too many' };
  const started = new Date(Date.now() - 5000).toISOString();
  const said = await end({ run: 'run-1', started, day: DAY, key: accountsKey(DAY), failure });
  expect(said).toMatchObject({
    ...{ accounts: 2, notEntered: 0, notFinished: 1 },
    failure: 'States.ExceedToleratedFailureThreshold: too many',
  });
  const lines = await linesIn(store, resultsKey(DAY, ID));
  const failing = lines.filter((line) => line.kind === 'result' && line.compliance === 'NON_COMPLIANT');
  expect(said.nonCompliant).toBe(failing.length);
  expect(said.critical + said.high + said.medium + said.low).toBe(failing.length);
  const missing = await linesIn(store, resultsKey(DAY, other.id));
  expect(missing.slice(1).every((line) => line.kind === 'error' && line.code === 'NotFinished')).toBe(true);
  expect(JSON.parse(await store.text(runKey(DAY)))).toEqual(said);
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  DescribeOrganizationCommand,
  ListAccountsForParentCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { LiveError } from '../../../account/live/failures.ts';
import { snapshotSource } from '../../../account/snapshot/source.ts';
import type { Source } from '../../../account/source.ts';
import { listAccounts } from '../../../deploy/fleet/accounts/accounts.ts';
import { fleetFile } from '../../../deploy/fleet/file.ts';
import { byDelivery, byRole, type DeliveryOptions } from '../../../deploy/fleet/judge/enter.ts';
import { type JudgeOptions, judgeAccount } from '../../../deploy/fleet/judge/judge.ts';
import { accountsKey, judgedAsOf, resultsKey, runKey } from '../../../deploy/fleet/layout.ts';
import { endRun } from '../../../deploy/fleet/report/report.ts';
import { readSettings, type SettingsInput } from '../../../deploy/settings/index.ts';
import { rules } from '../../../rules/index.ts';
import { groupItem } from '../../account/snapshot/support.ts';
import { bucketOf, fileOf, historyKey, snapshotKey } from '../../support/delivered.ts';
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
    enter: byRole(async () => ({ source, regions: source.regions })),
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
  const { line: said } = await end({ run: 'run-1', started, day: DAY, key: accountsKey(DAY), failure });
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

describe('by the bucket that AWS Config delivers to', () => {
  const KEY = `AWSLogs/o-abc123/${ID}/Config/`;
  const at = (time: string) => ({
    account: ID,
    region: 'us-east-1',
    at: time,
    above: 'AWSLogs/o-abc123/',
  });
  const group = (id: string, port: number, configurationItemCaptureTime: string) =>
    groupItem(id, port, { awsAccountId: ID, configurationItemCaptureTime });
  const SNAPSHOT = '2026-11-28T20:00:00Z';
  const HISTORY = '2026-11-29T01:00:00Z';
  const objects = {
    [snapshotKey(at(SNAPSHOT))]: fileOf(group('sg-one', 22, SNAPSHOT), group('sg-other', 22, SNAPSHOT)),
    [historyKey('AWS::EC2::SecurityGroup', at(HISTORY))]: fileOf(group('sg-other', 443, HISTORY)),
  };
  const asked = { ...account, delivered: [KEY] };
  const chosen = rules.filter(({ id }) => ['sg-open-ports', 'root-mfa'].includes(id));
  const denied = () => Promise.reject(new LiveError('AccessDenied', 'sts:AssumeRole: access denied'));

  function delivered(
    options: Partial<DeliveryOptions> & { readonly waivers?: JudgeOptions['waivers'] } = {},
  ) {
    const { waivers = [], ...others } = options;
    const { bucket } = bucketOf(objects);
    const enter = byDelivery({ bucket, regions: ['us-east-1'], ...others });
    return judge({ rules: chosen, enter, waivers });
  }
  const told = async ({ lines }: ReturnType<typeof judge>) =>
    (await lines()).flatMap((line) => {
      if (line.kind === 'account') return [];
      const { rule, resourceId, region } = line;
      return [`${rule} ${region} ${resourceId} ${line.kind === 'result' ? line.compliance : line.code}`];
    });

  test('the newest snapshot counts, and the histories after it, and what is not in them is "could not tell"', async () => {
    const judged = delivered();
    expect(await judged.handler({ ...event, account: asked })).toMatchObject({ entered: true, failing: 1 });
    expect(await told(judged)).toEqual([
      'sg-open-ports us-east-1 sg-one NON_COMPLIANT',
      `root-mfa global ${ID} NotCollected`,
      'sg-open-ports us-east-1 sg-other COMPLIANT',
    ]);
    expect((await judged.lines())[0]).toMatchObject({
      ...{ kind: 'account', entered: true, regions: ['us-east-1'] },
      ...{ asOf: '2026-11-29T01:00:00.000Z', judgedAt: NOW.toISOString() },
      ...{ delivered: { 'us-east-1': '2026-11-29T01:00:00.000Z' }, deliveredAt: '2026-11-29T01:00:00.000Z' },
    });
  });

  test.each<[situation: string, delivered: readonly string[], code: string]>([
    ['no folder', [], 'NothingDelivered'],
    ['a folder of other logs', [`AWSLogs/${ID}/Config/`], 'NothingDelivered'],
    ['a folder that may not be listed', ['denied/'], 'AccessDenied'],
  ])('an account that has %s is an error of every rule', async (_, folders, code) => {
    const { bucket } = bucketOf(objects);
    const list: typeof bucket.list = async (prefix, level) =>
      prefix === 'denied/' ? denied() : bucket.list(prefix, level);
    const judged = delivered({ bucket: { ...bucket, list } });
    const answer = await judged.handler({ ...event, account: { ...asked, delivered: folders } });
    expect(answer).toMatchObject({ entered: false, couldNotTell: 2 });
    expect((await told(judged)).map((line) => line.split(' ').at(-1))).toEqual([code, code]);
  });

  test('S3 being busy is no answer', async () => {
    const { bucket } = bucketOf(objects);
    const list = () => Promise.reject(new LiveError('SlowDown', 'Reduce your request rate'));
    const judged = delivered({ bucket: { ...bucket, list } });
    await expect(judged.handler({ ...event, account: asked })).rejects.toThrow('Reduce');
    expect(judged.store.objects.size).toBe(0);
  });

  test('a Region that nothing was delivered of is "could not tell", unless the account has not enabled it', async () => {
    const regions = ['us-east-1', 'eu-west-1'];
    const blind = delivered({ regions });
    await blind.handler({ ...event, account: asked });
    expect(await told(blind)).toContain(`sg-open-ports eu-west-1 ${ID} NoSnapshot`);
    const seeing = delivered({ regions, live: async () => ({ source: sample(), regions: ['us-east-1'] }) });
    await seeing.handler({ ...event, account: asked });
    expect((await told(seeing)).join()).not.toContain('eu-west-1');
    // One that has enabled none of them is not judged in others.
    const nowhere = delivered({
      regions: ['eu-west-1'],
      live: async () => ({ source: sample(), regions: [] }),
    });
    await nowhere.handler({ ...event, account: asked });
    const groups = (await told(nowhere)).filter((line) => line.startsWith('sg-open-ports'));
    expect(groups).toEqual([`sg-open-ports eu-west-1 ${ID} NoSnapshot`]);
  });

  test('the account itself answers what AWS Config does not record, and one that lets nobody in is judged by its files', async () => {
    const open = delivered({ live: async () => ({ source: sample(), regions: ['us-east-1'] }) });
    await open.handler({ ...event, account: asked });
    const lines = await told(open);
    expect(lines).toContain('sg-open-ports us-east-1 sg-one NON_COMPLIANT');
    expect(lines.find((line) => line.startsWith('root-mfa'))).toMatch(/COMPLIANT$/);
    expect((await open.lines())[0]).toMatchObject({ asOf: NOW.toISOString() });
    const shut = delivered({ live: denied });
    expect(await shut.handler({ ...event, account: asked })).toMatchObject({ entered: true, failing: 1 });
    expect(await told(shut)).toContain(`root-mfa global ${ID} AccessDenied`);
    const busy = delivered({ live: () => Promise.reject(new LiveError('Throttling', 'Rate exceeded')) });
    await expect(busy.handler({ ...event, account: asked })).rejects.toThrow('Rate exceeded');
  });

  test('a waiver that has expired since the newest file waives nothing', async () => {
    const of = { rule: 'sg-open-ports', resource: '*', reason: 'r', ticket: 't', owner: 'o', line: 1 };
    const late = new Date('2026-12-02T03:00:00Z');
    for (const [until, failing] of [
      ['2026-11-30', 1],
      ['2026-12-31', 0],
    ] as const) {
      const { bucket } = bucketOf(objects);
      const enter = byDelivery({ bucket, regions: ['us-east-1'] });
      const judged = judge({ rules: chosen, enter, waivers: [{ ...of, until }], now: () => late });
      expect(await judged.handler({ ...event, account: asked })).toMatchObject({ failing });
    }
  });

  test('the list has the folders of each account that the organization has, and counts what it has not', async () => {
    const [GONE, CLOSED, BARE] = ['999900001111', '444455556666', '222233334444'];
    const client = organizationOf([
      { Id: ID, State: 'ACTIVE' },
      { Id: BARE, State: 'ACTIVE' },
      { Id: CLOSED, State: 'SUSPENDED' },
    ]);
    const folders = [ID, GONE, CLOSED].map((id) => [`p/AWSLogs/o-abc123/${id}/Config/x`, fileOf()]);
    const { bucket } = bucketOf({ ...Object.fromEntries(folders), [`p/o-abc123/AWSLogs/${ID}/x`]: fileOf() });
    const store = memoryStore();
    const settings = { organizationalUnits: ['r-ab12'], excludedAccounts: [] };
    const delivery = { bucket, prefix: 'p/' };
    const list = listAccounts({ client, settings, store, delivery, log: silent });
    const answer = await list({ started: NOW.toISOString(), run: 'run-1' });
    expect(answer).toMatchObject({ accounts: 2, leftOut: 1, undelivered: 1, strangers: 1 });
    const keys = [`p/AWSLogs/o-abc123/${ID}/Config/`, `p/o-abc123/AWSLogs/${ID}/Config/`];
    expect(JSON.parse(await store.text(answer.key))).toMatchObject([
      { id: ID, delivered: keys },
      { id: BARE, delivered: [] },
    ]);

    const refusing = organizationOf([]);
    refusing.send = () =>
      Promise.reject(
        Object.assign(new Error('not authorized'), { name: 'AccessDeniedException', ...ANSWERED }),
      );
    const blind = listAccounts({ client: refusing, settings, store, delivery, log: silent });
    await expect(blind({ started: NOW.toISOString(), run: 'run-2' })).rejects.toThrow(
      /organizations:DescribeOrganization.*Which of the 3 accounts in the bucket are still in the organization/s,
    );
  });
});

const ANSWERED = { $fault: 'client', $metadata: { httpStatusCode: 400 } };

/** Accounts right below the root. */
function organizationOf(Accounts: readonly object[]): OrganizationsClient {
  const client = new OrganizationsClient({ region: 'us-east-1' });
  client.send = async (command: object) => {
    if (command instanceof DescribeOrganizationCommand)
      return { Organization: { Id: 'o-abc123', MasterAccountId: ID } };
    if (command instanceof ListRootsCommand) return { Roots: [{ Id: 'r-ab12', Name: 'Root' }] };
    return command instanceof ListAccountsForParentCommand ? { Accounts } : { OrganizationalUnits: [] };
  };
  return client;
}

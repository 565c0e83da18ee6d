import { ConfigServiceClient, PutConfigRuleCommand } from '@aws-sdk/client-config-service';
import { controls } from '../../catalogue/index.ts';
import { addDays, dateOf } from '../../config/attestations/date.ts';
import { LIST_ACTION, PUT_ACTION, READ_RESULT_ACTIONS } from '../../config/attestations/process-checks.ts';
import { call, worldOf } from '../cli/support.ts';
import { BIN, built, groundrules } from '../support/command.ts';
import { ProcessChecks } from './support/external-evaluations.ts';
import { startContainer } from './support/functions.ts';
import { type Middle, startMiddle } from './support/middle.ts';
import { MOTO_ACCOUNT, useMoto } from './support/moto.ts';

jest.setTimeout(120_000);
const DAY = 86_400_000;
const ALL = controls.filter(({ kind }) => kind === 'process-check').map(({ id }) => id);
const moto = useMoto();
const checks = new ProcessChecks(MOTO_ACCOUNT);
let middle: Middle;
let before: NodeJS.ProcessEnv;

beforeAll(async () => {
  middle = await startMiddle(moto.endpoint, [checks]);
});
afterAll(() => middle?.stop());
beforeEach(() => {
  before = { ...process.env };
  Object.assign(process.env, environment());
});
afterEach(() => {
  process.env = before;
});

const environment = () => ({ ...moto.environment(), AWS_ENDPOINT_URL: middle.endpoint });

interface Said {
  readonly status: number;
  readonly json: {
    readonly annotation: string;
    readonly checks: { readonly control: string; readonly state: string }[];
    readonly summary: Record<string, number>;
  };
}

/** `groundrules attest … --format json` in this process, this many days from now. */
async function attest(control: string | undefined, options: object, days = 0): Promise<Said> {
  const { world, text } = worldOf({ now: () => new Date(Date.now() + days * DAY) });
  const given = { region: 'us-east-1', format: 'json', ...options };
  const status = await call('attest', [control], given, world);
  return { status, json: JSON.parse(text()) };
}

/** What lapsed-attestations, as built, answers this many days from now. */
async function lapse(days: number, env: Record<string, string> = {}) {
  const container = startContainer({ ...environment(), ...env }, days * DAY);
  try {
    return await container.invoke('lapsed-attestations', {});
  } finally {
    container.stop();
  }
}

describe.each([
  ['as AWS Config tells it', false],
  ['where AWS Config keeps the results of pack rules to itself', true],
])('an attestation, %s', (_title, isRefused) => {
  test('is recorded, holds, lapses once, and is given again', async () => {
    checks.deploy(['root-dual-control', 'support-plan'], isRefused);
    const today = dateOf(new Date());
    const by = /^until (\S+); by \S.*; /;

    const untold = isRefused ? 2 : 1;
    expect(await attest(undefined, { status: true })).toMatchObject({ status: untold });

    const first = await attest('root-dual-control', { evidence: 'https://wiki.example.com/두-사람' });
    expect(first.status).toBe(0);
    expect(by.exec(first.json.annotation)?.[1]).toBe(addDays(today, 90));
    await attest('support-plan', { evidence: 'the invoice', until: addDays(today, 10) });
    expect(await attest(undefined, { status: true })).toMatchObject({
      status: 0,
      json: { summary: { attested: 1, 'about to lapse': 1 } },
    });

    // The tenth day is still good.
    expect(await lapse(10)).toEqual({ answer: { checks: 2, lapsed: 0, unattested: 0, couldNotTell: 0 } });
    expect(await lapse(11)).toEqual({ answer: { checks: 2, lapsed: 1, unattested: 0, couldNotTell: 0 } });
    const lapsed = `NON_COMPLIANT lapsed ${addDays(today, 10)}; by `;
    expect(checks.recorded()['support-plan']?.startsWith(lapsed)).toBe(true);
    expect(checks.recorded()['support-plan']).toMatch(/; the invoice$/);
    expect(checks.recorded()['root-dual-control']).toMatch(
      /^COMPLIANT until .*; https:\/\/wiki.example.com\/두-사람$/,
    );

    const after = checks.recorded();
    expect(await lapse(12)).toEqual({ answer: { checks: 2, lapsed: 0, unattested: 0, couldNotTell: 0 } });
    expect(checks.recorded()).toEqual(after);
    expect(await attest(undefined, { status: true }, 12)).toMatchObject({
      status: 1,
      json: { summary: { lapsed: 1 } },
    });

    await attest('support-plan', { evidence: 'the next invoice' }, 12);
    expect(await attest(undefined, { status: true }, 12)).toMatchObject({
      status: 0,
      json: { summary: { attested: 2 } },
    });
  });
});

test('all process checks of the catalogue, page after page, unattested until the settings say otherwise', async () => {
  checks.deploy(ALL);
  const { status, json } = await attest(undefined, { status: true });
  expect(status).toBe(1);
  expect(json.checks.map(({ control }) => control).sort()).toEqual([...ALL].sort());
  expect(json.summary).toMatchObject({ unattested: ALL.length });

  expect(await lapse(0)).toMatchObject({ answer: { unattested: 0 } });
  expect(checks.recorded()).toEqual({});
  const fail = { GROUNDRULES_UNATTESTED: 'NON_COMPLIANT' };
  expect(await lapse(0, fail)).toMatchObject({ answer: { checks: ALL.length, unattested: ALL.length } });
  expect(Object.keys(checks.recorded()).sort()).toEqual([...ALL].sort());
  expect(await lapse(0, fail)).toMatchObject({ answer: { unattested: 0, lapsed: 0 } });
});

test('the function makes exactly the calls that its role allows', async () => {
  const called = new Set<string>();
  const note = () => {
    for (const { service, what } of middle.seen) called.add(`${service}:${what}`);
  };
  for (const isRefused of [false, true]) {
    checks.deploy(['support-plan'], isRefused);
    await attest('support-plan', { evidence: 'the invoice' });
    middle.reset();
    expect(await lapse(400)).toMatchObject({ answer: { lapsed: 1 } });
    note();
  }
  expect([...called].sort()).toEqual([LIST_ACTION, ...READ_RESULT_ACTIONS, PUT_ACTION].sort());
});

test('an endpoint that says no to one call fails the function, which AWS Lambda then runs again', async () => {
  checks.deploy(['support-plan']);
  await attest('support-plan', { evidence: 'the invoice' });
  middle.reset({ kind: 'AccessDenied', call: 2 });
  expect(await lapse(400)).toMatchObject({
    error: { code: 'LapseError', message: expect.stringMatching(/support-plan-.*AccessDenied/) },
  });
  middle.reset({ kind: 'passing' });
  expect(await lapse(401)).toMatchObject({ answer: { lapsed: 1 } });
  middle.reset();
});

test('an account whose packs have other rules only is told what to deploy, after all of moto’s pages', async () => {
  checks.deploy([]);
  const client = new ConfigServiceClient(moto.client());
  for (let number = 0; number < 30; number++) {
    await client.send(
      new PutConfigRuleCommand({
        ConfigRule: {
          ConfigRuleName: `root-mfa-${number}-conformance-pack-n0q8yfwsp`,
          Source: { Owner: 'AWS', SourceIdentifier: 'ROOT_ACCOUNT_MFA_ENABLED' },
        },
      }),
    );
  }
  middle.reset();
  await expect(attest(undefined, { status: true })).rejects.toThrow(
    `account ${MOTO_ACCOUNT} has no process check of Groundrules in us-east-1: deploy the pack "attestations"`,
  );
  expect(middle.seen.filter(({ what }) => what === 'DescribeConfigRules')).toHaveLength(2);
});

test('the command itself', async () => {
  built(BIN, 'cli');
  checks.deploy(['support-plan']);
  const run = (...args: string[]) => groundrules(['attest', ...args], { env: environment() });

  const unattested = await run('--status');
  expect(unattested).toMatchObject({ status: 1, stderr: '' });
  expect(unattested.stdout).toMatch(
    /^STATE +CONTROL\nunattested +support-plan\n\n1 unattested\naccount \d{12}, us-east-1\n42 process checks/,
  );
  // `… --status | head`: who stops reading is told by the status what the table would have said.
  const unread = await groundrules(['attest', '--status'], { env: environment(), unread: true });
  expect(unread).toMatchObject({ status: 1, stderr: '' });
  const given = await run('support-plan', '--evidence', 'the invoice', '--status', 'NOT_APPLICABLE');
  expect(given).toMatchObject({ status: 0, stderr: '' });
  expect(given.stdout).toMatch(
    /^support-plan is NOT_APPLICABLE until \S+ \(account \d{12}, us-east-1\): until .*; the invoice\n {2}support-plan-conformance-pack-n0q8yfwsp\n$/,
  );
  expect(await run('--status')).toMatchObject({ status: 0 });
  expect(await run('support-plan')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^groundrules: --evidence is missing/),
  });
});

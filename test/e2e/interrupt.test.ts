/** Ctrl-C, as the built command takes it: nothing half is left behind, and what was there before stays. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { folderOf, groupItem, removeFolders } from '../account/snapshot/support.ts';
import { BIN, built, environment, groundrules } from '../support/command.ts';
import { fileOf, snapshotKey } from '../support/delivered.ts';
import { note } from '../support/figures.ts';
import { type S3Server, serveBucket } from '../support/s3-server.ts';

jest.setTimeout(60_000);
beforeAll(() => built(BIN, 'cli'), 120_000);
afterAll(removeFolders);

const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

/** Starts the command, and gives it a signal when `ready` has come. Its standard input stays open. */
async function interrupted(
  args: readonly string[],
  { cwd, env = {}, ready }: { cwd: string; env?: Record<string, string>; ready: () => Promise<unknown> },
  signal: NodeJS.Signals,
) {
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env: environment(env) });
  const ended = once(child, 'close');
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  await Promise.race([
    ready(),
    ended.then(() => said.then((all) => Promise.reject(new Error(all.join(''))))),
  ]);
  const at = Date.now();
  child.kill(signal);
  const [status] = await ended;
  const [stdout, stderr] = await said;
  const took = Date.now() - at;
  // A shell says 128 and the number of the signal of who is ended by it.
  const shown: number = status ?? 128 + constants.signals[signal];
  const what = args.filter((one, index) => index === 0 || one.startsWith('s3:')).join(' ');
  note('interrupted', `groundrules ${what}, by ${signal}`, { tried: 1, status: shown, took });
  return { status, stdout, stderr, took };
}

/** Looks every 20 ms. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('evaluate --output', () => {
  test.each([...SIGNALS, ['SIGHUP', 129] as const])(
    '%s ends with %d, and leaves last week’s',
    async (signal, status) => {
      const cwd = await folderOf({ 'report.json': 'last week' });
      // It waits for the rest of its standard input, with the new report begun.
      const ready = () => until(() => readdirSync(cwd).some((name) => name.endsWith('.part')));
      const ran = await interrupted(['evaluate', '-', '--output', 'report.json'], { cwd, ready }, signal);
      expect(ran).toMatchObject({ status, stdout: '' });
      expect(readdirSync(cwd)).toEqual(['report.json']);
      expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe('last week');
    },
  );
});

describe('collect', () => {
  /** An AWS that says who is asking, and never answers anything else. */
  let aws: Server;
  let isAsked = false;
  beforeEach(async () => {
    isAsked = false;
    aws = createServer(async (request, response) => {
      if (!(await text(request)).includes('GetCallerIdentity')) {
        isAsked = true;
        return;
      }
      response.setHeader('content-type', 'text/xml');
      response.end(
        '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/a</Arn><UserId>AIDA</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
      );
    });
    aws.listen(0, '127.0.0.1');
    await once(aws, 'listening');
  });
  afterEach(() => {
    aws.closeAllConnections();
    aws.close();
  });

  test.each(SIGNALS)(
    '%s ends with %d at once, though AWS still owes its answers, and says what is missing',
    async (signal, status) => {
      const cwd = await folderOf({});
      const env = {
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(aws.address() as AddressInfo).port}`,
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'example',
        AWS_REGION: 'us-east-1',
      };
      const args = ['collect', '--region', 'us-east-1', '--rule', 'sg-open-ports'];
      const collected = join(cwd, '123456789012', 'collected.json');
      const ready = () => until(() => isAsked && existsSync(collected));
      const ran = await interrupted(args, { cwd, env, ready }, signal);
      expect(ran).toMatchObject({ status, stdout: '' });
      expect(ran.stderr).toMatch(/^interrupted: not everything was read, and "groundrules evaluate"/m);
      expect(ran.took).toBeLessThan(5000);
      expect(JSON.parse(readFileSync(collected, 'utf8'))).toMatchObject({ state: 'collecting' });
    },
  );
});

describe('evaluate s3://bucket', () => {
  const ACCOUNTS = Array.from({ length: 6 }, (_, index) => String(111111111111 * (index + 1)));
  const at = '2026-11-28T08:00:00Z';
  let bucket: S3Server;
  beforeAll(async () => {
    bucket = await serveBucket('logs');
    for (const account of ACCOUNTS) {
      for (const region of ['us-east-1', 'eu-west-1']) {
        const more = { awsAccountId: account, awsRegion: region };
        const items = [groupItem('sg-a', 443, more), groupItem(`sg-${account}`, 22, more)];
        const bytes = fileOf(...items);
        // Of one account a file is cut, so that there are errors to be kept as well.
        const isCut = account === ACCOUNTS[3] && region === 'eu-west-1';
        bucket.objects.set(snapshotKey({ account, region, at }), isCut ? bytes.subarray(0, 60) : bytes);
      }
    }
  });
  afterAll(() => bucket.stop());

  const args = ['evaluate', 's3://logs', '--now', '2026-11-28T12:00:00Z', '--concurrency', '3'];
  const to = ['--format', 'json', '--output', 'results.json'];
  const env = () => ({
    AWS_ENDPOINT_URL: bucket.endpoint,
    ...{ AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_REGION: 'us-east-1' },
  });
  const told = (cwd: string) => {
    const { generatedAt: _, ...report } = JSON.parse(readFileSync(join(cwd, 'results.json'), 'utf8'));
    return report;
  };

  /** Holds an answer back, and gives the signal then; `undefined`: the run came to its end before. */
  async function heldAt(request: number, signal: NodeJS.Signals, cwd: string, more: readonly string[]) {
    let asked = 0;
    let hold = () => {};
    const held = new Promise<void>((resolve) => {
      hold = resolve;
    });
    bucket.before = () => {
      if (++asked < request) return false;
      hold();
      return true;
    };
    const ran = await interrupted([...args, ...to, ...more], { cwd, env: env(), ready: () => held }, signal);
    bucket.before = () => false;
    return ran;
  }

  test('stopped at any moments, by Ctrl-C or for good, --resume comes to what one run gives', async () => {
    const whole = await folderOf({});
    bucket.asked.length = 0;
    expect(await groundrules([...args, ...to], { cwd: whole, env: env() })).toMatchObject({ status: 2 });
    const requests = bucket.asked.length;
    expect(requests).toBeGreaterThan(4 * ACCOUNTS.length);

    const cwd = await folderOf({});
    const moments: string[] = [];
    let left = requests;
    let more: readonly string[] = [];
    // Each goes on for a part of what is left, at least to an answer of some account.
    for (const signal of ['SIGINT', 'SIGKILL', 'SIGTERM'] as const) {
      const moment = 4 + Math.floor(Math.random() * (left / 2 - 3));
      moments.push(`${signal} at request ${moment} of ${left}`);
      const ran = await heldAt(moment, signal, cwd, more);
      expect([moments, ran.status]).not.toEqual([moments, 2]);
      expect([moments, existsSync(join(cwd, 'results.json'))]).toEqual([moments, false]);
      const done = readdirSync(join(cwd, 'groundrules-run')).filter((name) => name.endsWith('.jsonl'));
      // What an account in between had been asked is asked again.
      left = Math.max(8, Math.floor((requests * (ACCOUNTS.length - done.length)) / ACCOUNTS.length));
      more = ['--resume'];
    }
    bucket.asked.length = 0;
    const last = await groundrules([...args, ...to, '--resume'], { cwd, env: env() });
    expect([moments, last.status]).toEqual([moments, 2]);
    expect([moments, told(cwd)]).toEqual([moments, told(whole)]);
    expect([moments, existsSync(join(cwd, 'groundrules-run'))]).toEqual([moments, false]);
    // Who is ended for good takes nothing away.
    const there = readdirSync(cwd).filter((name) => !name.endsWith('.part'));
    expect([moments, there]).toEqual([moments, ['results.json']]);
  });
});

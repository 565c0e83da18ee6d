import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
  TagResourceCommand,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { RUN_FOLDER } from '../../cli/fleet/run-folder.ts';
import type { Results } from '../../report/schema.ts';
import { call, worldOf } from '../cli/support.ts';
import { type Loopback, passOn, serve } from '../support/loopback.ts';
import { MOTO_ACCOUNT, useMoto } from './support/moto.ts';

jest.setTimeout(240_000);

const moto = useMoto();
const REGIONS = ['us-east-1', 'eu-west-1'];

/** What stands before moto: which account a key is of, and what moto does not refuse. */
class Gate {
  readonly assumed = new Map<string, number>();
  denied: string | undefined;
  /** Its first session ends while it is judged. */
  expiring: string | undefined;
  /** Organizations does not get to say its tags. */
  withoutTags: string | undefined;
  /** Gets the ARN of each role that is assumed. */
  heard: (arn: string) => void = () => {};
  /** It has not enabled eu-west-1. */
  withoutEurope: string | undefined;
  readonly #accounts = new Map<string, string>();
  readonly #ended = new Map<string, number>();

  async answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const asked = new URLSearchParams(body.toString());
    const [, key = ''] = /Credential=([^/]+)/.exec(incoming.headers.authorization ?? '') ?? [];
    if ((this.#ended.get(key) ?? Number.POSITIVE_INFINITY) < Date.now()) {
      refuse(outgoing, 'ExpiredToken', 'The security token included in the request is expired');
      return;
    }
    const account = this.#accounts.get(key) ?? MOTO_ACCOUNT;
    if (account === this.expiring) await pause(200);
    if (asked.get('Action') === 'AssumeRole') {
      const [, accountId = ''] = /::(\d{12}):role/.exec(asked.get('RoleArn') ?? '') ?? [];
      this.assumed.set(accountId, (this.assumed.get(accountId) ?? 0) + 1);
      this.heard(asked.get('RoleArn') as string);
      if (accountId === this.denied) {
        refuse(
          outgoing,
          'AccessDenied',
          `not authorized to perform: sts:AssumeRole on ${asked.get('RoleArn')}`,
        );
        return;
      }
      await this.#handOut(accountId, incoming, body, outgoing);
      return;
    }
    if (this.withoutTags && body.includes(`"ResourceId":"${this.withoutTags}"`)) {
      outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      outgoing.end('{"__type":"ServiceException","message":"try again later"}');
      return;
    }
    if (asked.get('Action') === 'DescribeRegions' && account === this.withoutEurope) {
      outgoing.writeHead(200, { 'content-type': 'text/xml' });
      outgoing.end(
        '<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><regionInfo><item><regionName>us-east-1</regionName></item></regionInfo></DescribeRegionsResponse>',
      );
      return;
    }
    passOn(moto.endpoint, incoming, body, outgoing);
  }

  async #handOut(accountId: string, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse) {
    const reply = await new Promise<IncomingMessage>((take) =>
      passOn(moto.endpoint, incoming, body, outgoing, take),
    );
    let text = (await buffer(reply)).toString();
    const [, key = ''] = /<AccessKeyId>([^<]+)/.exec(text) ?? [];
    this.#accounts.set(key, accountId);
    if (accountId === this.expiring && this.assumed.get(accountId) === 1) {
      // Before the second of its calls, of which each takes 200 ms. The SDK renews what ends within five minutes; what it
      // began to send before may still arrive.
      const soon = Date.now() + 100;
      text = text.replace(/<Expiration>[^<]+/, `<Expiration>${new Date(soon + 300_000).toISOString()}`);
      this.#ended.set(key, soon + 500);
    }
    outgoing.writeHead(reply.statusCode ?? 502, { 'content-type': 'text/xml' }).end(text);
  }
}

function refuse(outgoing: ServerResponse, code: string, message: string): void {
  outgoing.writeHead(403, { 'content-type': 'text/xml' });
  outgoing.end(
    `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  );
}

let gate: Gate;
let server: Loopback;
let folder: string;
const home = process.cwd();
beforeEach(async () => {
  gate = new Gate();
  server = await serve((incoming, outgoing) => void gate.answer(incoming, outgoing));
  folder = mkdtempSync(join(tmpdir(), 'groundrules-fleet-'));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
  await server.stop();
});

/** Twenty accounts, or as many: units three deep, and what is wrong in some of them. */
async function seed(accounts = 20, region = 'us-east-1') {
  const client = new OrganizationsClient(moto.client(region));
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { Roots = [] } = await client.send(new ListRootsCommand({}));
  const root = Roots[0]?.Id as string;
  const unit = async (Name: string, ParentId: string) => {
    const { OrganizationalUnit } = await client.send(new CreateOrganizationalUnitCommand({ Name, ParentId }));
    return OrganizationalUnit?.Id as string;
  };
  const workloads = await unit('Workloads', root);
  const production = await unit('Production', workloads);
  const payments = await unit('Payments', production);
  const places = [root, workloads, production, payments];
  const ids: string[] = [];
  for (let at = 0; at < accounts - 1; at++) {
    const { CreateAccountStatus } = await client.send(
      new CreateAccountCommand({ AccountName: `team-${at}`, Email: `team-${at}@example.com` }),
    );
    const AccountId = CreateAccountStatus?.AccountId as string;
    ids.push(AccountId);
    const DestinationParentId = places[at % places.length] as string;
    if (DestinationParentId !== root)
      await client.send(new MoveAccountCommand({ AccountId, SourceParentId: root, DestinationParentId }));
    if (at % 3 === 0) await openToAll(AccountId, region);
  }
  await client.send(new TagResourceCommand({ ResourceId: ids[0], Tags: [{ Key: 'team', Value: 'blue' }] }));
  return { client, ids, root, workloads, production, payments };
}

/** EC2 of an account. */
async function ec2Of(accountId: string, region: string): Promise<EC2Client> {
  const sts = new STSClient(moto.client(region));
  const RoleArn = `arn:${region.startsWith('cn-') ? 'aws-cn' : 'aws'}:iam::${accountId}:role/Seeds`;
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'seed' }));
  return new EC2Client(
    moto.client(region, {
      accessKeyId: Credentials?.AccessKeyId as string,
      secretAccessKey: Credentials?.SecretAccessKey as string,
    }),
  );
}

/** A group that lets everybody in by SSH. */
async function openToAll(accountId: string, region: string): Promise<void> {
  const ec2 = await ec2Of(accountId, region);
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'open', Description: 'open' }),
  );
  const everybody = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [everybody] }));
}

/** Gives that group the tag Stage=dev. */
async function tagged(accountId: string): Promise<void> {
  const ec2 = await ec2Of(accountId, 'us-east-1');
  const { SecurityGroups = [] } = await ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['open'] }] }),
  );
  const Resources = SecurityGroups.map(({ GroupId }) => GroupId as string);
  await ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key: 'Stage', Value: 'dev' }] }));
}

/** Evaluates as a person with the management account's credentials does. */
async function evaluate(options: object) {
  const said = worldOf({ env: moto.environment() });
  const before = { ...process.env };
  Object.assign(process.env, moto.environment());
  try {
    const status = await call(
      'evaluate',
      [],
      { rule: ['sg-open-ports'], region: REGIONS, format: 'json', endpointUrl: server.endpoint, ...options },
      said.world,
    );
    const text = said.text();
    return { status, notes: said.notes, report: (text === '' ? {} : JSON.parse(text)) as Results };
  } finally {
    process.env = before;
  }
}

const failing = ({ results }: Results) =>
  results.filter(({ compliance }) => compliance === 'NON_COMPLIANT').map(({ accountId }) => accountId);

test('an organization is judged account by account: one that lets nobody in, a suspended one, one whose session ends, a Region that is off', async () => {
  const { client, ids } = await seed();
  const [, denied, suspended, expiring, withoutEurope] = ids as [string, string, string, string, string];
  Object.assign(gate, { denied, expiring, withoutEurope });
  await client.send(new CloseAccountCommand({ AccountId: suspended }));

  const { status, notes, report } = await evaluate({ organization: true });
  expect(status).toBe(2);
  expect(report.accountIds).toEqual([...ids, MOTO_ACCOUNT].filter((id) => id !== suspended).sort());
  expect(new Set(failing(report))).toEqual(new Set(ids.filter((_, at) => at % 3 === 0)));
  // By account, and the worst of each first.
  expect(report.results.map(({ accountId }) => accountId)).toEqual(
    report.results.map(({ accountId }) => accountId).sort(),
  );
  expect(report.errors).toEqual([
    expect.objectContaining({
      rule: 'sg-open-ports',
      accountId: denied,
      code: 'AccessDenied',
      message: expect.stringContaining(`sts:AssumeRole of arn:aws:iam::${denied}:role/GroundrulesReader`),
    }),
  ]);
  const regionsOf = (id: string) => report.inputs?.find(({ accountId }) => accountId === id)?.regions;
  expect(regionsOf(withoutEurope)).toEqual(['us-east-1']);
  expect(regionsOf(expiring)).toEqual(REGIONS);
  expect(gate.assumed.get(expiring)).toBeGreaterThan(1);
  expect(gate.assumed.has(MOTO_ACCOUNT)).toBe(false);
  expect(notes.join('\n')).toContain(`team-2 (${suspended}) left out`);
  expect(notes.join('\n')).toContain(`account ${withoutEurope}: eu-west-1 left out`);
  expect(notes.join('\n')).toContain('1 of 19 accounts could not be entered');
  const first = report.accounts?.find(({ accountId }) => accountId === ids[0]);
  expect(first).toMatchObject({ name: 'team-0', tags: { team: 'blue' }, units: [{ name: 'Root' }] });
  const deep = report.results.find(({ accountId }) => accountId === ids[3]);
  expect(deep).toMatchObject({
    accountName: 'team-3',
    organizationalUnit: 'Root/Workloads/Production/Payments',
  });

  // The accounts that were judged are not asked again.
  gate.denied = undefined;
  gate.assumed.clear();
  const again = await evaluate({ organization: true, resume: true });
  expect(again.status).toBe(1);
  expect([...gate.assumed.keys()]).toEqual([denied]);
  expect(again.report.errors).toEqual([]);
  expect(again.report.accountIds).toEqual(report.accountIds);
  expect(readdirSync(folder)).not.toContain(RUN_FOLDER);
});

test('in another partition the role is of that partition', async () => {
  const { ids } = await seed(4, 'cn-north-1');
  const said: string[] = [];
  gate.heard = (arn) => said.push(arn);
  const { status, report } = await evaluate({ organization: true, region: ['cn-north-1'] });
  expect(report.errors).toEqual([]);
  expect(status).toBe(1);
  expect(report.accountIds).toEqual([...ids, MOTO_ACCOUNT].sort());
  expect(said.sort()).toEqual(ids.map((id) => `arn:aws-cn:iam::${id}:role/GroundrulesReader`).sort());
  expect(new Set(failing(report))).toEqual(new Set([ids[0]]));
  expect(report.errors).toEqual([]);
});

test('settings and waivers by unit, and waivers by tag, hold in the accounts of the unit', async () => {
  // By fours: in the root, in Workloads, in Production below it, and in Payments below that.
  const { ids, workloads, production } = await seed(13);
  const settings = {
    homeRegion: 'us-east-1',
    organization: {
      organizationalUnits: [workloads],
      organizationId: 'o-abcdefghij',
      auditAccountId: ids[0],
      groups: [
        {
          name: 'production',
          organizationalUnits: [production],
          controls: { 'sg-open-ports': { parameters: { allowedTcpPorts: '22' } } },
        },
      ],
    },
  };
  writeFileSync('groundrules.config.json', JSON.stringify(settings));
  const why = 'reason: r, ticket: t, owner: o, until: 2027-06-01';
  const waivers = (about: string) => `waivers:\n  - { rule: sg-open-ports, ${about}, ${why} }\n`;
  writeFileSync('groundrules.waivers.yaml', waivers(`resource: open, organizationalUnit: ${workloads}`));
  const { report } = await evaluate({ organization: true, config: 'groundrules.config.json' });
  const open = ids.filter((_, at) => at % 3 === 0);
  const places = Object.fromEntries(ids.map((id, at) => [id, at % 4]));
  // Those of Production and below may have SSH open to all.
  expect(new Set(failing(report))).toEqual(new Set(open.filter((id) => (places[id] as number) < 2)));
  const waived = report.results.filter((one) => one.waivers).map(({ accountId }) => accountId);
  expect(waived).toEqual(open.filter((id) => places[id] === 1).sort());
  expect(report.settings?.groups).toMatchObject([
    { name: 'production', parameters: { 'sg-open-ports': { allowedTcpPorts: '22' } } },
  ]);
  const ofGroup = report.accounts?.filter(({ settingsGroup }) => settingsGroup === 'production');
  expect(ofGroup?.map(({ accountId }) => accountId)).toEqual(
    ids.filter((id) => (places[id] as number) >= 2).sort(),
  );

  // The tags of what failed are kept, for the waivers that hang on them.
  writeFileSync('groundrules.waivers.yaml', waivers('tag: { key: Stage, value: dev }'));
  await tagged(open[0] as string);
  const byTag = await evaluate({ organization: true, config: false });
  expect(byTag.report.results.filter((one) => one.waivers)).toMatchObject([{ accountId: open[0] }]);
});

test('Organizations too busy to say the tags of an account costs these tags, and nothing else', async () => {
  const { ids } = await seed(3);
  gate.withoutTags = ids[1];
  const { report, notes } = await evaluate({ organization: true });
  expect(report.accounts?.find(({ accountId }) => accountId === ids[0])?.tags).toEqual({ team: 'blue' });
  expect(report.accounts?.find(({ accountId }) => accountId === ids[1])?.tags).toBeUndefined();
  expect(report.errors).toEqual([]);
  expect(notes.join('\n')).toContain(`account ${ids[1]}: its tags are not known`);
});

const CLI = join(home, 'dist/cli/groundrules.mjs');
const ARGS = ['--organization', '--rule', 'sg-open-ports', '--region', ...REGIONS];

/** Runs the command as a process of its own, and interrupts it once so many accounts are done. */
async function runCommand(args: readonly string[], interruptAfter = Number.POSITIVE_INFINITY) {
  const child = spawn(process.execPath, [CLI, ...args, '--endpoint-url', server.endpoint], {
    env: {
      PATH: process.env.PATH,
      TMPDIR: tmpdir(),
      ...moto.environment(),
      AWS_ENDPOINT_URL: server.endpoint,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = [text(child.stdout), text(child.stderr)] as const;
  const exit = once(child, 'exit');
  const doneIn = (path: string) =>
    existsSync(path)
      ? readdirSync(path).filter((name) => /^\d{12}/.test(name) && !name.endsWith('.part')).length
      : 0;
  const watch = setInterval(() => {
    if (Math.max(doneIn(RUN_FOLDER), doneIn('snapshots')) >= interruptAfter && !child.killed)
      child.kill('SIGINT');
  }, 5);
  const [status] = (await exit) as [number | null];
  clearInterval(watch);
  const [stdout, stderr] = await Promise.all(said);
  return { status, stdout, stderr };
}

test('a run that is interrupted, again and again, comes to what one run gives', async () => {
  const { ids } = await seed();
  gate.expiring = ids[4];
  const evaluation = [
    'evaluate',
    ...ARGS,
    '--now',
    '2026-11-28T00:00:00Z',
    '--concurrency',
    '3',
    '--format',
    'json',
  ];
  const withoutTime = (printed: string) => ({ ...JSON.parse(printed), generatedAt: '' });

  const first = await runCommand(evaluation, 1 + Math.floor(Math.random() * 6));
  expect(first).toMatchObject({
    status: 130,
    stdout: '',
    stderr: expect.stringMatching(/interrupted: \d+ of 20 accounts/),
  });
  const other = await runCommand(evaluation);
  expect(other).toMatchObject({ status: 2, stderr: expect.stringContaining('--resume goes on with it') });
  const changed = await runCommand([
    ...evaluation,
    '--resume',
    '--parameters',
    '{"sg-open-ports":{"allowedTcpPorts":"22"}}',
  ]);
  expect(changed).toMatchObject({ status: 2, stderr: expect.stringContaining('with another "parameters"') });
  const second = await runCommand([...evaluation, '--resume'], 8 + Math.floor(Math.random() * 9));
  expect(second.status).toBe(130);
  const third = await runCommand([...evaluation, '--resume']);
  expect(third.status).toBe(1);
  expect(existsSync(RUN_FOLDER)).toBe(false);

  const whole = await runCommand(evaluation);
  expect(withoutTime(third.stdout)).toEqual(withoutTime(whole.stdout));
});

test('collect goes through the same accounts, a folder each, and goes on where it was interrupted', async () => {
  const { payments, production, ids } = await seed();
  const below = ids.filter((_, at) => at % 4 >= 2);
  const [excluded] = below;
  const collection = [
    'collect',
    ...ARGS,
    '--ou',
    production,
    '--exclude',
    excluded as string,
    '--output',
    'snapshots',
  ];
  const first = await runCommand([...collection, '--concurrency', '1'], 3);
  expect(first).toMatchObject({ status: 130, stderr: expect.stringContaining('accounts are done') });
  gate.assumed.clear();
  const rest = await runCommand([...collection, '--resume']);
  expect(rest).toMatchObject({ status: 0, stderr: expect.not.stringContaining('could not') });
  expect(gate.assumed.size).toBeLessThan(below.length - 1);
  expect(readdirSync('snapshots').sort()).toEqual(below.slice(1).sort());
  for (const id of below.slice(1)) {
    const collected = JSON.parse(readFileSync(join('snapshots', id, 'collected.json'), 'utf8'));
    expect(collected).toMatchObject({ state: 'complete', regions: REGIONS });
  }
  const unknown = await runCommand([
    'collect',
    ...ARGS,
    '--ou',
    `${payments.slice(0, -1)}${payments.endsWith('0') ? 1 : 0}`,
  ]);
  expect(unknown).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('has no such unit or account'),
  });
});

/**
 * A fleet's state machine, run by moto's interpreter of Step Functions, with its functions on an organization that moto plays. What
 * moto does not do: it lets any number of the map's executions fail (test/deploy/fleet has the map that ended early), its
 * ResultWriter writes a manifest without lists, and it runs functions in Docker, so that the test answers Lambda's API itself, by
 * the handlers that are deployed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
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
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { bucketWith } from '../../account/live/bucket.ts';
import { DEFAULTS } from '../../account/live/clients.ts';
import { openByRole } from '../../account/live/role.ts';
import { listAccounts } from '../../deploy/fleet/accounts/accounts.ts';
import { fleetFile } from '../../deploy/fleet/file.ts';
import { byDelivery, byRole, type OpenLive } from '../../deploy/fleet/judge/enter.ts';
import { judgeAccount } from '../../deploy/fleet/judge/judge.ts';
import { reportKey, reportPrefix, resultsKey, runKey } from '../../deploy/fleet/layout.ts';
import type { Line } from '../../deploy/fleet/lines.ts';
import { definitionOf } from '../../deploy/fleet/machine.ts';
import { unpacked } from '../../deploy/fleet/read.ts';
import { reportOn } from '../../deploy/fleet/report/left.ts';
import type { RunLine } from '../../deploy/fleet/report/report.ts';
import { openStore } from '../../deploy/fleet/store.ts';
import { readSettings } from '../../deploy/settings/index.ts';
import type { Results } from '../../report/schema.ts';
import { rules } from '../../rules/index.ts';
import { groupItem } from '../account/snapshot/support.ts';
import { call, worldOf } from '../cli/support.ts';
import { fileOf, snapshotKey } from '../support/delivered.ts';
import { type Loopback, passOn, serve } from '../support/loopback.ts';
import { ANYBODY, MOTO_ACCOUNT, PLAYED, useMoto } from './support/moto.ts';

jest.setTimeout(240_000);

const REGIONS = ['us-east-1', 'eu-west-1'];
const BUCKET = 'groundrules-results';
const DELIVERY = 'config-logs';
const silent = { info: () => {}, warn: () => {} };
const played = rules.filter(({ id }) => PLAYED.includes(id));

/** What stands before moto: it answers for Lambda, and refuses what moto does not. */
class Gate {
  denied: string | undefined;
  /** The function comes to no end for it. */
  broken: string | undefined;
  functions: Readonly<Record<string, (event: unknown) => Promise<unknown>>> = {};
  readonly invoked: string[] = [];

  async answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const [, name] =
      /\/functions\/(?:[^/]*?function(?::|%3A))?([\w-]+)\/invocations/.exec(incoming.url ?? '') ?? [];
    if (name !== undefined) {
      await this.#invoke(name, JSON.parse(body.toString() || '{}'), outgoing);
      return;
    }
    const asked = new URLSearchParams(body.toString());
    if (asked.get('Action') === 'AssumeRole' && asked.get('RoleArn')?.includes(`::${this.denied}:`)) {
      outgoing.writeHead(403, { 'content-type': 'text/xml' });
      outgoing.end(
        '<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>',
      );
      return;
    }
    passOn(moto.endpoint, incoming, body, outgoing);
  }

  async #invoke(
    name: string,
    event: { readonly account?: { readonly id: string } },
    outgoing: ServerResponse,
  ) {
    this.invoked.push(name);
    try {
      if (event.account && event.account.id === this.broken)
        throw new Error('Task timed out after 900.00 seconds');
      const answer = await (this.functions[name] as (event: unknown) => Promise<unknown>)(event);
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      outgoing.writeHead(200, { 'content-type': 'application/json', 'x-amz-function-error': 'Unhandled' });
      outgoing.end(JSON.stringify({ errorType, errorMessage }));
    }
  }
}

let gate = new Gate();
let server: Loopback;
// Moto calls Lambda and S3 where it takes itself to be: at the gate.
beforeAll(async () => {
  server = await serve((incoming, outgoing) => void gate.answer(incoming, outgoing));
});
const moto = useMoto(() => `import os; os.environ['MOTO_PORT'] = '${new URL(server.endpoint).port}'`);
afterAll(async () => {
  await server.stop();
});

async function seed() {
  const client = new OrganizationsClient(moto.client());
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { Roots = [] } = await client.send(new ListRootsCommand({}));
  const root = Roots[0]?.Id as string;
  const unit = async (Name: string, ParentId: string) => {
    const { OrganizationalUnit } = await client.send(new CreateOrganizationalUnitCommand({ Name, ParentId }));
    return OrganizationalUnit?.Id as string;
  };
  const workloads = await unit('Workloads', root);
  const sandbox = await unit('Sandbox', workloads);
  const ids: string[] = [];
  for (const [at, DestinationParentId] of [workloads, sandbox, workloads, workloads, root].entries()) {
    const { CreateAccountStatus } = await client.send(
      new CreateAccountCommand({ AccountName: `team-${at}`, Email: `team-${at}@example.com` }),
    );
    const AccountId = CreateAccountStatus?.AccountId as string;
    ids.push(AccountId);
    if (DestinationParentId !== root)
      await client.send(new MoveAccountCommand({ AccountId, SourceParentId: root, DestinationParentId }));
  }
  await client.send(new CloseAccountCommand({ AccountId: ids[3] }));
  await openToAll(ids[0] as string);
  await openToAll(ids[1] as string);
  await new S3Client({ ...moto.client(), forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: BUCKET }),
  );
  return { client, ids: ids as [string, string, string, string, string], root, workloads, sandbox };
}

/** A group that lets everybody in by SSH. */
async function openToAll(accountId: string): Promise<void> {
  const RoleArn = `arn:aws:iam::${accountId}:role/Seeds`;
  const { Credentials } = await new STSClient(moto.client()).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'seed' }),
  );
  const ec2 = new EC2Client(
    moto.client('us-east-1', {
      accessKeyId: Credentials?.AccessKeyId as string,
      secretAccessKey: Credentials?.SecretAccessKey as string,
    }),
  );
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'open', Description: 'open' }),
  );
  const everybody = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [everybody] }));
}

interface DeployedOptions {
  /** Judges by the bucket that AWS Config delivers to, with what the accounts answer beside it. */
  readonly isDelivered?: boolean;
  /** Of a page. */
  readonly most?: number;
  /** Whether the function that ends a run has time for pages. */
  readonly hasTime?: boolean;
}

/** The functions as they are deployed with these settings. */
function deployed(
  client: OrganizationsClient,
  units: readonly string[],
  sandbox: string,
  { isDelivered = false, most, hasTime = true }: DeployedOptions = {},
) {
  const settings = readSettings({
    regions: REGIONS,
    organization: {
      organizationId: 'o-abcdefghij',
      organizationalUnits: ['ou-ab12-cdefghij'],
      auditAccountId: '222222222222',
      groups: [
        {
          name: 'sandbox',
          organizationalUnits: ['ou-ab12-klmnopqr'],
          controls: { 'sg-open-ports': { parameters: { allowedTcpPorts: '22' } } },
        },
      ],
      fleet: {},
    },
  });
  const file = fleetFile(settings);
  // Moto chooses the ids of units.
  const judgedAs = file.judgedAs.map((one) => (one.units ? { ...one, units: [sandbox] } : one));
  const own = { ...file, judgedAs, organizationalUnits: units };
  const store = openStore(new S3Client({ ...moto.client(), forcePathStyle: true }), BUCKET);
  const caller = {
    arn: `arn:aws:sts::${MOTO_ACCOUNT}:assumed-role/fleet/x`,
    config: { ...DEFAULTS, endpoint: server.endpoint, credentials: ANYBODY },
    homeRegion: own.homeRegion,
  };
  const live: OpenLive = (accountId) =>
    openByRole(caller, accountId, {
      roleName: own.roleName,
      sessionName: 'groundrules',
      durationSeconds: 3600,
      tags: {},
      region: own.regions,
    });
  const config = { ...DEFAULTS, endpoint: moto.endpoint, credentials: ANYBODY };
  const bucket = bucketWith(DELIVERY, { config, region: 'us-east-1', requesterPays: false });
  const delivery = isDelivered && { delivery: { bucket, prefix: '' } };
  const report = reportOn({ rules: played, settings: own, store, log: silent, ...(most && { most }) });
  gate.functions = {
    accounts: listAccounts({ client, settings: own, store, log: silent, ...delivery }),
    judge: judgeAccount({
      rules: played,
      settings: own,
      waivers: [],
      store,
      log: silent,
      enter: isDelivered ? byDelivery({ bucket, regions: own.regions, live }) : byRole(live),
    }),
    report: (event) => report(event, hasTime ? {} : { getRemainingTimeInMillis: () => 60_000 }),
  };
  return store;
}

/** Step Functions as the SDK's client would ask it. */
async function states(target: string, body: object): Promise<Record<string, string>> {
  const answer = await fetch(moto.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AWSStepFunctions.${target}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=testing/20261129/us-east-1/states/aws4_request',
    },
    body: JSON.stringify(body),
  });
  const said = (await answer.json()) as Record<string, string>;
  if (!answer.ok) throw new Error(JSON.stringify(said));
  return said;
}

let executions = 0;

async function execute(): Promise<{ status: string; output: Record<string, unknown> }> {
  await fetch(`${moto.endpoint}/moto-api/config`, {
    method: 'POST',
    body: JSON.stringify({ stepfunctions: { execute_state_machine: true } }),
  });
  const named = (name: string) => `arn:aws:lambda:us-east-1:${MOTO_ACCOUNT}:function:${name}`;
  const definition = JSON.stringify(
    definitionOf({
      partition: 'aws',
      bucket: BUCKET,
      accounts: named('accounts'),
      judge: named('judge'),
      report: named('report'),
      maxConcurrency: 2,
      toleratedFailurePercentage: 50,
      timeoutSeconds: 900,
    }),
  )
    // Moto waits as long as it says, and its grammar takes no whole percentage.
    .replace(/"IntervalSeconds":\d+/g, '"IntervalSeconds":1')
    .replace(/("ToleratedFailurePercentage":\d+)/g, '$1.0');
  const roleArn = `arn:aws:iam::${MOTO_ACCOUNT}:role/machine`;
  const { stateMachineArn } = await states('CreateStateMachine', { name: 'fleet', definition, roleArn });
  const { executionArn } = await states('StartExecution', {
    ...{ stateMachineArn, input: '{}' },
    // Moto chooses no name.
    name: `run-${executions++}`,
  });
  for (;;) {
    const { status = '', output = '{}' } = await states('DescribeExecution', { executionArn });
    if (status !== 'RUNNING') return { status, output: JSON.parse(output) };
    await pause(100);
  }
}

const kindOf = (lines: readonly Line[]) => lines.map(({ kind }) => kind);
const failing = (lines: readonly Line[]) =>
  lines.flatMap((line) =>
    line.kind === 'result' && line.compliance === 'NON_COMPLIANT'
      ? [`${line.rule} ${line.resourceType}`]
      : [],
  );

async function linesOf(store: ReturnType<typeof openStore>, day: string, id: string): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of unpacked(await store.get(resultsKey(day, id)))) lines.push(line);
  return lines;
}

beforeEach(() => {
  gate = new Gate();
});

test('the accounts of the units are judged, as the command does it, and one that lets nobody in is "could not tell"', async () => {
  const { client, ids, workloads, sandbox } = await seed();
  const [open, ofSandbox, denied, suspended, outside] = ids;
  const store = deployed(client, [workloads], sandbox);
  gate.denied = denied;
  const { status, output } = await execute();
  expect(status).toBe('SUCCEEDED');
  expect(gate.invoked.filter((name) => name === 'judge')).toHaveLength(3);
  const { day, ended } = output as { day: string; ended: { run: RunLine } };
  expect(ended.run).toMatchObject({ accounts: 3, notEntered: 1, notFinished: 0, failure: null });
  expect(JSON.parse(await store.text(runKey(day)))).toEqual(ended.run);
  expect(await store.text(reportKey(day))).toContain('team-0 (');

  const lines = await linesOf(store, day, open);
  expect(lines[0]).toMatchObject({
    kind: 'account',
    accountName: 'team-0',
    organizationalUnit: 'Root/Workloads',
    entered: true,
    regions: REGIONS,
  });
  expect(failing(lines)).toContain('sg-open-ports AWS::EC2::SecurityGroup');
  // Its group of units lets port 22 be open.
  const others = await linesOf(store, day, ofSandbox);
  expect(failing(others)).not.toContain('sg-open-ports AWS::EC2::SecurityGroup');
  expect(others[0]).toMatchObject({ organizationalUnit: 'Root/Workloads/Sandbox' });

  const refused = await linesOf(store, day, denied);
  expect(refused[0]).toMatchObject({ kind: 'account', entered: false, regions: [] });
  expect(kindOf(refused.slice(1))).toEqual(played.map(() => 'error'));
  expect(refused[1]).toMatchObject({
    code: 'AccessDenied',
    accountId: denied,
    resourceType: 'AWS::::Account',
  });
  for (const id of [suspended, outside]) await expect(store.get(resultsKey(day, id))).rejects.toThrow();

  // The very results that the command gives.
  const said = worldOf({ env: moto.environment() });
  const before = { ...process.env };
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-machine-'));
  process.chdir(folder);
  Object.assign(process.env, moto.environment());
  try {
    await call(
      'evaluate',
      [],
      {
        ...{ account: [open, denied], roleName: 'GroundrulesReader', rule: PLAYED, region: REGIONS },
        ...{ format: 'json', endpointUrl: server.endpoint, config: false },
      },
      said.world,
    );
  } finally {
    process.env = before;
    process.chdir(home);
    rmSync(folder, { recursive: true });
  }
  const report = JSON.parse(said.text()) as Results;
  const bare = ({
    run,
    asOf,
    judgedAt,
    kind,
    accountName,
    organizationalUnit,
    ...line
  }: Record<string, unknown>) => line;
  const ours = [...lines, ...refused] as unknown as Record<string, unknown>[];
  expect(ours.filter(({ kind }) => kind === 'result').map(bare)).toEqual(
    report.results.filter(({ annotation }) => !annotation.startsWith('nothing to judge')),
  );
  const errors = ours
    .filter(({ kind }) => kind === 'error')
    .map(bare)
    .sort((one, other) => String(one.accountId).localeCompare(String(other.accountId)));
  expect(errors.map(({ controls, severity, ...error }) => error)).toEqual(report.errors);
});

test('an account that the function comes to no end for says so, after three tries', async () => {
  const { client, ids, workloads, sandbox } = await seed();
  const store = deployed(client, [workloads], sandbox);
  gate.broken = ids[2];
  const { status, output } = await execute();
  expect(status).toBe('SUCCEEDED');
  expect(gate.invoked.filter((name) => name === 'judge')).toHaveLength(5);
  const { day, ended } = output as { day: string; ended: { run: RunLine } };
  expect(ended.run).toMatchObject({ accounts: 3, notEntered: 0, notFinished: 1 });
  const lines = await linesOf(store, day, ids[2]);
  expect(lines[0]).toMatchObject({ kind: 'account', accountName: 'team-2', entered: false });
  expect(lines.slice(1).map((line) => line.kind === 'error' && line.code)).toEqual(
    played.map(() => 'NotFinished'),
  );
});

test('what an earlier run of the day left of an account that this one does not come to is not taken for its own', async () => {
  const { client, ids, workloads, sandbox } = await seed();
  const store = deployed(client, [workloads], sandbox);
  const first = await execute();
  const { day } = first.output as { day: string };
  expect(failing(await linesOf(store, day, ids[0]))).not.toEqual([]);
  await pause(1100);
  gate.broken = ids[0];
  const { output } = await execute();
  expect(output).toMatchObject({ ended: { run: { notFinished: 1 } } });
  expect(failing(await linesOf(store, day, ids[0]))).toEqual([]);
});

test('by the bucket that AWS Config delivers to: an account that has nothing in it says so, and one that has left does not count', async () => {
  const { client, ids, workloads, sandbox } = await seed();
  const [delivering, ofSandbox, bare, suspended] = ids;
  const [left, above] = ['999900001111', 'AWSLogs/o-abcdefghij/'];
  const s3 = new S3Client({ ...moto.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: DELIVERY }));
  const captured = new Date(Date.now() - 3_600_000).toISOString();
  for (const account of [delivering, ofSandbox, suspended, left]) {
    for (const region of REGIONS) {
      const whose = { awsAccountId: account, awsRegion: region, configurationItemCaptureTime: captured };
      const Key = snapshotKey({ account, region, at: captured, above });
      const Body = fileOf(groupItem(`sg-${region}`, 22, whose));
      await s3.send(new PutObjectCommand({ Bucket: DELIVERY, Key, Body }));
    }
  }
  const store = deployed(client, [workloads], sandbox, {
    ...{ isDelivered: true, most: 1, hasTime: false },
  });
  const { status, output } = await execute();
  expect(status).toBe('SUCCEEDED');
  const { day, ended } = output as { day: string; ended: { run: RunLine } };
  expect(output).toMatchObject({ accounts: 3, leftOut: 1, undelivered: 1, strangers: 1 });
  expect(ended.run).toMatchObject({ accounts: 3, notEntered: 1, notFinished: 0, failure: null });

  const lines = await linesOf(store, day, delivering);
  const groups = (all: readonly Line[]) =>
    all.flatMap((line) =>
      line.kind === 'result' && line.rule === 'sg-open-ports'
        ? [`${line.region} ${line.resourceId} ${line.compliance}`]
        : [],
    );
  expect(groups(lines).sort()).toEqual(
    REGIONS.map((region) => `${region} sg-${region} NON_COMPLIANT`).sort(),
  );
  // What AWS Config does not record, the account itself has answered.
  expect(lines.some((line) => line.kind === 'result' && line.rule === 'trail-object-lock')).toBe(true);
  expect(Object.keys((lines[0] as { delivered: object }).delivered)).toEqual([...REGIONS].sort());
  // Its group of units lets port 22 be open.
  expect(failing(await linesOf(store, day, ofSandbox))).not.toContain(
    'sg-open-ports AWS::EC2::SecurityGroup',
  );
  const nothing = await linesOf(store, day, bare);
  expect(nothing.slice(1).map((line) => line.kind === 'error' && line.code)).toEqual(
    played.map(() => 'NothingDelivered'),
  );
  for (const id of [suspended, left]) await expect(store.get(resultsKey(day, id))).rejects.toThrow();

  // The function that ended the run had no time for pages: the second map made them, one an account.
  expect(output).toMatchObject({
    ended: { pagesLeft: 3 },
    listed: { report: { pages: 3, pagesLeftOut: 0 } },
  });
  const list = await store.text(reportKey(day));
  const files = [...list.matchAll(/href="(unit=[^"]+)"/g)].map(([, file]) => file as string);
  expect(files).toHaveLength(3);
  for (const file of files) expect(await store.text(`${reportPrefix(day)}${file}`)).toContain('team-');
});

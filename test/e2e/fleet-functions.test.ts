/** A fleet's functions as they are built: how large they are, and that they run by themselves. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type * as z from 'zod';
import { fleetFile } from '../../deploy/fleet/file.ts';
import {
  accountsKey,
  FLEET_ACCOUNTS,
  FLEET_FILE,
  FLEET_FUNCTIONS,
  FLEET_JUDGE,
  FLEET_REPORT,
  reportKey,
  resultsKey,
  runKey,
} from '../../deploy/fleet/layout.ts';
import type { Line } from '../../deploy/fleet/lines.ts';
import { unpacked } from '../../deploy/fleet/read.ts';
import type { fleet as fleetSettings } from '../../deploy/settings/fleet.ts';
import { readSettings } from '../../deploy/settings/index.ts';
import { groupItem } from '../account/snapshot/support.ts';
import { ORGANIZATION } from '../deploy/support/organization.ts';
import { built, environment } from '../support/command.ts';
import { fileOf as delivered, snapshotKey } from '../support/delivered.ts';
import { type Loopback, passOn, serve } from '../support/loopback.ts';
import { type S3Server, serveBucket } from '../support/s3-server.ts';

/** In KB. Lambda reads all of a bundle at each cold start. */
const LIMITS: Readonly<Record<string, number>> = {
  // Two clients, as a rule's function.
  [FLEET_ACCOUNTS]: 370,
  // All rules, and of each service's client what they call. With whole clients it is 3,700.
  [FLEET_JUDGE]: 1750,
  // All rules with their texts in both languages, the page, and what the rules' own pages say.
  [FLEET_REPORT]: 1500,
};

const BUCKET = 'groundrules-results';
const DAY = '2026-11-29';
const ACCOUNT = { id: '111122223333', name: 'team', units: [{ id: 'r-ab12', name: 'Root' }] };
const fileOf = (id: string) => join(process.cwd(), 'dist/lambda', id, 'index.mjs');

const objects = new Map<string, { readonly body: Buffer; readonly modified: Date }>();
const refused: string[] = [];
let server: Loopback;
/** What AWS Config delivers to. */
let delivery: S3Server;
let folder: string;
beforeAll(async () => {
  for (const id of FLEET_FUNCTIONS) built(fileOf(id), 'functions');
  folder = mkdtempSync(join(tmpdir(), 'groundrules-fleet-'));
  delivery = await serveBucket('config-logs');
  server = await serve((incoming, outgoing) => void answer(incoming, outgoing));
}, 300_000);
afterAll(async () => {
  await Promise.all([server.stop(), delivery.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** A bucket, and an STS that lets nobody in. */
async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await buffer(incoming);
  const url = new URL(incoming.url ?? '/', 'http://aws');
  const [, key = ''] = /^\/[^/]+\/?(.*)$/s.exec(decodeURIComponent(url.pathname)) ?? [];
  const xml = (status: number, text: string) =>
    outgoing.writeHead(status, { 'content-type': 'application/xml' }).end(text);
  if (url.pathname.startsWith('/config-logs')) {
    passOn(delivery.endpoint, incoming, body, outgoing);
    return;
  }
  const kept = objects.get(key);
  if (incoming.method === 'POST') {
    refused.push(new URLSearchParams(body.toString()).get('RoleArn') ?? '');
    xml(
      403,
      '<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized</Message></Error></ErrorResponse>',
    );
  } else if (incoming.method === 'PUT') {
    objects.set(key, { body, modified: new Date() });
    outgoing.writeHead(200).end();
  } else if (key === '') {
    const rows = [...objects].map(
      ([name, { modified }]) =>
        `<Contents><Key>${name}</Key><LastModified>${modified.toISOString()}</LastModified></Contents>`,
    );
    xml(200, `<ListBucketResult><IsTruncated>false</IsTruncated>${rows.join('')}</ListBucketResult>`);
  } else if (kept) outgoing.writeHead(200).end(kept.body);
  else xml(404, '<Error><Code>NoSuchKey</Code></Error>');
}

type Fleet = z.input<typeof fleetSettings>;

/** Runs a function as it is deployed: its bundle, and the settings beside it, with nothing else around. */
async function invoke(id: string, event: object, fleet: Fleet = {}): Promise<Record<string, unknown>> {
  const own = join(folder, id);
  cpSync(join(fileOf(id), '..'), own, { recursive: true });
  const settings = fleetFile(readSettings({ organization: { ...ORGANIZATION, fleet } }));
  writeFileSync(join(own, FLEET_FILE), JSON.stringify(settings));
  const code = `const { handler } = await import(process.argv[1]);
console.log('answer ' + JSON.stringify(await handler(JSON.parse(process.argv[2]))));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', code, pathToFileURL(join(own, 'index.mjs')).href, JSON.stringify(event)],
    {
      cwd: own,
      env: environment({
        ...{ AWS_ENDPOINT_URL: server.endpoint, AWS_REGION: 'us-east-1', GROUNDRULES_BUCKET: BUCKET },
        ...{ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' },
      }),
    },
  );
  const [, said = '{}'] = /^answer (.+)$/m.exec(stdout) ?? [];
  return JSON.parse(said);
}

test.each(FLEET_FUNCTIONS)('%s is no larger than it has to be', (id) => {
  expect(statSync(fileOf(id)).size).toBeLessThan((LIMITS[id] ?? 0) * 1024);
});

test('what judges and what ends a run work without the package around them', async () => {
  const event = { day: DAY, run: 'run-1', account: ACCOUNT };
  const started = new Date(Date.now() - 5000).toISOString();
  expect(await invoke(FLEET_JUDGE, event)).toMatchObject({ accountId: ACCOUNT.id, entered: false });
  expect(new Set(refused)).toEqual(new Set(['arn:aws:iam::111122223333:role/GroundrulesReader']));
  const lines: Line[] = [];
  const results = objects.get(resultsKey(DAY, ACCOUNT.id))?.body ?? Buffer.alloc(0);
  for await (const line of unpacked(asStream(results))) lines.push(line);
  expect(lines[1]).toMatchObject({ kind: 'error', code: 'AccessDenied' });

  objects.set(accountsKey(DAY), { body: Buffer.from(JSON.stringify([ACCOUNT])), modified: new Date() });
  const { line: ended } = await invoke(FLEET_REPORT, {
    run: 'run-1',
    started,
    day: DAY,
    key: accountsKey(DAY),
  });
  expect(ended).toMatchObject({ accounts: 1, notEntered: 1, notFinished: 0 });
  expect(JSON.parse(String(objects.get(runKey(DAY))?.body))).toEqual(ended);
  const page = String(objects.get(reportKey(DAY))?.body);
  expect(page).toContain('team (111122223333)');
  expect(page).toContain('<template data-rule="root-mfa" data-part="why">');
  // What a fix changes, which functions of rules have no text of.
  expect(page).toMatch(/"fix":\{"changes":"[^"]{20}/);
}, 60_000);

test('what judges reads the bucket that AWS Config delivers to', async () => {
  const { id } = ACCOUNT;
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const item = groupItem('sg-open', 22, { awsAccountId: id, configurationItemCaptureTime: at });
  const above = 'central/AWSLogs/o-abcdefghij/';
  delivery.objects.set(snapshotKey({ account: id, region: 'us-east-1', at, above }), delivered(item));
  const account = { ...ACCOUNT, delivered: [`${above}${id}/Config/`] };
  const payers: unknown[] = [];
  delivery.before = (_asked, _outgoing, { headers }) => payers.push(headers['x-amz-request-payer']) === 0;
  const deliveryBucket = { bucket: 'config-logs', prefix: 'central', requesterPays: true };
  const answer = await invoke(FLEET_JUDGE, { day: DAY, run: 'run-2', account }, { deliveryBucket });
  expect(answer).toMatchObject({ accountId: id, entered: true, failing: 1 });
  // A list of its Regions, one of the day or two, and the snapshot.
  expect(delivery.asked.filter((one) => one.startsWith('GET'))).toHaveLength(1);
  expect(new Set(payers)).toEqual(new Set(['requester']));
}, 60_000);

async function* asStream(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

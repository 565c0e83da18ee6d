/** The built command as a process: on a terminal, and interrupted. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  CreateBucketCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { folderOf, removeFolders } from '../account/snapshot/support.ts';
import { BIN, built, environment, groundrules } from '../support/command.ts';
import { PYTHON, useMoto } from './support/moto.ts';

jest.setTimeout(90_000);
const moto = useMoto();
beforeAll(() => built(BIN, 'cli'), 120_000);
afterAll(removeFolders);

const Bucket = 'moonjar-press';
const s3 = () => new S3Client({ ...moto.client(), forcePathStyle: true });
beforeEach(async () => {
  await s3().send(new CreateBucketCommand({ Bucket }));
  const OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] };
  await s3().send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  await s3().send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
});
const isBlocked = async () => {
  try {
    const { PublicAccessBlockConfiguration } = await s3().send(new GetPublicAccessBlockCommand({ Bucket }));
    return PublicAccessBlockConfiguration?.IgnorePublicAcls ?? false;
  } catch {
    return false;
  }
};

/** Types an answer at the first question, on a terminal of its own. The last line is the exit status. */
const ON_A_TERMINAL = `
import fcntl, os, pty, struct, sys, termios
answer, columns, args = sys.argv[1].encode(), int(sys.argv[2]), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    os.execv(args[0], args)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 40, columns, 0, 0))
said, asked = b'', False
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    if not part:
        break
    said += part
    if b'[y/N]' in said and not asked:
        asked = True
        os.write(terminal, answer)
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(said)
print(f'\\nSTATUS {os.waitstatus_to_exitcode(status)}')
`;

async function onTerminal(answer: string, cwd: string, columns = 100) {
  const args = [process.execPath, BIN, 'remediate', 's3-public', Bucket, '--apply'];
  const child = spawn(PYTHON, ['-c', ON_A_TERMINAL, answer, String(columns), ...args], {
    cwd,
    env: environment(moto.environment()),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await text(child.stdout);
  return { said, status: Number(/STATUS (-?\d+)\n$/.exec(said)?.[1]) };
}

describe('on a terminal', () => {
  test.each([
    ['y', 'y\r', 0],
    ['y, on a terminal without a width', 'y\r', 0, 0],
    ['return alone', '\r', 1],
    ['Ctrl-D', '\u0004', 1],
    ['Ctrl-C', '\u0003', 130],
  ])('%s', async (_key, answer, expected, columns = 100) => {
    const { said, status } = await onTerminal(answer, await folderOf({}), columns);
    expect(said).toContain('1. IgnorePublicAcls on');
    expect(said).toContain(`Apply this change to ${Bucket} in account 123456789012 (us-east-1)? [y/N]`);
    expect([status, await isBlocked()]).toEqual([expected, expected === 0]);
    expect(said).toContain(expected === 0 ? 'Record: groundrules-executions/' : 'Nothing was changed.');
  });
});

test('elsewhere it changes nothing without --yes', async () => {
  const cwd = await folderOf({});
  const args = ['remediate', 's3-public', Bucket, '--apply'];
  const { status, stdout, stderr } = await groundrules(args, { cwd, env: moto.environment() });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^groundrules: this is no terminal, .*add --yes\. Nothing was changed\n$/);
  expect([await isBlocked(), existsSync(join(cwd, 'groundrules-executions'))]).toEqual([false, false]);
});

test('interrupted in the middle of a change, it leaves a record that undoes it', async () => {
  const cwd = await folderOf({});
  // Passes everything on, but keeps the answer to the change to itself.
  const waiting = deferred();
  const proxy = createServer((incoming, outgoing) => {
    const { method, url = '', headers } = incoming;
    const isChange = method === 'PUT' && url.includes('publicAccessBlock');
    const onward = request(new URL(url, moto.endpoint), { method, headers }, (reply) => {
      if (isChange) return reply.resume().on('end', waiting.resolve);
      return reply.pipe(outgoing.writeHead(reply.statusCode ?? 502, reply.headers));
    });
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  try {
    const args = [BIN, 'remediate', 's3-public', Bucket, '--apply', '--yes'];
    const env = environment({ ...moto.environment(), AWS_ENDPOINT_URL: endpoint });
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = text(child.stdout);
    const ended = once(child, 'close');
    await waiting.promise;
    child.kill('SIGINT');
    expect((await ended)[0]).toBe(130);
    expect(await said).toMatch(/Cancelled\. .*\nSome of it may have been done\.\nRecord: .*\nTo undo: /);
  } finally {
    proxy.close();
    proxy.closeAllConnections();
  }
  expect(await isBlocked()).toBe(true);
  const [record = ''] = readdirSync(join(cwd, 'groundrules-executions'));
  const file = join('groundrules-executions', record);
  expect(JSON.parse(readFileSync(join(cwd, file), 'utf8'))).toMatchObject({ status: 'Cancelled' });
  const args = ['remediate', '--undo', file, '--yes'];
  expect(await groundrules(args, { cwd, env: moto.environment() })).toMatchObject({ status: 0, stderr: '' });
  expect(await isBlocked()).toBe(false);
});

function deferred() {
  let resolve = (_value?: unknown) => {};
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

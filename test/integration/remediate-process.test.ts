/** The built command as a process: on a terminal, and interrupted. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import {
  CreateBucketCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { folderOf, removeFolders } from '../account/snapshot/support.ts';
import { BIN, built, environment, groundrules } from '../support/command.ts';
import { handOn, passOn, serve } from '../support/loopback.ts';
import { PYTHON, useMoto } from './support/moto.ts';

jest.setTimeout(90_000);
const moto = useMoto();
beforeAll(() => built(BIN, 'cli'), 120_000);
afterAll(removeFolders);

const Bucket = 'moonjar-press';
const Bucket2 = 'moonjar-shop';
const s3 = () => new S3Client({ ...moto.client(), forcePathStyle: true });
const makePublic = async (Bucket: string) => {
  await s3().send(new CreateBucketCommand({ Bucket }));
  const OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] };
  await s3().send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  await s3().send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
};
beforeEach(() => makePublic(Bucket));
const isBlocked = async (name = Bucket) => {
  try {
    const { PublicAccessBlockConfiguration } = await s3().send(
      new GetPublicAccessBlockCommand({ Bucket: name }),
    );
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
    if (b'[y/N]' in said or b'[y/N/all/quit]' in said) and not asked:
        asked = True
        os.write(terminal, answer)
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(said)
print(f'\\nSTATUS {os.waitstatus_to_exitcode(status)}')
`;

async function onTerminal(
  answer: string,
  cwd: string,
  columns = 100,
  more: Record<string, string> = {},
  what = ['s3-public', Bucket],
) {
  const args = [process.execPath, BIN, 'remediate', ...what, '--apply'];
  const child = spawn(PYTHON, ['-c', ON_A_TERMINAL, answer, String(columns), ...args], {
    cwd,
    env: environment({ ...moto.environment(), ...more }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await text(child.stdout);
  return { said, status: Number(/STATUS (-?\d+)\n$/.exec(said)?.[1]) };
}

describe('on a terminal', () => {
  test.each([
    ['y', 'y\r', 0],
    ['y, on a terminal without a width', 'y\r', 0, 0],
    ['y, on a narrow terminal', 'y\r', 0, 40],
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

describe('on a terminal, for each resource of an evaluation', () => {
  test.each([
    ['all', 'all\r', 0, 2],
    ['quit', 'quit\r', 1, 0],
    ['Ctrl-D', '\u0004', 1, 0],
    ['Ctrl-C', '\u0003', 130, 0],
  ])('%s', async (_key, answer, expected, done) => {
    await makePublic(Bucket2);
    const results = [Bucket, Bucket2].map((resourceId) => ({
      ...{ rule: 's3-public', accountId: '123456789012', region: 'us-east-1', resourceId },
      ...{ resourceType: 'AWS::S3::Bucket', compliance: 'NON_COMPLIANT', severity: 'CRITICAL' },
    }));
    const cwd = await folderOf({ 'results.json': { schemaVersion: '1.0', results, errors: [] } });
    const { said, status } = await onTerminal(answer, cwd, 100, {}, ['--from', 'results.json']);
    expect(said).toContain(`1 of 2: Apply this change to ${Bucket} in account`);
    const blocked = [await isBlocked(Bucket), await isBlocked(Bucket2)].filter(Boolean);
    expect([status, blocked.length]).toEqual([expected, done]);
  });
});

test('NO_COLOR is for the moving line, too', async () => {
  const colours = async (more?: Record<string, string>) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is how a terminal is told of colours.
    (await onTerminal('\r', await folderOf({}), 100, more)).said.match(/\u001B\[[0-9;]*m/g) ?? [];
  expect(await colours({ TERM: 'xterm-256color' })).not.toEqual([]);
  expect(await colours({ TERM: 'xterm-256color', NO_COLOR: '1' })).toEqual([]);
});

test('elsewhere it changes nothing without --yes', async () => {
  const cwd = await folderOf({});
  const args = ['remediate', 's3-public', Bucket, '--apply'];
  const { status, stdout, stderr } = await groundrules(args, { cwd, env: moto.environment() });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^groundrules: this is no terminal, .*add --yes\. Nothing was changed\n$/);
  expect([await isBlocked(), existsSync(join(cwd, 'groundrules-executions'))]).toEqual([false, false]);
});

/** Runs the command with all that it asks passed on, but for the answers to changes: `answer` sends one, or keeps it. */
async function withChangesHeld(
  args: readonly string[],
  cwd: string,
  {
    onChange,
    use,
  }: {
    readonly onChange: (answer: () => void) => void;
    readonly use: (child: ChildProcessByStdio<null, Readable, Readable>) => Promise<void>;
  },
) {
  const { endpoint, stop } = await serve((incoming, outgoing) => {
    const { method, url = '' } = incoming;
    const isChange = method === 'PUT' && url.includes('publicAccessBlock');
    const take = (reply: IncomingMessage) => {
      const answer = () => handOn(reply, outgoing);
      if (isChange) onChange(answer);
      else answer();
    };
    buffer(incoming).then(
      (body) => passOn(moto.endpoint, incoming, body, outgoing, take),
      () => outgoing.destroy(),
    );
  });
  try {
    const env = environment({ ...moto.environment(), AWS_ENDPOINT_URL: endpoint });
    await use(spawn(process.execPath, [BIN, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }));
  } finally {
    await stop();
  }
}

test('interrupted in the middle of a change, it leaves a record that undoes it', async () => {
  const cwd = await folderOf({});
  const waiting = deferred();
  const use = async (child: ChildProcessByStdio<null, Readable, Readable>) => {
    const said = text(child.stdout);
    const ended = once(child, 'close');
    await waiting.promise;
    child.kill('SIGINT');
    expect((await ended)[0]).toBe(130);
    expect(await said).toMatch(/Cancelled\. .*\nSome of it may have been done\.\nRecord: .*\nTo undo: /);
  };
  const args = ['remediate', 's3-public', Bucket, '--apply', '--yes'];
  await withChangesHeld(args, cwd, { onChange: waiting.resolve, use });
  expect(await isBlocked()).toBe(true);
  const [record = ''] = readdirSync(join(cwd, 'groundrules-executions'));
  const file = join('groundrules-executions', record);
  expect(JSON.parse(readFileSync(join(cwd, file), 'utf8'))).toMatchObject({ status: 'Cancelled' });
  const undo = ['remediate', '--undo', file, '--yes'];
  expect(await groundrules(undo, { cwd, env: moto.environment() })).toMatchObject({ status: 0, stderr: '' });
  expect(await isBlocked()).toBe(false);
});

describe('when nobody reads what it says any more', () => {
  test('before a change, nothing is changed, and the status says so', async () => {
    const cwd = await folderOf({ 'results.json': evaluation(Bucket, 'moonjar-2', 'moonjar-3') });
    const args = [BIN, 'remediate', '--from', 'results.json', '--apply', '--yes'];
    const env = environment(moto.environment());
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.once('data', () => child.stdout.destroy());
    expect((await once(child, 'close'))[0]).toBe(2);
    expect(await isBlocked()).toBe(false);
  });

  test('in the middle of the changes, the one under way is finished, and the next is not begun or is cancelled', async () => {
    const cwd = await folderOf({ 'results.json': evaluation(Bucket, Bucket2) });
    await makePublic(Bucket2);
    let changes = 0;
    let gone = () => {};
    const onChange = (answer: () => void) => {
      changes++;
      gone();
      // The reader has gone when the next line is written.
      setTimeout(answer, 100);
    };
    await withChangesHeld(['remediate', '--from', 'results.json', '--apply', '--yes'], cwd, {
      onChange,
      async use(child) {
        gone = () => child.stdout.destroy();
        child.stdout.resume();
        expect((await once(child, 'close'))[0]).toBe(130);
      },
    });
    expect([changes, await isBlocked(), await isBlocked(Bucket2)]).toEqual([1, true, false]);
    const folder = join(cwd, 'groundrules-executions');
    const records = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
    const ended = records.map(({ resourceId, status }) => `${resourceId} ${status}`);
    expect(ended).toContain(`${Bucket} Success`);
    expect(ended.filter((one) => ![`${Bucket} Success`, `${Bucket2} Cancelled`].includes(one))).toEqual([]);
  });
});

/** An evaluation's file about these buckets, in this order. */
const evaluation = (...buckets: string[]) => ({
  schemaVersion: '1.0',
  results: buckets.map((resourceId) => ({
    rule: 's3-public',
    accountId: '123456789012',
    region: 'us-east-1',
    resourceId,
    compliance: 'NON_COMPLIANT',
    severity: 'CRITICAL',
  })),
});

function deferred() {
  let resolve = (_value?: unknown) => {};
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

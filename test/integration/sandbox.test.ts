/** `npm run sandbox`, and the commands that it prints. */
import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { folderOf, removeFolders } from '../account/snapshot/support.ts';
import { BIN, built, environment, groundrules } from '../support/command.ts';

jest.setTimeout(180_000);
const ROOT = join(__dirname, '../..');
beforeAll(() => built(BIN, 'cli'), 120_000);
afterAll(removeFolders);

const isOpen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });

test('its commands do what they say, and nothing of it stays', async () => {
  const sandbox = spawn('npm', ['run', '--silent', 'sandbox'], {
    cwd: ROOT,
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  let said = '';
  sandbox.stdout.setEncoding('utf8');
  for await (const [part] of on(sandbox.stdout, 'data')) {
    said += part;
    if (said.includes('Ctrl-C ends')) break;
  }
  // The last that holds it open: the sandbox itself, whatever npm puts between.
  const ended = once(sandbox.stdout, 'close');
  try {
    const env = Object.fromEntries(
      [...said.matchAll(/\b(AWS_\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
    );
    expect(env.AWS_ENDPOINT_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const commands = [...said.matchAll(/^ {2}npx groundrules ((?:evaluate|remediate).*)$/gm)].map(
      ([, args = '']) => args.split(' '),
    );
    const [evaluate = [], one = [], fix = [], again = [], undo = []] = commands;
    expect(commands).toHaveLength(5);
    const cwd = await folderOf({});
    const run = async (args: string[]) => groundrules(args, { cwd, env: env as Record<string, string> });

    // Something is left, and nothing could not be judged: the printed commands do not fail.
    expect(await run(evaluate)).toMatchObject({ status: 1, stderr: '' });
    expect((await run(again)).stdout).toMatch(/^12 non-compliant \(5 CRITICAL, .*\), 0 could not be judged/m);
    expect((await run(one)).stdout).toContain('RestrictPublicBuckets: true');
    const fixed = await run([...fix, '--yes']);
    expect(fixed).toMatchObject({ status: 1, stderr: '' });
    expect(fixed.stdout).toMatch(/\n10 done, 1 refused\n$/);
    const left = await run(again);
    expect(left.stdout).toMatch(/^2 non-compliant .*, 0 could not be judged/m);
    expect(left.stdout).toMatch(/root-mfa .*trail-object-lock +us-east-1 +audit/s);

    const [record = ''] = /(?<=Record: ).*/.exec(fixed.stdout) ?? [];
    expect(undo).toEqual(['remediate', '--undo', 'groundrules-executions/<record>.json']);
    expect(await run(['remediate', '--undo', record, '--yes'])).toMatchObject({ status: 0, stderr: '' });
  } finally {
    sandbox.kill('SIGTERM');
  }
  await ended;
  expect(await isOpen(Number(/:(\d+) AWS_REGION/.exec(said)?.[1]))).toBe(false);
});

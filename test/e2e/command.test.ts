/** The built command, in processes of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { folderOf, groupItem, item, removeFolders, snapshotFile } from '../account/snapshot/support.ts';
import { BIN, built, environment, groundrules } from '../support/command.ts';

jest.setTimeout(60_000);
beforeAll(() => built(BIN, 'cli'), 120_000);
afterAll(removeFolders);

const open = snapshotFile(groupItem('sg-open', 22), groupItem('sg-web', 443));
const closed = snapshotFile(groupItem('sg-web', 443));
const ESCAPE = '\u001B';

/** A file alone in a folder. */
async function file(name: string, content: unknown): Promise<string> {
  return join(await folderOf({ [name]: content }), name);
}

describe('the exit status', () => {
  test('0: nothing is non-compliant', async () => {
    const { status, stdout, stderr } = await groundrules(['evaluate', await file('c.json', closed)]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^0 non-compliant, 0 could not be judged, 1 compliant, 0 not applicable\n/);
  });

  test('1: something is non-compliant', async () => {
    const { status, stdout, stderr } = await groundrules(['evaluate', await file('c.json', open)]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(
      /^NON_COMPLIANT\nSEVERITY .*\nHIGH +sg-open-ports +us-east-1 +name of sg-open \(sg-open\)/,
    );
  });

  test('2: something could not be judged', async () => {
    const path = await file('c.json', open);
    const { status, stdout } = await groundrules(['evaluate', path, '--rule', 'sg-open-ports', 'root-mfa']);
    expect(status).toBe(2);
    expect(stdout).toMatch(/COULD NOT TELL\nCODE .*\nNotCollected +root-mfa/);
  });

  test('0 with --exit-zero, and the same report', async () => {
    const path = await file('c.json', open);
    const { status, stdout } = await groundrules(['evaluate', path, '--exit-zero']);
    expect(status).toBe(0);
    expect(stdout).toContain('1 non-compliant');
  });

  const wrong: [situation: string, args: string[], message: RegExp][] = [
    [
      'help for a command that is misspelt',
      ['help', 'evalute'],
      /^groundrules: there is no command "evalute": did you mean evaluate\?\n$/,
    ],
    ['an unknown option', ['evaluate', '--colour'], /^error: unknown option '--colour'\n.*--help/],
    ['an unknown command', ['judge'], /^error: unknown command 'judge'/],
    [
      'an unknown format',
      ['evaluate', '--format', 'xml'],
      /^groundrules: --format xml: expected table, json, csv/,
    ],
    [
      'an unknown rule',
      ['evaluate', '--rule', 'sg'],
      /^groundrules: there is no rule "sg" \(there is: .*\)\n$/,
    ],
    [
      'a path that is not there',
      ['evaluate', '/nowhere'],
      /^groundrules: \/nowhere: there is no such file or folder\n$/,
    ],
    ['a path for collect', ['collect', '/nowhere'], /^error: too many arguments/],
    [
      '--all and --rule',
      ['collect', '--all', '--rule', 'root-mfa'],
      /^groundrules: --all and --rule exclude each other\n$/,
    ],
    [
      'a profile that does not exist',
      ['evaluate', '--live', '--profile', 'nobody'],
      /^groundrules: .*nobody.*\n$/,
    ],
    // Nobody has to sign in to read of these.
    [
      'a rule to fix that is misspelt',
      ['remediate', 's3-publik', 'logs'],
      /^groundrules: there is no rule "s3-publik": did you mean s3-public\?\n$/,
    ],
    [
      'a fix without a resource',
      ['remediate', 's3-public'],
      /^groundrules: groundrules remediate s3-public <resource-id>: which resource\? .*\n$/,
    ],
    [
      'a resource id of another form',
      ['remediate', 's3-public', 'arn:aws:s3:::logs'],
      /^groundrules: "arn:aws:s3:::logs" is no id of AWS::S3::Bucket \(BucketName: .*\)\. "groundrules evaluate .*\n$/,
    ],
    [
      'a parameter that is misspelt',
      ['remediate', 's3-public', 'logs', '--parameter', 'Scop=All'],
      /^groundrules: --parameter Scop: .* did you mean Scope\?\n$/,
    ],
    ['no command', [], /^Usage: groundrules/],
  ];
  test.each(wrong)('2: %s', async (_situation, args, message) => {
    const { status, stdout, stderr } = await groundrules(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('help', () => {
  test.each([['--help'], ['help'], ['-h']])('%s', async (arg) => {
    const { status, stdout, stderr } = await groundrules([arg]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: groundrules .*evaluate .*collect .*remediate /s);
  });

  test.each(['evaluate', 'collect', 'remediate'])('of %s teaches by example', async (command) => {
    const { status, stdout } = await groundrules([command, '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples:\n {2}\\$ groundrules ${command}`));
    expect(stdout).toMatch(/Exit status:\n {2}0 /);
  });

  test('--version is the package’s', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await groundrules(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('what goes in', () => {
  const inputs: [situation: string, input: string | Buffer][] = [
    ['JSON', JSON.stringify(open)],
    ['a compressed file', gzipSync(JSON.stringify(open))],
  ];
  test.each(inputs)('standard input, with %s', async (_situation, input) => {
    const { status, stdout } = await groundrules(['evaluate', '-', '--format', 'json'], { input });
    expect(status).toBe(1);
    expect(JSON.parse(stdout).summary).toMatchObject({ compliant: 1, nonCompliant: 1, errors: 0 });
  });

  test('standard input with nothing in it', async () => {
    const { status, stderr } = await groundrules(['evaluate', '-']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^groundrules: standard input is empty: /);
  });

  test('a path after the values of --rule', async () => {
    const { status } = await groundrules(['evaluate', '--rule', 'sg-open-ports', await file('c.json', open)]);
    expect(status).toBe(1);
  });
});

describe('what comes out', () => {
  test('no colour where it is piped', async () => {
    const { stdout, stderr } = await groundrules(['evaluate']);
    expect(stdout.length).toBeGreaterThan(1000);
    expect(stdout + stderr).not.toContain(ESCAPE);
  });

  test('colour where it is asked for', async () => {
    const { stdout } = await groundrules(['evaluate'], { env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain(`${ESCAPE}[31m`);
  });

  test('a file with --output, and nothing on standard output', async () => {
    const output = join(await folderOf({}), 'report.json');
    const args = ['evaluate', await file('c.json', open), '--format', 'json', '--output', output];
    expect(await groundrules(args)).toEqual({ status: 1, stdout: '', stderr: '' });
    expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({
      schemaVersion: '1.0',
      summary: { nonCompliant: 1 },
    });
  });

  test('--output - is standard output', async () => {
    const { stdout } = await groundrules(['evaluate', '--format', 'json', '--output', '-']);
    expect(JSON.parse(stdout)).toHaveProperty('schemaVersion', '1.0');
  });

  test('an output that cannot be written', async () => {
    const { status, stderr } = await groundrules(['evaluate', '--output', '/nowhere/report.txt']);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^groundrules: --output \/nowhere\/report\.txt: there is no folder \/nowhere: make it first\n$/,
    );
  });

  /** Far more than a pipe holds, on standard input, to a reader who goes after the first of it. */
  async function readSome(...more: string[]) {
    const many = snapshotFile(...Array.from({ length: 20_000 }, (_, id) => groupItem(`sg-${id}`, 22)));
    const TMPDIR = await folderOf({});
    const args = [BIN, 'evaluate', '-', '--format', 'json', ...more];
    const child = spawn(process.execPath, args, { env: environment({ TMPDIR }) });
    const complaint = text(child.stderr);
    const closed = once(child, 'close');
    child.stdin.end(JSON.stringify(many));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [status] = await closed;
    return { status, complaint: await complaint, left: readdirSync(TMPDIR) };
  }

  test('who has seen enough may go: with one line, and with nothing left behind', async () => {
    const complaint = 'groundrules: standard output: nobody reads it any more: not all was printed\n';
    // Neither 0 nor 1: nobody has been told all that is wrong, or that nothing is.
    expect(await readSome()).toEqual({ status: 2, complaint, left: [] });
    expect(await readSome('--exit-zero')).toEqual({ status: 0, complaint, left: [] });
  });
});

describe('from anywhere', () => {
  test('another working directory: the sample account is found, and paths are relative to it', async () => {
    const cwd = await folderOf({ 'here/c.json': closed });
    expect((await groundrules(['evaluate', 'here/c.json'], { cwd })).status).toBe(0);
    const { stdout } = await groundrules(['evaluate', '--format', 'json'], { cwd });
    expect(JSON.parse(stdout).accountIds).toContain('123456789012');
  });

  test('the link that npm makes in node_modules/.bin', async () => {
    const cwd = await folderOf({});
    const bin = join(cwd, 'node_modules', '.bin', 'groundrules');
    mkdirSync(join(cwd, 'node_modules', '.bin'), { recursive: true });
    symlinkSync(BIN, bin);
    const { status, stdout } = await groundrules(['evaluate', '--exit-zero'], { cwd, bin });
    expect(status).toBe(0);
    expect(stdout).toMatch(/\d+ non-compliant \(/);
  });

  test('a folder whose path has spaces and other scripts', async () => {
    const cwd = join(await folderOf({}), '설정 파일');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'Config 1.json'), JSON.stringify(closed));
    expect((await groundrules(['evaluate', join(cwd, 'Config 1.json')])).status).toBe(0);
  });
});

test('a file with nothing that a rule reports on says what is in it', async () => {
  const path = await file('gateway.json', snapshotFile(item('AWS::EC2::CustomerGateway', 'cgw-1')));
  const { status, stderr } = await groundrules(['evaluate', path]);
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^groundrules: \S+: no rule reports on what is in it \(AWS::EC2::CustomerGateway\)\. They report on .*"groundrules collect"\n$/,
  );
  expect(stderr).toContain(path);
});

test('serve answers until Ctrl-C, with the run that was just kept, and ends with 0', async () => {
  const cwd = await folderOf({ 'c.json': open });
  await groundrules(['evaluate', 'c.json', '--history', 'groundrules-history'], { cwd });
  const child = spawn(process.execPath, [BIN, 'serve', '--port', '0'], { cwd, env: environment() });
  const complained = text(child.stderr);
  const [address] = (await once(child.stdout, 'data')) as [Buffer];
  const response = await fetch(address.toString().trim());
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('id="history"')]);
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(await complained).toBe('open it in a browser; Ctrl-C ends it\n');
});

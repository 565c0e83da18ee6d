/** Whose account is judged, where the report goes, and what a pipeline is told. */
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openOutput } from '../../cli/evaluate/output.ts';
import { lines } from '../../report/lines.ts';
import { ACCOUNT, folderOf, groupItem, removeFolders, snapshotFile } from '../account/snapshot/support.ts';
import { call, evaluate, worldOf } from './support.ts';

afterAll(removeFolders);

describe('the sample accounts', () => {
  test('are called that', async () => {
    expect((await evaluate([])).report).toMatchObject({ sample: true });
    const folder = await folderOf({ [`${ACCOUNT}/global/iam/list-users.json`]: { Users: [] } });
    expect((await evaluate([folder])).report).toMatchObject({ sample: false });
  });

  test('are judged without a word where nobody’s account can have been meant', async () => {
    expect((await evaluate([])).notes).toEqual([]);
  });

  test.each([{ AWS_PROFILE: 'audit' }, { AWS_ACCESS_KEY_ID: 'AKIA' }])('with %j: one line', async (env) => {
    expect((await evaluate([], {}, { env })).notes).toEqual([
      expect.stringMatching(/^nothing of yours was judged/),
    ]);
  });

  test('in a pipeline they are an error, unless they are meant', async () => {
    const inPipeline = { env: { CI: 'true' } };
    await expect(evaluate([], {}, inPipeline)).rejects.toMatchObject({
      code: 'Usage',
      message: expect.stringContaining('--sample'),
    });
    expect((await evaluate([], { sample: true }, inPipeline)).notes).toEqual([
      expect.stringMatching(/^nothing of yours was judged/),
    ]);
    expect((await evaluate([], {}, { env: { CI: 'false' } })).notes).toEqual([]);
  });

  const wrong: [options: object, paths: string[], message: RegExp][] = [
    [{ live: true }, ['./snapshots'], /^--live judges the account of the credentials, and \.\/snapshots/],
    [{ sample: true }, ['./snapshots'], /^--sample/],
    [{ rule: [''] }, [], /^--rule: the value is empty/],
    [{ region: ['eu-wst-1'] }, [], /^--region eu-wst-1: .*did you mean eu-west-1\?/],
    [{ live: true, endpointUrl: 'localhost:4566' }, [], /expected a URL, such as http:\/\/localhost:4566$/],
    [{ failOn: 'BAD' }, [], /^--fail-on BAD: expected CRITICAL, HIGH, MEDIUM or LOW/],
    [{ onError: 'no' }, [], /^--on-error no: expected fail or ignore/],
  ];
  test.each(wrong)('%j %j is refused before anybody is asked', async (options, paths, message) => {
    await expect(call('evaluate', paths, options)).rejects.toThrow(message);
  });
});

describe('the exit status', () => {
  const cases: [situation: string, options: object, status: number][] = [
    ['HIGH, by default', {}, 1],
    ['HIGH, where only CRITICAL counts', { failOn: 'CRITICAL' }, 0],
    ['HIGH, in small letters', { failOn: 'high' }, 1],
    ['could not tell', { rule: ['sg-open-ports', 'root-mfa'] }, 2],
    ['could not tell, ignored', { rule: ['root-mfa'], onError: 'ignore' }, 0],
    ['could not tell is ignored, HIGH is not', { rule: ['sg-open-ports', 'root-mfa'], onError: 'ignore' }, 1],
  ];
  test.each(cases)('%s', async (_situation, options, status) => {
    const folder = await folderOf({ 'c.json': snapshotFile(groupItem('sg-1', 22)) });
    const evaluated = await evaluate([join(folder, 'c.json')], options);
    expect(evaluated.status).toBe(status);
    expect(evaluated.report.summary).toMatchObject({
      failOn: expect.any(String),
      onError: expect.any(String),
    });
  });
});

test('an account that is given twice is judged once, by the newer snapshot, with a line', async () => {
  const snapshot = (at: string, port: number) => ({
    [`${ACCOUNT}/collected.json`]: { collectedAt: at },
    [`${ACCOUNT}/us-east-1/config/c.json`]: snapshotFile(groupItem('sg-1', port)),
  });
  const [older, newer] = [
    await folderOf(snapshot('2026-11-01T00:00:00Z', 22)),
    await folderOf(snapshot('2026-11-20T00:00:00Z', 443)),
  ] as [string, string];
  const options = { rule: ['sg-open-ports'] };
  expect((await evaluate([newer, older], options)).said).toEqual(['sg-open-ports sg-1: COMPLIANT']);
  expect((await evaluate([older, newer], options)).notes).toEqual([
    expect.stringContaining('judged once, from '),
  ]);
});

describe('--output', () => {
  const { world } = worldOf();
  test('keeps last week’s until this week’s is whole, and is its owner’s alone', async () => {
    const folder = await folderOf({ 'report.json': 'last week' });
    const file = join(folder, 'report.json');
    const output = await openOutput(file, world);
    output.out.write('this ');
    expect(readFileSync(file, 'utf8')).toBe('last week');
    output.out.write('week');
    await output.finish();
    expect(readFileSync(file, 'utf8')).toBe('this week');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  test('that comes to nothing leaves nothing behind', async () => {
    const folder = await folderOf({ 'report.json': 'last week' });
    const output = await openOutput(join(folder, 'report.json'), world);
    output.out.write('half');
    output.discard(undefined);
    expect(readdirSync(folder)).toEqual(['report.json']);
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('last week');
  });

  test('through a link writes where the link leads', async () => {
    const folder = await folderOf({ 'real.json': 'last week' });
    symlinkSync(join(folder, 'real.json'), join(folder, 'link.json'));
    const output = await openOutput(join(folder, 'link.json'), world);
    output.out.write('this week');
    await output.finish();
    expect(readFileSync(join(folder, 'real.json'), 'utf8')).toBe('this week');
  });

  test('a folder, and a full disk, are said to be that', async () => {
    const folder = await folderOf({});
    mkdirSync(join(folder, 'sub'));
    await expect(openOutput(join(folder, 'sub'), world)).rejects.toThrow(/it is a folder/);
    writeFileSync(join(folder, 'x'), '');
    const full = await openOutput('/dev/full', world);
    full.out.write('x');
    await expect(full.finish()).rejects.toThrow(/^--output \/dev\/full: ENOSPC/);
    // So it is where the disk is full long before the end.
    const soon = await openOutput('/dev/full', world);
    const write = lines(soon.out);
    const failure = await (async () => {
      for (let at = 0; at < 100; at++) await write(`${'x'.repeat(100_000)}\n`);
    })().catch((error) => soon.discard(error));
    expect(failure).toMatchObject({
      code: 'Usage',
      message: expect.stringMatching(/^--output \/dev\/full: ENOSPC/),
    });
    const other = new Error('something else');
    expect((await openOutput('/dev/null', world)).discard(other)).toBe(other);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { folderOf, removeFolders } from '../account/snapshot/support.ts';
import { ALL_HOSTILE } from '../support/hostile.ts';
import { call, worldOf } from './support.ts';

afterAll(removeFolders);

/** What `evaluate` writes about the sample, and the same with something else in it. */
async function files(change: (text: string) => string): Promise<[before: string, after: string]> {
  const folder = await folderOf({});
  const [before, after] = [join(folder, 'before.json'), join(folder, 'after.json')];
  await call('evaluate', [], { sample: true, format: 'json', output: before });
  writeFileSync(after, change(readFileSync(before, 'utf8')));
  return [before, after];
}

async function compared(paths: readonly string[], options: object = {}, input = '') {
  const { world, text } = worldOf({ input: Readable.from([Buffer.from(input)]) });
  return { status: await call('compare', paths, options, world), text: text() };
}

const without = (rule: string) => (text: string) => {
  const whole = JSON.parse(text);
  return JSON.stringify({
    ...whole,
    results: whole.results.filter((one: { rule: string }) => one.rule !== rule),
  });
};

test('an evaluation and itself: nothing is new, and what fails is still there', async () => {
  const [before, after] = await files((text) => text);
  const { status, text } = await compared([before, after]);
  expect(status).toBe(0);
  expect(text).toMatch(/^STILL THERE\n/);
  expect(text).toMatch(/\n\n0 new, 0 changed, 0 not judged any more, \d+ still there, 0 fixed\n$/);
});

test('a rule that was left out the second time is not fixed', async () => {
  const [before, after] = await files(without('root-mfa'));
  const { status, text } = await compared([before, after], { failOn: 'unjudged' });
  expect(status).toBe(1);
  expect(text).toMatch(/NOT JUDGED ANY MORE[\s\S]*root-mfa[\s\S]*nobody looked/);
  expect(text).toMatch(/ 0 fixed\n$/);
});

test('a rule that was left out the first time is new, by default a failure', async () => {
  const [before, after] = await files(without('root-mfa'));
  expect((await compared([after, before])).status).toBe(1);
  expect((await compared([after, before], { failOn: 'new,critical' })).status).toBe(1);
  expect((await compared([after, before], { failOn: 'fixed' })).status).toBe(0);
});

test('--fail-on new,high leaves what is less bad alone', async () => {
  const [before, after] = await files(without('access-key-age'));
  expect((await compared([after, before], { failOn: 'new,medium' })).status).toBe(1);
  expect((await compared([after, before], { failOn: 'new,critical' })).status).toBe(0);
  expect((await compared([after, before], { failOn: 'critical' })).status).toBe(0);
});

test('as JSON, each difference has what was and what is', async () => {
  const [before, after] = await files(without('root-mfa'));
  const { text } = await compared([before, after], { format: 'json' });
  const { differences, summary } = JSON.parse(text);
  expect(summary).toMatchObject({ new: 0, changed: 0, fixed: 0 });
  expect(summary.unjudged).toBeGreaterThan(0);
  expect(differences[0]).toMatchObject({
    ...{ rule: 'root-mfa', change: 'unjudged', was: 'NON_COMPLIANT', is: 'ABSENT', severity: 'CRITICAL' },
    before: { results: [{ compliance: 'NON_COMPLIANT' }] },
    after: { results: [], errors: [] },
  });
});

test('one of the two may come on standard input', async () => {
  const [before, after] = await files((text) => text);
  expect((await compared([before, '-'], {}, readFileSync(after, 'utf8'))).status).toBe(0);
});

test.each(['table', 'markdown', 'json'])('%s shows nothing that steers a terminal', async (format) => {
  const [before, after] = await files((text) =>
    text
      .replaceAll('"legacy-bastion"', JSON.stringify(`legacy-bastion${ALL_HOSTILE}|<b>@all`))
      .replaceAll('tcp 22 open', 'tcp 23 open'),
  );
  const { text } = await compared([before, after], { format });
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  if (format === 'markdown') expect(text).not.toMatch(/<b>|@all/);
});

describe('a wrong call:', () => {
  const cases: [situation: string, paths: string[], options: object, message: RegExp][] = [
    ['a file that is not there', ['no.json', 'no.json'], {}, /no\.json/],
    [
      'a file of something else',
      ['package.json', 'package.json'],
      {},
      /package\.json: .*evaluate --format json/,
    ],
    ['standard input twice', ['-', '-'], {}, /one standard input/],
    [
      '--fail-on of nothing known',
      ['a', 'b'],
      { failOn: 'chaged' },
      /--fail-on chaged: expected new or .*did you mean changed/,
    ],
    ['two severities', ['a', 'b'], { failOn: 'new,high,low' }, /one severity is enough/],
  ];
  test.each(cases)('%s', async (_situation, paths, options, message) => {
    await expect(compared(paths, options)).rejects.toThrow(message);
  });
});

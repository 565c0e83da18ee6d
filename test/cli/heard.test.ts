import type { ProgressLine } from '../../cli/program/heard.ts';
import { call, worldOf } from './support.ts';

/** Runs the command, and reads what it says on standard error as lines of JSON. */
async function linesOf(command: string, args: readonly string[], options: object) {
  const { world, notes, text } = worldOf({ now: () => new Date('2026-11-28T09:00:00Z') });
  const status = await call(command, args, { ...options, progress: 'json' }, world);
  return { status, text: text(), lines: notes.map((line) => JSON.parse(line) as ProgressLine) };
}

const SG = { sample: true, rule: 'sg-open-ports' };

describe('--progress json', () => {
  test('says each step, and how it ended, one object a line', async () => {
    const { status, lines, text } = await linesOf('evaluate', [], SG);
    expect(text).toContain('NON_COMPLIANT');
    const always = { schemaVersion: '1.0', at: '2026-11-28T09:00:00.000Z', command: 'evaluate' };
    expect(lines[0]).toEqual({
      ...always,
      kind: 'step',
      text: 'sg-open-ports, account 123456789012',
      rule: 'sg-open-ports',
      accountId: '123456789012',
    });
    expect(lines.at(-1)).toEqual({ ...always, kind: 'end', status });
  });

  test('says in English whatever the language is', async () => {
    const { lines, text } = await linesOf('evaluate', [], { ...SG, lang: 'ko' });
    expect(text).toContain('심각도');
    expect(JSON.stringify(lines)).not.toMatch(/[가-힣]/);
  });

  test('has an error that ends the run, and the status', async () => {
    const { status, lines } = await linesOf('evaluate', ['no-such-folder'], {});
    expect(status).toBe(2);
    expect(lines.map(({ kind }) => kind)).toEqual(['error', 'end']);
    expect(lines[0]?.code).toEqual(expect.any(String));
  });

  test('goes with --yes where something would be asked', async () => {
    const { status, lines } = await linesOf('remediate', ['root-mfa'], { apply: true });
    expect(status).toBe(2);
    expect(lines[0]).toMatchObject({ kind: 'error', code: 'Usage' });
  });
});

test('--quiet leaves out what is only worth knowing, and excludes --progress', async () => {
  const own = { env: { AWS_PROFILE: 'audit' } };
  const [loud, quiet] = [worldOf(own), worldOf(own)];
  await call('evaluate', [], { rule: 'sg-open-ports' }, loud.world);
  await call('evaluate', [], { rule: 'sg-open-ports', quiet: true }, quiet.world);
  expect(loud.notes.join()).toContain('nothing of yours was judged');
  expect(quiet.notes).toEqual([]);
  expect(quiet.text()).toBe(loud.text());
  await expect(call('evaluate', [], { ...SG, quiet: true, progress: 'json' })).rejects.toThrow(
    '--quiet and --progress exclude each other',
  );
});

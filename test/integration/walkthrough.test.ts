/** Deploy, update, destroy: what the CDK app synthesises, carried out by moto's CloudFormation. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { documentName, functionName } from '../../automation/index.ts';
import { rules } from '../../rules/index.ts';
import { synth } from '../deploy/support/account.ts';
import { PYTHON, useMoto } from './support/moto.ts';

jest.setTimeout(180_000);

interface Picture {
  readonly status: string;
  readonly functions: Readonly<
    Record<string, { runtime: string; timeout: number; role: string; invokers: string[] }>
  >;
  readonly documents: Readonly<Record<string, { schemaVersion: string; mainSteps: unknown[] }>>;
  readonly roles: Readonly<Record<string, object>>;
  readonly rules: number;
  readonly queues: number;
}

const moto = useMoto();

/** The assembly's bucket and its version are the CDK's: moto has neither. */
function plain(template: object): object {
  const { Rules: _1, Parameters: _2, ...rest } = template as Record<string, unknown>;
  return rest;
}

function walk(steps: readonly (object | null)[]): Picture[] {
  const { stdout, stderr, status } = spawnSync(PYTHON, [join(__dirname, 'support/walkthrough.py')], {
    input: JSON.stringify({
      endpoint: moto.endpoint,
      region: 'us-east-1',
      steps: steps.map((step) => step && plain(step)),
    }),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

test('a stack is made, changed and removed', () => {
  const [made, changed, gone] = walk([
    synth().template,
    synth({ remediation: { mode: 'off' }, functions: { timeoutSeconds: 77 } }).template,
    null,
  ]) as [Picture, Picture, Picture];

  expect(made.status).toBe('CREATE_COMPLETE');
  for (const { id } of rules) {
    expect(made.functions[functionName(id)]).toMatchObject({
      runtime: expect.stringMatching(/^nodejs\d+\.x$/),
      invokers: ['config.amazonaws.com'],
    });
    const { role = '' } = made.functions[functionName(id)] ?? {};
    expect([id, Object.keys(made.roles[role] ?? {})]).toEqual([id, ['Function']]);
    expect(made.documents[documentName(id)]).toMatchObject({ schemaVersion: '0.3' });
  }
  expect(made.queues).toBeGreaterThan(0);

  expect(changed.status).toBe('UPDATE_COMPLETE');
  expect(Object.keys(changed.documents)).toEqual([]);
  for (const { id } of rules) expect([id, changed.functions[functionName(id)]?.timeout]).toEqual([id, 77]);

  expect(gone).toMatchObject({ functions: {}, documents: {}, rules: 0, queues: 0 });
  expect(Object.keys(gone.roles)).toEqual([]);
});

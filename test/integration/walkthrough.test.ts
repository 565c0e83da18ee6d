/** Deploy, update, destroy: what the CDK app synthesises, carried out by moto's CloudFormation. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { documentName, functionName } from '../../automation/index.ts';
import { type PlainDeployment, plainDeployment } from '../../deploy/account/plain.ts';
import { functionsIn } from '../../deploy/packs/index.ts';
import { readSettings } from '../../deploy/settings/index.ts';
import { rules as everyRule } from '../../rules/index.ts';
import { synth } from '../deploy/support/account.ts';
import { smallBundles } from '../deploy/support/bundles.ts';
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
  /** Days, of all log groups. */
  readonly retention: readonly number[];
  readonly queues: number;
}

const moto = useMoto();

const there = new Set(functionsIn(readSettings({}), 'us-east-1').map(({ rule }) => rule.id));
/** Without those of controls that are off. */
const rules = everyRule.filter(({ id }) => there.has(id));

/** The assembly's bucket and its version are the CDK's: moto has neither. */
function plain(template: object): object {
  const { Rules: _1, Parameters: _2, ...rest } = template as Record<string, unknown>;
  return rest;
}

interface Asked {
  readonly steps: readonly (object | null)[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly objects?: readonly (readonly [bucket: string, key: string, base64: string])[];
}

/** Not spawnSync, because moto stops when nobody reads what it writes. */
async function walk(asked: Asked): Promise<Picture[]> {
  const python = promisify(execFile)(PYTHON, [join(__dirname, 'support/walkthrough.py')], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  python.child.stdin?.end(JSON.stringify({ endpoint: moto.endpoint, region: 'us-east-1', ...asked }));
  return JSON.parse((await python).stdout);
}

test('a stack is made, changed and removed', async () => {
  const [made, changed, gone] = (await walk({
    steps: [
      plain(synth().template),
      plain(synth({ remediation: { mode: 'off' }, functions: { timeoutSeconds: 77 } }).template),
      null,
    ],
  })) as [Picture, Picture, Picture];

  expect(made.status).toBe('CREATE_COMPLETE');
  for (const { id } of rules) {
    expect({ id, ...made.functions[functionName(id)] }).toMatchObject({
      id,
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

test('so is the one of plain CloudFormation, as its files and parameters say', async () => {
  const { folderOf, remove } = smallBundles();
  try {
    const first = plainDeployment(readSettings({}), undefined, folderOf);
    const second = plainDeployment(readSettings({ functions: { timeoutSeconds: 77 } }), undefined, folderOf);
    const template = ({ files }: PlainDeployment) => JSON.parse(files[0]?.content as string);
    const [made, changed, gone] = (await walk({
      steps: [template(first), template(second), null],
      parameters: { CodeBucket: 'code-of-ours', CodePrefix: 'team/groundrules', LogRetentionDays: '30' },
      // As `aws s3 cp code s3://code-of-ours/team/groundrules/ --recursive` would put them.
      objects: first.files
        .filter(({ path }) => path.startsWith('code/'))
        .map(({ path, content }) => [
          'code-of-ours',
          path.replace('code/', 'team/groundrules/'),
          Buffer.from(content).toString('base64'),
        ]),
    })) as [Picture, Picture, Picture];
    expect([made.status, made.retention]).toEqual(['CREATE_COMPLETE', [30]]);
    for (const { id } of rules)
      expect(made.functions[functionName(id)]?.invokers).toEqual(['config.amazonaws.com']);
    expect(changed.status).toBe('UPDATE_COMPLETE');
    for (const { id } of rules) expect([id, changed.functions[functionName(id)]?.timeout]).toEqual([id, 77]);
    expect(gone).toMatchObject({ functions: {}, documents: {}, rules: 0, queues: 0 });
  } finally {
    remove();
  }
});

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFleet } from '../../cli/fleet/choice.ts';
import type { Place } from '../../cli/fleet/open.ts';
import { eachPlace } from '../../cli/fleet/walk.ts';
import type { Both } from '../../report/both.ts';
import { call, worldOf } from './support.ts';

const ACCOUNT = '111122223333';

test.each([
  ['', {}],
  ['of files, an account is one of those that they are of', { account: [ACCOUNT] }],
])('without a role or an organization there are no other accounts %s', (_, options) => {
  expect(readFleet(options)).toBeUndefined();
});

test('what is not said is as usual', () => {
  expect(readFleet({ organization: true })).toEqual({
    organization: true,
    roleName: 'GroundrulesReader',
    units: [],
    accounts: [],
    excluded: [],
    externalId: undefined,
    durationSeconds: 3600,
    tags: {},
    resume: false,
  });
});

test('values are taken apart, once each', () => {
  const choice = readFleet({
    organization: true,
    ou: ['ou-ab12-11111111,ou-ab12-22222222', 'ou-ab12-11111111', 'r-ab12'],
    exclude: [`${ACCOUNT},ou-ab12-33333333`],
    sessionTag: ['team=blue', 'why=a=b', 'empty='],
    roleName: 'audit/Reader',
  });
  expect(choice).toMatchObject({
    units: ['ou-ab12-11111111', 'ou-ab12-22222222', 'r-ab12'],
    excluded: [ACCOUNT, 'ou-ab12-33333333'],
    tags: { team: 'blue', why: 'a=b', empty: '' },
    roleName: 'audit/Reader',
  });
});

test.each<[problem: string, options: Parameters<typeof readFleet>[0]]>([
  ['--ou is for many accounts', { ou: ['ou-ab12-11111111'] }],
  ['--exclude is for many accounts', { exclude: [ACCOUNT] }],
  ['--external-id is for many accounts', { externalId: 'x' }],
  ['--session-duration is for many accounts', { sessionDuration: '900' }],
  ['--session-tag is for many accounts', { sessionTag: ['a=b'] }],
  ['--concurrency is for many accounts', { concurrency: '4' }],
  ['--resume is for many accounts', { resume: true }],
  ['of which accounts?', { roleName: 'Audit' }],
  ['--ou is for many accounts', { roleName: 'Audit', account: [ACCOUNT], ou: ['ou-ab12-11111111'] }],
  [
    '--exclude ou-ab12-11111111 is for',
    { roleName: 'Audit', account: [ACCOUNT], exclude: ['ou-ab12-11111111'] },
  ],
  ['--ou production: expected', { organization: true, ou: ['production'] }],
  ['--exclude 1234: expected', { organization: true, exclude: ['1234'] }],
  ['--account 1234: not an account id', { organization: true, account: ['1234'] }],
  [
    '--role-name arn:aws:iam::111122223333:role/x y: expected',
    { organization: true, roleName: 'arn:aws:iam::111122223333:role/x y' },
  ],
  ['--concurrency 0: expected a whole number from 1 to 256', { organization: true, concurrency: '0' }],
  ['--concurrency many: expected', { organization: true, concurrency: 'many' }],
  ['--session-duration 60: expected a whole number from 900', { organization: true, sessionDuration: '60' }],
  ['--session-tag blue: expected key=value', { organization: true, sessionTag: ['blue'] }],
])('%s', (problem, options) => {
  expect(() => readFleet(options)).toThrow(problem);
});

test('progress counts accounts, says how fast it goes, and how long it will take', async () => {
  const said: string[] = [];
  const { world } = worldOf();
  let clock = 0;
  const around = {
    now: () => new Date(clock),
    progress: { ...world.progress, step: ({ en, ko }: Both) => void said.push(en, ko) },
  };
  const places = Array.from({ length: 4 }, (_, at) => ({ accountId: `${at}`.padStart(12, '0') }) as Place);
  await eachPlace(
    places,
    { limit: 1 },
    async () => {
      clock += 90_000;
    },
    around,
  );
  expect(said).toEqual([
    ...['0 of 4 accounts', '계정 4개 중 0개'],
    ...['1 of 4 accounts, 0.7 a minute, about 5 min left', '계정 4개 중 1개, 분당 0.7개, 약 5분 남음'],
    ...['2 of 4 accounts, 0.7 a minute, about 3 min left', '계정 4개 중 2개, 분당 0.7개, 약 3분 남음'],
    ...['3 of 4 accounts, 0.7 a minute, about 2 min left', '계정 4개 중 3개, 분당 0.7개, 약 2분 남음'],
    ...['4 of 4 accounts', '계정 4개 중 4개'],
  ]);
});

describe('the role that is assumed in each account', () => {
  const printed = async (options: object) => {
    const { world, text } = worldOf();
    expect(await call('permissions', [], options, world)).toBe(0);
    return JSON.parse(text());
  };

  test('may do what one account needs, and trusts whom it is told', async () => {
    const alone = await printed({});
    const { caller, role } = await printed({ organization: true, principal: ACCOUNT, partition: 'aws' });
    expect(role).toMatchObject({ name: 'GroundrulesReader', policy: alone });
    expect(role.trust.Statement).toEqual([
      { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: ['sts:AssumeRole', 'sts:TagSession'] },
    ]);
    expect(caller.Statement[1].Resource).toBe('arn:aws:iam::*:role/GroundrulesReader');
  });

  test('has its name, its partition and its external id', async () => {
    const own = { roleName: 'audit/Reader', externalId: 'x-1', partition: 'aws-cn' };
    const { caller, role } = await printed({ organization: true, principal: ACCOUNT, ...own });
    expect(role.trust.Statement[0].Condition).toEqual({ StringEquals: { 'sts:ExternalId': 'x-1' } });
    expect(caller.Statement[1].Resource).toBe('arn:aws-cn:iam::*:role/audit/Reader');
  });

  test.each<[problem: string, args: readonly string[], options: object]>([
    ['Give --principal', [], { organization: true }],
    ['remediate fixes one account at a time', ['remediate'], { organization: true, principal: ACCOUNT }],
    ['are for --organization', [], { principal: ACCOUNT }],
    ['are for --organization', [], { roleName: 'Reader' }],
  ])('%s', async (problem, args, options) => {
    await expect(call('permissions', args, options)).rejects.toThrow(problem);
  });

  test('as a template has the same actions, only reads, and fits into a role', async () => {
    const { world, text } = worldOf({ folder: mkdtempSync(join(tmpdir(), 'groundrules-role-')) });
    expect(await call('template', [], { readerRole: true, output: 'out' }, world)).toBe(0);
    expect(text()).toContain('create-stack-set --stack-set-name GroundrulesReader');
    const template = JSON.parse(readFileSync(join(world.folder, 'out/reader-role.template.json'), 'utf8'));
    rmSync(world.folder, { recursive: true });
    const { PolicyDocument } = template.Resources.Role.Properties.Policies[0];
    const actions = (policy: { Statement: { Action: string[] }[] }) =>
      policy.Statement.flatMap(({ Action }) => Action).sort();
    expect(actions(PolicyDocument)).toEqual(actions(await printed({})));
    const changing = actions(PolicyDocument).filter(
      (action) => !/:(?:Batch)?(?:Describe|Get|List|Generate|Select|View)/.test(action),
    );
    expect(changing).toEqual([]);
    // IAM counts all inline policies of a role without white space: 10,240 characters.
    expect(JSON.stringify(PolicyDocument).length).toBeLessThan(9_000);
  });

  test('needs no settings, and no Region', async () => {
    const options = { readerRole: true, output: 'out', region: ['eu-west-1'] };
    await expect(call('template', [], options)).rejects.toThrow('leave --config and --region out');
  });
});

test.each(['exclude', 'ou'])('--%s hands back the path behind it', async (option) => {
  const unit = 'ou-ab12-11111111';
  await expect(call('evaluate', [], { organization: true, [option]: [unit, __dirname] })).rejects.toThrow(
    `${__dirname}`,
  );
});

test('a run that cannot begin leaves nothing behind that keeps the next from beginning', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-fleet-'));
  const home = process.cwd();
  process.chdir(folder);
  try {
    const options = { organization: true, profile: 'nobody-has-this-profile', region: ['us-east-1'] };
    await expect(call('evaluate', [], { ...options, format: 'json' })).rejects.toThrow('credentials');
    await expect(call('collect', [], { ...options, output: 'out' })).rejects.toThrow('credentials');
    expect(readdirSync(folder)).not.toContain('groundrules-run');
  } finally {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  }
});

import { followSettings, groupOf, leftOutEverywhere, withSettings } from '../../cli/options/settings.ts';
import { ACCOUNT, folderOf, groupItem, removeFolders, snapshotFile } from '../account/snapshot/support.ts';
import { evaluate } from './support.ts';

afterAll(removeFolders);

const before = process.cwd();
afterEach(() => process.chdir(before));

/** A folder with these settings in it, which is then where the command runs. */
async function inFolder(settings: object | undefined, files: Record<string, unknown> = {}): Promise<string> {
  const folder = await folderOf({ ...(settings && { 'groundrules.config.json': settings }), ...files });
  process.chdir(folder);
  return folder;
}
const group = (port: number, awsRegion = 'us-east-1') =>
  groupItem(`sg-${awsRegion}-${port}`, port, { awsRegion });
const home = { homeRegion: 'us-east-1' };
const ports = (allowedTcpPorts: string) => ({
  ...home,
  controls: { 'sg-open-ports': { parameters: { allowedTcpPorts } } },
});
const config = (...items: unknown[]) => ({ 'c.json': snapshotFile(...items) });

describe('the rules’ parameters', () => {
  const cases: [situation: string, settings: object | undefined, options: object, open: number[]][] = [
    ['no settings: the rule’s own', undefined, {}, [22]],
    ['the settings’', ports('22'), {}, [443]],
    ['--no-config leaves them', ports('22'), { config: false }, [22]],
    [
      '--parameters wins over them',
      ports('22'),
      { parameters: '{"sg-open-ports":{"allowedTcpPorts":"443"}}' },
      [22],
    ],
    [
      '--parameters wins in what it says, and the settings in what it does not',
      ports('22'),
      { parameters: '{"sg-open-ports":{"exemptTagKey":"x"}}' },
      [443],
    ],
  ];
  test.each(cases)('%s', async (_situation, settings, options, open) => {
    await inFolder(settings, config(group(22), group(443)));
    const { said } = await evaluate(['c.json'], options);
    expect(said.filter((line) => line.endsWith('NON_COMPLIANT'))).toEqual(
      open.map((port) => `sg-open-ports sg-us-east-1-${port}: NON_COMPLIANT`),
    );
  });

  test('are what the rule’s function is deployed with: the catalogue’s, too', async () => {
    await inFolder(home);
    const followed = await followSettings({});
    expect(followed?.parameters['root-mfa']).toMatchObject({ noCredentialsVerdict: 'NOT_APPLICABLE' });
    expect(withSettings({}, undefined)).toEqual({});
  });
});

describe('Regions', () => {
  const settings = { homeRegion: 'us-east-1', regions: ['us-east-1', 'eu-west-1'] };
  const items = [group(22), group(22, 'eu-west-1'), group(22, 'ap-northeast-2')];

  test('of a Config file that the settings do not have are left out, with a line', async () => {
    await inFolder(settings, config(...items));
    const { said, notes } = await evaluate(['c.json']);
    expect(said).toEqual([
      'sg-open-ports sg-eu-west-1-22: NON_COMPLIANT',
      'sg-open-ports sg-us-east-1-22: NON_COMPLIANT',
    ]);
    expect(notes).toEqual([
      expect.stringMatching(/^c\.json: ap-northeast-2 left out, as groundrules\.config\.json/),
    ]);
  });

  test('--region wins', async () => {
    await inFolder(settings, config(...items));
    expect((await evaluate(['c.json'], { region: ['ap-northeast-2'] })).said).toHaveLength(1);
  });

  test('nothing of the file in them is an error, not a clean bill', async () => {
    await inFolder(home, config(group(22, 'eu-west-1')));
    await expect(evaluate(['c.json'])).rejects.toMatchObject({
      code: 'Usage',
      message: expect.stringMatching(
        /^c\.json: it is of eu-west-1, and groundrules\.config\.json has the rules run in us-east-1 alone/,
      ),
    });
  });

  test('that a snapshot folder lacks are "could not tell"', async () => {
    await inFolder(settings, {
      [`${ACCOUNT}/us-east-1/config/c.json`]: snapshotFile(group(443)),
      [`${ACCOUNT}/global/iam/list-users.json`]: { Users: [] },
    });
    const { status, report } = await evaluate([ACCOUNT], { rule: ['sg-open-ports'] });
    expect(status).toBe(2);
    expect(report.errors).toEqual([expect.objectContaining({ region: 'eu-west-1', code: 'NotCollected' })]);
  });
});

describe('which rules', () => {
  test('a control that is off is not judged, unless its rule is named', async () => {
    await inFolder({ ...home, controls: { 'sg-open-ports': { enabled: false } } }, config(group(22)));
    await expect(evaluate(['c.json'])).rejects.toThrow(/no rule reports on what is in it/);
    expect((await evaluate(['c.json'], { rule: ['sg-open-ports'] })).said).toHaveLength(1);
  });
});

describe('the file', () => {
  test('is named in the report', async () => {
    await inFolder(ports('22'), config(group(22)));
    const { report } = await evaluate(['c.json']);
    expect(report).toMatchObject({
      settings: { file: 'groundrules.config.json', homeRegion: 'us-east-1', regions: ['us-east-1'] },
    });
    expect((await evaluate(['c.json'], { config: false })).report).toMatchObject({ settings: null });
  });

  test('may be another, with --config', async () => {
    await inFolder(undefined, { ...config(group(22)), 'other.json': ports('22') });
    expect((await evaluate(['c.json'], { config: 'other.json' })).said).toEqual([
      'sg-open-ports sg-us-east-1-22: COMPLIANT',
    ]);
  });

  const wrong: [situation: string, content: unknown, message: RegExp][] = [
    [
      'a parameter that there is not',
      { controls: { 'sg-open-ports': { parameters: { port: '1' } } } },
      /port/,
    ],
    ['a value of the wrong form', ports('https'), /allowedTcpPorts/],
    ['a setting that there is not', { home: 'us-east-1' }, /home: there is no such setting/],
  ];
  test.each(wrong)('with %s is refused, with the way around it', async (_situation, content, message) => {
    await inFolder(content as object, config(group(22)));
    await expect(evaluate(['c.json'])).rejects.toThrow(message);
    await expect(evaluate(['c.json'])).rejects.toThrow(
      /^groundrules\.config\.json.*\(--no-config leaves the file alone\)$/,
    );
  });

  test('that is not there is an error', async () => {
    await inFolder(undefined, config(group(22)));
    await expect(evaluate(['c.json'], { config: 'nowhere.json' })).rejects.toMatchObject({ code: 'Usage' });
  });
});

test('remediations that are off, and the documents’ parameters', async () => {
  await inFolder({
    ...home,
    remediation: { parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t' } },
    controls: { 'access-key-age': { remediation: { mode: 'off' } } },
  });
  const followed = await followSettings({});
  expect(followed?.fixes['access-key-age']?.mode).toBe('off');
  expect(followed?.fixes['s3-public']).toEqual({ mode: 'manual', parameters: {} });
  expect(followed?.fixes['root-mfa']?.parameters).toHaveProperty('TopicArn');
});

describe('groups of organizational units', () => {
  const [PRODUCTION, PAYMENTS] = ['ou-ab12-22222222', 'ou-ab12-33333333'];
  const settings = {
    ...ports('22'),
    organization: {
      organizationalUnits: ['ou-ab12-11111111'],
      organizationId: 'o-abcdefghij',
      auditAccountId: '999999999999',
      groups: [
        {
          name: 'production',
          organizationalUnits: [PRODUCTION],
          controls: { 's3-public': { enabled: false } },
        },
        {
          name: 'payments',
          organizationalUnits: [PAYMENTS],
          controls: { 'sg-open-ports': { parameters: { allowedTcpPorts: '443' } } },
        },
      ],
    },
  };
  const opened = async () => {
    await inFolder(settings);
    return (await followSettings({})) as NonNullable<Awaited<ReturnType<typeof followSettings>>>;
  };

  test('have what all have, but for what is their own', async () => {
    const { groups, parameters, leftOut } = await opened();
    const portsOf = ({ parameters: own }: { parameters: typeof parameters }) =>
      own['sg-open-ports']?.allowedTcpPorts;
    expect(portsOf({ parameters })).toBe('22');
    expect(groups.map(portsOf)).toEqual(['22', '443']);
    expect(groups.map((group) => group.leftOut.includes('s3-public'))).toEqual([true, false]);
    expect(leftOut).not.toContain('s3-public');
  });

  test.each<[units: string[], group: string | undefined]>([
    [['r-ab12', PRODUCTION], 'production'],
    [['r-ab12', PRODUCTION, PAYMENTS], 'payments'],
    [['r-ab12', PRODUCTION, 'ou-ab12-44444444'], 'production'],
    [['r-ab12', 'ou-ab12-11111111'], undefined],
    [[], undefined],
  ])('an account in %j follows the nearest: %s', async (units, group) => {
    expect(groupOf(await opened(), units)?.name).toBe(group);
  });

  test('a rule is left out where nobody has it', async () => {
    const followed = await opened();
    expect(leftOutEverywhere(followed)).not.toContain('s3-public');
    expect(leftOutEverywhere({ ...followed, leftOut: [...followed.leftOut, 's3-public'] })).not.toContain(
      's3-public',
    );
    expect(
      leftOutEverywhere({ ...followed, leftOut: ['s3-public'], groups: followed.groups.slice(0, 1) }),
    ).toEqual(['s3-public']);
  });
});

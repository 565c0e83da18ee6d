import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { controls, isOn } from '../../../catalogue/index.ts';
import { functionNamesIn } from '../../../deploy/account/stack.ts';
import { readSettings, type SettingsInput } from '../../../deploy/settings/index.ts';
import { rules } from '../../../rules/index.ts';
import {
  accountFolder,
  folderOf,
  item,
  removeFolders,
  snapshotFile,
} from '../../account/snapshot/support.ts';
import { importsOf } from '../../house/source.ts';
import { call, evaluate, worldOf } from '../support.ts';

afterAll(removeFolders);
const ROOT = join(__dirname, '../../..');

interface Report {
  readonly accounts: number;
  readonly accountIds: readonly string[];
  readonly regions: readonly string[];
  readonly homeRegion: string;
  readonly packs: readonly string[];
  readonly monthly: { readonly usd: number; readonly atLeast: boolean };
  readonly items: readonly { readonly item: string; readonly quantity: number; readonly usd: number }[];
  readonly controls: readonly {
    readonly control: string;
    readonly resources: number;
    readonly evaluations: number;
  }[];
  readonly unknown: readonly { readonly resourceType: string; readonly regions: readonly string[] }[];
  readonly assumptions: readonly string[];
  readonly prices: readonly { readonly id: string; readonly asOf: string; readonly source: string }[];
}

async function printed(paths: readonly string[], options: object): Promise<string> {
  const { world, text } = worldOf();
  expect(await call('cost', paths, options, world)).toBe(0);
  return text();
}
const cost = async (paths: readonly string[], options: object = {}): Promise<Report> =>
  JSON.parse(await printed(paths, { ...options, format: 'json' }));
const resultsOf = ({ controls }: Report, id: string) =>
  controls.find(({ control }) => control === id)?.resources;
const itemOf = ({ items }: Report, id: string) => items.find(({ item: one }) => one === id);

describe('the sample accounts', () => {
  test('all that is there is counted', async () => {
    const report = await cost([]);
    expect(report).toMatchObject({
      accounts: 2,
      accountIds: ['123456789012', '210987654321'],
      sample: true,
      regions: ['ap-northeast-2', 'us-east-1'],
      homeRegion: 'us-east-1',
      monthly: { atLeast: true },
    });
  });

  // One result of a rule is one evaluation: the rules themselves say how many there are.
  test.each(rules)('$id is counted as it judges', async ({ id, scope, resourceTypes, onlyWhatFails }) => {
    const { report: judged } = await evaluate([], { sample: true, rule: [id] });
    const resources = new Set(
      [...judged.results, ...judged.errors].map(
        (one) => `${one.accountId} ${one.region} ${one.resourceType} ${one.resourceId}`,
      ),
    );
    const report = await cost([]);
    // Each Region's own function says something of the account.
    const isOnAccount = scope === 'regional' && resourceTypes.every((type) => type === 'AWS::::Account');
    const inAll = (count: number) => count * report.regions.length;
    const accounts = new Set([...judged.results, ...judged.errors].map(({ accountId }) => accountId)).size;
    const expected = onlyWhatFails ? inAll(accounts) : isOnAccount ? inAll(resources.size) : resources.size;
    const own = controls.filter((one) => one.kind === 'custom' && one.rule === id && isOn(one));
    expect(own.map((one) => resultsOf(report, one.id))).toEqual(own.map(() => expected));
  });

  test('what nobody collected is named', async () => {
    const { unknown } = await cost([]);
    expect(unknown).toContainEqual(
      expect.objectContaining({ resourceType: 'AWS::EC2::Volume', regions: ['ap-northeast-2', 'us-east-1'] }),
    );
    expect(unknown.map(({ resourceType }) => resourceType)).not.toContain('AWS::S3::Bucket');
  });

  test('every price that counts comes with its date and source', async () => {
    const { prices, items } = await cost([], { withRecorder: 'daily' });
    expect(items.length).toBeGreaterThan(7);
    expect(prices.map(({ id }) => id)).toContain('config-item-daily');
    for (const price of prices) {
      expect(price).toMatchObject({
        asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        source: expect.any(String),
      });
    }
  });

  test('the same twice', async () => {
    expect(await printed([], {})).toBe(await printed([], {}));
  });
});

describe('the table', () => {
  test('says what it is sure of, and what it is not', async () => {
    const text = await printed([], {});
    expect(text).toMatch(
      /^SAMPLE ACCOUNTS, .*: nothing of yours was counted\n\nat least \$\d+\.\d\d a month\naccounts 123456789012, 210987654321; ap-northeast-2, us-east-1 \(home\)/,
    );
    for (const part of [
      'NOT KNOWN, NOT IN THE SUM',
      'IF IT IS OTHERWISE',
      'ASSUMED',
      'NOT COUNTED',
      'PRICES',
    ]) {
      expect(text).toContain(`\n${part}\n`);
    }
    expect(text).toContain('AWS may charge otherwise in ap-northeast-2');
    expect(text).toMatch(/- AWS::EC2::Volume in ap-northeast-2, us-east-1, for unused-ebs-volumes/);
    expect(text).toMatch(/the document of cost-anomaly-detection asks Cost Explorer: \$0\.01 per /);
    expect(text).toMatch(/Not verified: \$0\.001, \$0\.0008, \$0\.0005 per evaluation/);
  });

  test('says a reason once, and whom it is about', async () => {
    const denied = ['describe-db-instances', 'describe-db-clusters'].map((command) => ({
      file: `us-east-1/rds/${command}.json`,
      code: 'AccessDenied',
      message: 'no',
    }));
    const folder = await accountFolder({ 'errors.json': denied });
    const text = (await printed([folder], {})).replace(/\s+/g, ' ');
    const file = 'us-east-1/rds/describe-db-instances.json';
    expect(text).toContain(
      `AccessDenied when the snapshot was made: no (errors.json: ${file}): AWS::RDS::DBInstance -`,
    );
    expect(text).toContain('Give --count AWS::ACM::Certificate=N, and so on');
  });

  test('has no "at least" when all is counted, and no Region that the prices are of', async () => {
    const text = await printed([], { count: ['AWS::S3::Bucket=1'], packs: ['root'] });
    expect(text).toMatch(/^\$\d/);
    expect(text).toContain('1 account like the given counts');
    expect(text).not.toContain('NOT KNOWN');
    expect(text).not.toContain('Cost Explorer');
    expect(text).not.toContain('AWS may charge otherwise');
  });
});

describe('options', () => {
  test('packs', async () => {
    const { packs, controls } = await cost([], { packs: ['identity,root'] });
    expect(packs).toEqual(['root', 'identity']);
    expect(controls.map(({ control }) => control)).not.toContain('sg-open-ports');
  });

  test('counts alone are an account', async () => {
    const report = await cost([], {
      count: ['AWS::S3::Bucket=40', 'AWS::S3::Bucket@eu-west-1=2'],
      region: ['us-east-1', 'eu-west-1'],
    });
    expect(report).toMatchObject({ accounts: 1, accountIds: [], sample: false });
    expect(resultsOf(report, 's3-public')).toBe(42);
  });

  test('counts fill in what a snapshot lacks, and win', async () => {
    const sample = join(ROOT, 'examples', 'sample-account');
    const report = await cost([sample], { count: ['AWS::EC2::Volume=9', 'AWS::S3::Bucket=1'] });
    // Of each of the two accounts.
    expect(resultsOf(report, 'unused-ebs-volumes')).toBe(18);
    expect(resultsOf(report, 's3-public')).toBe(2);
    expect(report.unknown.map(({ resourceType }) => resourceType)).not.toContain('AWS::EC2::Volume');
  });

  test('accounts like those', async () => {
    const two = await cost([]);
    const hundred = await cost([], { accounts: '100' });
    expect(hundred.accounts).toBe(100);
    expect(hundred.monthly.usd).toBeCloseTo(50 * two.monthly.usd, 3);
  });

  test('changes a day', async () => {
    const of = async (changesPerDay: string) =>
      itemOf(await cost([], { changesPerDay }), 'evaluations')?.quantity ?? 0;
    const [none, one, two] = [await of('0'), await of('1'), await of('2')];
    expect(two - one).toBeCloseTo(one - none, 3);
    expect(one).toBeGreaterThan(none);
  });

  test('AWS Config files: any type counts', async () => {
    const folder = await folderOf({
      's.json': snapshotFile(item('AWS::EC2::Volume', 'vol-1'), item('AWS::EC2::EIP', 'eip-1')),
    });
    const report = await cost([join(folder, 's.json')]);
    expect(report.accountIds).toEqual(['111122223333']);
    expect(resultsOf(report, 'unused-ebs-volumes')).toBe(1);
  });

  test('Config files of a folder fill in what its lists lack', async () => {
    const folder = await accountFolder({
      'us-east-1/config/s.json': snapshotFile(
        item('AWS::EC2::Volume', 'vol-1'),
        item('AWS::S3::Bucket', 'b'),
      ),
      'global/s3api/list-buckets.json': { Buckets: [] },
    });
    const report = await cost([folder]);
    expect(resultsOf(report, 'unused-ebs-volumes')).toBe(1);
  });

  test('a path after an option that may have a value', async () => {
    const folder = await accountFolder({ 'global/s3api/list-buckets.json': { Buckets: [] } });
    const report = await cost([], { withRecorder: folder });
    expect(report.accountIds).toEqual(['111122223333']);
    expect(report.assumptions.join()).toContain('The recorder records continuously');
  });

  test('an account that comes twice', async () => {
    const folder = await accountFolder({ 'global/s3api/list-buckets.json': { Buckets: [] } });
    const file = join(await folderOf({ 's.json': snapshotFile(item('AWS::EC2::EIP', 'eip-1')) }), 's.json');
    await expect(cost([folder, file])).rejects.toThrow(/account 111122223333 comes twice/);
  });

  test('settings of a file: Regions, controls, Security Hub', async () => {
    const folder = await folderOf({});
    const config = join(folder, 'config.json');
    const settings: SettingsInput = {
      homeRegion: 'eu-west-1',
      regions: ['eu-west-1'],
      packs: ['root'],
      securityHub: {},
      notifications: { dashboard: false, alarms: false },
    };
    writeFileSync(config, JSON.stringify(settings));
    const report = await cost([], { config });
    expect(report).toMatchObject({ homeRegion: 'eu-west-1', regions: ['eu-west-1'], packs: ['root'] });
    expect(report.items.map(({ item: one }) => one)).toEqual(expect.arrayContaining(['findings', 'queue']));
    expect(itemOf(report, 'dashboard')).toBeUndefined();
    await expect(cost([], { config, region: ['us-east-1'] })).rejects.toThrow(
      /lacks eu-west-1, the home Region/,
    );
  });

  const wrong: [situation: string, options: object, message: RegExp][] = [
    ['a pack that is not', { packs: ['loging'] }, /--packs loging: .*did you mean logging\?/],
    [
      'a type that no control reports on',
      { count: ['AWS::S3::Buckets=1'] },
      /did you mean AWS::S3::Bucket\?/,
    ],
    ['a count that is none', { count: ['AWS::S3::Bucket=-1'] }, /--count AWS::S3::Bucket=-1: expected/],
    ['a count of a Region that is none', { count: ['AWS::S3::Bucket@mars=1'] }, /--count .*expected/],
    ['no account', { accounts: '0' }, /--accounts 0: expected/],
    ['half an account', { accounts: '1.5' }, /--accounts 1\.5: expected/],
    ['changes that are none', { changesPerDay: '-1' }, /--changes-per-day -1: expected/],
    ['verdicts that are none', { verdictChanges: 'some' }, /--verdict-changes some: expected/],
    ['a recorder that is none', { withRecorder: 'hourly' }, /--with-recorder hourly: expected/],
    ['a Region that is none', { region: ['Seoul'] }, /--region Seoul: not an AWS Region/],
    [
      'a Region that nobody looked up',
      { region: ['xx-north-9'] },
      /--region xx-north-9: there is no such Region/,
    ],
    ['settings that are not there', { config: 'nowhere.json' }, /nowhere\.json: there is no such file/],
  ];
  test.each(wrong)('%s', async (_, options, message) => {
    await expect(cost([], options)).rejects.toMatchObject({
      code: 'Usage',
      message: expect.stringMatching(message),
    });
  });

  test('a file that counts nothing', async () => {
    const folder = await folderOf({ 'i.json': item('AWS::S3::Bucket', 'b'), 'x.txt': 'hello' });
    await expect(cost([join(folder, 'i.json')])).rejects.toMatchObject({ code: 'Usage' });
    await expect(cost([join(folder, 'x.txt')])).rejects.toMatchObject({ code: 'NotASnapshot' });
    await expect(cost([join(folder, 'nowhere')])).rejects.toMatchObject({ code: 'NotFound' });
  });
});

describe('what the deployment has', () => {
  const variants: [what: string, settings: SettingsInput][] = [
    ['all packs', {}],
    ['one', { packs: ['workloads'] }],
    ['no attestations, findings', { packs: ['root', 'identity'], securityHub: {} }],
    ['no fixes', { remediation: { mode: 'off' } }],
    ['alarms on each function', { notifications: { functionAlarms: true } }],
    ['no alarms', { notifications: { alarms: false } }],
    ['one fix off', { controls: { 'alb-http-to-https': { remediation: { mode: 'off' } } } }],
  ];
  test.each(variants)('as many alarms as the stack has: %s', async (_, input) => {
    const regions = ['us-east-1', 'eu-west-1'];
    const settings = readSettings({ ...input, regions });
    const folder = await folderOf({ 'c.json': { ...input, regions } });
    const report = await cost([], { config: join(folder, 'c.json'), count: ['AWS::S3::Bucket=1'] });
    const { alarms, functionAlarms } = settings.notifications;
    const each = regions.map((region) =>
      alarms ? 1 + (functionAlarms ? 2 * functionNamesIn(settings, region).length : 0) : 0,
    );
    expect(itemOf(report, 'alarms')?.quantity ?? 0).toBe(each.reduce((sum, one) => sum + one, 0));
    expect(itemOf(report, 'dashboard')?.quantity).toBe(1);
  });
});

test('needs no CDK', () => {
  const seen = new Set<string>();
  const reach = (file: string): string[] =>
    importsOf(ROOT, file).flatMap((target) => {
      if (!target.endsWith('.ts')) return [target];
      if (seen.has(target)) return [];
      seen.add(target);
      return reach(target);
    });
  const packages = reach('cli/cost/run.ts');
  expect(seen).toContain('deploy/settings/index.ts');
  expect(packages.filter((name) => /^(aws-cdk-lib|constructs)/.test(name))).toEqual([]);
});

import { unzipSync } from 'fflate';
import { parse } from 'yaml';
import { type PlainDeployment, plainDeployment } from '../../deploy/account/plain.ts';
import { readSettings, type SettingsInput } from '../../deploy/settings/index.ts';
import { resolved, resourcesOf, type Template } from './support/account.ts';
import { smallBundles } from './support/bundles.ts';

const bundles = smallBundles();
afterAll(bundles.remove);

/** By settings and Regions: each takes a moment to synthesise. */
const deployments = new Map<string, PlainDeployment>();
function made(settings: SettingsInput = {}, only?: readonly string[]): PlainDeployment {
  const key = JSON.stringify([settings, only]);
  const deployment = deployments.get(key) ?? plainDeployment(readSettings(settings), only, bundles.folderOf);
  deployments.set(key, deployment);
  return deployment;
}
type Plain = Template & {
  readonly Parameters: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Rules?: unknown;
};
const templateOf = ({ files }: PlainDeployment, region = 'us-east-1'): Plain =>
  JSON.parse(files.find(({ path }) => path === `${region}.template.json`)?.content as string);

const TWO: SettingsInput = { homeRegion: 'eu-west-1', regions: ['eu-west-1', 'us-east-1'] };

test('a template a Region, and one archive a function for all of them', () => {
  const { files, regions } = made(TWO);
  expect(regions).toEqual([
    { region: 'eu-west-1', stackName: 'Groundrules-eu-west-1', template: 'eu-west-1.template.json' },
    { region: 'us-east-1', stackName: 'Groundrules-us-east-1', template: 'us-east-1.template.json' },
  ]);
  const paths = files.map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths.filter((path) => path.startsWith('code/root-mfa-'))).toHaveLength(1);
});

test('what a Region lacks is said, and nothing where it lacks nothing', () => {
  expect(made({ homeRegion: 'eu-west-1' }).leftOut).toEqual([
    expect.stringMatching(/^AWS Config has no rule in eu-west-1 for 1 of \d+ controls, which are left out: /),
  ]);
  expect(made(TWO).leftOut).toEqual([]);
});

test('only the Regions that are asked for', () => {
  expect(made(TWO, ['us-east-1']).files.filter(({ path }) => path.endsWith('.json'))).toHaveLength(1);
});

test('every function finds its code below the parameters, in an archive that has it', () => {
  const deployment = made();
  const functions = resourcesOf(templateOf(deployment), 'AWS::Lambda::Function');
  expect(functions.length).toBeGreaterThan(5);
  for (const [, { Properties }] of functions) {
    const { S3Bucket, S3Key } = Properties.Code;
    expect(S3Bucket).toEqual({ Ref: 'CodeBucket' });
    const [separator, [prefix, file]] = S3Key['Fn::Join'];
    expect([separator, prefix]).toEqual(['/', { Ref: 'CodePrefix' }]);
    const archive = deployment.files.find(({ path }) => path === `code/${file}`);
    expect(Object.keys(unzipSync(archive?.content as Uint8Array))).toEqual(['index.mjs']);
  }
});

test('it needs no bootstrapping, no assets and no role of the CDK', () => {
  const { Parameters, Rules, ...template } = templateOf(made());
  expect(Rules).toBeUndefined();
  expect(Object.keys(Parameters)).not.toContain('BootstrapVersion');
  expect(JSON.stringify(template)).not.toMatch(/cdk-hnb659fds|cdk-bootstrap|AssetParameters/);
});

test('the same settings give the same bytes', () => {
  expect(plainDeployment(readSettings(TWO), undefined, bundles.folderOf)).toEqual(made(TWO));
});

describe('the parameters', () => {
  test('whose names the packs know, with what the settings say as defaults', () => {
    const template = templateOf(
      made({ controls: { 'access-key-age': { parameters: { maxAgeDays: '60' } } } }),
    );
    expect(template.Parameters.AccessKeyAgeParamMaxAgeDays).toMatchObject({ Default: '60' });
    for (const [, { Properties }] of resourcesOf(template, 'AWS::Config::ConformancePack')) {
      const known = Object.keys(parse(resolved(Properties.TemplateBody)).Parameters ?? {});
      for (const { ParameterName } of Properties.ConformancePackInputParameters ?? []) {
        expect(known).toContain(ParameterName);
      }
    }
    const given = resourcesOf(template, 'AWS::Config::ConformancePack').flatMap(
      ([, { Properties }]) => Properties.ConformancePackInputParameters ?? [],
    );
    expect(given).toEqual(
      expect.arrayContaining([
        {
          ParameterName: 'AccessKeyAgeParamMaxAgeDays',
          ParameterValue: { Ref: 'AccessKeyAgeParamMaxAgeDays' },
        },
      ]),
    );
  });

  test('of a rule that is not in the Region are not there', () => {
    const { Parameters } = templateOf(made(TWO), 'us-east-1');
    expect(Object.keys(Parameters)).toContain('SgOpenPortsParamAllowedTcpPorts');
    expect(Object.keys(Parameters)).not.toContain('RootMfaParamRequireHardware');
  });

  test('NotificationEmail subscribes somebody, and nobody while it is empty', () => {
    const template = templateOf(made()) as Plain & { Conditions: object };
    const [[, subscription] = []] = resourcesOf(template, 'AWS::SNS::Subscription');
    expect(subscription).toMatchObject({
      Condition: 'HasNotificationEmail',
      Properties: { Protocol: 'email', Endpoint: { Ref: 'NotificationEmail' } },
    });
    expect(template.Conditions).toMatchObject({
      HasNotificationEmail: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'NotificationEmail' }, ''] }] },
    });
  });

  test('LogRetentionDays is every log group’s', () => {
    const groups = resourcesOf(
      templateOf(made({ functions: { logRetentionDays: 30 } })),
      'AWS::Logs::LogGroup',
    );
    expect(groups.length).toBeGreaterThan(5);
    for (const [, { Properties }] of groups)
      expect(Properties.RetentionInDays).toEqual({ Ref: 'LogRetentionDays' });
  });
});

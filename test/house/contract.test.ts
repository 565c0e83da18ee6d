import { controls } from '../../catalogue/index.ts';
import { fixes, rules } from '../../rules/index.ts';
import { pascalCase } from '../../rules/names.ts';
import { integer, oneOf, parameter } from '../../rules/parameters.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { contract } from '../../scripts/contract.ts';
import { synth } from '../deploy/support/account.ts';

const all = [...rules, ...fixes];
const ruleOf = (id: string) => all.find((rule) => rule.id === id) as AnyRule;

describe('the contract', () => {
  const about = { en: 'A.', ko: '가.' };
  const rule = ruleOf('s3-public');
  const parametersOf = (parameters: AnyRule['parameters']) =>
    contract([{ ...rule, parameters }]).rules['s3-public']?.parameters;

  test('has every rule, and every reading where it is in a snapshot', () => {
    const { rules, snapshot } = contract(all);
    expect(Object.keys(rules)).toEqual(all.map(({ id }) => id).sort());
    expect(snapshot['ec2:DescribeSecurityGroups']).toBe('<Region>/ec2/describe-security-groups.json');
    expect(snapshot['s3:GetBucketPolicy']).toBe('global/s3api/get-bucket-policy/<id>.json');
  });

  test('has the fields of what commands print as JSON', () => {
    const { printed, parts } = contract([]).json;
    expect(Object.keys(printed)).toEqual(
      expect.arrayContaining(['attest', 'controls', 'cost', 'preflight', 'remediate']),
    );
    expect(printed.preflight).toEqual(['schemaVersion, accountId, findings, summary']);
    expect(parts.Item).toMatchObject({ rule: 'string', 'executionId?': 'string' });
    expect(parts.Checked).toMatchObject({ extends: 'Finding', check: 'string' });
  });

  test('says what a parameter is by default, and what it takes', () => {
    expect(
      parametersOf({
        days: parameter(integer(1, 365), '90', about),
        mode: parameter(oneOf('HARD', 'SOFT'), 'SOFT', about),
      }),
    ).toEqual({ days: 'default "90"; a whole number from 1 to 365', mode: 'default "SOFT"; HARD or SOFT' });
    expect(contract([rule]).rules['s3-public']?.parameters.exemptTagKey).toBe('default ""; any text');
  });

  test('says what kinds of findings there are, and what goes into a document and comes out of it', () => {
    expect(contract([rule]).rules['s3-public']).toMatchObject({
      findings: expect.arrayContaining(['publicAcl', 'publicPolicy']),
      document: {
        inputs: {
          BucketName: 'String; required',
          Mode: 'String; default "Preview"; one of Preview, Apply, Undo',
        },
        outputs: expect.arrayContaining(['Plan.Before', 'Report.Applied']),
      },
    });
  });
});

// A logical id that changes makes CloudFormation replace the resource: a function loses its log, a queue its messages.
test('the logical ids of an account stack stay as they are', () => {
  const { template } = synth();
  // One rule stands for all: theirs differ in the name, and in the hash that the CDK makes of the path.
  const others = [...all, ...controls].map(({ id }) => id).filter((id) => id !== 's3-public');
  const named = others
    .map((id) => `Pack${pascalCase(id)}`)
    .concat(others.map((id) => `PackAws${pascalCase(id)}`))
    .concat(others.map((id) => `PackResolution${pascalCase(id)}`));
  const ids = Object.entries(template.Resources)
    .filter(([id]) => !named.some((name) => id.startsWith(name)))
    .map(([id, { Type }]) => `${id} ${Type}`);
  expect(ids.sort()).toEqual([
    'AlarmsFailures7BE837BE AWS::CloudWatch::Alarm',
    'Dashboard7A714131 AWS::CloudWatch::Dashboard',
    'Failures8A3E1A2F AWS::SQS::Queue',
    'FailuresPolicyE53C5E05 AWS::SQS::QueuePolicy',
    'LapsedAttestationsDailyAllowEventRuleGroundrulesuseast1LapsedAttestationsFunction9D863DEBC42CB747 AWS::Lambda::Permission',
    'LapsedAttestationsDailyB00939F6 AWS::Events::Rule',
    'LapsedAttestationsFunction3F885C91 AWS::Lambda::Function',
    'LapsedAttestationsFunctionEventInvokeConfig07208D32 AWS::Lambda::EventInvokeConfig',
    'LapsedAttestationsFunctionLog22E9888E AWS::Logs::LogGroup',
    'LapsedAttestationsFunctionRole33018D21 AWS::IAM::Role',
    'NotificationsTopicAE679CBD AWS::SNS::Topic',
    'NotificationsTopicPolicyAF92D34A AWS::SNS::TopicPolicy',
    'PackAttestationsPack7ABA9D5B AWS::Config::ConformancePack',
    'PackAwsS3PublicRole346794BF AWS::IAM::Role',
    'PackCostPack76D9967D AWS::Config::ConformancePack',
    'PackIdentityPack53D49FE3 AWS::Config::ConformancePack',
    'PackLoggingPackD812EAF2 AWS::Config::ConformancePack',
    'PackResolutionRole5319147C AWS::IAM::Role',
    'PackRootPack08BF52E5 AWS::Config::ConformancePack',
    'PackS3PublicDocumentE33BC804 AWS::SSM::Document',
    'PackS3PublicDocumentRoleDBB7060F AWS::IAM::Role',
    'PackS3PublicFunction312EFBFF AWS::Lambda::Function',
    'PackS3PublicFunctionConfig05C043AE AWS::Lambda::Permission',
    'PackS3PublicFunctionEventInvokeConfigD69AC824 AWS::Lambda::EventInvokeConfig',
    'PackS3PublicFunctionLogF2E51357 AWS::Logs::LogGroup',
    'PackS3PublicFunctionRole5E1251CE AWS::IAM::Role',
    'PackWorkloadsPack5F7480CE AWS::Config::ConformancePack',
  ]);
});

import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { controls } from '../../catalogue/index.ts';
import { LIST_ACTION, PUT_ACTION, READ_RESULT_ACTIONS } from '../../config/attestations/process-checks.ts';
import { LapsedAttestations } from '../../deploy/attestations/construct.ts';
import { REVIEW_DAYS } from '../../deploy/attestations/review-days.ts';
import { readSettings, type SettingsInput } from '../../deploy/settings/index.ts';

function synth(input: SettingsInput = {}, region?: string) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Test', {
    ...(region && { env: { region } }),
  });
  const made = new LapsedAttestations(stack, 'LapsedAttestations', {
    settings: readSettings(input),
    code: lambda.Code.fromInline('export const handler = async () => {};'),
    failures: new sqs.Queue(stack, 'Failures'),
  });
  return { stack, made, template: Template.fromStack(stack) };
}

const { stack, made, template } = synth();

test('the function runs once a day, after midnight UTC, and nobody else may start it', () => {
  template.resourceCountIs('AWS::Events::Rule', 1);
  template.hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'cron(17 0 * * ? *)',
    State: 'ENABLED',
    Targets: [{ Arn: stack.resolve(made.function.functionArn) }],
  });
  template.resourceCountIs('AWS::Lambda::Permission', 1);
  template.hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('LapsedAttestationsDaily'), 'Arn'] },
  });
});

test('it is named like its bundle, and leaves what is unattested alone', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'groundrules-lapsed-attestations',
    Environment: { Variables: { GROUNDRULES_UNATTESTED: 'leave' } },
  });
});

test('unless the settings say otherwise', () => {
  synth({ attestations: { unattested: 'NON_COMPLIANT' } }).template.hasResourceProperties(
    'AWS::Lambda::Function',
    {
      Environment: { Variables: { GROUNDRULES_UNATTESTED: 'NON_COMPLIANT' } },
    },
  );
});

// test/integration/attest.test.ts holds these actions to the calls that the built function makes.
test('it may do what it does, to rules and packs alone, and nothing else', () => {
  const roles = Object.values(template.findResources('AWS::IAM::Role'));
  const statements = roles.flatMap(({ Properties }) => Properties.Policies[0].PolicyDocument.Statement);
  const config = statements.flatMap(
    ({ Action, Resource }: { Action: string | string[]; Resource: unknown }) =>
      [Action]
        .flat()
        .flatMap((action) => (action.startsWith('config:') ? [[action, JSON.stringify(Resource)]] : [])),
  );
  const allowed = Object.fromEntries(config) as Record<string, string>;
  expect(Object.keys(allowed).sort()).toEqual([LIST_ACTION, ...READ_RESULT_ACTIONS, PUT_ACTION].sort());
  expect(allowed[PUT_ACTION]).toMatch(/:config-rule\/\*"/);
  expect(roles).toHaveLength(1);
  template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('it belongs in the home Region', () => {
  const settings = { homeRegion: 'eu-west-1', regions: ['eu-west-1', 'us-east-1'] };
  expect(() => synth(settings, 'us-east-1')).toThrow(
    /belongs in the home Region \(eu-west-1\), not in us-east-1/,
  );
  expect(() => synth(settings, 'eu-west-1')).not.toThrow();
});

test('it knows every process check of the catalogue, and its review interval', () => {
  const checks = controls.filter((one) => one.kind === 'process-check');
  expect(Object.entries(REVIEW_DAYS)).toEqual(checks.map(({ id, reviewEveryDays }) => [id, reviewEveryDays]));
  expect(checks.length).toBeGreaterThan(40);
});

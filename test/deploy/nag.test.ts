import { App, Stack } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { synth, VARIANTS } from './support/account.ts';

/** Everything that cdk-nag finds and nobody has acknowledged beside the resource. */
const findings = (pack: AwsSolutionsChecks | NIST80053R5Checks, { app }: { readonly app: App }) =>
  pack
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );

describe.each(VARIANTS)('$title', ({ settings, region }) => {
  test('AwsSolutions finds nothing', () => {
    expect(findings(new AwsSolutionsChecks(), synth(settings, region))).toEqual([]);
  });
  test('NIST 800-53 finds nothing', () => {
    expect(findings(new NIST80053R5Checks(), synth(settings, region))).toEqual([]);
  });
});

test('they would find something', () => {
  const app = new App();
  new sqs.CfnQueue(new Stack(app, 'Stack'), 'Queue');
  expect(findings(new AwsSolutionsChecks(), { app })).toContain('AwsSolutions-SQS4 Stack/Queue');
});

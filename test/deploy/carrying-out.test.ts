import { App, Stack } from 'aws-cdk-lib';
import { carryingOut } from '../../deploy/account/carrying-out.ts';
import { readSettings } from '../../deploy/settings/index.ts';
import type { ByFunction } from '../../rules/fix.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { documentHash } from '../../tasks/run.ts';
import { closedGroups } from '../config/support/lambda.ts';

const content = { schemaVersion: '0.3' };
const document = { name: 'Groundrules-ClosedGroups', content };
const topic = ['arn:{partition}:sns:{region}:{account}:groundrules-alert'];
const changes = {
  'sns:CreateTopic': topic,
  'events:PutRule': ['arn:{partition}:events:{region}:{account}:rule/groundrules-alert'],
  'sns:DeleteTopic': topic,
  'root:DeleteAccessKey': [],
};

function carriedOut(byFunction: ByFunction | undefined, settings: object = {}, approvers?: string[]) {
  const rule = { ...closedGroups, fix: { ...closedGroups.fix, byFunction } } as AnyRule;
  const stack = new Stack(new App(), 'Stack');
  const { environment, statements } = carryingOut({
    rule,
    settings: readSettings(settings),
    document,
    ...(approvers && { approvers }),
  });
  const said = statements.map((one) => {
    const { Action, Resource } = stack.resolve(one.toStatementJson());
    const parts = Resource['Fn::Join'][1] as (string | { Ref: string })[];
    return [Action, parts.map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('')];
  });
  return { environment, said };
}
const A = 'arn:<AWS::Partition>';

test('a function finds the run of its document, and makes what the fix declares, each where it is declared', () => {
  const { environment, said } = carriedOut({ approval: false, regions: 'global', changes });
  expect(environment).toEqual({ GROUNDRULES_DOCUMENT_SHA256: documentHash(content) });
  expect(said).toEqual([
    ['ssm:GetAutomationExecution', `${A}:ssm:<AWS::Region>:<AWS::AccountId>:automation-execution/*`],
    ['ssm:GetDocument', `${A}:ssm:<AWS::Region>:<AWS::AccountId>:document/Groundrules-ClosedGroups`],
    [['sns:CreateTopic', 'sns:DeleteTopic'], `${A}:sns:us-east-1:<AWS::AccountId>:groundrules-alert`],
    ['events:PutRule', `${A}:events:us-east-1:<AWS::AccountId>:rule/groundrules-alert`],
  ]);
});

test.each([
  [{ regions: 'any' } as const, {}, '*'],
  [{ regions: 'global' } as const, { homeRegion: 'eu-west-1', regions: ['eu-west-1'] }, 'us-east-1'],
  [
    { regions: 'global' } as const,
    { homeRegion: 'us-gov-east-1', regions: ['us-gov-east-1'] },
    'us-gov-west-1',
  ],
])('where %j with %j, changes are allowed in %s', (more, settings, region) => {
  const { said } = carriedOut({ approval: false, ...more, changes }, settings);
  const changing = said
    .slice(2)
    .map(([, resource]) => String(resource).replace('<AWS::Partition>', 'aws').split(':')[3]);
  expect(changing).toEqual([region, region]);
});

test('a function whose fix needs an approval knows whose counts, and nobody counts where the settings name nobody', () => {
  const byFunction = { approval: true, regions: 'global', changes } as const;
  expect(carriedOut(byFunction, {}, ['arn']).environment).toMatchObject({ GROUNDRULES_APPROVERS: '["arn"]' });
  expect(carriedOut(byFunction).environment).toMatchObject({ GROUNDRULES_APPROVERS: '[]' });
});

test('a function that changes nothing gets nothing', () => {
  expect(carriedOut(undefined)).toEqual({ environment: {}, said: [] });
});

import { loadDocument } from '../../automation/document/load.ts';
import { PermissionsError, permissionsOf } from '../../automation/permissions.ts';
import { steps } from './support/run.ts';

const api = (service: string, name: string, input = '') =>
  `- { name: ${name.replaceAll('_', '')}, action: aws:executeAwsApi, inputs: { Service: ${service}, Api: ${name}${input} } }`;
const of = (text: string) => permissionsOf(loadDocument(steps(text), 'd'));

test.each([
  [
    'an API whose action has its name',
    api('ec2', 'DescribeSecurityGroupRules'),
    ['ec2:DescribeSecurityGroupRules'],
  ],
  ["boto3's spelling", api('cloudtrail', 'describe_trails'), ['cloudtrail:DescribeTrails']],
  ["a bucket's Block Public Access", api('s3', 'PutPublicAccessBlock'), ['s3:PutBucketPublicAccessBlock']],
  ['the same in small letters', api('s3', 'put_public_access_block'), ['s3:PutBucketPublicAccessBlock']],
  [
    "an account's Block Public Access",
    api('s3control', 'PutPublicAccessBlock'),
    ['s3:PutAccountPublicAccessBlock'],
  ],
  ['Object Lock', api('s3', 'GetObjectLockConfiguration'), ['s3:GetBucketObjectLockConfiguration']],
  ['a list of buckets', api('s3', 'ListBuckets'), ['s3:ListAllMyBuckets']],
  ['two actions for one API', api('s3', 'CopyObject'), ['s3:GetObject', 's3:PutObject']],
  ['load balancers', api('elbv2', 'ModifyListener'), ['elasticloadbalancing:ModifyListener']],
  ['who one is, which anybody may ask', api('sts', 'get_caller_identity'), []],
  ['sts', api('sts', 'AssumeRoot', ', TargetPrincipal: p'), ['sts:AssumeRoot']],
  [
    'tags while creating',
    api(
      'ec2',
      'AuthorizeSecurityGroupIngress',
      ', TagSpecifications: [{ ResourceType: security-group-rule }]',
    ),
    ['ec2:AuthorizeSecurityGroupIngress', 'ec2:CreateTags'],
  ],
  [
    'a role that a service is handed',
    api('cloudtrail', 'UpdateTrail', ', CloudWatchLogsRoleArn: arn'),
    ['cloudtrail:UpdateTrail', 'iam:PassRole'],
  ],
  [
    'an assertion and a wait',
    `- { name: a, action: aws:assertAwsResourceProperty, inputs: { Service: rds, Api: DescribeDBInstances, PropertySelector: $.A, DesiredValues: [a] } }
- { name: b, action: aws:waitForAwsResourceProperty, inputs: { Service: s3, Api: GetBucketEncryption, PropertySelector: $.A, DesiredValues: [a] } }`,
    ['rds:DescribeDBInstances', 's3:GetEncryptionConfiguration'],
  ],
  [
    'a function',
    '- { name: a, action: aws:invokeLambdaFunction, inputs: { FunctionName: f } }',
    ['lambda:InvokeFunction'],
  ],
  [
    'an approval with a notice',
    "- { name: a, action: aws:approve, inputs: { Approvers: [x], NotificationArn: 'arn' } }",
    ['sns:Publish'],
  ],
  [
    'another document with a role',
    '- { name: a, action: aws:executeAutomation, inputs: { DocumentName: D, RuntimeParameters: { AutomationAssumeRole: arn } } }',
    ['iam:PassRole', 'ssm:GetAutomationExecution', 'ssm:StartAutomationExecution'],
  ],
  [
    'the steps of a loop',
    `- { name: l, action: aws:loop, inputs: { Iterators: [a], Steps: [${api('iam', 'UpdateAccessKey').slice(2)}] } }`,
    ['iam:UpdateAccessKey'],
  ],
  ['what needs nothing', '- { name: a, action: aws:sleep, inputs: { Duration: PT1S } }', []],
  [
    'each action once, sorted',
    `${api('sts', 'B')}\n${api('sts', 'A')}\n${api('sts', 'b').replace('name: b', 'name: c')}`,
    ['sts:A', 'sts:B'],
  ],
])('%s', (_what, text, actions) => {
  expect(of(text)).toEqual(actions);
});

test.each([
  ['a service that is not known', api('dynamodb', 'UpdateTable')],
  ['an action that is not known', '- { name: a, action: aws:deleteImage, inputs: { ImageId: i } }'],
])('%s is an error, not a guess', (_what, text) => {
  expect(() => of(text)).toThrow(PermissionsError);
});

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type AutomationDocument, loadDocument } from '../../automation/index.ts';
import { steps } from '../automation/support/run.ts';
import { documentFiles } from '../support/documents.ts';
import { PYTHON } from './support/moto.ts';

interface Complaint {
  readonly document: string;
  readonly step: string;
  readonly at: string;
  readonly problem: string;
}

/** Asks botocore's models about every API step. */
function complaintsAbout(
  documents: readonly (readonly [name: string, document: AutomationDocument])[],
): Complaint[] {
  const input = documents.map(([name, { parameters, variables, mainSteps }]) => ({
    name,
    parameters,
    variables,
    mainSteps,
  }));
  const program = join(__dirname, 'support/check_documents.py');
  const said = execFileSync(PYTHON, [program], { input: JSON.stringify(input), encoding: 'utf8' });
  return JSON.parse(said);
}

test('every API step of every document is what the service models say', () => {
  expect(documentFiles.length).toBeGreaterThan(0);
  const documents = documentFiles.map(({ path, text }) => [path, loadDocument(text, path)] as const);
  expect(complaintsAbout(documents)).toEqual([]);
}, 120_000);

const call = (service: string, api: string, inputs = '', rest = '') => `
- name: Call
  action: aws:executeAwsApi
  inputs: { Service: ${service}, Api: ${api}${inputs && `, ${inputs}`} }
${rest}`;
const selecting = (service: string, api: string, inputs: string, selector: string, type: string) =>
  call(service, api, inputs, `  outputs: [{ Name: Found, Selector: '${selector}', Type: ${type} }]`);
const watching = (selector: string, value: string, service = 'rds', api = 'DescribeDBInstances') => `
- name: Call
  action: aws:waitForAwsResourceProperty
  inputs: { Service: ${service}, Api: ${api}, PropertySelector: '${selector}', DesiredValues: ['${value}'] }`;
const parameters = `
parameters:
  Text: { type: String }
  Count: { type: Integer }
  Flag: { type: Boolean }
  Texts: { type: StringList }
  Maps: { type: MapList }
  Map: { type: StringMap }
  Mode: { type: String, default: GOVERNANCE, allowedValues: [GOVERNANCE, STRICT] }
`;
const lock = (retention: string) =>
  call(
    's3',
    'PutObjectLockConfiguration',
    `Bucket: b, ObjectLockConfiguration: { ObjectLockEnabled: Enabled, Rule: { DefaultRetention: ${retention} } }`,
  );
const keys = (inputs: string) => call('iam', 'UpdateAccessKey', inputs);
const key = 'UserName: u, AccessKeyId: AKIAIOSFODNN7EXAMPLE';
const revoke = (inputs: string) => call('ec2', 'RevokeSecurityGroupIngress', inputs);
const loop = (type: string, input: string) => `
- name: Walk
  action: aws:loop
  inputs:
    Iterators: ['1']
    IteratorDataType: ${type}
    Steps:
      - name: Call
        action: aws:executeAwsApi
        inputs: { Service: ec2, Api: RevokeSecurityGroupIngress, ${input} }
`;

/** What is wrong, the steps, where and what the complaint is; no complaint where all is well. */
const cases: [situation: string, text: string, at?: string, problem?: RegExp][] = [
  ['a service that boto3 does not have', call('elb2', 'DescribeListeners'), 'Service', /no service elb2/],
  [
    "the SDK's name of a service",
    call('elasticloadbalancingv2', 'DescribeListeners'),
    'Service',
    /no service/,
  ],
  ['an operation that does not exist', call('s3', 'PutBucketPublicAccessBlock'), 'Api', /has no operation/],
  ['an operation in small letters', call('ec2', 'describe_vpcs'), 'Api', /spelled DescribeVpcs/],
  ['an operation that answers with a stream', call('lambda', 'Invoke', 'FunctionName: f'), 'Api', /stream/],
  ['a member that does not exist', revoke('GroupID: sg-1'), 'GroupID', /no such member .*GroupId/],
  [
    'a member missing',
    keys('UserName: u, AccessKeyId: AKIAIOSFODNN7EXAMPLE'),
    'Status',
    /required, and missing/,
  ],
  [
    'a member missing inside',
    call('s3', 'PutBucketTagging', 'Bucket: b, Tagging: { TagSet: [{ Key: a }] }'),
    'Tagging.TagSet[0].Value',
    /required, and missing/,
  ],
  [
    'a member that does not exist inside',
    revoke('IpPermissions: [{ IpRanges: [{ CidrIpv4: 0.0.0.0/0 }] }]'),
    'IpPermissions[0].IpRanges[0].CidrIpv4',
    /no such member/,
  ],
  ['a token that boto3 makes up', call('ec2', 'CreateFlowLogs', 'ResourceIds: [v], ResourceType: VPC')],
  ['no enum of the model', keys(`${key}, Status: Disabled`), 'Status', /none of Active, Inactive/],
  ['one of the enum', keys(`${key}, Status: Inactive`)],
  ['a text too short', keys('AccessKeyId: AKIA, Status: Active'), 'AccessKeyId', /4 characters.*16 to 128/],
  [
    'a text that the pattern forbids',
    keys(`UserName: 'a b', AccessKeyId: AKIAIOSFODNN7EXAMPLE, Status: Active`),
    'UserName',
    /does not match/,
  ],
  [
    'text for a number',
    lock("{ Mode: GOVERNANCE, Days: '365' }"),
    'ObjectLockConfiguration.Rule.DefaultRetention.Days',
    /a whole number, not text/,
  ],
  ['a number for a text', revoke('GroupId: 1'), 'GroupId', /expected text, not a number/],
  ['text for a Boolean', revoke("GroupId: g, DryRun: 'true'"), 'DryRun', /true or false, not text/],
  [
    'a text for a list',
    revoke('SecurityGroupRuleIds: sgr-1'),
    'SecurityGroupRuleIds',
    /expected a list, not text/,
  ],
  [
    'a list for a map',
    call('s3', 'PutBucketVersioning', 'Bucket: b, VersioningConfiguration: [a]'),
    'VersioningConfiguration',
    /expected a map, not a list/,
  ],
  [
    'a parameter of the type',
    revoke(
      "GroupId: '{{ Text }}', DryRun: '{{ Flag }}', SecurityGroupRuleIds: '{{ Texts }}', IpPermissions: '{{ Maps }}'",
    ),
  ],
  [
    'an Integer for a text',
    revoke("GroupId: '{{ Count }}'"),
    'GroupId',
    /is a Integer, the model has a string/,
  ],
  [
    'a String for an Integer',
    lock("{ Mode: GOVERNANCE, Days: '{{ Text }}' }"),
    'ObjectLockConfiguration.Rule.DefaultRetention.Days',
    /is a String/,
  ],
  [
    'a number inside a text',
    lock("{ Mode: GOVERNANCE, Days: '1{{ Count }}' }"),
    'ObjectLockConfiguration.Rule.DefaultRetention.Days',
    /a text with a placeholder/,
  ],
  ['a String for a Boolean', revoke("DryRun: '{{ Text }}'"), 'DryRun', /is a String/],
  [
    'a StringList for a list of maps',
    revoke("IpPermissions: '{{ Texts }}'"),
    'IpPermissions',
    /list of structure/,
  ],
  [
    'a MapList for a list of texts',
    revoke("SecurityGroupRuleIds: '{{ Maps }}'"),
    'SecurityGroupRuleIds',
    /list of string/,
  ],
  [
    'a list inside a list',
    revoke("SecurityGroupRuleIds: ['{{ Texts }}']"),
    'SecurityGroupRuleIds[0]',
    /is a StringList/,
  ],
  [
    'a map for a structure',
    call('s3', 'PutBucketVersioning', "Bucket: b, VersioningConfiguration: '{{ Map }}'"),
  ],
  [
    'a value that the parameter allows and the API does not',
    lock("{ Mode: '{{ Mode }}' }"),
    'ObjectLockConfiguration.Rule.DefaultRetention.Mode',
    /may be STRICT/,
  ],
  [
    "the system's own",
    call('s3', 'DeletePublicAccessBlock', "Bucket: b, ExpectedBucketOwner: '{{ global:ACCOUNT_ID }}'"),
  ],
  ['a text for a time', call('cloudtrail', 'LookupEvents', "StartTime: '{{ Text }}'")],
  [
    'input where there is none',
    call('sts', 'GetCallerIdentity', 'Account: a'),
    'Account',
    /no such member|takes no input/,
  ],
  [
    'a path that the answer lacks',
    selecting('sts', 'GetCallerIdentity', '', '$.AccountId', 'String'),
    '$.AccountId',
    /no such path/,
  ],
  [
    'another type than the answer has',
    selecting('sts', 'GetCallerIdentity', '', '$.Account', 'Integer'),
    '$.Account',
    /gives a String/,
  ],
  ['one of a list', selecting('ec2', 'DescribeVpcs', '', '$.Vpcs[0].IsDefault', 'Boolean')],
  [
    'a child of a list',
    selecting('ec2', 'DescribeVpcs', '', '$.Vpcs.VpcId', 'String'),
    '$.Vpcs.VpcId',
    /no such path/,
  ],
  ['a scan', selecting('ec2', 'DescribeVpcs', '', '$.Vpcs..VpcId', 'StringList')],
  [
    'a scan of maps taken for texts',
    selecting('ec2', 'DescribeVpcs', '', '$..Tags', 'StringList'),
    '$..Tags',
    /list of list of structure/,
  ],
  [
    'a scan that finds nothing',
    selecting('ec2', 'DescribeVpcs', '', '$..VpcName', 'StringList'),
    '$..VpcName',
    /no such path/,
  ],
  ['a list of maps', selecting('ec2', 'DescribeVpcs', '', '$.Vpcs', 'MapList')],
  [
    'an output of the wrong type for the next step',
    `${selecting('ec2', 'DescribeVpcs', '', '$.Vpcs..VpcId', 'StringList')}
- name: Next
  action: aws:executeAwsApi
  inputs: { Service: ec2, Api: DeleteVpc, VpcId: '{{ Call.Found }}' }`,
    'VpcId',
    /is a StringList/,
  ],
  [
    'a wait for a path that the answer lacks',
    watching('$.DBInstances[0].Status', 'available'),
    '$.DBInstances[0].Status',
    /no such path/,
  ],
  ['a wait for a list', watching('$.DBInstances', 'available'), '$.DBInstances', /one value is wanted/],
  [
    'a wait for a Boolean in small letters',
    watching('$.DBInstances[0].MultiAZ', 'true'),
    'DesiredValues',
    /none of True, False/,
  ],
  [
    'a wait for no enum of the model',
    watching('$.LoadBalancers[0].State.Code', 'up', 'elbv2', 'DescribeLoadBalancers'),
    'DesiredValues',
    /none of active/,
  ],
  ['a step in a loop', loop('String', 'GroupID: g'), 'GroupID', /no such member/],
  ["a loop's value of the type", loop('String', "GroupId: '{{ Walk.CurrentIteratorValue }}'")],
  [
    "a loop's value of another type",
    loop('StringMap', "GroupId: '{{ Walk.CurrentIteratorValue }}'"),
    'GroupId',
    /is a StringMap/,
  ],
  ["a loop's count", loop('String', "GroupId: '{{ Walk.CurrentIteration }}'"), 'GroupId', /is a Integer/],
];

describe('the check itself', () => {
  let complaints: readonly Complaint[];
  beforeAll(() => {
    complaints = complaintsAbout(
      cases.map(([situation, text]) => [situation, loadDocument(steps(text, parameters), situation)]),
    );
  }, 120_000);

  test.each(cases.map(([situation, , ...expected]) => ({ situation, expected })))(
    '$situation',
    ({ situation, expected: [at, problem] }) => {
      const said = complaints.filter(({ document }) => document === situation);
      const expected = problem && [{ document: situation, at, problem: expect.stringMatching(problem) }];
      expect(said).toMatchObject(expected ?? []);
    },
  );
});

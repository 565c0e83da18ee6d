/** What AWS Config has of deployed packs, in a report beside what is judged live: moto's account, and a server that speaks AWS Config's protocol. */
import { json } from 'node:stream/consumers';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { resultsSchema } from '../../report/schema.ts';
import { groundrules } from '../support/command.ts';
import { type Loopback, serve } from '../support/loopback.ts';
import { MOTO_ACCOUNT, useMoto } from './support/moto.ts';

jest.setTimeout(120_000);
const moto = useMoto();

const PACK = 'groundrules-workloads';
const named = (control: string) => `${control}-conformance-pack-n0q8yfwsp`;
const AT = 1_795_000_000;
interface Row {
  readonly control: string;
  readonly type: string;
  readonly id: string;
  readonly compliance: string;
  readonly annotation?: string;
}
const resultOf = ({ control, type, id, compliance, annotation }: Row) => ({
  ComplianceType: compliance,
  EvaluationResultIdentifier: {
    EvaluationResultQualifier: { ConfigRuleName: named(control), ResourceType: type, ResourceId: id },
  },
  ResultRecordedTime: AT,
  ...(annotation && { Annotation: annotation }),
});

/** AWS Config with one pack, a result a page; what it was asked. */
let rows: readonly Row[] = [];
let without: readonly string[] = [];
let parameters = '{}';
let refuse: string | undefined;
let asked: string[] = [];
let config: Loopback;
const page = <T>(all: readonly T[], token: unknown) => {
  const at = Number(token ?? 0);
  return { items: all.slice(at, at + 1), ...(at + 1 < all.length && { NextToken: String(at + 1) }) };
};
const answers: Record<string, (input: Record<string, unknown>) => object> = {
  DescribeConformancePacks: () => ({
    ConformancePackDetails: [
      { ConformancePackName: PACK, ConformancePackId: 'x', ConformancePackArn: 'arn' },
      { ConformancePackName: 'somebody-elses', ConformancePackId: 'y', ConformancePackArn: 'arn' },
    ],
  }),
  DescribeConformancePackCompliance: ({ ConformancePackName, NextToken }) => {
    expect(ConformancePackName).toBe(PACK);
    const names = [...new Set([...rows.map(({ control }) => control), ...without])];
    const { items, ...more } = page(names, NextToken);
    return {
      ConformancePackName,
      ConformancePackRuleComplianceList: items.map((control) => ({ ConfigRuleName: named(control) })),
      ...more,
    };
  },
  GetConformancePackComplianceDetails: ({ ConformancePackName, NextToken }) => {
    const { items, ...more } = page(rows.map(resultOf), NextToken);
    return { ConformancePackName, ConformancePackRuleEvaluationResults: items, ...more };
  },
  DescribeConfigRules: ({ ConfigRuleNames }) => ({
    ConfigRules: (ConfigRuleNames as string[]).map((ConfigRuleName) => ({
      ConfigRuleName,
      InputParameters: parameters,
    })),
  }),
  DescribeAggregateComplianceByConfigRules: ({ NextToken }) => {
    const names = [...new Set(rows.map(({ control }) => control)), 'not-ours'];
    const { items, ...more } = page(names, NextToken);
    return {
      AggregateComplianceByConfigRules: items.map((control) => ({
        ConfigRuleName: named(control),
        AccountId: '222233334444',
        AwsRegion: 'eu-west-1',
        Compliance: { ComplianceType: 'NON_COMPLIANT' },
      })),
      ...more,
    };
  },
  GetAggregateComplianceDetailsByConfigRule: ({ ConfigRuleName, NextToken }) => {
    const { items, ...more } = page(
      rows.filter(({ control }) => named(control) === ConfigRuleName).map(resultOf),
      NextToken,
    );
    return { AggregateEvaluationResults: items, ...more };
  },
};
beforeAll(async () => {
  config = await serve(async (incoming, outgoing) => {
    const api = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    asked.push(api);
    const input = (await json(incoming)) as Record<string, unknown>;
    if (api === refuse) {
      outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      outgoing.end(JSON.stringify({ __type: 'AccessDeniedException', message: 'no' }));
      return;
    }
    outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    outgoing.end(JSON.stringify(answers[api]?.(input)));
  });
});
afterAll(() => config?.stop());
beforeEach(() => {
  [rows, without, parameters, refuse, asked] = [[], [], '{}', undefined, []];
});

async function openGroup(): Promise<string> {
  const ec2 = new EC2Client(moto.client());
  const made = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'office', Description: '-' }));
  const IpPermissions = [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
  ];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: made.GroupId, IpPermissions }));
  return made.GroupId ?? '';
}
const run = (...args: string[]) =>
  groundrules(['evaluate', '--region', 'us-east-1', ...args], {
    env: { ...moto.environment(), AWS_ENDPOINT_URL_CONFIG_SERVICE: config.endpoint },
  });
async function report(...args: string[]) {
  const { stdout, stderr } = await run(...args, '--format', 'json');
  expect(stderr).not.toMatch(/error/i);
  return resultsSchema.parse(JSON.parse(stdout));
}
const group = (id: string, compliance: string): Row => ({
  ...{ control: 'sg-open-ports', type: 'AWS::EC2::SecurityGroup', id, compliance },
});
const LIVE = ['--live', '--from-config', '--rule', 'sg-open-ports'];

test('managed rules and process checks come from AWS Config, with the time; what is judged here is judged once', async () => {
  const id = await openGroup();
  rows = [
    group(id, 'NON_COMPLIANT'),
    {
      ...{ control: 'root-no-access-keys', type: 'AWS::::Account', id: MOTO_ACCOUNT },
      ...{ compliance: 'NON_COMPLIANT', annotation: 'root has a key' },
    },
  ];
  without = ['budget-review'];
  const { results, controls, rules } = await report(...LIVE);
  const about = (rule: string) => results.filter((one) => one.rule === rule);
  expect(about('root-no-access-keys')).toEqual([
    expect.objectContaining({
      ...{
        compliance: 'NON_COMPLIANT',
        severity: 'CRITICAL',
        annotation: 'root has a key',
        region: 'us-east-1',
      },
      ...{ recordedAt: new Date(AT * 1000).toISOString(), page: 'docs/packs.md', fix: null, findings: [] },
    }),
  ]);
  expect(about('sg-open-ports').filter(({ resourceId }) => resourceId === id)).toHaveLength(1);
  expect(about('sg-open-ports').find(({ resourceId }) => resourceId === id)?.stored).toBeUndefined();
  expect(rules).toContain('root-no-access-keys');
  expect(controls.judged).toBeGreaterThanOrEqual(2);
});

test('a rule without a result is not applicable, and says that nobody knows more', async () => {
  without = ['root-no-access-keys'];
  const { results } = await report(...LIVE);
  expect(results.find(({ rule }) => rule === 'root-no-access-keys')).toMatchObject({
    compliance: 'NOT_APPLICABLE',
    annotation: 'AWS Config has no result: nothing is in its scope, or it has not been evaluated',
  });
});

test('a verdict that differs from the one here says so, and why', async () => {
  const id = await openGroup();
  const storedOf = async () =>
    (await report(...LIVE)).results.find(({ resourceId }) => resourceId === id)?.stored;
  const recordedAt = new Date(AT * 1000).toISOString();
  rows = [group(id, 'COMPLIANT')];
  expect(await storedOf()).toEqual({ compliance: 'COMPLIANT', recordedAt, why: 'older' });
  parameters = '{"allowedTcpPorts":"22"}';
  expect(await storedOf()).toEqual({ compliance: 'COMPLIANT', recordedAt, why: 'parameters' });
  [rows, without, parameters] = [[], ['sg-open-ports'], '{}'];
  expect(await storedOf()).toEqual({ compliance: null, recordedAt: null, why: 'noResult' });
  rows = [group(id, 'COMPLIANT')];
  expect((await run(...LIVE)).stdout.replace(/\s+/g, ' ')).toContain('AWS Config has COMPLIANT, recorded at');
});

test('an aggregator has the results of all accounts, of our controls alone', async () => {
  rows = [group('sg-1', 'NON_COMPLIANT'), group('sg-2', 'COMPLIANT')];
  const { accountIds, results, summary } = await report('--aggregator', 'groundrules');
  expect(accountIds).toEqual(['222233334444']);
  expect(results.map(({ resourceId, region, compliance }) => [resourceId, region, compliance])).toEqual([
    ['sg-1', 'eu-west-1', 'NON_COMPLIANT'],
    ['sg-2', 'eu-west-1', 'COMPLIANT'],
  ]);
  expect(summary).toMatchObject({ nonCompliant: 1, compliant: 1, errors: 0, failing: 1 });
});

test('an answer that is refused ends the run before anything is judged, and names what is missing', async () => {
  refuse = 'GetConformancePackComplianceDetails';
  const { status, stderr, stdout } = await run(...LIVE);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/AWS Config in us-east-1: .*config:GetConformancePackComplianceDetails/);
});

test.each([
  [['--from-config'], '--from-config asks the AWS Config of the live account'],
  [['--aggregator', 'a', '--live'], '--aggregator reports what AWS Config has'],
])('%p is refused', async (args, message) => {
  const { status, stderr } = await run(...args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

import {
  ConfigServiceClient,
  DescribeConformancePacksCommand,
  GetComplianceDetailsByConfigRuleCommand,
  GetConformancePackComplianceDetailsCommand,
} from '@aws-sdk/client-config-service';
import { checkReader, deployedChecks } from '../../../config/attestations/process-checks.ts';
import { ACCOUNT, checkRule, configWorld, named, refused, result } from './support.ts';

const client = new ConfigServiceClient({ region: 'eu-west-1' });
const PLAN = named('incident-response-plan');
const plan = { control: 'incident-response-plan', ruleName: PLAN, accountId: ACCOUNT };
const AT = '2026-11-01T00:00:00Z';

test('finds the process checks of every pack, on every page, and nothing else', async () => {
  configWorld({
    rules: [
      [
        checkRule(PLAN),
        checkRule(named('s3-public'), { Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier: 'arn' } }),
      ],
      [
        checkRule(named('incident-response-plan', 'conformance-pack-abcdefghi')),
        checkRule(named('root-mfa'), {
          Source: { Owner: 'AWS', SourceIdentifier: 'ROOT_ACCOUNT_MFA_ENABLED' },
        }),
        checkRule(named('support-plan'), { ConfigRuleState: 'DELETING' }),
        checkRule('process-check-without-a-pack'),
        // A name that has the suffix's words inside.
        checkRule(named('my-conformance-pack-check')),
      ],
    ],
  });
  expect(await deployedChecks(client)).toEqual([
    { ...plan, ruleName: named('incident-response-plan', 'conformance-pack-abcdefghi') },
    plan,
    { ...plan, control: 'my-conformance-pack-check', ruleName: named('my-conformance-pack-check') },
  ]);
});

test('there may be none', async () => {
  configWorld({ rules: [[]] });
  expect(await deployedChecks(client)).toEqual([]);
});

describe('a result', () => {
  test('is what AWS Config has for the account, the newest of it', async () => {
    const other = result(PLAN, 'COMPLIANT', 'of a bucket', '2027-01-01T00:00:00Z');
    configWorld({
      rules: [],
      results: {
        [PLAN]: [
          result(PLAN, 'NON_COMPLIANT', 'newer', '2026-11-02T00:00:00Z'),
          result(PLAN, 'COMPLIANT', 'older', AT),
          {
            ...other,
            EvaluationResultIdentifier: {
              ...other.EvaluationResultIdentifier,
              EvaluationResultQualifier: {
                ConfigRuleName: PLAN,
                ResourceType: 'AWS::S3::Bucket',
                ResourceId: 'b',
              },
            },
          },
        ],
      },
    });
    expect(await checkReader(client)(plan)).toEqual({
      kind: 'recorded',
      recorded: { compliance: 'NON_COMPLIANT', annotation: 'newer', at: new Date('2026-11-02T00:00:00Z') },
    });
  });

  test('NOT_APPLICABLE is asked for, too', async () => {
    const { config } = configWorld({
      rules: [],
      results: { [PLAN]: [result(PLAN, 'NOT_APPLICABLE', undefined, AT)] },
    });
    expect(await checkReader(client)(plan)).toMatchObject({
      recorded: { compliance: 'NOT_APPLICABLE', annotation: '' },
    });
    expect(
      config.commandCalls(GetComplianceDetailsByConfigRuleCommand)[0]?.args[0].input.ComplianceTypes,
    ).toEqual(['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE']);
  });

  test('none is none', async () => {
    configWorld({ rules: [] });
    expect(await checkReader(client)(plan)).toEqual({ kind: 'nothing' });
  });

  test('INSUFFICIENT_DATA is none', async () => {
    configWorld({ rules: [], results: { [PLAN]: [result(PLAN, 'INSUFFICIENT_DATA', undefined, AT)] } });
    expect(await checkReader(client)(plan)).toEqual({ kind: 'nothing' });
  });
});

describe('where AWS Config keeps the results of a service-linked rule', () => {
  const OTHER = named('support-plan');
  const other = { ...plan, control: 'support-plan', ruleName: OTHER };

  test('they come from the pack, which is asked once', async () => {
    const { config } = configWorld({
      rules: [],
      results: {
        [PLAN]: [result(PLAN, 'COMPLIANT', 'until 2027-01-01; by a; e', AT)],
        [OTHER]: [result(OTHER, 'NON_COMPLIANT', 'not met 2026-01-01; by a; e', AT)],
      },
      isRefused: () => true,
    });
    const read = checkReader(client);
    expect(await read(plan)).toMatchObject({ recorded: { compliance: 'COMPLIANT', at: new Date(AT) } });
    expect(await read(other)).toMatchObject({ recorded: { compliance: 'NON_COMPLIANT' } });
    expect(config.commandCalls(DescribeConformancePacksCommand)).toHaveLength(1);
    expect(config.commandCalls(GetConformancePackComplianceDetailsCommand)).toHaveLength(1);
  });

  test('what the pack does not show may be NOT_APPLICABLE', async () => {
    configWorld({
      rules: [],
      results: { [PLAN]: [result(PLAN, 'NOT_APPLICABLE', 'x', AT)] },
      isRefused: () => true,
    });
    expect(await checkReader(client)(plan)).toEqual({
      kind: 'not shown',
      why: expect.stringMatching(
        /GetComplianceDetailsByConfigRule was refused \(AccessDeniedException\).*groundrules-attestations/,
      ),
    });
  });

  test('a pack that is not there any more leaves the refusal', async () => {
    configWorld({ rules: [], isRefused: () => true });
    const gone = { ...plan, ruleName: named('incident-response-plan', 'conformance-pack-gone12345') };
    await expect(checkReader(client)(gone)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('throttling is no refusal', async () => {
    const { config } = configWorld({ rules: [] });
    config.on(GetComplianceDetailsByConfigRuleCommand).rejects(refused('ThrottlingException'));
    await expect(checkReader(client)(plan)).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(config.commandCalls(DescribeConformancePacksCommand)).toHaveLength(0);
  });
});

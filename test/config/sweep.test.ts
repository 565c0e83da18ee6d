import {
  DescribeConformancePacksCommand,
  GetComplianceDetailsByConfigRuleCommand,
  GetConformancePackComplianceDetailsCommand,
} from '@aws-sdk/client-config-service';
import type { AnyRule } from '../../rules/rule.ts';
import { denied } from '../support/memory.ts';
import type { Json } from './support/items.ts';
import {
  CREATED,
  closedGroups,
  described,
  GROUPS,
  lambda,
  lambdaEvent,
  scheduled,
} from './support/lambda.ts';

const PACK_RULE = 'closed-groups-conformance-pack-n0q8yfwsp';

/** A result that AWS Config has from an earlier run. */
const result = (id: string, more: { type?: string; at?: string; mode?: string; rule?: string } = {}) => ({
  EvaluationResultIdentifier: {
    EvaluationResultQualifier: {
      ConfigRuleName: more.rule ?? 'closed-groups',
      ResourceType: more.type ?? 'AWS::EC2::SecurityGroup',
      ResourceId: id,
      EvaluationMode: (more.mode ?? 'DETECTIVE') as 'DETECTIVE',
    },
    OrderingTimestamp: new Date(more.at ?? '2026-11-20T00:00:00Z'),
  },
  ComplianceType: 'COMPLIANT' as const,
});

const error = (name: string) => Object.assign(new Error(`${name} it is`), { name });
const readings: Json = { [GROUPS]: { SecurityGroups: [described('sg-1'), described('sg-2', '0.0.0.0/0')] } };
const found = ['sg-1 COMPLIANT', 'sg-2 NON_COMPLIANT'];

test('a resource that vanished since the last run is NOT_APPLICABLE, and only that', async () => {
  const { handler, config, puts, reported } = lambda(readings);
  config
    .on(GetComplianceDetailsByConfigRuleCommand)
    .resolvesOnce({ EvaluationResults: [result('sg-1'), result('sg-gone')] as never, NextToken: 'next' })
    .resolves({ EvaluationResults: [result('sg-2'), result('sg-also-gone')] as never });

  expect(await handler(lambdaEvent(scheduled))).toMatchObject({ notApplicable: 2, vanished: 2 });
  expect(reported()).toEqual([...found, 'sg-gone NOT_APPLICABLE', 'sg-also-gone NOT_APPLICABLE']);
  expect(new Set(puts().map(({ ResultToken }) => ResultToken))).toEqual(new Set(['token-1']));
  expect(
    new Set(
      puts().flatMap(({ Evaluations = [] }) =>
        Evaluations.map((one) => one.OrderingTimestamp?.toISOString()),
      ),
    ),
  ).toEqual(new Set([CREATED]));
  const [first, second] = config
    .commandCalls(GetComplianceDetailsByConfigRuleCommand)
    .map(({ args: [{ input }] }) => input);
  expect(first).toMatchObject({
    ConfigRuleName: 'closed-groups',
    ComplianceTypes: ['COMPLIANT', 'NON_COMPLIANT'],
    Limit: 100,
  });
  expect(second).toMatchObject({ NextToken: 'next' });
});

const kept: [string, ReturnType<typeof result>][] = [
  ['that was judged meanwhile, by a change', result('sg-new', { at: '2026-11-21T23:00:00Z' })],
  ['of a type that the rule does not report on', result('i-1', { type: 'AWS::EC2::Instance' })],
  ['of a resource that was only proposed', result('sg-proposed', { mode: 'PROACTIVE' })],
];
test.each(kept)('a result %s is left alone', async (_situation, one) => {
  const { handler, config, reported } = lambda(readings);
  config.on(GetComplianceDetailsByConfigRuleCommand).resolves({ EvaluationResults: [one] as never });
  await handler(lambdaEvent(scheduled));
  expect(reported()).toEqual(found);
});

test('a resource that could not be judged is not gone', async () => {
  const withList = described('sg-3');
  withList.IpPermissions = [
    { ...described('', '10.0.0.0/8').IpPermissions[0], PrefixListIds: [{ PrefixListId: 'pl-1' }] } as never,
  ];
  const { handler, config, reported } = lambda({ [GROUPS]: { SecurityGroups: [withList] } });
  config
    .on(GetComplianceDetailsByConfigRuleCommand)
    .resolves({ EvaluationResults: [result('sg-3'), result('sg-gone')] as never });
  await expect(handler(lambdaEvent(scheduled))).rejects.toMatchObject({ code: 'IncompleteEvaluation' });
  expect(reported()).toEqual(['sg-gone NOT_APPLICABLE']);
});

test('a run that could not list its resources sweeps nothing away', async () => {
  const { handler, config, puts } = lambda({ [GROUPS]: denied });
  await expect(handler(lambdaEvent(scheduled))).rejects.toMatchObject({ code: 'IncompleteEvaluation' });
  expect(config.commandCalls(GetComplianceDetailsByConfigRuleCommand)).toEqual([]);
  expect(puts()).toEqual([]);
});

test('a dry run sweeps nothing away', async () => {
  const { handler, config, reported } = lambda(readings);
  await handler(lambdaEvent(scheduled, { resultToken: 'TESTMODE' }));
  expect(config.commandCalls(GetComplianceDetailsByConfigRuleCommand)).toEqual([]);
  expect(reported()).toEqual(found);
});

describe.each(['AccessDeniedException', 'NoSuchConfigRuleException'])(
  'a rule of a conformance pack (%s)',
  (refusal) => {
    function inPack(configRuleName = PACK_RULE, rule: AnyRule = closedGroups) {
      const function_ = lambda(readings, { rule });
      function_.config.on(GetComplianceDetailsByConfigRuleCommand).rejects(error(refusal));
      function_.config
        .on(DescribeConformancePacksCommand)
        .resolvesOnce({
          ConformancePackDetails: [
            { ConformancePackName: 'other', ConformancePackId: 'conformance-pack-000000000' },
          ] as never,
          NextToken: 'next',
        })
        .resolves({
          ConformancePackDetails: [
            { ConformancePackName: 'network', ConformancePackId: 'conformance-pack-n0q8yfwsp' },
          ] as never,
        });
      return { ...function_, run: () => function_.handler(lambdaEvent(scheduled, { configRuleName })) };
    }

    test('is looked up in its pack', async () => {
      const { run, config, reported, logged } = inPack();
      config
        .on(GetConformancePackComplianceDetailsCommand)
        .resolvesOnce({
          ConformancePackRuleEvaluationResults: [
            result('sg-1', { rule: PACK_RULE }),
            result('sg-gone', { rule: PACK_RULE }),
          ] as never,
          NextToken: 'next',
        })
        .resolves({
          ConformancePackRuleEvaluationResults: [result('sg-of-another-rule', { rule: 'x' })] as never,
        });
      await run();
      expect(reported()).toEqual([...found, 'sg-gone NOT_APPLICABLE']);
      expect(config.commandCalls(GetConformancePackComplianceDetailsCommand)[0]?.args[0].input).toMatchObject(
        {
          ConformancePackName: 'network',
          Filters: { ConfigRuleNames: [PACK_RULE] },
          Limit: 100,
        },
      );
      expect(logged.filter(({ level }) => level === 'warn')).toEqual([]);
    });

    test('whose name is too long for the filter is picked from all of the pack', async () => {
      const name = `${'x'.repeat(60)}-conformance-pack-n0q8yfwsp`;
      const { run, config, reported } = inPack(name);
      config.on(GetConformancePackComplianceDetailsCommand).resolves({
        ConformancePackRuleEvaluationResults: [
          result('sg-gone', { rule: name }),
          result('sg-other'),
        ] as never,
      });
      await run();
      expect(reported()).toEqual([...found, 'sg-gone NOT_APPLICABLE']);
      expect(
        config.commandCalls(GetConformancePackComplianceDetailsCommand)[0]?.args[0].input,
      ).not.toHaveProperty('Filters');
    });

    test('whose pack is not to be read goes on with a warning', async () => {
      const { run, config, reported, logged } = inPack();
      config.on(GetConformancePackComplianceDetailsCommand).rejects(error('AccessDeniedException'));
      await run();
      expect(reported()).toEqual(found);
      expect(logged.filter(({ level }) => level === 'warn')).toMatchObject([
        { details: { code: 'AccessDeniedException', configRuleName: PACK_RULE } },
      ]);
    });

    test('in no pack goes on with a warning', async () => {
      const { run, reported, logged, config } = inPack('closed-groups');
      await run();
      expect(reported()).toEqual(found);
      expect(logged.filter(({ level }) => level === 'warn')).toMatchObject([{ details: { code: refusal } }]);
      expect(config.commandCalls(DescribeConformancePacksCommand)).toEqual([]);
    });
  },
);

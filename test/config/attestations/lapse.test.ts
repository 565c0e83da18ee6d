import {
  ConfigServiceClient,
  DescribeConfigRulesCommand,
  GetComplianceDetailsByConfigRuleCommand,
  PutExternalEvaluationCommand,
} from '@aws-sdk/client-config-service';
import { lapseHandler } from '../../../config/attestations/lapse.ts';
import { ACCOUNT, checkRule, configWorld, named, refused, result, type World } from './support.ts';

const NOW = new Date('2026-11-20T00:17:00Z');
const reviewDays = { plan: 365, drill: 90, phone: 180 };
const silent = { info() {}, warn() {} };
const lapse = (env: Record<string, string> = {}) =>
  lapseHandler({
    client: new ConfigServiceClient({ region: 'eu-west-1' }),
    reviewDays,
    now: () => NOW,
    log: silent,
    env,
  });

/** Process checks of these controls, each with one result. */
const worldOf = (
  checks: Record<string, [compliance: string, annotation: string, at?: string] | undefined>,
): World => ({
  rules: [Object.keys(checks).map((control) => checkRule(named(control)))],
  results: Object.fromEntries(
    Object.entries(checks).flatMap(([control, recorded]) =>
      recorded
        ? [
            [
              named(control),
              [result(named(control), recorded[0], recorded[1], recorded[2] ?? '2026-01-01T00:00:00Z')],
            ],
          ]
        : [],
    ),
  ),
});

type Recorded = [string, string, string?];
const lapsing: [situation: string, recorded: Recorded, annotation: string][] = [
  [
    'whose date was yesterday',
    ['COMPLIANT', 'until 2026-11-19; by Admin/alice; https://wiki/plan'],
    'lapsed 2026-11-19; by Admin/alice; https://wiki/plan',
  ],
  ['that is not applicable', ['NOT_APPLICABLE', 'until 2026-01-01; by a; e'], 'lapsed 2026-01-01; by a; e'],
  [
    'from the console, whose review interval is over',
    ['COMPLIANT', 'done', '2026-08-01T00:00:00Z'],
    'lapsed 2026-10-30; by not recorded; done',
  ],
  [
    'without a word',
    ['COMPLIANT', '', '2026-08-01T00:00:00Z'],
    'lapsed 2026-10-30; by not recorded; no evidence recorded',
  ],
];
test.each(lapsing)(
  'an attestation %s is NON_COMPLIANT from now on',
  async (_situation, recorded, annotation) => {
    const { puts } = configWorld(worldOf({ drill: recorded }));
    expect(await lapse()()).toEqual({ checks: 1, lapsed: 1, unattested: 0, couldNotTell: 0 });
    expect(puts()).toEqual([
      {
        ConfigRuleName: named('drill'),
        ExternalEvaluation: {
          ComplianceResourceType: 'AWS::::Account',
          ComplianceResourceId: ACCOUNT,
          ComplianceType: 'NON_COMPLIANT',
          Annotation: annotation,
          OrderingTimestamp: NOW,
        },
      },
    ]);
  },
);

const kept: [situation: string, recorded: Recorded | undefined][] = [
  ['that holds today still', ['COMPLIANT', 'until 2026-11-20; by a; e']],
  ['that has lapsed and is NON_COMPLIANT already', ['NON_COMPLIANT', 'lapsed 2026-01-01; by a; e']],
  ['that says NON_COMPLIANT itself', ['NON_COMPLIANT', 'not met 2026-01-01; by a; e']],
  ['from the console, within the review interval', ['COMPLIANT', 'done', '2026-11-01T00:00:00Z']],
  ['that nobody has given', undefined],
];
test.each(kept)('an attestation %s is left alone', async (_situation, recorded) => {
  const { puts } = configWorld(worldOf({ drill: recorded }));
  expect(await lapse()()).toMatchObject({ checks: 1, lapsed: 0, unattested: 0 });
  expect(puts()).toEqual([]);
});

test('process checks that are not ours are not even read', async () => {
  const { config, puts } = configWorld(worldOf({ theirs: ['COMPLIANT', 'until 2020-01-01; by a; e'] }));
  expect(await lapse()()).toMatchObject({ checks: 0 });
  expect(config.commandCalls(GetComplianceDetailsByConfigRuleCommand)).toEqual([]);
  expect(puts()).toEqual([]);
});

describe('what nobody has attested', () => {
  const annotation = 'not met 2026-11-20; by groundrules; nobody has attested it yet';

  test('is NON_COMPLIANT where the settings say so', async () => {
    const { puts } = configWorld(
      worldOf({ drill: undefined, plan: ['COMPLIANT', 'until 2027-01-01; by a; e'] }),
    );
    expect(await lapse({ GROUNDRULES_UNATTESTED: 'NON_COMPLIANT' })()).toMatchObject({
      checks: 2,
      unattested: 1,
      lapsed: 0,
    });
    expect(puts()).toMatchObject([
      { ConfigRuleName: named('drill'), ExternalEvaluation: { Annotation: annotation } },
    ]);
  });

  test('is left alone where AWS Config may only not show it', async () => {
    const { puts } = configWorld({ ...worldOf({ drill: undefined }), isRefused: () => true });
    expect(await lapse({ GROUNDRULES_UNATTESTED: 'NON_COMPLIANT' })()).toMatchObject({
      couldNotTell: 1,
      unattested: 0,
    });
    expect(puts()).toEqual([]);
  });

  test('a setting that there is not is an error, before anything is set', async () => {
    const { puts } = configWorld(worldOf({ drill: ['COMPLIANT', 'until 2020-01-01; by a; e'] }));
    await expect(lapse({ GROUNDRULES_UNATTESTED: 'fail' })()).rejects.toThrow(
      /GROUNDRULES_UNATTESTED is fail/,
    );
    expect(puts()).toEqual([]);
  });
});

test('what lapsed is found by way of the pack, too', async () => {
  const { puts } = configWorld({
    ...worldOf({ drill: ['COMPLIANT', 'until 2026-11-19; by a; e'] }),
    isRefused: () => true,
  });
  expect(await lapse()()).toMatchObject({ lapsed: 1 });
  expect(puts()).toHaveLength(1);
});

test('one that cannot be read costs no other, and the run fails and names it', async () => {
  const lapsed: Recorded = ['COMPLIANT', 'until 2026-01-01; by a; e'];
  const { config, puts } = configWorld(worldOf({ drill: lapsed, phone: lapsed, plan: lapsed }));
  config
    .on(GetComplianceDetailsByConfigRuleCommand, { ConfigRuleName: named('phone') })
    .rejects(refused('InternalError'));
  await expect(lapse()()).rejects.toMatchObject({
    code: 'LapseError',
    message: expect.stringMatching(
      new RegExp(`^1 of 3 process checks failed: ${named('phone')} \\(InternalError: `),
    ),
  });
  expect(puts().map(({ ConfigRuleName }) => ConfigRuleName)).toEqual([named('drill'), named('plan')]);
});

test('one that cannot be set fails the run, too', async () => {
  const { config } = configWorld(worldOf({ drill: ['COMPLIANT', 'until 2026-01-01; by a; e'] }));
  config.on(PutExternalEvaluationCommand).rejects(refused('NoSuchConfigRuleException'));
  await expect(lapse()()).rejects.toThrow(/1 of 1 .*NoSuchConfigRuleException/);
});

test('rules that cannot be listed fail the run', async () => {
  const { config } = configWorld({ rules: [] });
  config.on(DescribeConfigRulesCommand).rejects(refused());
  await expect(lapse()()).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

import { GetComplianceDetailsByConfigRuleCommand } from '@aws-sdk/client-config-service';
import {
  ACCOUNT,
  checkRule,
  configWorld,
  named,
  refused,
  result,
  type World,
} from '../../config/attestations/support.ts';
import { attest } from './support.ts';

const PLAN = named('incident-response-plan');
const SECOND = named('incident-response-plan', 'conformance-pack-abcdefghi');

describe('how things stand', () => {
  const controls = [
    'root-dual-control',
    'incident-response-plan',
    'support-plan',
    'shared-responsibility',
    's3-presigned-url',
  ] as const;
  const annotations = [
    ['COMPLIANT', 'until 2026-12-01; by a; soon'],
    ['COMPLIANT', 'until 2027-06-01; by a; https://wiki/plan'],
    ['NON_COMPLIANT', 'lapsed 2026-10-01; by b; old'],
    ['NON_COMPLIANT', 'not met 2026-10-01; by b; no'],
    undefined,
  ] as const;
  const all = (count: number): World => ({
    rules: [
      controls.slice(0, count).map((control) => checkRule(named(control))),
      [checkRule(named('of-another-pack'))],
    ],
    results: Object.fromEntries(
      controls.slice(0, count).flatMap((control, index) => {
        const recorded = annotations[index];
        return recorded
          ? [[named(control), [result(named(control), recorded[0], recorded[1], '2026-09-01T00:00:00Z')]]]
          : [];
      }),
    ),
  });

  test('is listed worst first, with what is left out', async () => {
    configWorld(all(5));
    const { status, text } = await attest(undefined, { status: true });
    expect(status).toBe(1);
    expect(text).toBe(
      [
        'STATE           CONTROL                 UNTIL       BY  EVIDENCE',
        'lapsed          support-plan            2026-10-01  b   old',
        'not met         shared-responsibility               b   no',
        'unattested      s3-presigned-url',
        'about to lapse  root-dual-control       2026-12-01  a   soon',
        'attested        incident-response-plan  2027-06-01  a   https://wiki/plan',
        '',
        '1 lapsed, 1 not met, 1 unattested, 1 about to lapse, 1 attested',
        `account ${ACCOUNT}, eu-west-1`,
        '1 process check of other packs is left out',
        '38 process checks of the catalogue are not deployed here',
        '',
      ].join('\n'),
    );
  });

  const statuses: [count: number, refusedAll: boolean, status: number][] = [
    [1, false, 0],
    [2, false, 0],
    [3, false, 1],
    [5, false, 1],
    [2, true, 0],
    [5, true, 2],
  ];
  test.each(statuses)(
    'the first %i of them, refused: %s: exit status %i',
    async (count, isRefused, status) => {
      configWorld({ ...all(count), isRefused: () => isRefused });
      expect(await attest(undefined, { status: true })).toMatchObject({ status });
    },
  );

  test('--lapsing says how early', async () => {
    configWorld(all(2));
    const { text } = await attest(undefined, { status: true, lapsing: '10', format: 'json' });
    expect(JSON.parse(text).summary).toMatchObject({ attested: 2, 'about to lapse': 0 });
  });

  test.each([
    ['support-plan', true],
    [undefined, 'support-plan'],
  ] as const)('of one control alone (%s, --status %s)', async (control, status) => {
    configWorld(all(5));
    const { text } = await attest(control, { status, format: 'json' });
    expect(JSON.parse(text).checks).toEqual([
      {
        control: 'support-plan',
        ruleName: named('support-plan'),
        state: 'lapsed',
        compliance: 'NON_COMPLIANT',
        by: 'b',
        evidence: 'old',
        until: '2026-10-01',
      },
    ]);
  });

  test('what is not applicable says so', async () => {
    configWorld({
      rules: [[checkRule(PLAN)]],
      results: {
        [PLAN]: [
          result(PLAN, 'NOT_APPLICABLE', 'until 2027-06-01; by a; no partner', '2026-11-01T00:00:00Z'),
        ],
      },
    });
    const { status, text } = await attest(undefined, { status: true });
    expect(status).toBe(0);
    expect(text).toMatch(/^attested +incident-response-plan +2027-06-01 +NOT_APPLICABLE +a +no partner$/m);
  });

  test('one that cannot be read is exit status 2, and costs no other', async () => {
    const { config } = configWorld(all(2));
    config
      .on(GetComplianceDetailsByConfigRuleCommand, { ConfigRuleName: PLAN })
      .rejects(refused('InternalError'));
    const { status, text } = await attest(undefined, { status: true });
    expect(status).toBe(2);
    expect(text).toMatch(
      /^could not tell +incident-response-plan +config:GetComplianceDetailsByConfigRule: /m,
    );
    expect(text).toMatch(/^about to lapse +root-dual-control/m);
  });

  test('two packs with the same control are told apart, and what was not ours is marked', async () => {
    configWorld({
      rules: [[checkRule(PLAN), checkRule(SECOND)]],
      results: { [PLAN]: [result(PLAN, 'COMPLIANT', 'by hand', '2026-11-01T00:00:00Z')] },
    });
    const { text } = await attest(undefined, { status: true });
    expect(text).toMatch(/^unattested +incident-response-plan +abcdefghi$/m);
    expect(text).toMatch(/^attested +incident-response-plan +n0q8yfwsp +2027-11-01 \(\?\) +by hand$/m);
    expect(text).toContain('(?) not attested with Groundrules');
  });
});

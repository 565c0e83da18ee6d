import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutExternalEvaluationCommand } from '@aws-sdk/client-config-service';
import {
  ACCOUNT,
  checkRule,
  configWorld,
  named,
  refused,
  type World,
} from '../../config/attestations/support.ts';
import { attest, NOW } from './support.ts';

const PLAN = named('incident-response-plan');
const SECOND = named('incident-response-plan', 'conformance-pack-abcdefghi');
const world = (...rules: string[]): World => ({ rules: [rules.map((rule) => checkRule(rule))] });

describe('recording', () => {
  const said: [situation: string, options: object, compliance: string, annotation: string][] = [
    [
      'for the whole review interval',
      { evidence: 'https://wiki/plan' },
      'COMPLIANT',
      'until 2027-11-20; by Admin/alice; https://wiki/plan',
    ],
    [
      'up to a date',
      { evidence: 'e', until: '2026-12-31' },
      'COMPLIANT',
      'until 2026-12-31; by Admin/alice; e',
    ],
    ['for today', { evidence: 'e', until: '2026-11-20' }, 'COMPLIANT', 'until 2026-11-20; by Admin/alice; e'],
    [
      'up to the latest date',
      { evidence: 'e', until: '2027-11-20' },
      'COMPLIANT',
      'until 2027-11-20; by Admin/alice; e',
    ],
    [
      'as not applicable',
      { evidence: 'e', status: 'NOT_APPLICABLE' },
      'NOT_APPLICABLE',
      'until 2027-11-20; by Admin/alice; e',
    ],
    [
      'as not met',
      { evidence: 'e', status: 'NON_COMPLIANT' },
      'NON_COMPLIANT',
      'not met 2026-11-20; by Admin/alice; e',
    ],
  ];
  test.each(said)('%s', async (_situation, options, ComplianceType, Annotation) => {
    const { puts } = configWorld(world(PLAN, named('support-plan')));
    const { status, text } = await attest('incident-response-plan', options);
    expect(status).toBe(0);
    expect(text).toContain(`incident-response-plan is ${ComplianceType}`);
    expect(text).toContain(`(account ${ACCOUNT}, eu-west-1): ${Annotation}\n  ${PLAN}\n`);
    expect(puts()).toEqual([
      {
        ConfigRuleName: PLAN,
        ExternalEvaluation: {
          ComplianceResourceType: 'AWS::::Account',
          ComplianceResourceId: ACCOUNT,
          ComplianceType,
          Annotation,
          OrderingTimestamp: NOW,
        },
      },
    ]);
  });

  test('in every pack that has the control', async () => {
    const { puts } = configWorld(world(PLAN, SECOND));
    expect(await attest('incident-response-plan', { evidence: 'e' })).toMatchObject({ status: 0 });
    expect(puts().map(({ ConfigRuleName }) => ConfigRuleName)).toEqual([SECOND, PLAN]);
  });

  test('in one pack out of two is exit status 2, and says which is missing and why', async () => {
    const { config } = configWorld(world(PLAN, SECOND));
    config.on(PutExternalEvaluationCommand, { ConfigRuleName: SECOND }).rejects(refused());
    const { status, text, notes } = await attest('incident-response-plan', { evidence: 'e' });
    expect(status).toBe(2);
    expect(notes).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${SECOND} was not set: config:PutExternalEvaluation: access denied .*Allow config:PutExternalEvaluation`,
        ),
      ),
    ]);
    expect(text).toContain(PLAN);
    expect(text).not.toContain(SECOND);
  });

  test('a long text is cut, and said so; the date stays', async () => {
    const { puts } = configWorld(world(PLAN));
    const { notes } = await attest('incident-response-plan', { evidence: 'the minutes of '.repeat(30) });
    expect(notes).toEqual([expect.stringContaining('the evidence was cut')]);
    expect(puts()[0]?.ExternalEvaluation?.Annotation).toMatch(
      /^until 2027-11-20; by Admin\/alice; the minutes .*…$/,
    );
  });

  test('a link that does not fit is refused: half of it leads nowhere', async () => {
    const { puts } = configWorld(world(PLAN));
    await expect(
      attest('incident-response-plan', { evidence: `https://wiki/${'x'.repeat(300)}` }),
    ).rejects.toThrow(/shorten it/);
    expect(puts()).toEqual([]);
  });

  test('as JSON', async () => {
    configWorld(world(PLAN));
    const { text } = await attest('incident-response-plan', { evidence: 'e', format: 'json' });
    expect(JSON.parse(text)).toEqual({
      schemaVersion: '1.0',
      control: 'incident-response-plan',
      compliance: 'COMPLIANT',
      annotation: 'until 2027-11-20; by Admin/alice; e',
      accountId: ACCOUNT,
      region: 'eu-west-1',
      recorded: [PLAN],
      failures: [],
    });
  });
});

const wrong: [situation: string, control: string | undefined, options: object, message: RegExp][] = [
  ['nothing at all', undefined, {}, /what is attested\?.*--status/],
  ['no evidence', 'incident-response-plan', {}, /--evidence is missing.*incident-response-plan is COMPLIANT/],
  ['evidence of spaces', 'incident-response-plan', { evidence: ' \n ' }, /--evidence is missing/],
  [
    'a date that is past',
    'incident-response-plan',
    { evidence: 'e', until: '2026-11-19' },
    /that is past \(today is 2026-11-20, in UTC\)/,
  ],
  [
    'a date beyond the review',
    'incident-response-plan',
    { evidence: 'e', until: '2027-11-21' },
    /every 365 days, so 2027-11-20 is the latest/,
  ],
  [
    'no date',
    'incident-response-plan',
    { evidence: 'e', until: 'tomorrow' },
    /expected a date such as 2027-11-20/,
  ],
  [
    'a day that there is not',
    'incident-response-plan',
    { evidence: 'e', until: '2027-02-30' },
    /expected a date/,
  ],
  [
    'until when it is not met',
    'incident-response-plan',
    { evidence: 'e', status: 'NON_COMPLIANT', until: '2026-12-01' },
    /until it is attested again/,
  ],
  [
    'a status that there is not',
    'incident-response-plan',
    { evidence: 'e', status: 'DONE' },
    /--status DONE: expected COMPLIANT, NON_COMPLIANT or NOT_APPLICABLE/,
  ],
  ['a slip', 'incident-respones-plan', { evidence: 'e' }, /did you mean incident-response-plan\?/],
  [
    'a control that a rule judges',
    's3-public',
    { evidence: 'e' },
    /judged by a rule, not attested: see groundrules controls s3-public/,
  ],
  [
    '--lapsing without --status',
    'incident-response-plan',
    { evidence: 'e', lapsing: '3' },
    /--lapsing goes with --status/,
  ],
  [
    '--lapsing of no number',
    undefined,
    { status: true, lapsing: 'soon' },
    /--lapsing soon: expected a number of days/,
  ],
  ['a listing with evidence', undefined, { status: true, evidence: 'e' }, /give it COMPLIANT/],
  ['a Region that is none', undefined, { status: true, region: 'home' }, /--region home/],
  [
    'a listing of a control that there is not',
    undefined,
    { status: 'incident-respones-plan' },
    /did you mean incident-response-plan\?/,
  ],
];
test.each(wrong)(
  '%s is a usage error, before AWS is asked',
  async (_situation, control, options, message) => {
    const { config } = configWorld(world(PLAN));
    await expect(attest(control, options)).rejects.toMatchObject({
      code: 'Usage',
      message: expect.stringMatching(message),
    });
    expect(config.calls()).toHaveLength(0);
  },
);

describe('what is not deployed', () => {
  test('at all', async () => {
    configWorld(world(named('of-another-pack')));
    await expect(attest('incident-response-plan', { evidence: 'e' })).rejects.toThrow(
      /no process check of Groundrules in eu-west-1: deploy the pack "attestations".*--region/,
    );
  });

  test('of the pack', async () => {
    configWorld(world(named('support-plan')));
    await expect(attest('incident-response-plan', { evidence: 'e' })).rejects.toThrow(
      /other process checks in eu-west-1, but not incident-response-plan: turn it on/,
    );
  });
});

describe('the home Region', () => {
  const fileOf = (text: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'groundrules-')), 'groundrules.config.json');
    writeFileSync(file, text);
    return file;
  };
  const options = { status: true, region: undefined };

  test('is what the settings say', async () => {
    configWorld(world(PLAN));
    const config = fileOf('{"homeRegion": "ap-northeast-2"}');
    expect((await attest(undefined, { ...options, config })).text).toContain(
      `account ${ACCOUNT}, ap-northeast-2`,
    );
  });

  test('--region says it better', async () => {
    configWorld(world(PLAN));
    const config = fileOf('{"homeRegion": "ap-northeast-2"}');
    const { text } = await attest(undefined, { status: true, region: 'eu-north-1', config });
    expect(text).toContain(`account ${ACCOUNT}, eu-north-1`);
  });

  test('wrong settings are a usage error that names them', async () => {
    configWorld(world(PLAN));
    const config = fileOf('{"homeRegoin": "ap-northeast-2"}');
    await expect(attest(undefined, { ...options, config })).rejects.toMatchObject({
      code: 'Usage',
      message: expect.stringMatching(/homeRegoin: there is no such setting.*--region/),
    });
  });
});

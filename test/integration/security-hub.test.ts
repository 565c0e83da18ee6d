import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  type AwsSecurityFinding,
  EnableSecurityHubCommand,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { controls, isOn } from '../../catalogue/index.ts';
import { parseChange } from '../../deploy/security-hub/event.ts';
import { FindingViews } from '../../deploy/security-hub/views.ts';
import { readSettings } from '../../deploy/settings/index.ts';
import { bridgedControls } from '../../report/asff/controls.ts';
import { toFinding, type Verdict } from '../../report/asff/finding.ts';
import { RESOURCE_KINDS } from '../../report/asff/resource.ts';
import {
  ACCOUNT,
  type ChangeOptions,
  complianceChange,
  messages,
  time,
} from '../deploy/support/compliance-change.ts';
import { type Container, startContainer } from './support/functions.ts';
import { PYTHON, useMoto } from './support/moto.ts';

jest.setTimeout(120_000);

describe('the built function on moto', () => {
  const REGION = 'eu-west-1';
  const moto = useMoto();
  let container: Container;
  let hub: SecurityHubClient;
  beforeAll(() => {
    container = startContainer(moto.environment(REGION));
  });
  afterAll(() => container?.stop());
  beforeEach(async () => {
    hub = new SecurityHubClient(moto.client(REGION));
    await hub.send(new EnableSecurityHubCommand({}));
  });

  const deliver = async (...events: readonly (object | string)[]) =>
    (await container.invoke('security-hub-bridge', messages(...events))) as {
      answer?: unknown;
      error?: unknown;
    };
  const findings = async (): Promise<AwsSecurityFinding[]> =>
    (await hub.send(new GetFindingsCommand({ MaxResults: 100 }))).Findings ?? [];
  const NOTHING_LEFT = { answer: { batchItemFailures: [] } };

  test('a resource fails, complies again, and goes: one finding all along', async () => {
    const ends = { verdict: 'NON_COMPLIANT', at: 10 } as const;
    const life: [ChangeOptions, object][] = [
      [
        { at: 10, annotation: 'tcp 22 open to 0.0.0.0/0' },
        {
          Compliance: expect.objectContaining({ Status: 'FAILED' }),
          RecordState: 'ACTIVE',
          CreatedAt: time(10),
        },
      ],
      [
        { at: 20, verdict: 'COMPLIANT', before: ends },
        {
          Compliance: expect.objectContaining({ Status: 'PASSED' }),
          RecordState: 'ACTIVE',
          CreatedAt: time(10),
        },
      ],
      [
        { at: 30, verdict: 'NOT_APPLICABLE', before: { verdict: 'COMPLIANT', at: 20 } },
        { Compliance: expect.objectContaining({ Status: 'PASSED' }), RecordState: 'ARCHIVED' },
      ],
    ];
    for (const [event, then] of life) {
      expect(await deliver(complianceChange(event))).toEqual(NOTHING_LEFT);
      expect(await findings()).toEqual([
        expect.objectContaining({ ...then, GeneratorId: 'groundrules/sg-open-ports' }),
      ]);
    }
  });

  test('a hundred resources in one batch, twice', async () => {
    const events = Array.from({ length: 100 }, (_, index) => complianceChange({ id: `sg-${index}` }));
    expect(await deliver(...events)).toEqual(NOTHING_LEFT);
    const once = await findings();
    expect(once).toHaveLength(100);
    expect(await deliver(...events)).toEqual(NOTHING_LEFT);
    expect(await findings()).toEqual(once);
  });

  test('every kind of control is known to the bundle, others are not', async () => {
    const rules = ['root-mfa', 'iam-user-mfa', 'root-strong-password', 'theirs'];
    await deliver(
      ...rules.map((rule) =>
        complianceChange({ rule: `${rule}-conformance-pack-n0q8yfwsp`, type: 'AWS::::Account', id: ACCOUNT }),
      ),
    );
    expect((await findings()).map(({ GeneratorId }) => GeneratorId)).toEqual(
      rules.slice(0, 3).map((rule) => `groundrules/${rule}`),
    );
    expect((await findings()).map(({ Title }) => Title)).toEqual(
      rules.slice(0, 3).map((rule) => bridgedControls[rule]?.title),
    );
  });

  test('what is no event stays in the queue', async () => {
    expect(await deliver('{', complianceChange())).toEqual({
      answer: { batchItemFailures: [{ itemIdentifier: 'm0' }] },
    });
    expect(await findings()).toHaveLength(1);
  });

  test('with nobody there, all of it stays in the queue', async () => {
    const lost = startContainer({ ...moto.environment(REGION), AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
    const outcome = await lost.invoke(
      'security-hub-bridge',
      messages(complianceChange(), complianceChange({ id: 'sg-2' })),
    );
    lost.stop();
    expect(outcome).toEqual({
      answer: { batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }] },
    });
  });
});

/** Asks botocore's model of Security Hub. */
const complaints = (given: object): string[] =>
  JSON.parse(
    execFileSync(PYTHON, [join(__dirname, 'support/check_findings.py')], {
      input: JSON.stringify({ findings: [], types: [], rules: [], insights: [], ...given }),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    }),
  );

function findingOf(options: ChangeOptions): AwsSecurityFinding {
  const change = parseChange(JSON.stringify(complianceChange(options)), () => true);
  const control = bridgedControls[options.rule ?? ''];
  if (!change || !control) throw new Error(`${options.rule} is no control`);
  return toFinding(change, control, 'https://example.org/groundrules');
}

test('every finding of every control is what the service model says', () => {
  const verdicts: Verdict[] = [
    'COMPLIANT',
    'NON_COMPLIANT',
    'NOT_APPLICABLE',
    'INSUFFICIENT_DATA',
    'DELETED',
  ];
  const ids = ['x', 'x'.repeat(768), '한글 😀'.repeat(80), 'a\nb'];
  const findings = Object.keys(bridgedControls).flatMap((rule) =>
    verdicts.flatMap((verdict) =>
      ids.map((id) =>
        findingOf({ rule, verdict, id, annotation: `${id}${'\u{1f600}'.repeat(120)}`, partition: 'aws-cn' }),
      ),
    ),
  );
  expect(findings.length).toBeGreaterThan(1_000);
  const types = [...new Set(Object.values(RESOURCE_KINDS).map(({ type }) => type))];
  expect(complaints({ findings, types })).toEqual([]);
});

test('so are insights and automation rules', () => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Hub');
  new FindingViews(stack, 'Views', { settings: readSettings({ securityHub: { automationRules: true } }) });
  const made = (type: string) =>
    Object.values(Template.fromStack(stack).findResources(`AWS::SecurityHub::${type}`)).map(
      ({ Properties }) => Properties,
    );
  // One that resolves what passes, and one for each hundred controls whose duplicates are suppressed.
  const suppressing = Math.ceil(controls.filter(isOn).length / 100);
  expect([made('AutomationRule').length, made('Insight').length]).toEqual([1 + suppressing, 3]);
  expect(complaints({ rules: made('AutomationRule'), insights: made('Insight') })).toEqual([]);
});

test('the model would complain', () => {
  const finding = findingOf({ rule: 'root-mfa' });
  const titles = Array.from({ length: 101 }, () => ({ Value: 'a', Comparison: 'LIKE' }));
  const said = complaints({
    findings: [
      { ...finding, Title: 'x'.repeat(257) },
      { ...finding, Description: 'a\nb', Resources: undefined },
    ],
    types: ['AwsS3Bukket'],
    rules: [{ RuleName: 'one', RuleOrder: 1, Description: 'd', Criteria: { Title: titles }, Actions: [] }],
  }).join('\n');
  for (const problem of [
    /Title: 257 characters/,
    /does not match/,
    /Missing required.*Resources/,
    /AwsS3Bukket is no type/,
    /101 items, at most 100/,
    /LIKE is none of/,
  ]) {
    expect(said).toMatch(problem);
  }
});

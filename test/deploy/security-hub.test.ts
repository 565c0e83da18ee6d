import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import {
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { mockClient } from 'aws-sdk-client-mock';
import { controls, isPlanned } from '../../catalogue/index.ts';
import { securityHubBridge } from '../../deploy/security-hub/bridge.ts';
import { bridgedControls } from '../../report/asff/controls.ts';
import type { Verdict } from '../../report/asff/finding.ts';
import { RESOURCE_KINDS } from '../../report/asff/resource.ts';
import { oneLine } from '../../report/asff/text.ts';
import { rules } from '../../rules/index.ts';
import {
  ACCOUNT,
  type ChangeOptions,
  complianceChange,
  messages,
  time,
} from './support/compliance-change.ts';

const securityHub = mockClient(SecurityHubClient);
const log: { message: string; details: object }[] = [];
const note = (message: string, details: object) => void log.push({ message, details });

const bridge = (env: Record<string, string> = {}) =>
  securityHubBridge(bridgedControls, {
    client: new SecurityHubClient({ region: 'eu-west-1' }),
    log: { info: () => {}, warn: note },
    env,
  });
const sent = (): AwsSecurityFinding[] =>
  securityHub.commandCalls(BatchImportFindingsCommand).flatMap((call) => call.args[0].input.Findings ?? []);
const taken = (count: number) => ({ FailedCount: 0, SuccessCount: count });

beforeEach(() => {
  log.length = 0;
  securityHub.reset();
  securityHub.on(BatchImportFindingsCommand).callsFake(({ Findings }) => taken(Findings.length));
  securityHub.on(BatchUpdateFindingsCommand).resolves({ ProcessedFindings: [], UnprocessedFindings: [] });
});

/** The finding of one event. */
async function findingOf(options: ChangeOptions, env?: Record<string, string>): Promise<AwsSecurityFinding> {
  expect(await bridge(env)(messages(complianceChange(options)))).toEqual({ batchItemFailures: [] });
  const [finding, more] = sent();
  expect(more).toBeUndefined();
  return finding as AwsSecurityFinding;
}

test('a failed rule of a pack, whole', async () => {
  const finding = await findingOf({ annotation: 'tcp 22 open to 0.0.0.0/0' });
  const severity = { Label: 'HIGH', Original: 'HIGH' };
  const types = ['Software and Configuration Checks/AWS Security Best Practices'];
  expect(finding).toEqual({
    SchemaVersion: '2018-10-08',
    Id: `groundrules/${ACCOUNT}/eu-west-1/sg-open-ports/AWS::EC2::SecurityGroup/sg-1`,
    ProductArn: `arn:aws:securityhub:eu-west-1:${ACCOUNT}:product/${ACCOUNT}/default`,
    ProductName: 'Groundrules',
    GeneratorId: 'groundrules/sg-open-ports',
    AwsAccountId: ACCOUNT,
    CreatedAt: time(100),
    UpdatedAt: time(100),
    Title: controls.find(({ id }) => id === 'sg-open-ports')?.title.en,
    Description: 'AWS::EC2::SecurityGroup sg-1: tcp 22 open to 0.0.0.0/0',
    Types: types,
    Severity: severity,
    FindingProviderFields: { Severity: severity, Types: types },
    Remediation: { Recommendation: { Text: expect.stringContaining('Groundrules-SgOpenPorts') } },
    Compliance: {
      Status: 'FAILED',
      RelatedRequirements: expect.arrayContaining(['CIS AWS Foundations Benchmark 3.0/5.2']),
    },
    Resources: [
      {
        Type: 'AwsEc2SecurityGroup',
        Id: `arn:aws:ec2:eu-west-1:${ACCOUNT}:security-group/sg-1`,
        Partition: 'aws',
        Region: 'eu-west-1',
      },
    ],
    ProductFields: {
      'groundrules/ConfigRuleArn': expect.stringContaining('config-rule-2pxv2c'),
      'groundrules/Verdict': 'NON_COMPLIANT',
    },
    RecordState: 'ACTIVE',
  });
});

test.each<[verdict: Verdict, status: string, record: string, severity: string, workflow: string | undefined]>(
  [
    ['NON_COMPLIANT', 'FAILED', 'ACTIVE', 'HIGH', undefined],
    ['COMPLIANT', 'PASSED', 'ACTIVE', 'INFORMATIONAL', 'RESOLVED'],
    ['NOT_APPLICABLE', 'PASSED', 'ARCHIVED', 'INFORMATIONAL', 'RESOLVED'],
    ['DELETED', 'PASSED', 'ARCHIVED', 'INFORMATIONAL', 'RESOLVED'],
    // "Could not tell" is neither a pass nor gone.
    ['INSUFFICIENT_DATA', 'WARNING', 'ACTIVE', 'HIGH', undefined],
  ],
)('%s is %s, %s', async (verdict, status, record, severity, workflow) => {
  const finding = await findingOf({ verdict, before: { verdict: 'NON_COMPLIANT', at: 40 } });
  expect(finding.Compliance?.Status).toBe(status);
  expect(finding.RecordState).toBe(record);
  expect(finding.FindingProviderFields?.Severity).toEqual({ Label: severity, Original: 'HIGH' });
  expect(finding.Workflow?.Status).toBe(workflow);
  expect(finding.Description).toMatch(/^AWS::EC2::SecurityGroup sg-1 .+\.$/);
});

test.each<[what: string, options: ChangeOptions, created: number, updated: number]>([
  ['a failure begins when it is recorded', { at: 100 }, 100, 100],
  [
    'its end keeps its beginning',
    { verdict: 'COMPLIANT', at: 100, before: { verdict: 'NON_COMPLIANT', at: 40 } },
    40,
    100,
  ],
  ['so does a second failure in a row', { at: 100, before: { verdict: 'NON_COMPLIANT', at: 40 } }, 40, 100],
  ['one after a pass is new', { at: 100, before: { verdict: 'COMPLIANT', at: 40 } }, 100, 100],
  ['nothing begins after it ends', { at: 100, before: { verdict: 'NON_COMPLIANT', at: 140 } }, 100, 100],
  ['a deleted evaluation has the time of the message', { verdict: 'DELETED', at: 100 }, 100, 100],
])('%s', async (_, options, created, updated) => {
  const { CreatedAt, UpdatedAt } = await findingOf(options);
  expect([CreatedAt, UpdatedAt]).toEqual([time(created), time(updated)]);
});

test.each<[name: string, control: string | undefined]>([
  ['sg-open-ports', 'sg-open-ports'],
  ['sg-open-ports-conformance-pack-n0q8yfwsp', 'sg-open-ports'],
  ['OrgConfigRule-sg-open-ports-ab12cd34', 'sg-open-ports'],
  ['OrgConfigRule-sg-open-ports', 'sg-open-ports'],
  ['OrgConfigRule-sg-open-ports-ab12cd34-conformance-pack-n0q8yfwsp', 'sg-open-ports'],
  // A name that ends like a suffix is still a name.
  ['root-mfa', 'root-mfa'],
  ['guardduty-enabled-conformance-pack-n0q8yfwsp', 'guardduty-enabled'],
  ['budget-owner-conformance-pack-n0q8yfwsp', undefined],
  ['sg-open-ports-too-conformance-pack-n0q8yfwsp', undefined],
  ['securityhub-sg-open-ports-baa2cf8c', undefined],
  ['sg-open-ports-ab12cd34', undefined],
  ['constructor', undefined],
  ['__proto__', undefined],
])('the rule %s is the control %s', async (rule, control) => {
  expect(await bridge()(messages(complianceChange({ rule })))).toEqual({ batchItemFailures: [] });
  expect(sent().map(({ GeneratorId }) => GeneratorId)).toEqual(control ? [`groundrules/${control}`] : []);
});

test('nothing of ours, no call', async () => {
  await bridge()(
    messages(complianceChange({ rule: 'theirs' }), complianceChange({ rule: 'theirs', id: 'sg-2' })),
  );
  await bridge()(messages());
  expect(securityHub.calls()).toHaveLength(0);
});

test.each<[type: string, id: string, asff: string, resource: string]>([
  ['AWS::S3::Bucket', 'logs', 'AwsS3Bucket', 'arn:aws:s3:::logs'],
  ['AWS::::Account', ACCOUNT, 'AwsAccount', `AWS::::Account:${ACCOUNT}`],
  ['AWS::IAM::User', 'AIDAEXAMPLE', 'AwsIamUser', 'AIDAEXAMPLE'],
  ['AWS::CloudTrail::Trail', 'main', 'AwsCloudTrailTrail', 'main'],
  ['AWS::RDS::DBInstance', 'db-ABC', 'AwsRdsDbInstance', 'db-ABC'],
  ['AWS::EC2::Volume', 'vol-1', 'AwsEc2Volume', `arn:aws:ec2:eu-west-1:${ACCOUNT}:volume/vol-1`],
  [
    'AWS::CloudFront::Distribution',
    'E1',
    'AwsCloudFrontDistribution',
    `arn:aws:cloudfront::${ACCOUNT}:distribution/E1`,
  ],
  [
    'AWS::ACM::Certificate',
    `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/1`,
    'AwsCertificateManagerCertificate',
    `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/1`,
  ],
  [
    'AWS::EFS::FileSystem',
    'fs-1',
    'Other',
    `arn:aws:elasticfilesystem:eu-west-1:${ACCOUNT}:file-system/fs-1`,
  ],
  ['AWS::New::Thing', 'thing', 'Other', 'thing'],
  ['toString', 'thing', 'Other', 'thing'],
])('%s %s is an %s', async (type, id, asff, resource) => {
  expect((await findingOf({ type, id })).Resources).toEqual([
    { Type: asff, Id: resource, Partition: 'aws', Region: 'eu-west-1' },
  ]);
});

test('every type that a control reports on has its name', () => {
  const types = controls
    .filter((control) => !isPlanned(control))
    .flatMap((control) => (control.kind === 'managed' ? control.resourceTypes : []));
  const all = new Set([...types, ...rules.flatMap(({ resourceTypes }) => resourceTypes)]);
  expect(all.size).toBeGreaterThan(15);
  expect([...all].filter((type) => !Object.hasOwn(RESOURCE_KINDS, type))).toEqual([]);
});

test.each([
  ['cn-north-1', 'aws-cn', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov', 'aws-us-gov'],
  // ASFF has no word for it.
  ['eusc-de-east-1', 'aws-eusc', undefined],
])('%s lies in %s', async (region, partition, named) => {
  const { ProductArn, Resources } = await findingOf({
    region,
    partition,
    type: 'AWS::S3::Bucket',
    id: 'logs',
  });
  expect(ProductArn).toBe(`arn:${partition}:securityhub:${region}:${ACCOUNT}:product/${ACCOUNT}/default`);
  expect(Resources?.[0]?.Id).toBe(`arn:${partition}:s3:::logs`);
  expect(Resources?.[0]?.Partition).toBe(named);
});

describe('the link', () => {
  const DOCS = { GROUNDRULES_DOCUMENTATION_URL: 'https://example.org/groundrules/' };
  const url = async (rule: string, env?: Record<string, string>) =>
    (await findingOf({ rule }, env)).Remediation?.Recommendation?.Url;

  test("is the rule's page where pages are published", async () =>
    expect(await url('sg-open-ports', DOCS)).toBe(
      'https://example.org/groundrules/rules/sg-open-ports/README.md',
    ));
  test("is the fix's page for a managed rule that we fix", async () =>
    expect(await url('rds-audit-log', DOCS)).toBe(
      'https://example.org/groundrules/rules/rds-audit-log/README.md',
    ));
  test("is AWS's page for any other managed rule", async () =>
    expect(await url('iam-user-mfa')).toMatch(
      /^https:\/\/docs\.aws\.amazon\.com\/config\/latest\/developerguide\/.+\.html$/,
    ));
  test('is not there where nobody said where the pages are', async () => {
    expect(await url('sg-open-ports')).toBeUndefined();
  });
});

test('a process check says how to attest it', async () => {
  const finding = await findingOf({ rule: 'root-strong-password', type: 'AWS::::Account', id: ACCOUNT });
  expect(finding.Remediation?.Recommendation?.Text).toMatch(
    /^Attest it: groundrules attest root-strong-password /,
  );
  expect(finding.Resources?.[0]?.Type).toBe('AwsAccount');
});

test('every control that is not planned is bridged, and its texts fit', () => {
  const ids = controls.filter((control) => !isPlanned(control)).map(({ id }) => id);
  expect(Object.keys(bridgedControls)).toEqual(ids);
  for (const { requirements, remediation, title } of Object.values(bridgedControls)) {
    expect(requirements.length).toBeLessThanOrEqual(32);
    expect(new Set(requirements).size).toBe(requirements.length);
    expect(remediation.length).toBeLessThanOrEqual(512);
    expect(title.length).toBeLessThanOrEqual(256);
  }
});

test('of several verdicts on one thing the latest is sent, wherever it stands', async () => {
  const events = [
    complianceChange({ at: 100 }),
    complianceChange({ at: 300, verdict: 'COMPLIANT' }),
    complianceChange({ at: 200, verdict: 'NOT_APPLICABLE' }),
    complianceChange({ at: 150, id: 'sg-2' }),
  ];
  await bridge()(messages(...events));
  expect(sent().map(({ Resources, UpdatedAt }) => [Resources?.[0]?.Id?.split('/')[1], UpdatedAt])).toEqual([
    ['sg-1', time(300)],
    ['sg-2', time(150)],
  ]);
});

test.each([1, 99, 100, 101, 250])('%d findings go a hundred at a time', async (count) => {
  await bridge()(
    messages(...Array.from({ length: count }, (_, index) => complianceChange({ id: `sg-${index}` }))),
  );
  const sizes = securityHub
    .commandCalls(BatchImportFindingsCommand)
    .map((call) => call.args[0].input.Findings?.length ?? 0);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count);
  expect(sizes).toHaveLength(Math.ceil(count / 100));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
});

describe('what is not taken stays in the queue', () => {
  const three = [0, 1, 2].map((index) => complianceChange({ id: `sg-${index}` }));
  const failures = async (...events: readonly (object | string)[]) =>
    (await bridge()(messages(...events))).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  const refuse = (...indexes: number[]) =>
    securityHub.on(BatchImportFindingsCommand).callsFake(({ Findings }) => ({
      SuccessCount: Findings.length - indexes.length,
      FailedCount: indexes.length,
      FailedFindings: indexes.map((index) => ({
        Id: Findings[index].Id,
        ErrorCode: 'InvalidAccess',
        ErrorMessage: 'not on',
      })),
    }));
  const fail = (name: string) =>
    securityHub.on(BatchImportFindingsCommand).rejects(Object.assign(new Error('no'), { name }));

  test('a refused finding, by itself', async () => {
    refuse(1);
    expect(await failures(...three)).toEqual(['m1']);
    expect(log).toEqual([
      {
        message: 'finding refused',
        details: { finding: expect.stringContaining('sg-1'), code: 'InvalidAccess', reason: 'not on' },
      },
    ]);
  });

  test('only the message whose verdict was sent', async () => {
    refuse(0);
    expect(
      await failures(complianceChange({ at: 1 }), complianceChange({ at: 3 }), complianceChange({ at: 2 })),
    ).toEqual(['m1']);
  });

  test('all, where the answer does not say which', async () => {
    securityHub
      .on(BatchImportFindingsCommand)
      .resolves({ FailedCount: 2, SuccessCount: 1, FailedFindings: [] });
    expect(await failures(...three)).toEqual(['m0', 'm1', 'm2']);
  });

  test.each(['InvalidAccessException', 'TooManyRequestsException', 'TimeoutError', 'AccessDeniedException'])(
    'all of a call that failed with %s, and there is no second',
    async (name) => {
      fail(name);
      expect(await failures(...three)).toEqual(['m0', 'm1', 'm2']);
      expect(securityHub.calls()).toHaveLength(1);
    },
  );

  test('one that makes the whole call invalid is found, and the others are taken', async () => {
    securityHub.on(BatchImportFindingsCommand).callsFake(({ Findings }) => {
      if (Findings.some(({ Id }: AwsSecurityFinding) => Id?.endsWith('/sg-37'))) {
        throw Object.assign(new Error('no'), { name: 'InvalidInputException' });
      }
      return taken(Findings.length);
    });
    const hundred = Array.from({ length: 100 }, (_, index) => complianceChange({ id: `sg-${index}` }));
    expect(await failures(...hundred)).toEqual(['m37']);
    expect(securityHub.calls().length).toBeLessThanOrEqual(15);
  });

  test.each<[what: string, event: object | string, reason: RegExp]>([
    ['no JSON', 'no JSON', /no JSON/],
    ['no event', {}, /detail/],
    ['null', 'null', /the event/],
    ['another source', complianceChange({ envelope: { source: 'aws.health' } }), /^source: /],
    [
      'another message',
      complianceChange({ detail: { messageType: 'ConfigRulesEvaluationStarted' } }),
      /detail\.messageType/,
    ],
    [
      'a verdict that AWS does not have',
      complianceChange({ verdict: 'FINE' as Verdict }),
      /newEvaluationResult\.complianceType/,
    ],
    ['no time', complianceChange({ detail: { notificationCreationTime: 'soon' } }), /is not a time/],
    ['no resource', complianceChange({ detail: { resourceId: '' } }), /detail\.resourceId/],
    ['another account', complianceChange({ envelope: { account: '999999999999' } }), /run the bridge there/],
    ['another Region', complianceChange({ envelope: { region: 'us-east-1' } }), /run the bridge there/],
  ])('%s, with a reason in the log, and the others are taken', async (_, event, reason) => {
    expect(await failures(event, complianceChange())).toEqual(['m0']);
    expect(log).toEqual([
      { message: 'message refused', details: { messageId: 'm0', reason: expect.stringMatching(reason) } },
    ]);
    expect(sent()).toHaveLength(1);
  });
});

test.each([
  ['short', 10, 'short'],
  ['  two\nlines\u2028and\tmore ', 40, 'two lines and more'],
  ['0123456789', 10, '0123456789'],
  ['0123456789a', 10, '012345678…'],
  ['01234567😀9', 10, '01234567…'],
])('%j in %d characters is %j', (text, limit, line) => expect(oneLine(text, limit)).toBe(line));

describe('a failure that is waived', () => {
  const WAIVED = 'waived until 2027-03-31 (SEC-12, web): the office alone; tcp 22 open to 0.0.0.0/0';
  const waived: ChangeOptions = { verdict: 'NOT_APPLICABLE', annotation: WAIVED };
  const before = { verdict: 'NOT_APPLICABLE', at: 40, annotation: WAIVED } as const;
  const updates = () =>
    securityHub.commandCalls(BatchUpdateFindingsCommand).map(
      ({
        args: [
          {
            input: { FindingIdentifiers, Workflow, Note },
          },
        ],
      }) => [FindingIdentifiers?.map(({ Id }) => Id?.split('/').at(-1)), Workflow?.Status, Note?.Text],
    );

  test('still fails, and is suppressed with the reason', async () => {
    const finding = await findingOf({ ...waived, at: 100, before: { verdict: 'NON_COMPLIANT', at: 40 } });
    expect(finding).toMatchObject({
      Compliance: { Status: 'FAILED' },
      RecordState: 'ACTIVE',
      Severity: { Label: 'HIGH' },
      Workflow: { Status: 'SUPPRESSED' },
      Note: { Text: WAIVED, UpdatedBy: 'groundrules', UpdatedAt: time(100) },
      CreatedAt: time(40),
    });
    expect(updates()).toEqual([[['sg-1'], 'SUPPRESSED', WAIVED]]);
  });

  test.each<[what: string, options: ChangeOptions, workflow: string]>([
    ['stands again when the waiver ends', { before }, 'NEW'],
    ['is resolved when it is mended', { verdict: 'COMPLIANT', before }, 'RESOLVED'],
    ['is resolved when the resource is gone', { verdict: 'NOT_APPLICABLE', before }, 'RESOLVED'],
  ])('%s', async (_, options, workflow) => {
    expect((await findingOf(options)).CreatedAt).toBe(time(40));
    expect(updates()).toEqual([[['sg-1'], workflow, 'The waiver has ended.']]);
  });

  test('what was never waived is left to whoever works with it', async () => {
    await findingOf({});
    expect(updates()).toEqual([]);
  });

  test('an annotation alone waives nothing: what fails, fails', async () => {
    const finding = await findingOf({ annotation: WAIVED });
    expect(finding.Workflow).toBeUndefined();
    expect(updates()).toEqual([]);
  });

  test('a hundred at a time, those with the same note together; what is refused is tried again', async () => {
    const many = Array.from({ length: 150 }, (_, index) =>
      complianceChange({ ...waived, id: `sg-${index}` }),
    );
    securityHub.on(BatchUpdateFindingsCommand).callsFake(({ FindingIdentifiers }) => ({
      UnprocessedFindings: FindingIdentifiers.filter(({ Id }: { Id: string }) => Id.endsWith('/sg-7')).map(
        (FindingIdentifier: object) => ({ FindingIdentifier, ErrorCode: 'FindingNotFound' }),
      ),
    }));
    const answer = await bridge()(messages(...many));
    expect(updates().map(([ids]) => ids?.length)).toEqual([100, 50]);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm7' }] });
    expect(log).toEqual([expect.objectContaining({ message: 'update refused' })]);
  });

  test('a call that fails is tried again with all its findings', async () => {
    securityHub.on(BatchUpdateFindingsCommand).rejects(new Error('throttled'));
    expect(await bridge()(messages(complianceChange(waived)))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }],
    });
  });
});

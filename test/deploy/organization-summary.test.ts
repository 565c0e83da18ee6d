import {
  ConfigServiceClient,
  DescribeAggregateComplianceByConformancePacksCommand as Packs,
  DescribeAggregateComplianceByConfigRulesCommand as Rules,
} from '@aws-sdk/client-config-service';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { writeMail } from '../../deploy/organization/mail.ts';
import { type AccountCount, SEVERITIES, type WeeklySummary } from '../../deploy/organization/summary.ts';
import { weeklySummary } from '../../deploy/organization/weekly.ts';

const config = mockClient(ConfigServiceClient);
const organizations = mockClient(OrganizationsClient);
const sns = mockClient(SNSClient);
const handler = weeklySummary({
  config: new ConfigServiceClient({ region: 'us-east-1' }),
  organizations: new OrganizationsClient({ region: 'us-east-1' }),
  sns: new SNSClient({ region: 'us-east-1' }),
  log: { info: () => {}, warn: () => {} },
});

const TOPIC = 'arn:aws:sns:us-east-1:222222222222:groundrules-summary';
const EVENT = {
  time: '2026-11-23T06:23:00Z',
  aggregator: 'groundrules',
  packPrefix: 'groundrules-',
  topicArn: TOPIC,
  controls: { CRITICAL: ['root-mfa'], HIGH: ['sg-open-ports'], MEDIUM: ['access-key-age'], LOW: [] },
};
const ONE = '111111111111';
const TWO = '222222222222';
const THREE = '333333333333';

const pack = (
  account: string,
  name: string,
  [passing, failing, total]: [number, number, number],
  AwsRegion = 'us-east-1',
) => ({
  ConformancePackName: name,
  AccountId: account,
  AwsRegion,
  Compliance: {
    ComplianceType:
      failing > 0
        ? ('NON_COMPLIANT' as const)
        : passing === total
          ? ('COMPLIANT' as const)
          : ('INSUFFICIENT_DATA' as const),
    CompliantRuleCount: passing,
    NonCompliantRuleCount: failing,
    TotalRuleCount: total,
  },
});
const rule = (account: string, name: string, count: number, isMore = false, AwsRegion = 'us-east-1') => ({
  ConfigRuleName: name,
  AccountId: account,
  AwsRegion,
  Compliance: {
    ComplianceType: 'NON_COMPLIANT' as const,
    ComplianceContributorCount: { CappedCount: count, CapExceeded: isMore },
  },
});
const accounts = (...ids: string[]) =>
  ids.map((Id) => ({ Id, Name: `name of ${Id}`, Status: 'ACTIVE' as const }));

beforeEach(() => {
  for (const client of [config, organizations, sns]) client.reset();
  config.on(Packs).resolves({});
  config.on(Rules).resolves({});
  organizations.on(ListAccountsCommand).resolves({ Accounts: accounts(ONE, TWO) });
  sns.on(PublishCommand).resolves({});
});
const published = () => sns.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input);

test('the mail of an organization: worst first, by pack, rule and account', async () => {
  config
    .on(Packs)
    .resolvesOnce({
      AggregateComplianceByConformancePacks: [
        pack(ONE, 'groundrules-root', [9, 1, 10]),
        pack(ONE, 'groundrules-logging', [5, 0, 5]),
        pack(ONE, 'groundrules-logging', [3, 1, 5], 'eu-west-1'),
      ],
      NextToken: 'two',
    })
    // An empty page is not the last one.
    .resolvesOnce({ AggregateComplianceByConformancePacks: [], NextToken: 'three' })
    .resolvesOnce({
      AggregateComplianceByConformancePacks: [
        pack(TWO, 'groundrules-root', [8, 2, 10]),
        pack(TWO, 'groundrules-cost', [0, 0, 4]),
        pack(TWO, 'somebody-elses', [0, 7, 7]),
      ],
    });
  config
    .on(Rules)
    .resolvesOnce({
      AggregateComplianceByConfigRules: [
        rule(ONE, 'sg-open-ports-conformance-pack-abc123def', 100, true),
        rule(ONE, 'sg-open-ports-conformance-pack-xyz987xyz', 3, false, 'eu-west-1'),
        rule(TWO, 'root-mfa-conformance-pack-n0q8yfwsp', 1),
      ],
      NextToken: 'more',
    })
    .resolvesOnce({
      AggregateComplianceByConfigRules: [
        rule(TWO, 'access-key-age-conformance-pack-n0q8yfwsp', 2),
        // Neither a rule of the packs' nor a control of ours.
        rule(TWO, 'root-mfa', 1),
        rule(TWO, 'securityhub-root-mfa-0a1b2c3d', 1),
        rule(TWO, 'required-tags-conformance-pack-n0q8yfwsp', 50),
      ],
    });
  organizations
    .on(ListAccountsCommand)
    .resolvesOnce({ Accounts: accounts(ONE, TWO), NextToken: 'more' })
    .resolvesOnce({
      Accounts: [...accounts(THREE), { Id: '444444444444', Name: 'gone', Status: 'SUSPENDED' }],
    });

  expect(await handler(EVENT)).toEqual({ subject: 'Groundrules: 2 of 2 accounts with results fail a rule' });
  expect(published()).toEqual([
    {
      TopicArn: TOPIC,
      Subject: 'Groundrules: 2 of 2 accounts with results fail a rule',
      Message: `Groundrules, 2026-11-23, from the AWS Config aggregator groundrules.

Packs, in accounts and Regions
  groundrules-root     2 failing, 0 passing, 0 without a verdict
  groundrules-logging  1 failing, 1 passing, 0 without a verdict
  groundrules-cost     0 failing, 0 passing, 1 without a verdict

Rules that fail, by severity and accounts
  CRITICAL  root-mfa: 1 account, 1 resource
  HIGH      sg-open-ports: 1 account, more than 103 resources
  MEDIUM    access-key-age: 1 account, 2 resources

Accounts that fail, worst first
  ${TWO} name of ${TWO}: 1 CRITICAL, 1 MEDIUM; 8 of 14 rules pass; 4 without a result
  ${ONE} name of ${ONE}: 2 HIGH; 17 of 20 rules pass; 1 without a result

Active accounts without results (1): outside of the units, without a recorder, or not deployed to
  ${THREE} name of ${THREE}
`,
    },
  ]);
  expect(config.commandCalls(Packs).map(({ args: [{ input }] }) => input.NextToken)).toEqual([
    undefined,
    'two',
    'three',
  ]);
  expect(config.commandCalls(Rules).map(({ args: [{ input }] }) => input.Filters)).toEqual([
    { ComplianceType: 'NON_COMPLIANT' },
    { ComplianceType: 'NON_COMPLIANT' },
  ]);
});

test('no results are not good results', async () => {
  await handler(EVENT);
  const [{ Subject, Message } = {}] = published();
  expect(Subject).toBe('Groundrules: no account has results');
  expect(Message).toContain('No pack of any account is known to it');
  expect(Message).toContain('Active accounts without results (2)');
  expect(Message).not.toContain('No rule fails');
});

test('nothing fails', async () => {
  config.on(Packs).resolves({
    AggregateComplianceByConformancePacks: [
      pack(ONE, 'groundrules-root', [10, 0, 10]),
      pack(TWO, 'groundrules-root', [10, 0, 10]),
    ],
  });
  await handler(EVENT);
  const [{ Subject, Message } = {}] = published();
  expect(Subject).toBe('Groundrules: 0 of 2 accounts with results fail a rule');
  expect(Message).toContain('No rule fails.');
  expect(Message).toContain('No account fails a rule.');
  expect(Message).toContain('Every active account of the organization has results.');
});

test.each<[situation: string, excluded: string[], said: string[], never: string]>([
  [
    'the only one without results',
    [TWO],
    ['excludedAccounts: 1 account.', 'Every other active account of the organization has results.'],
    'Active accounts without results',
  ],
  [
    'one of two without results',
    [THREE, '444444444444'],
    ['excludedAccounts: 1 account.', 'Active accounts without results (1)', `${TWO} name of ${TWO}`],
    THREE,
  ],
  ['one that has results', [ONE], ['Active accounts without results (1)'], 'excludedAccounts'],
])('an account that the settings leave out is not missed: %s', async (_, excludedAccounts, said, never) => {
  const members = excludedAccounts.includes(THREE) ? accounts(ONE, TWO, THREE) : accounts(ONE, TWO);
  organizations.on(ListAccountsCommand).resolves({ Accounts: members });
  config
    .on(Packs)
    .resolves({ AggregateComplianceByConformancePacks: [pack(ONE, 'groundrules-root', [9, 0, 9])] });
  await handler({ ...EVENT, excludedAccounts });
  const [{ Message = '' } = {}] = published();
  for (const sentence of said) expect(Message).toContain(sentence);
  expect(Message).not.toContain(never);
});

test('accounts that cannot be listed: the mail goes out, and says so', async () => {
  organizations
    .on(ListAccountsCommand)
    .rejects(
      Object.assign(new Error('You are no delegated administrator'), { name: 'AccessDeniedException' }),
    );
  config
    .on(Packs)
    .resolves({ AggregateComplianceByConformancePacks: [pack(ONE, 'groundrules-root', [9, 1, 10])] });
  await handler(EVENT);
  const [{ Message } = {}] = published();
  expect(Message).toContain(
    'Accounts without results are not known: organizations:ListAccounts: AccessDeniedException: You are no delegated administrator',
  );
  expect(Message).toContain(`  ${ONE}: 1 failing; 9 of 10 rules pass`);
});

test.each([
  ['packs', Packs],
  ['rules', Rules],
] as const)('%s that cannot be read: no mail at all', async (_, command) => {
  config
    .on(command as typeof Packs)
    .rejects(
      Object.assign(new Error('no such aggregator'), { name: 'NoSuchConfigurationAggregatorException' }),
    );
  await expect(handler(EVENT)).rejects.toThrow('no such aggregator');
  expect(published()).toEqual([]);
});

test.each([
  ['nothing', undefined, "the schedule's input: the whole"],
  ['a list', [], "the schedule's input: the whole"],
  ['no topic', { ...EVENT, topicArn: undefined }, "the schedule's input: topicArn"],
  [
    'a time that Scheduler did not fill in',
    { ...EVENT, time: '<aws.scheduler.scheduled-time>' },
    "the schedule's input: time",
  ],
  [
    'controls without a severity',
    { ...EVENT, controls: { CRITICAL: [] } },
    "the schedule's input: controls.HIGH",
  ],
])('refuses %s', async (_, event, message) => {
  await expect(handler(event)).rejects.toThrow(message);
  expect(published()).toEqual([]);
});

describe('any organization', () => {
  const accountId = fc.stringMatching(/^\d{12}$/);
  const few = fc.nat(50);
  const account: fc.Arbitrary<AccountCount> = fc
    .record({ passing: few, failing: few, open: few, CRITICAL: few, HIGH: few, MEDIUM: few, LOW: few })
    .map(({ passing, failing, open, ...bySeverity }) => ({
      total: passing + failing + open,
      passing,
      failing,
      bySeverity,
    }));
  const summary: fc.Arbitrary<WeeklySummary> = fc.record({
    packs: fc
      .array(
        fc.tuple(
          fc.stringMatching(/^groundrules-[a-z]{1,12}$/),
          fc.record({ passing: few, failing: few, undecided: few }),
        ),
      )
      .map((all) => new Map(all)),
    accounts: fc.array(fc.tuple(accountId, account)).map((all) => new Map(all)),
    controls: fc
      .array(
        fc.tuple(
          fc.stringMatching(/^[a-z]+-[a-z]+$/),
          fc.record({
            severity: fc.constantFrom(...SEVERITIES),
            accounts: fc.array(accountId).map((all) => new Set(all)),
            resources: few,
            isMore: fc.boolean(),
          }),
        ),
      )
      .map((all) => new Map(all)),
    members: fc.oneof(
      fc.array(fc.tuple(accountId, fc.string({ maxLength: 50 }))).map((all) => new Map(all)),
      fc.string().map((problem) => ({ problem })),
    ),
  });
  const write = (one: WeeklySummary) => writeMail(one, { time: EVENT.time, aggregator: 'groundrules' });

  test('gives a subject that SNS takes, and worse accounts before better ones', () => {
    fc.assert(
      fc.property(summary, (one) => {
        const { subject, text } = write(one);
        expect(subject).toMatch(/^[\x21-\x7e][\x20-\x7e]{0,99}$/);
        expect(Buffer.byteLength(text)).toBeLessThan(262_144);
        const critical = [...text.matchAll(/^ {2}\d{12}.*: (?:(\d+) CRITICAL)?/gm)].map(([, number]) =>
          Number(number ?? 0),
        );
        if (!('problem' in one.members)) return;
        expect(critical).toEqual([...critical].sort((before, after) => after - before));
      }),
    );
  });
});

test('10,000 accounts with names as long as may be fit into a message', () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => String(100_000_000_000 + index));
  const name = '한'.repeat(50);
  const { subject, text } = writeMail(
    {
      packs: new Map(
        ['root', 'identity'].map((one) => [
          `groundrules-${one}`,
          { passing: 0, failing: 10_000, undecided: 0 },
        ]),
      ),
      accounts: new Map(
        ids.slice(0, 5_000).map((id, index) => [
          id,
          {
            total: 99,
            passing: 0,
            failing: 99,
            bySeverity: { CRITICAL: index, HIGH: 0, MEDIUM: 0, LOW: 0 },
          },
        ]),
      ),
      controls: new Map(
        ids
          .slice(0, 150)
          .map((id) => [
            `control-${id}`,
            { severity: 'HIGH', accounts: new Set(ids), resources: 1, isMore: true },
          ]),
      ),
      members: new Map(ids.map((id) => [id, name])),
    },
    { time: EVENT.time, aggregator: 'groundrules' },
  );
  expect(subject.length).toBeLessThanOrEqual(100);
  expect(Buffer.byteLength(text)).toBeLessThan(262_144);
  expect(text).toContain('... and 4950 accounts more');
  expect(text).toContain('... and 125 rules more');
  expect(text).toContain('Active accounts without results (5000)');
  expect(text).toContain(`  100000004999 ${name}: 4999 CRITICAL`);
});

test('in Korean it leaves no English sentence, and its subject is one that SNS takes', () => {
  const counts = { total: 9, passing: 3, failing: 4 };
  const none = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 };
  const full: WeeklySummary = {
    packs: new Map([['groundrules-root', { passing: 1, failing: 2, undecided: 3 }]]),
    accounts: new Map([
      [ONE, { ...counts, bySeverity: { ...none, HIGH: 2 } }],
      [TWO, { ...counts, bySeverity: none }],
    ]),
    controls: new Map([
      ['s3-public', { severity: 'HIGH', accounts: new Set([ONE]), resources: 100, isMore: true }],
    ]),
    members: new Map([
      [ONE, 'web'],
      [THREE, 'ops'],
      ['444444444444', 'old'],
    ]),
  };
  const empty: WeeklySummary = {
    packs: new Map(),
    accounts: new Map(),
    controls: new Map(),
    members: new Map(),
  };
  const many = new Map(Array.from({ length: 60 }, (_, at) => [String(500_000_000_000 + at), '']));
  const waiver = { rule: 's3-public', resource: 'www', reason: '공개', ticket: 'S-1', owner: 'web', line: 1 };
  const waivers = [
    { ...waiver, until: '2027-06-30' },
    { ...waiver, until: '2026-12-01', account: ONE },
    { ...waiver, until: '2026-11-01', tag: { key: 'Stage' } },
  ];
  const results = {
    day: '2026-11-22',
    report: 's3://b/r',
    changes: { since: '2026-11-15', added: 1, fixed: 2 },
  };
  const texts = [
    [full, { waivers, excludedAccounts: ['444444444444'] }],
    [full, { results }],
    [{ ...full, members: many }, { results }],
    [{ ...full, accounts: new Map(), controls: new Map(), members: new Map() }, {}],
    [empty, {}],
    [empty, { results: {} }],
    [{ ...empty, members: { problem: '"AccessDenied"' } }, {}],
  ] as const;
  for (const [summary, more] of texts) {
    const options = { time: EVENT.time, aggregator: 'groundrules', ...more };
    const { subject, text } = writeMail(summary, { ...options, language: 'ko' });
    expect(subject).toBe(writeMail(summary, options).subject);
    for (const line of text.split('\n').filter((one) => one !== '')) {
      expect([line, /[가-힣]/.test(line) || /^ {2}\d{12}(?: \w+)?$/.test(line)]).toEqual([line, true]);
      expect(line.replace(/"[^"]*"/g, '')).not.toMatch(/[a-z]{2,} [a-z]{2,} [a-z]{2,}/);
    }
  }
});

describe('waivers', () => {
  const waiver = (rule: string, until: string, more: object = {}) => ({
    ...{
      rule,
      resource: 'www-*',
      reason: 'the public web site',
      ticket: 'SEC-42',
      owner: 'web',
      until,
      line: 1,
    },
    ...more,
  });
  const empty: WeeklySummary = {
    packs: new Map(),
    accounts: new Map(),
    controls: new Map(),
    members: new Map(),
  };
  const mail = (...waivers: ReturnType<typeof waiver>[]) =>
    writeMail(empty, { time: EVENT.time, aggregator: 'groundrules', waivers }).text;

  test('are counted, and those that end or have ended are listed', () => {
    const text = mail(
      waiver('s3-public', '2027-06-30'),
      waiver('root-mfa', '2026-12-01', { account: ONE }),
      waiver('sg-open-ports', '2026-11-01'),
    );
    expect(text).toContain(
      'Waived: 2 waivers in force. What they are about is not among the failures above.',
    );
    expect(text).toContain(
      `Waivers that end within two weeks\n  2026-12-01  root-mfa www-* in ${ONE} (SEC-42, web): the public web site`,
    );
    expect(text).toContain(
      'Waivers that have ended, and waive nothing\n  2026-11-01  sg-open-ports www-* (SEC-42, web): the public web site',
    );
    expect(text).not.toContain('2027-06-30');
  });

  test('none: the mail does not speak of them', () => {
    expect(mail()).not.toMatch(/waive/i);
  });
});

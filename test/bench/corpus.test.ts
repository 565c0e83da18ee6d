/** How other tools are asked about the situations of corpus/: what answers them, and what becomes of what they say. */
import { AccessAnalyzerClient, GetFindingCommand } from '@aws-sdk/client-accessanalyzer';
import {
  CloudWatchClient,
  DescribeAlarmsForMetricCommand,
  GetMetricStatisticsCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  ConfigServiceClient,
  DescribeConfigurationRecorderStatusCommand,
} from '@aws-sdk/client-config-service';
import {
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedGroupPoliciesCommand,
  ListGroupsForUserCommand,
  ListInstanceProfilesCommand,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import { GetBucketAclCommand, GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { ListDocumentsCommand, SSMClient } from '@aws-sdk/client-ssm';
import {
  DescribeServicesCommand,
  DescribeTrustedAdvisorCheckResultCommand,
  SupportClient,
} from '@aws-sdk/client-support';
import { isDocumented, isPlain, managed } from '../../bench/corpus/compare.ts';
import {
  type ComparedTool,
  changesIn,
  explainedOf,
  readCompared,
  rightOf,
  scoresOf,
} from '../../bench/corpus/compared.ts';
import { outcomeOf, wholeOf } from '../../bench/corpus/score.ts';
import { type Corpus, readCorpus, regionsIn, type Situation } from '../../bench/corpus/situations.ts';
import { askedOf, OTHERS, readAsked, rulesOf } from '../../bench/corpus/tools/asked.ts';
import { ADAPTERS, mentionedChecks, startSituations } from '../../bench/corpus/tools/peers.ts';
import { readExplanations, readPromises } from '../../bench/corpus/tools/promises.ts';

const corpusOf = (rule: string) => readCorpus([rule])[0] as Corpus;
const situationOf = (corpus: Corpus, id: string) =>
  corpus.situations.find((one) => one.id === id) as Situation;

describe('an emulated AWS', () => {
  const ask = async <T>(
    rule: string,
    id: string,
    act: (config: object, corpus: Corpus) => Promise<T>,
    at?: number,
  ): Promise<T> => {
    const corpus = corpusOf(rule);
    const aws = await startSituations(corpus);
    try {
      aws.set(situationOf(corpus, id), at ?? Date.parse(corpus.now));
      const credentials = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'nobody' };
      return await act({ endpoint: aws.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }, corpus);
    } finally {
      await aws.stop();
    }
  };

  test("answers from a situation's files, and with what AWS's answer always has", async () => {
    const acl = await ask('s3-public', 'a-bucket-whose-acl-lets-anyone-list-it', (config) =>
      new S3Client({ ...config, forcePathStyle: true }).send(new GetBucketAclCommand({ Bucket: 'web' })),
    );
    expect(acl.Owner?.ID).toBe('owner');
    expect(acl.Grants).toEqual([
      {
        Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
        Permission: 'READ',
      },
    ]);
  });

  test('refuses what the situation has as refused, by its code, and what is not in it', async () => {
    const policyOf = (id: string) =>
      ask('s3-public', id, (config) =>
        new S3Client({ ...config, forcePathStyle: true }).send(new GetBucketPolicyCommand({ Bucket: 'web' })),
      );
    await expect(policyOf('a-bucket-with-nothing-public')).rejects.toThrow(
      expect.objectContaining({ name: 'NoSuchBucketPolicy' }),
    );
    await expect(policyOf('a-bucket-whose-policy-is-denied')).rejects.toThrow(
      expect.objectContaining({ name: 'AccessDenied' }),
    );
  });

  test('has times as long ago as in the situation, and the keys of a list that was not needed', async () => {
    const at = Date.parse('2027-03-01T00:00:00Z');
    const [user, keys] = await ask(
      'access-key-age',
      'an-old-key-and-nobody-collected-the-list-the-report-stands',
      async (config) => {
        const iam = new IAMClient(config);
        return [
          await iam.send(new GetUserCommand({ UserName: 'alice' })),
          await iam.send(new ListAccessKeysCommand({ UserName: 'alice' })),
        ] as const;
      },
      at,
    );
    expect(user.User?.UserName).toBe('alice');
    expect(keys.AccessKeyMetadata?.map(({ Status }) => Status)).toEqual(['Active']);
    const [key] = keys.AccessKeyMetadata ?? [];
    expect((at - (key?.CreateDate?.getTime() ?? 0)) / 86_400_000).toBe(123);
  });
  test('answers what no rule of ours asks, of what the situation has', async () => {
    const statuses = await ask(
      'config-recorder-enabled',
      'a-service-linked-recorder-beside-a-good-one',
      (config) =>
        new ConfigServiceClient(config).send(
          new DescribeConfigurationRecorderStatusCommand({
            ConfigurationRecorderNames: ['AWSConfigurationRecorderForCloudWatch'],
          }),
        ),
    );
    expect(statuses.ConfigurationRecordersStatus).toEqual([
      expect.objectContaining({ name: 'AWSConfigurationRecorderForCloudWatch', recording: true }),
    ]);
    const finding = (id: string) =>
      ask('access-analyzer-findings', 'a-public-bucket', (config) =>
        new AccessAnalyzerClient(config).send(new GetFindingCommand({ analyzerArn: 'arn:aws:x', id })),
      );
    expect((await finding('1a2b3c4d-0000-4000-8000-000000000001')).finding?.isPublic).toBe(true);
    await expect(finding('another')).rejects.toThrow(expect.objectContaining({ name: 'AccessDenied' }));
  });

  test('has the log groups, filters and alarms of one metric, and none where they may not be read', async () => {
    const of = (id: string, metric: string, group: string) =>
      ask('root-activity-alert', id, async (config) => {
        const logs = new CloudWatchLogsClient(config);
        const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
        const { metricFilters = [] } = await logs.send(
          new DescribeMetricFiltersCommand({ logGroupName: group }),
        );
        const { MetricAlarms = [] } = await new CloudWatchClient(config).send(
          new DescribeAlarmsForMetricCommand({ MetricName: metric, Namespace: 'CIS' }),
        );
        return [
          logGroups.map(({ logGroupName }) => logGroupName),
          metricFilters.map(({ filterName }) => filterName),
          MetricAlarms.map(({ AlarmName }) => AlarmName),
        ];
      });
    expect(await of('ciss-metric-filter', 'RootUse', 'trail')).toEqual([['trail'], ['root-use'], ['root']]);
    expect(await of('ciss-metric-filter', 'Other', 'app')).toEqual([['trail'], [], []]);
    expect(await of('a-filter-of-another-log-group', 'RootUse', 'trail')).toEqual([
      ['app', 'trail'],
      [],
      ['root'],
    ]);
    for (const id of ['filters-that-may-not-be-read', 'alarms-that-may-not-be-read'])
      await expect(of(id, 'RootUse', 'trail')).rejects.toThrow(
        expect.objectContaining({ name: 'AccessDenied' }),
      );
  });

  test("answers an older client in its own protocol, and says where it does not know a tool's", async () => {
    const corpus = corpusOf('root-activity-alert');
    const aws = await startSituations(corpus);
    const post = (service: string, body: string) =>
      fetch(aws.endpoint, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
          authorization: `AWS4-HMAC-SHA256 Credential=AKIANOBODY/20261122/us-east-1/${service}/aws4_request`,
        },
      });
    try {
      aws.set(situationOf(corpus, 'ciss-metric-filter'), Date.parse(corpus.now));
      const alarms = await post('monitoring', 'Action=DescribeAlarms&Version=2010-08-01');
      expect([alarms.status, await alarms.text()]).toEqual([
        200,
        expect.stringMatching(/<DescribeAlarmsResult[ >].*<member>.*<AlarmName>root<\/AlarmName>/),
      ]);
      expect(() => aws.check()).not.toThrow();
      expect((await post('monitoring', 'Action=DescribeNothing&Version=2010-08-01')).status).toBe(501);
      expect(() => aws.check()).toThrow('no operation of monitoring');
    } finally {
      await aws.stop();
    }
  });

  test('puts the days of a metric together, as long as a period that is asked for', async () => {
    const day = 86_400_000;
    const asked = (id: string, days: number) =>
      ask('unused-resources', id, async (config, { now }) => {
        const until = Date.parse(now);
        const { Datapoints } = await new CloudWatchClient(config).send(
          new GetMetricStatisticsCommand({
            ...{ Namespace: 'AWS/NATGateway', MetricName: 'BytesOutToDestination', Statistics: ['Sum'] },
            ...{ Dimensions: [{ Name: 'NatGatewayId', Value: 'nat-0a' }], Period: (days * day) / 1_000 },
            ...{ StartTime: new Date(until - days * day), EndTime: new Date(until) },
          }),
        );
        return Datapoints?.map(({ Sum }) => Sum);
      });
    expect(await asked('a-nat-gateway-with-traffic-before', 14)).toEqual([0]);
    expect(await asked('a-nat-gateway-with-traffic-before', 15)).toEqual([5120]);
    expect(await asked('a-nat-gateway-without-data', 15)).toEqual([]);
  });

  test('answers one by one what a situation has of IAM at once, and refuses it as the details are', async () => {
    const iam = <T>(id: string, act: (client: IAMClient) => Promise<T>) =>
      ask('admin-principal-exists', id, (config) => act(new IAMClient(config)));
    const [groups, attached, roles] = await iam('an-administrator-through-a-group', (client) =>
      Promise.all([
        client.send(new ListGroupsForUserCommand({ UserName: 'ana' })),
        client.send(new ListAttachedGroupPoliciesCommand({ GroupName: 'admins' })),
        client.send(new ListRolesCommand({})),
      ]),
    );
    expect(groups.Groups?.map(({ GroupName }) => GroupName)).toEqual(['admins']);
    expect(attached.AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(['AdministratorAccess']);
    expect(roles.Roles).toEqual([]);
    await expect(
      iam('nobody-at-all', (client) => client.send(new GetUserCommand({ UserName: 'ana' }))),
    ).rejects.toThrow(expect.objectContaining({ name: 'NoSuchEntityException' }));
    await expect(
      iam('the-authorization-details-are-denied', (client) => client.send(new ListRolesCommand({}))),
    ).rejects.toThrow(expect.objectContaining({ name: 'AccessDenied' }));
  });

  test("has a role's policies and profile, and policies by who made them", async () => {
    const answers = await ask('ec2-role-least-privilege', 'amazons3fullaccess', async (config) => {
      const client = new IAMClient(config);
      const { InstanceProfiles } = await client.send(new ListInstanceProfilesCommand({}));
      const listed = async (Scope: 'AWS' | 'Local') =>
        (await client.send(new ListPoliciesCommand({ Scope }))).Policies;
      const [policy] = (await listed('AWS')) ?? [];
      const { PolicyVersion } = await client.send(
        new GetPolicyVersionCommand({ PolicyArn: policy?.Arn, VersionId: policy?.DefaultVersionId }),
      );
      return [
        InstanceProfiles?.map(({ Roles }) => Roles?.[0]?.RoleName),
        policy?.PolicyName,
        await listed('Local'),
        decodeURIComponent(PolicyVersion?.Document ?? ''),
      ];
    });
    expect(answers).toEqual([['web'], 'AmazonS3FullAccess', [], expect.stringContaining('s3:*')]);
    const inline = await ask('ec2-role-least-privilege', 'a-role-with-all-of-s3', async (config) => {
      const client = new IAMClient(config);
      const { PolicyNames = [] } = await client.send(new ListRolePoliciesCommand({ RoleName: 'web' }));
      const { PolicyDocument } = await client.send(
        new GetRolePolicyCommand({ RoleName: 'web', PolicyName: PolicyNames[0] }),
      );
      return decodeURIComponent(PolicyDocument ?? '');
    });
    expect(inline).toContain('s3:*');
  });

  test('lists the documents that there are', async () => {
    const listed = (id: string) =>
      ask('ssm-session-logging', id, async (config) => {
        const { DocumentIdentifiers } = await new SSMClient(config).send(new ListDocumentsCommand({}));
        return DocumentIdentifiers?.map(({ Name }) => Name);
      });
    expect(await listed('no-inputs')).toEqual(['SSM-SessionManagerRunShell']);
    expect(await listed('no-preferences')).toEqual([]);
    await expect(listed('nothing-collected')).rejects.toThrow(
      expect.objectContaining({ name: 'AccessDenied' }),
    );
  });

  test('has a support plan where the checks can be asked for, and a result of each check', async () => {
    const result = (id: string, checkId: string) =>
      ask('trusted-advisor', id, async (config) => {
        const support = new SupportClient(config);
        await support.send(new DescribeServicesCommand({}));
        const { result } = await support.send(new DescribeTrustedAdvisorCheckResultCommand({ checkId }));
        return result?.status;
      });
    expect(await result('a-red-check-of-another-pillar', 'Qch7DwouX1')).toBe('error');
    expect(await result('a-check-without-a-summary', '7DAFEmoDos')).toBe('not_available');
    await expect(result('no-support-plan', '7DAFEmoDos')).rejects.toThrow(
      expect.objectContaining({ name: 'SubscriptionRequiredException' }),
    );
  });
});

test('of every rule it is written down what each tool is asked, or why it is not', () => {
  expect([...readAsked().keys()].sort()).toEqual(readCorpus().map(({ rule }) => rule));
  expect(() => askedOf('managed', 'trusted-advisor')).toThrow('managed is not asked for trusted-advisor');
});

test.each(rulesOf('managed'))(
  "what is asked of AWS's managed rules in the place of %s can pass and fail",
  (rule) => {
    const corpus = corpusOf(rule);
    const verdicts = corpus.situations
      .filter(isPlain)
      .filter(isDocumented)
      .map((one) => managed(corpus, one));
    expect(verdicts).toEqual(expect.arrayContaining(['COMPLIANT', 'NON_COMPLIANT']));
  },
);

test('what was compared is what is asked', () => {
  for (const { id, rules } of readCompared().tools) {
    const asked = id === 'groundrules' ? [...new Set(OTHERS.flatMap(rulesOf))] : rulesOf(id);
    expect([id, rules.map(({ rule }) => rule)]).toEqual([id, asked.sort()]);
  }
});

test('a tool looks at all Regions of the account, those that were not collected too', () => {
  const corpus = corpusOf('config-recorder-enabled');
  const [custodian] = ADAPTERS;
  const regions = regionsIn(situationOf(corpus, 'a-region-that-was-not-collected').files);
  expect(regions).toEqual(['us-east-1', 'ap-northeast-2']);
  expect(custodian?.ask(corpus, regions)).toEqual(
    expect.objectContaining({ accountId: corpus.accountId, regions }),
  );
});

test.each([
  ['sg-open-ports', 'ssh-from-everywhere', 'NON_COMPLIANT'],
  ['sg-open-ports', 'the-allowed-ports-from-everywhere', 'COMPLIANT'],
  ['sg-open-ports', 'a-port-allowed-for-tcp-only', 'NON_COMPLIANT'],
  ['sg-open-ports', 'a-public-15', 'COMPLIANT'],
  ['sg-open-ports', 'gre', 'COMPLIANT'],
  ['s3-public', 'a-bucket-whose-acl-lets-anyone-with-an-aws-account-write', 'NON_COMPLIANT'],
  ['s3-public', 'a-bucket-whose-policy-lets-anyone-read', 'NON_COMPLIANT'],
  ['s3-public', 'a-bucket-whose-public-statement-allows-all-but-something', 'NON_COMPLIANT'],
  ['s3-public', 'a-bucket-whose-policy-lets-an-account-read', 'COMPLIANT'],
  ['s3-public', 'a-bucket-where-each-level-stops-the-other-thing', 'COMPLIANT'],
  ['s3-public', 'a-bucket-with-all-flags-but-restrictpublicbuckets', 'NON_COMPLIANT'],
  ['access-key-age', 'a-key-of-123-days', 'NON_COMPLIANT'],
  ['access-key-age', 'an-old-key-that-was-just-deleted', 'COMPLIANT'],
  ['access-key-age', 'an-old-key-that-is-inactive', 'COMPLIANT'],
  ['root-mfa', 'a-password-and-no-mfa', 'NON_COMPLIANT'],
  ['root-mfa', 'no-credentials-at-all', 'NON_COMPLIANT'],
  ['trail-object-lock', 'retention-of-364-days', 'COMPLIANT'],
  ['trail-object-lock', 'a-rule-without-a-default-retention', 'NON_COMPLIANT'],
  ['access-analyzer-findings', 'an-analyzer-that-is-disabled', 'NON_COMPLIANT'],
  ['access-analyzer-findings', 'a-public-bucket', 'COMPLIANT'],
  ['ec2-role-least-privilege', 'administratoraccess', 'NON_COMPLIANT'],
  ['ec2-role-least-privilege', 'a-role-with-everything', 'COMPLIANT'],
  ['alternate-contacts', 'no-contact-for-security', 'NON_COMPLIANT'],
  ['alternate-contacts', 'no-contact-for-billing', 'COMPLIANT'],
])("AWS's managed rules, as documented, say of %s %s: %s", (rule, id, verdict) => {
  const corpus = corpusOf(rule);
  expect(managed(corpus, situationOf(corpus, id))).toBe(verdict);
});

test("what AWS's managed rules never promised is what they say otherwise", () => {
  for (const { rule, of } of readPromises().filter(({ tools }) => tools.includes('managed'))) {
    const corpus = corpusOf(rule);
    for (const id of of) {
      const situation = situationOf(corpus, id);
      expect([id, outcomeOf(wholeOf(situation.expected), managed(corpus, situation))]).not.toEqual([
        id,
        'right',
      ]);
    }
  }
});

const [custodian, prowler] = ADAPTERS;

test.each([
  [custodian, { matched: ['s3-public'], errors: ['another: AccessDenied'] }, 'NON_COMPLIANT'],
  [custodian, { matched: [], errors: ['s3-public: AccessDenied'] }, 'COULD_NOT_TELL'],
  [custodian, { matched: [], errors: [] }, 'COMPLIANT'],
  [
    prowler,
    { said: [['one', 'web', 'PASS'] as const, ['other', 'web', 'FAIL'] as const], errors: ['x'] },
    'NON_COMPLIANT',
  ],
  [prowler, { said: [['one', 'web', 'PASS'] as const], errors: [] }, 'COMPLIANT'],
  [prowler, { said: [['one', 'web', 'PASS'] as const], errors: ['other: KeyError'] }, 'COULD_NOT_TELL'],
  [prowler, { said: [['one', 'web', 'MANUAL'] as const], errors: [] }, 'COULD_NOT_TELL'],
  [prowler, { said: [], errors: [] }, 'COULD_NOT_TELL'],
])('%#: an answer is read as a verdict', (adapter, answer, verdict) => {
  expect(adapter?.verdict(answer)).toBe(verdict);
});

test('what a tool never promised is counted apart, and is something that it says otherwise', () => {
  const rule = {
    ...{ rule: 's3-public', situations: 9, missed: ['a', 'b'] },
    ...{ falseAlarm: ['c'], guessed: [], silent: ['d'] },
  };
  const tool: ComparedTool = { id: 'prowler', name: 'Prowler', version: '5', rules: [rule] };
  const never = (...of: string[]) => [{ tools: ['prowler' as const], rule: 's3-public', why: 'so', of }];
  const [score] = scoresOf(tool, never('b', 'd'));
  expect(score).toEqual({ ...rule, missed: ['a'], silent: [], notPromised: ['b', 'd'] });
  expect(score && rightOf(score)).toBe(5);
  expect(scoresOf({ ...tool, id: 'custodian' }, never('b'))[0]?.notPromised).toEqual([]);
  expect(() => scoresOf(tool, never('b', 'e'))).toThrow('prowler is right about s3-public e');
});

test('what a tool misses or fails without need has a reason, and no reason is left over', () => {
  const rule = {
    ...{ rule: 's3-public', situations: 9, missed: ['a', 'b'], falseAlarm: ['c'] },
    ...{ guessed: ['d'], silent: [], notPromised: [] },
  };
  const because = (why: string, ...of: string[]) => ({
    ...{ tools: ['prowler' as const], rule: 's3-public', why, of },
  });
  const tool = { id: 'prowler' as const };
  expect(explainedOf(tool, rule, [because('so', 'a', 'c'), because('thus', 'b')])).toEqual([
    { is: 'missed', why: 'so', of: ['a'] },
    { is: 'missed', why: 'thus', of: ['b'] },
    { is: 'falseAlarm', why: 'so', of: ['c'] },
  ]);
  expect(() => explainedOf(tool, rule, [because('so', 'a', 'c')])).toThrow('nobody says why');
  expect(() => explainedOf(tool, rule, [because('so', 'a', 'b', 'c', 'd')])).toThrow(
    'prowler is not wrong about s3-public d',
  );
});

test('each explanation is of a rule that its tools are asked about', () => {
  const asked = readCompared().tools.flatMap(({ id, rules }) => rules.map(({ rule }) => `${id} ${rule}`));
  const told = readExplanations().flatMap(({ tools, rule }) => tools.map((tool) => `${tool} ${rule}`));
  expect(told.filter((one) => !asked.includes(one))).toEqual([]);
});

test('what tools say is held to what is kept of these rules, whenever that was', () => {
  const kept = readCompared();
  const [groundrules, ...others] = kept.tools;
  const rules = groundrules?.rules.map((one) => (one.rule === 's3-public' ? { ...one, missed: ['x'] } : one));
  const now = { at: '2030-01-01', tools: [{ ...groundrules, rules } as ComparedTool, ...others] };
  expect(changesIn(kept, { ...kept, at: '2030-01-01' })).toEqual([]);
  expect(changesIn(kept, now)).toEqual([
    expect.stringMatching(/^Groundrules .*, s3-public: was .* is .*"x"/),
  ]);
  expect(changesIn(kept, now, ['root-mfa'])).toEqual([]);
  expect(changesIn(kept, { ...kept, tools: others })[0]).toContain('is not asked');
});

test('a check of Prowler that is asked for, or told of, has to be one', () => {
  const told = ['cloudwatch_log_metric_filter_root_usage', 'account_maintain_current_contact_details'];
  expect(() => mentionedChecks(new Set())).toThrow(told[1]);
  const all = { has: () => true } as unknown as ReadonlySet<string>;
  expect(mentionedChecks(all)).toEqual(expect.arrayContaining(told));
});

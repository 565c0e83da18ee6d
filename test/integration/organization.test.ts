import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import {
  ConfigServiceClient,
  DescribeAggregateComplianceByConfigRulesCommand,
  DescribeAggregateComplianceByConformancePacksCommand,
} from '@aws-sdk/client-config-service';
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { weeklySummary } from '../../deploy/organization/weekly.ts';
import { bundles, SETTINGS, synthOrganization } from '../deploy/support/organization.ts';
import { PYTHON, useMoto } from './support/moto.ts';

jest.setTimeout(240_000);

const { folderOf, remove } = bundles();
afterAll(remove);

test('cfn-lint has nothing to say of any template, those for members included', async () => {
  const { directory } = synthOrganization(SETTINGS, folderOf).assembly;
  const templates = readdirSync(directory)
    .filter((file) => /\.(template|members)\.json$/.test(file))
    .map((file) => join(directory, file));
  // Three buckets, the StackSets, management and audit account, and three templates for members.
  expect(templates).toHaveLength(9);
  const args = [
    '--format',
    'json',
    '--include-checks',
    'I3011',
    '--regions',
    'ap-northeast-2',
    '--',
    ...templates,
  ];
  const { stdout } = await promisify(execFile)(join(dirname(PYTHON), 'cfn-lint'), args).catch(
    (error) => error,
  );
  expect(JSON.parse(stdout || '[]')).toEqual([]);
});

describe('the weekly mail', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());
  /** Somebody who subscribes by HTTP, and the first notification that comes. */
  async function subscriber(): Promise<{ received: Promise<Record<string, string>>; endpoint: string }> {
    const listening = createServer().listen(0, '127.0.0.1');
    server = listening;
    const received = new Promise<Record<string, string>>((resolve, reject) => {
      listening.on('request', (request, response) => {
        text(request).then((body) => {
          response.end();
          // The first one asks to confirm the subscription.
          if (JSON.parse(body).Type === 'Notification') resolve(JSON.parse(body));
        }, reject);
      });
    });
    await once(server, 'listening');
    return { received, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
  }
  const moto = useMoto();

  test("is published, with the organization's names for the accounts", async () => {
    const organizations = new OrganizationsClient(moto.client());
    await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
    const { CreateAccountStatus: made } = await organizations.send(
      new CreateAccountCommand({ AccountName: 'production', Email: 'production@example.com' }),
    );
    const sns = new SNSClient(moto.client());
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'groundrules-summary' }));
    const { received, endpoint } = await subscriber();
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: endpoint }));
    // moto has no aggregated compliance.
    const config = mockClient(ConfigServiceClient);
    config.on(DescribeAggregateComplianceByConformancePacksCommand).resolves({
      AggregateComplianceByConformancePacks: [
        {
          ConformancePackName: 'groundrules-root',
          AccountId: made?.AccountId,
          AwsRegion: 'us-east-1',
          Compliance: {
            ComplianceType: 'NON_COMPLIANT',
            CompliantRuleCount: 8,
            NonCompliantRuleCount: 1,
            TotalRuleCount: 9,
          },
        },
      ],
    });
    config.on(DescribeAggregateComplianceByConfigRulesCommand).resolves({});

    const handler = weeklySummary({
      config: new ConfigServiceClient(moto.client()),
      organizations,
      sns,
      log: { info: () => {}, warn: () => {} },
    });
    const controls = { CRITICAL: ['root-mfa'], HIGH: [], MEDIUM: [], LOW: [] };
    await handler({
      time: '2026-11-23T06:23:00Z',
      aggregator: 'groundrules',
      packPrefix: 'groundrules-',
      topicArn: TopicArn,
      controls,
    });

    const { Subject, Message } = await received;
    expect(Subject).toBe('Groundrules: 1 of 1 account with results fail a rule');
    expect(Message).toContain(`${made?.AccountId} production: 1 failing; 8 of 9 rules pass`);
    // The management account, which has none.
    expect(Message).toContain('Active accounts without results (1)');
  });
});

import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  ConfigServiceClient,
  DescribeAggregateComplianceByConfigRulesCommand,
  DescribeAggregateComplianceByConformancePacksCommand,
} from '@aws-sdk/client-config-service';
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { weeklySummary } from '../../deploy/organization/weekly.ts';
import { ofTree } from '../../deploy/preflight/checks/units.ts';
import { readSettings, type SettingsInput } from '../../deploy/settings/index.ts';
import { bundles, ORGANIZATION, SETTINGS, synthOrganization } from '../deploy/support/organization.ts';
import { cfnLint } from './support/cfn-lint.ts';
import { useMoto } from './support/moto.ts';

jest.setTimeout(240_000);

const { folderOf, remove } = bundles();
afterAll(remove);

/** Every setting of an organization that changes a template. */
const EVERYTHING = {
  ...SETTINGS,
  packs: ['workloads', 'cost'],
  regions: ['ap-northeast-2', 'us-east-1'],
  organization: {
    ...ORGANIZATION,
    delegatedAdministratorAccountId: '333333333333',
    excludedAccounts: ['444444444444'],
    canary: { accounts: ['555555555555'] },
    groups: [
      {
        name: 'production',
        organizationalUnits: ['ou-ab12-production'],
        controls: { 'sg-open-ports': { parameters: { allowedTcpPorts: '8443' } } },
        remediation: { mode: 'automatic' },
      },
    ],
    failureToleranceCount: 2,
    maxConcurrentCount: 20,
    regionConcurrencyType: 'SEQUENTIAL',
    regionOrder: ['us-east-1', 'ap-northeast-2'],
  },
} satisfies SettingsInput;

test.each<[situation: string, settings: SettingsInput, templates: number]>([
  // Three buckets, the StackSets, management and audit account, and three templates for members.
  ['as the settings leave it', SETTINGS, 9],
  // Two buckets, the same three stacks, and two templates for members and two for the group's. A canary has the members'.
  ['with everything set', EVERYTHING, 9],
])(
  'cfn-lint has nothing to say of any template, those for members included: %s',
  async (_, settings, count) => {
    const { directory } = synthOrganization(settings, folderOf).assembly;
    const templates = readdirSync(directory)
      .filter((file) => /\.(template|members)\.json$/.test(file))
      .map((file) => join(directory, file));
    expect(templates).toHaveLength(count);
    expect(await cfnLint('ap-northeast-2', ...templates)).toEqual([]);
  },
);

/** moto knows neither StackSets nor AWS Config as somebody to delegate to: test/deploy/preflight-organization.test.ts has them. */
describe("the preflight's look at the organization's tree", () => {
  const moto = useMoto();

  test('finds what is in what, and is content when it has been put right', async () => {
    const client = new OrganizationsClient(moto.client());
    const { Organization } = await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
    const { Roots = [] } = await client.send(new ListRootsCommand({}));
    const root = Roots[0]?.Id ?? '';
    const unit = async (Name: string, ParentId: string) => {
      const made = await client.send(new CreateOrganizationalUnitCommand({ Name, ParentId }));
      return made.OrganizationalUnit?.Id ?? '';
    };
    const workloads = await unit('workloads', root);
    const production = await unit('production', workloads);
    const sandboxes = await unit('sandboxes', root);
    const { CreateAccountStatus: made } = await client.send(
      new CreateAccountCommand({ AccountName: 'canary', Email: 'canary@example.com' }),
    );
    const canary = made?.AccountId ?? '';
    const look = async (own: string) => {
      const { organization } = readSettings({
        organization: {
          ...ORGANIZATION,
          organizationalUnits: [workloads],
          canary: { accounts: [canary] },
          groups: [{ name: 'own', organizationalUnits: [own] }],
        },
      });
      const found = organization ? await ofTree(client, organization, Organization?.MasterAccountId) : [];
      return found.map(({ level, message }) => `${level} ${message}`);
    };
    expect(await look(production)).toEqual([
      expect.stringContaining(
        `error organization.groups.0.organizationalUnits: ${production} is in ${workloads}`,
      ),
      `error organization.canary.accounts: ${canary} is in none of organization.organizationalUnits`,
    ]);
    await client.send(
      new MoveAccountCommand({ AccountId: canary, SourceParentId: root, DestinationParentId: production }),
    );
    expect(await look(sandboxes)).toEqual([]);
  });
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

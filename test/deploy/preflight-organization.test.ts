/** What the preflight says of where an organization's units and accounts are, and of its delegated administrator. */
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import {
  DescribeOrganizationCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListParentsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { CHECKS, type Checked, type Clients, preflight } from '../../deploy/preflight/index.ts';
import { readSettings, type SettingsInput } from '../../deploy/settings/index.ts';

const STACK_SETS = 'member.org.stacksets.cloudformation.amazonaws.com';
const CONFIG = 'config.amazonaws.com';
const MANAGEMENT = '111122223333';
const AUDIT = '222222222222';
const ADMINISTRATOR = '333333333333';
const CANARY = '555555555555';

const organizations = mockClient(OrganizationsClient);
const ssm = mockClient(SSMClient);
const securityHub = mockClient(SecurityHubClient);
const unasked = mockClient(ConfigServiceClient);
const nobody = (): never => {
  throw new Error('nothing of this account is to be asked here');
};
const clients: Clients = {
  cloudformation: nobody,
  config: (region) => new ConfigServiceClient({ region }),
  lambda: nobody,
  organizations: (region) => new OrganizationsClient({ region }),
  securityHub: (region) => new SecurityHubClient({ region }),
  ssm: (region) => new SSMClient({ region }),
};

/** The organization's tree: what each unit and account is in. */
const TREE: Readonly<Record<string, string>> = {
  'ou-ab12-workloads': 'r-ab12',
  'ou-ab12-production': 'ou-ab12-workloads',
  'ou-ab12-payments': 'ou-ab12-production',
  'ou-ab12-sandboxes': 'r-ab12',
  [CANARY]: 'ou-ab12-production',
  [ADMINISTRATOR]: 'ou-ab12-sandboxes',
  [MANAGEMENT]: 'r-ab12',
};
beforeEach(() => {
  for (const client of [organizations, ssm, securityHub, unasked]) client.reset();
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: '28' } });
  organizations
    .on(DescribeOrganizationCommand)
    .resolves({ Organization: { Id: 'o-abcdefghij', MasterAccountId: MANAGEMENT } })
    .on(ListAWSServiceAccessForOrganizationCommand)
    .resolves({
      EnabledServicePrincipals: [{ ServicePrincipal: STACK_SETS }, { ServicePrincipal: CONFIG }],
    })
    .on(ListDelegatedAdministratorsCommand, { ServicePrincipal: CONFIG })
    .resolves({ DelegatedAdministrators: [{ Id: AUDIT }] })
    .on(ListDelegatedAdministratorsCommand, { ServicePrincipal: STACK_SETS })
    .resolves({ DelegatedAdministrators: [] })
    .on(ListParentsCommand)
    .callsFake(({ ChildId }: { ChildId: string }) => {
      const Id = TREE[ChildId];
      if (Id !== undefined) return { Parents: [{ Id }] };
      throw Object.assign(new Error('no such child'), { name: 'ChildNotFoundException', $metadata: {} });
    });
});
const isDelegated = (...ids: string[]) =>
  organizations
    .on(ListDelegatedAdministratorsCommand, { ServicePrincipal: STACK_SETS })
    .resolves({ DelegatedAdministrators: ids.map((Id) => ({ Id })) });

const settingsOf = (own: object): SettingsInput =>
  ({
    regions: ['us-east-1', 'eu-west-1'],
    organization: {
      organizationId: 'o-abcdefghij',
      organizationalUnits: ['ou-ab12-workloads'],
      auditAccountId: AUDIT,
      ...own,
    },
  }) as SettingsInput;
const run = (own: object, accountId: string): Promise<Checked[]> =>
  preflight({ settings: readSettings(settingsOf(own)), accountId, clients });
/** What the check of the organization alone finds, for whoever the management account is. */
async function ofOrganization(own: object) {
  const check = CHECKS.find(({ id }) => id === 'organization');
  const settings = readSettings(settingsOf(own));
  return check?.run({ settings, accountId: MANAGEMENT, region: 'us-east-1', clients });
}
const FINE = [{ level: 'ok', message: 'o-abcdefghij trusts StackSets and AWS Config' }];
const group = (...organizationalUnits: string[]) => ({ name: 'own', organizationalUnits });

test.each<[situation: string, own: object, found: [message: RegExp, command?: RegExp]]>([
  [
    'an administrator whom nobody has registered',
    { delegatedAdministratorAccountId: ADMINISTRATOR },
    [
      /^333333333333 is no delegated administrator of StackSets/,
      /^aws organizations register-delegated-administrator --service-principal member\.org\.stacksets\.cloudformation\.amazonaws\.com --account-id 333333333333$/,
    ],
  ],
  [
    'the management account as an administrator',
    { delegatedAdministratorAccountId: MANAGEMENT },
    [/^111122223333 is the management account, .*leave organization\.delegatedAdministratorAccountId out$/],
  ],
  [
    'a unit that is not there',
    { organizationalUnits: ['ou-ab12-workloads', 'ou-ab12-mistyped'] },
    [/^organization\.organizationalUnits: the organization has no unit ou-ab12-mistyped$/],
  ],
  [
    "a group's unit two levels below one of all",
    { groups: [group('ou-ab12-payments')] },
    [
      /^organization\.groups\.0\.organizationalUnits: ou-ab12-payments is in ou-ab12-workloads \(organization\.organizationalUnits\): its accounts would get two stacks/,
    ],
  ],
  [
    "a unit of all below the canary's",
    {
      organizationalUnits: ['ou-ab12-production'],
      canary: { organizationalUnits: ['ou-ab12-workloads'] },
    },
    [
      /^organization\.organizationalUnits: ou-ab12-production is in ou-ab12-workloads \(organization\.canary\.organizationalUnits\)/,
    ],
  ],
  [
    'a canary in none of the units',
    { organizationalUnits: ['ou-ab12-sandboxes'], canary: { accounts: [CANARY] } },
    [/^organization\.canary\.accounts: 555555555555 is in none of organization\.organizationalUnits$/],
  ],
  [
    'a canary of another organization',
    { canary: { accounts: ['999999999999'] } },
    [/^organization\.canary\.accounts: 999999999999 is not in the organization$/],
  ],
  [
    'the management account as a canary',
    { organizationalUnits: ['r-ab12'], canary: { accounts: [MANAGEMENT] } },
    [
      /^organization\.canary\.accounts: 111122223333 is the management account, which StackSets do not reach$/,
    ],
  ],
])('refuses %s', async (_, own, [message, command]) => {
  expect(await ofOrganization(own)).toEqual([
    {
      level: 'error',
      message: expect.stringMatching(message),
      ...(command && { command: expect.stringMatching(command) }),
    },
  ]);
});

test.each<[situation: string, own: object]>([
  ['an administrator who is registered', { delegatedAdministratorAccountId: ADMINISTRATOR }],
  ['units beside each other', { groups: [group('ou-ab12-sandboxes')] }],
  [
    'a unit within another of the same place',
    { organizationalUnits: ['ou-ab12-workloads', 'ou-ab12-payments'] },
  ],
  ['a canary some levels below a unit', { canary: { accounts: [CANARY] } }],
  ['a canary below the root', { organizationalUnits: ['r-ab12'], canary: { accounts: [CANARY] } }],
])('is content with %s', async (_, own) => {
  isDelegated('999999999999', ADMINISTRATOR);
  expect(await ofOrganization(own)).toEqual(FINE);
});

test('asks of each unit once what it is in', async () => {
  await ofOrganization({ canary: { accounts: [CANARY] }, groups: [group('ou-ab12-sandboxes')] });
  const asked = organizations.commandCalls(ListParentsCommand).map(({ args: [{ input }] }) => input.ChildId);
  expect(new Set(asked).size).toBe(asked.length);
});

const named = (found: readonly Checked[]) =>
  found.map(({ check, region, level }) => `${check} ${region} ${level}`);

test('the administrator needs what its buckets and StackSets need, in each Region; its rules come as to any member', async () => {
  isDelegated(ADMINISTRATOR);
  expect(named(await run({ delegatedAdministratorAccountId: ADMINISTRATOR }, ADMINISTRATOR))).toEqual([
    'organization us-east-1 ok',
    'bootstrap us-east-1 ok',
    'bootstrap eu-west-1 ok',
  ]);
});

test('an audit account that is the administrator as well needs what both need', async () => {
  const own = { delegatedAdministratorAccountId: AUDIT };
  const found = await run(own, AUDIT);
  expect(found.map(({ check, region }) => `${check} ${region}`)).toEqual([
    'organization us-east-1',
    'bootstrap us-east-1',
    'bootstrap eu-west-1',
  ]);
  // Alone, it would not be asked whether it administers StackSets.
  expect(found[0]?.message).toMatch(/^222222222222 is no delegated administrator of StackSets/);
  isDelegated(AUDIT);
  expect((await run(own, AUDIT))[0]?.level).toBe('ok');
});

test('what Organizations does not say is not taken for fine', async () => {
  organizations.on(ListParentsCommand).rejects(
    Object.assign(new Error('not authorized'), {
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
    }),
  );
  isDelegated(ADMINISTRATOR);
  const [finding] = await run({ delegatedAdministratorAccountId: ADMINISTRATOR }, ADMINISTRATOR);
  expect(finding).toMatchObject({
    level: 'unknown',
    message: expect.stringMatching(/access denied .*organizations:ListParents/),
  });
});

import {
  DescribeOrganizationCommand,
  type OrganizationsClient,
  paginateListAWSServiceAccessForOrganization,
  paginateListDelegatedAdministrators,
} from '@aws-sdk/client-organizations';
import { whole } from '../../../account/pages.ts';
import { type Check, type Finding, okUnless, type Place } from '../finding.ts';
import { ofTree } from './units.ts';

const STACK_SETS = 'member.org.stacksets.cloudformation.amazonaws.com';
const CONFIG = 'config.amazonaws.com';

/** What a deployment to an organization needs, as its management account or a delegated administrator sees it. */
export const organization: Check = {
  id: 'organization',
  once: true,
  actions: [
    'organizations:DescribeOrganization',
    'organizations:ListAWSServiceAccessForOrganization',
    'organizations:ListDelegatedAdministrators',
    'organizations:ListParents',
  ],
  async run({ settings, accountId, region, clients }: Place) {
    const wanted = settings.organization;
    if (wanted === false) return [];
    const client = clients.organizations(region);
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    if (Organization?.Id !== wanted.organizationId) {
      const message = `this account is in ${Organization?.Id ?? 'no organization'}, and organization.organizationId is ${wanted.organizationId}`;
      return [{ level: 'error', message }];
    }
    const administrator = wanted.delegatedAdministratorAccountId;
    // The audit account's own stack needs nothing of the organization but its aggregator.
    if (accountId === wanted.auditAccountId && accountId !== administrator)
      return okUnless([], `this is the audit account of ${Organization.Id}`);
    const trusted = await trustedServices(client);
    const delegated = await delegatedFor(client, CONFIG);
    const findings: Finding[] = [];
    if (!trusted.includes(STACK_SETS)) {
      findings.push({
        level: 'error',
        message: 'StackSets may not deploy to the organization: trusted access is off',
        command: 'aws cloudformation activate-organizations-access',
      });
    }
    if (!trusted.includes(CONFIG)) {
      findings.push({
        level: 'error',
        message: 'AWS Config may not look at the organization: trusted access is off',
        command: `aws organizations enable-aws-service-access --service-principal ${CONFIG}`,
      });
    }
    if (!delegated.includes(wanted.auditAccountId)) {
      findings.push({
        level: 'error',
        message: `${wanted.auditAccountId} is no delegated administrator of AWS Config: its aggregator gets nothing`,
        command: `aws organizations register-delegated-administrator --service-principal ${CONFIG} --account-id ${wanted.auditAccountId}`,
      });
    }
    findings.push(
      ...(await ofAdministrator(client, administrator, Organization.MasterAccountId)),
      ...(await ofTree(client, wanted, Organization.MasterAccountId)),
    );
    return okUnless(findings, `${Organization.Id} trusts StackSets and AWS Config`);
  },
};

/** Whether the account is for StackSets what the settings say it is. */
async function ofAdministrator(
  client: OrganizationsClient,
  administrator: string | undefined,
  management: string | undefined,
): Promise<Finding[]> {
  if (administrator === undefined) return [];
  if (administrator === management) {
    return [
      {
        level: 'error',
        message: `${administrator} is the management account, which is nobody's delegate: leave organization.delegatedAdministratorAccountId out`,
      },
    ];
  }
  if ((await delegatedFor(client, STACK_SETS)).includes(administrator)) return [];
  return [
    {
      level: 'error',
      message: `${administrator} is no delegated administrator of StackSets: it cannot deploy to the organization`,
      command: `aws organizations register-delegated-administrator --service-principal ${STACK_SETS} --account-id ${administrator}`,
    },
  ];
}

async function trustedServices(client: OrganizationsClient): Promise<string[]> {
  const found: string[] = [];
  for await (const page of whole(
    'organizations:ListAWSServiceAccessForOrganization',
    paginateListAWSServiceAccessForOrganization({ client }, {}),
  )) {
    found.push(
      ...(page.EnabledServicePrincipals ?? []).flatMap(({ ServicePrincipal }) => ServicePrincipal ?? []),
    );
  }
  return found;
}

async function delegatedFor(client: OrganizationsClient, service: string): Promise<string[]> {
  const found: string[] = [];
  const query = { ServicePrincipal: service };
  for await (const page of whole(
    'organizations:ListDelegatedAdministrators',
    paginateListDelegatedAdministrators({ client }, query),
  )) {
    found.push(...(page.DelegatedAdministrators ?? []).flatMap(({ Id }) => Id ?? []));
  }
  return found;
}

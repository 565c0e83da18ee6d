import {
  DescribeHubCommand,
  GetAdministratorAccountCommand,
  ListMembersCommand,
} from '@aws-sdk/client-securityhub';
import { type Check, type Finding, okUnless, type Place } from '../finding.ts';

/** What Security Hub CSPM answers where it is off. */
const OFF = new Set(['InvalidAccessException', 'ResourceNotFoundException']);

/** Security Hub CSPM is on, where findings go there, and takes what the settings ask for. */
export const securityHub: Check = {
  id: 'security-hub',
  actions: ['securityhub:DescribeHub', 'securityhub:GetAdministratorAccount', 'securityhub:ListMembers'],
  async run({ settings, region, clients }: Place) {
    if (settings.securityHub === false) return [];
    const client = clients.securityHub(region);
    try {
      await client.send(new DescribeHubCommand({}));
    } catch (error) {
      if (!OFF.has((error as Error).name)) throw error;
      return [
        {
          level: 'error',
          message: 'Security Hub CSPM is off: findings are refused, and insights make the stack fail',
          command: `aws securityhub enable-security-hub --no-enable-default-standards --region ${region}`,
        },
      ];
    }
    const { Administrator } = await client.send(new GetAdministratorAccountCommand({}));
    const administrator = Administrator?.AccountId;
    const { automationRules } = settings.securityHub;
    if (administrator !== undefined) {
      const message = `Security Hub CSPM is on, and ${administrator} administers it`;
      return okUnless(ofMember(automationRules === true, administrator), message);
    }
    const { Members = [] } = await client.send(
      new ListMembersCommand({ OnlyAssociated: true, MaxResults: 1 }),
    );
    if (Members.length === 0) return okUnless([], 'Security Hub CSPM is on, for this account alone');
    const may = automationRules === undefined ? ': securityHub.automationRules may be true here' : '';
    return okUnless([], `Security Hub CSPM is on, and this account administers others${may}`);
  },
};

/** @param administrator another account, of which this one is a member. */
function ofMember(wantsAutomationRules: boolean, administrator: string): Finding[] {
  if (!wantsAutomationRules) return [];
  return [
    {
      level: 'error',
      message: `securityHub.automationRules is on, and this account is a member: only ${administrator}, its administrator, may have automation rules, and the stack fails`,
      command: `set securityHub.automationRules to false here, and to true where ${administrator} is deployed to`,
    },
  ];
}

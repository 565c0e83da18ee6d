import {
  AccountClient,
  type AlternateContactType,
  PutAlternateContactCommand,
} from '@aws-sdk/client-account';
import rule from '../../../rules/alternate-contacts/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { type Rival, remediates } from '../support/remediation.ts';

/** An account with alternate contacts of these types, each with an address of its own at a domain. */
const account =
  (domain: string, ...types: AlternateContactType[]) =>
  async (client: object) => {
    const management = new AccountClient(client);
    for (const AlternateContactType of types) {
      const EmailAddress = `${AlternateContactType.toLowerCase()}@${domain}`;
      const rest = { Name: 'Moonjar', Title: 'Team', PhoneNumber: '+82 2 555 0100' };
      await management.send(new PutAlternateContactCommand({ AlternateContactType, EmailAddress, ...rest }));
    }
    return MOTO_ACCOUNT;
  };

const contact = (prefix: string, address = `aws-${prefix.toLowerCase()}@moonjar.example`) => ({
  [`${prefix}Name`]: `Moonjar ${prefix}`,
  [`${prefix}Title`]: 'Team',
  [`${prefix}EmailAddress`]: address,
  [`${prefix}PhoneNumber`]: '+82 2 555 0199',
});

const registers = (type: AlternateContactType): Rival => ({
  does: `registers a contact of their own for ${type}`,
  async strike(client) {
    await account('rival.example', type)(client);
    return true;
  },
  holds: (now) => expect(now[`contact ${type}`]).toMatch(/@rival\.example/),
  duringUndo: true,
});

remediates({
  rule,
  scenarios: [
    {
      situation: 'two contacts that are missing',
      found: account('moonjar.example', 'SECURITY'),
      parameters: { ...contact('Billing'), ...contact('Operations') },
      changes: /^contact (BILLING|OPERATIONS)$/,
      message: /Moonjar Billing <aws-billing@moonjar\.example> is the alternate contact for billing/,
      rivals: [registers('OPERATIONS')],
    },
    {
      situation: 'no contact at all, and one mailbox for all',
      found: account('moonjar.example'),
      parameters: {
        requireDistinct: 'false',
        ...contact('Billing', 'aws@moonjar.example'),
        ...contact('Operations', 'aws@moonjar.example'),
        ...contact('Security', 'aws@moonjar.example'),
      },
      changes: /^contact (BILLING|OPERATIONS|SECURITY)$/,
    },
    {
      situation: 'one that is required',
      found: account('moonjar.example'),
      parameters: { requiredTypes: 'OPERATIONS', ...contact('Operations'), ...contact('Security') },
      changes: /^contact OPERATIONS$/,
    },
  ],
  refusals: [
    {
      situation: 'nobody says whom AWS should tell',
      found: account('moonjar.example', 'BILLING', 'SECURITY'),
      message: /whom AWS should tell of operations cannot be made up/,
    },
    {
      situation: 'an address at a domain of private mail',
      found: account('moonjar.example', 'BILLING', 'SECURITY'),
      parameters: contact('Operations', 'moonjar@mail.naver.com'),
      message: /would fail OperationsEmailAddress: .*has an address at mail\.naver\.com/,
    },
    {
      situation: 'the address of another contact',
      found: account('moonjar.example', 'BILLING', 'SECURITY'),
      parameters: contact('Operations', 'BILLING@moonjar.example'),
      message: /would fail OperationsEmailAddress: .*have the same address/,
    },
    {
      situation: 'two contacts with one address',
      found: account('moonjar.example', 'SECURITY'),
      parameters: {
        ...contact('Operations', 'team@moonjar.example'),
        ...contact('Billing', 'team@moonjar.example'),
      },
      message: /would fail BillingEmailAddress: .*would fail OperationsEmailAddress: /s,
    },
    {
      situation: 'private mail alone, which is not overwritten',
      found: account('gmail.com', 'BILLING', 'OPERATIONS', 'SECURITY'),
      parameters: contact('Billing'),
      message: /change it by hand/,
    },
  ],
});

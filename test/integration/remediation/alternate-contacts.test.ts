import {
  AccountClient,
  type AlternateContactType,
  PutAlternateContactCommand,
} from '@aws-sdk/client-account';
import rule from '../../../rules/alternate-contacts/rule.ts';
import { tellsPeople } from '../support/tells-people.ts';

/** An account with alternate contacts of these types, at a domain. */
const account =
  (domain: string, ...types: AlternateContactType[]) =>
  async (client: object) => {
    const management = new AccountClient(client);
    for (const AlternateContactType of types) {
      const EmailAddress = `${AlternateContactType.toLowerCase()}@${domain}`;
      const rest = { Name: 'Moonjar', Title: 'Team', PhoneNumber: '+82 2 555 0100' };
      await management.send(new PutAlternateContactCommand({ AlternateContactType, EmailAddress, ...rest }));
    }
  };

tellsPeople({
  rule,
  situations: [
    { situation: 'no contact for security', found: account('moonjar.example', 'BILLING', 'OPERATIONS') },
    { situation: 'private mail', found: account('gmail.com', 'BILLING', 'OPERATIONS', 'SECURITY') },
  ],
});

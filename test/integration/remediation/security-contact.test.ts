import {
  AccountClient,
  type AlternateContactType,
  PutAlternateContactCommand,
} from '@aws-sdk/client-account';
import rule from '../../../rules/security-contact/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { type Rival, remediates } from '../support/remediation.ts';

/** An account with alternate contacts of these types. */
const account =
  (...types: AlternateContactType[]) =>
  async (client: object) => {
    const management = new AccountClient(client);
    for (const AlternateContactType of types) {
      const Name = `Moonjar ${AlternateContactType}`;
      const rest = { Title: 'Team', EmailAddress: 'team@moonjar.example', PhoneNumber: '+82 2 555 0100' };
      await management.send(new PutAlternateContactCommand({ AlternateContactType, Name, ...rest }));
    }
    return MOTO_ACCOUNT;
  };

const contact = {
  ContactName: 'Moonjar security',
  ContactTitle: 'Security team',
  EmailAddress: 'security@moonjar.example',
  PhoneNumber: '+82 2 555 0199',
};
const changes = /^contact SECURITY$/;

const registers: Rival = {
  does: 'registers a contact of their own',
  async strike(client) {
    await account('SECURITY')(client);
    return true;
  },
  holds: (now) => expect(now['contact SECURITY']).toMatch(/"Name":"Moonjar SECURITY"/),
  duringUndo: true,
};

remediates({
  rule,
  scenarios: [
    {
      situation: 'no contact at all',
      found: account(),
      parameters: contact,
      changes,
      rivals: [registers],
    },
    {
      situation: 'contacts for other things',
      found: account('BILLING', 'OPERATIONS'),
      parameters: { ...contact, PhoneNumber: ' (02) 555-0199 ' },
      changes,
      message: /Moonjar security <security@moonjar\.example> is the alternate contact/,
    },
  ],
  refusals: [
    {
      situation: 'nobody says whom AWS should tell',
      found: account('BILLING'),
      message: /Set ContactName, ContactTitle, EmailAddress, PhoneNumber/,
    },
    {
      situation: 'half a contact',
      found: account(),
      parameters: { ...contact, PhoneNumber: '' },
      message: /Set PhoneNumber:/,
    },
  ],
});

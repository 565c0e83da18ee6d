import {
  AccountClient,
  type AlternateContactType,
  GetAlternateContactCommand,
  GetContactInformationCommand,
} from '@aws-sdk/client-account';
import type { Ask, LiveService } from '../../live/service.ts';
import * as account from './readings.ts';

export const service: LiveService<AccountClient> = { connect: (config) => new AccountClient(config) };

// No AccountId, which is for an organization's management account.
export const alternateContact = {
  service,
  reading: account.alternateContact,
  ask: ({ client, id }: Ask<AccountClient>) =>
    client.send(new GetAlternateContactCommand({ AlternateContactType: id as AlternateContactType })),
};
export const contactInformation = {
  service,
  reading: account.contactInformation,
  ask: ({ client }: Ask<AccountClient>) => client.send(new GetContactInformationCommand({})),
};

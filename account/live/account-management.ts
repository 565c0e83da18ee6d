import {
  AccountClient,
  type AlternateContactType,
  GetAlternateContactCommand,
} from '@aws-sdk/client-account';
import { defineService } from './service.ts';

/** AWS Account Management, about the caller's own account: no AccountId, which is for an organization's management account. */
export const accountManagement = defineService<AccountClient>({
  connect: (config) => new AccountClient(config),
  reads: {
    'account:GetAlternateContact': ({ client, id }) =>
      client.send(new GetAlternateContactCommand({ AlternateContactType: id as AlternateContactType })),
  },
});

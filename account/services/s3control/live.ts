import { isIP } from 'node:net';
import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import type { Ask, LiveService } from '../../live/service.ts';
import * as s3control from './readings.ts';

export const service: LiveService<S3ControlClient> = {
  connect: (config) => {
    const client = new S3ControlClient(config);
    const { endpointProvider } = client.config;
    client.config.endpointProvider = (parameters, context) =>
      endpointProvider(
        hasNames(parameters.Endpoint) ? parameters : { ...parameters, RequiresAccountId: false },
        context,
      );
    return client;
  },
};

export const accountPublicAccessBlock = {
  service,
  reading: s3control.accountPublicAccessBlock,
  ask: ({ client, accountId }: Ask<S3ControlClient>) =>
    client.send(new GetPublicAccessBlockCommand({ AccountId: accountId })),
};

/**
 * Whether there can be names below an endpoint's. The SDK puts the account id before the host name of any endpoint, but
 * an emulator on this machine has no such name (`111122223333.127.0.0.1`); it reads the `x-amz-account-id` header.
 */
function hasNames(endpoint: string | undefined): boolean {
  if (endpoint === undefined) return true;
  const { hostname } = new URL(endpoint);
  return hostname.includes('.') && !isIP(hostname);
}

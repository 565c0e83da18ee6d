import { paginateListInstances, SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as ssoAdmin from './readings.ts';

export const service: LiveService<SSOAdminClient> = {
  connect(config) {
    const client = new SSOAdminClient(config);
    // The SDK drops a member that it does not know yet, and without this one AWS looks into a single Region.
    client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: string | Uint8Array };
        const text = typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body);
        request.body = JSON.stringify({ ...JSON.parse(text), RegionScope: 'ALL_REGIONS' });
        return next(args);
      },
      { step: 'build', priority: 'high', name: 'everyRegion' },
    );
    return client;
  },
};

export const instances = {
  service,
  reading: ssoAdmin.instances,
  ask: ({ client, pageSize }: Ask<SSOAdminClient>) =>
    allPages(paginateListInstances({ client, pageSize: pageSize(100) }, {}), 'Instances'),
};

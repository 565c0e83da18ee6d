import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { DEFAULTS } from '../../../account/live/clients.ts';
import { openByRole } from '../../../account/live/role.ts';
import { sharedConfig } from '../../../account/live/shared.ts';
import { deployedWaivers } from '../../../lambda/waivers.ts';
import { rules } from '../../../rules/index.ts';
import { deployedFleet } from '../deployed.ts';
import { bucketName, openStore } from '../store.ts';
import { judgeAccount } from './judge.ts';

const settings = deployedFleet(import.meta.url);
const { roleName, externalId, homeRegion, regions } = settings;
const config = sharedConfig({});
const requestHandler = new NodeHttpHandler({
  ...DEFAULTS.requestHandler,
  httpsAgent: { keepAlive: true, maxSockets: 256 },
});

export const handler = judgeAccount({
  rules,
  settings,
  waivers: deployedWaivers(import.meta.url),
  store: openStore(new S3Client({ maxAttempts: 6 }), bucketName(process.env)),
  enter: (accountId, partition) =>
    openByRole({ arn: `arn:${partition}:`, config, homeRegion }, accountId, {
      roleName,
      ...(externalId !== undefined && { externalId }),
      sessionName: 'groundrules',
      // The most for a role that is assumed by another; the function ends before.
      durationSeconds: 3600,
      tags: {},
      region: regions,
      requestHandler,
    }),
});

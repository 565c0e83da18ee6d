import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { DEFAULTS } from '../../../account/live/clients.ts';
import { openByRole } from '../../../account/live/role.ts';
import { sharedConfig } from '../../../account/live/shared.ts';
import { deployedWaivers } from '../../../lambda/waivers.ts';
import { rules } from '../../../rules/index.ts';
import { openDelivery } from '../delivery.ts';
import { deployedFleet } from '../deployed.ts';
import type { FleetDelivery } from '../layout.ts';
import { bucketName, openStore } from '../store.ts';
import { byDelivery, byRole, type OpenLive } from './enter.ts';
import { judgeAccount } from './judge.ts';

const settings = deployedFleet(import.meta.url);
const { roleName, externalId, homeRegion, regions, delivery } = settings;
const config = sharedConfig({});
const requestHandler = new NodeHttpHandler({
  ...DEFAULTS.requestHandler,
  httpsAgent: { keepAlive: true, maxSockets: 256 },
});

const openLive: OpenLive = (accountId, partition) =>
  openByRole({ arn: `arn:${partition}:`, config, homeRegion }, accountId, {
    roleName,
    ...(externalId !== undefined && { externalId }),
    sessionName: 'groundrules',
    // The most for a role that is assumed by another; the function ends before.
    durationSeconds: 3600,
    tags: {},
    region: regions,
    requestHandler,
  });

const enterDelivered = (of: FleetDelivery) =>
  byDelivery({
    ...{ bucket: openDelivery(of, process.env), regions },
    ...(of.withLive && { live: openLive }),
  });

export const handler = judgeAccount({
  rules,
  settings,
  waivers: deployedWaivers(import.meta.url),
  store: openStore(new S3Client({ maxAttempts: 6 }), bucketName(process.env)),
  enter: delivery ? enterDelivered(delivery) : byRole(openLive),
});

import { S3Client } from '@aws-sdk/client-s3';
import { rules } from '../../../rules/index.ts';
import { deployedFleet } from '../deployed.ts';
import { bucketName, openStore } from '../store.ts';
import { reportOn } from './left.ts';

export const handler = reportOn({
  rules,
  settings: deployedFleet(import.meta.url),
  store: openStore(new S3Client({ maxAttempts: 6 }), bucketName(process.env)),
});

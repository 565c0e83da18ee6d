import type { SampleVerdicts } from '../../support/sample.ts';

const BUCKETS = 'allows s3:CreateBucket, s3:DeleteBucket, s3:PutBucketPolicy and 11 more';

const sample: SampleVerdicts = {
  '123456789012': [
    ['admins', 'COMPLIANT', ''],
    ['ci-deploy', 'COMPLIANT', ''],
    ['developers', 'NON_COMPLIANT', `inline policy shop-images ${BUCKETS}`],
    ['haneul.park', 'NON_COMPLIANT', `inline policy shop-images of group developers ${BUCKETS}`],
    ['inventory-sync', 'COMPLIANT', ''],
    ['jiwoo.kim', 'COMPLIANT', ''],
    ['minseo.lee', 'NON_COMPLIANT', `inline policy shop-images of group developers ${BUCKETS}`],
    ['moonjar-batch', 'COMPLIANT', ''],
    ['moonjar-web', 'COMPLIANT', ''],
    ['seoyeon.choi', 'COMPLIANT', ''],
  ],
  '210987654321': [
    [
      'jiwoo.kim',
      'NON_COMPLIANT',
      'policy arn:aws:iam::aws:policy/PowerUserAccess allows s3:CreateBucket, s3:DeleteBucket, s3:PutBucketPolicy and 12 more',
    ],
    ['sandbox-app', 'COMPLIANT', ''],
  ],
};
export default sample;

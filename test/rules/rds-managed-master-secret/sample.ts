import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [
    ['shop-orders', 'COMPLIANT', ''],
    [
      'shop-reports',
      'NON_COMPLIANT',
      "the master user's secret is impaired: RDS cannot rotate the password any more",
    ],
    [
      'shop-catalog-1',
      'NOT_APPLICABLE',
      'is a member of DB cluster shop-catalog, which has the master password',
    ],
    [
      'shop-catalog',
      'NON_COMPLIANT',
      'aurora-mysql: the master password is not managed by RDS in Secrets Manager',
    ],
  ],
  '210987654321': [
    ['first-shop', 'NON_COMPLIANT', 'mysql: the master password is not managed by RDS in Secrets Manager'],
  ],
};
export default sample;

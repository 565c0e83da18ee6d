import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [
    ['shop-orders', 'COMPLIANT', ''],
    [
      'shop-reports',
      'NON_COMPLIANT',
      'postgres 5432: 203.0.113.0/24 by sg-0b1b2c3d4e5f60002 (not in allowedCidrs)',
    ],
    [
      'shop-catalog-1',
      'NOT_APPLICABLE',
      'is a member of DB cluster shop-catalog, which has the same security groups',
    ],
    ['shop-catalog', 'COMPLIANT', ''],
  ],
  '210987654321': [['first-shop', 'COMPLIANT', '']],
};
export default sample;

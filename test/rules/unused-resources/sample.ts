import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [['the account', 'COMPLIANT', '']],
  '210987654321': [
    ['i-0c1b2c3d4e5f60001', 'NON_COMPLIANT', 'whose CPU was never above 2.5% in 14 days'],
    ['vpc-0c1b2c3d4e5f60002', 'NON_COMPLIANT', 'a default VPC with no network interface in it'],
  ],
};
export default sample;

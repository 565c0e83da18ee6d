import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [
    ['i-0a1b2c3d4e5f60001', 'COMPLIANT', ''],
    ['shop-app', 'COMPLIANT', ''],
  ],
  '210987654321': [
    ['i-0c1b2c3d4e5f60001', 'NON_COMPLIANT', 'user data has the access key AKIA…KE5H in line 6'],
  ],
};
export default sample;

import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [['the account', 'COMPLIANT', '']],
  '210987654321': [['the account', 'NON_COMPLIANT', 'neither IAM Identity Center nor an identity provider']],
};
export default sample;

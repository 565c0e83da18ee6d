import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [['the account', 'COMPLIANT', '']],
  '210987654321': [
    [
      'the account',
      'NON_COMPLIANT',
      'root has a password, an access key and a signing certificate but no MFA',
    ],
  ],
};
export default sample;

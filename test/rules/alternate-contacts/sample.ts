import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [['the account', 'COMPLIANT', '']],
  '210987654321': [
    [
      'the account',
      'NON_COMPLIANT',
      'the account has no alternate contact for BILLING; the account has no alternate contact for OPERATIONS; the alternate contact for SECURITY has an address at gmail.com',
    ],
  ],
};
export default sample;

import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [['the account', 'COMPLIANT', '']],
  '210987654321': [
    ['the account', 'NON_COMPLIANT', 'central root access does not have RootCredentialsManagement'],
  ],
};
export default sample;

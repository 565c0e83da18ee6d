import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [['the account', 'COMPLIANT', '']],
  '210987654321': [['the account', 'NON_COMPLIANT', 'no SCP denies everything to root of 333344445555']],
};
export default sample;

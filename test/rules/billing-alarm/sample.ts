import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [['the account', 'COMPLIANT', 'a cost budget with an alert takes the place of the alarm']],
  '210987654321': [['the account', 'NON_COMPLIANT', 'has had no data for more than 2 days']],
};
export default sample;

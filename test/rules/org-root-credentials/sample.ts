import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [['the account', 'COMPLIANT', '']],
  '210987654321': [['the account', 'NOT_APPLICABLE', 'the account is in no organization']],
};
export default sample;

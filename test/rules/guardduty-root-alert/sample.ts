import type { SampleVerdicts } from '../../support/sample.ts';

/** What the rule says of the sample accounts: the resource, the verdict, and what its annotation or the error says. */
const sample: SampleVerdicts = {
  '123456789012': [['the account', 'COMPLIANT', '']],
  '210987654321': [['the account', 'NON_COMPLIANT', 'GuardDuty is not on (us-east-1)']],
};
export default sample;

import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [['the account', 'COMPLIANT', '']],
  '210987654321': [
    [
      'the account',
      'NON_COMPLIANT',
      'no cost budget with an alert at or below 100 %: "ec2-only" watches only SERVICE',
    ],
  ],
};
export default sample;

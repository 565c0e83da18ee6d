import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [['the account', 'COMPLIANT', '']],
  '210987654321': [
    [
      'the account',
      'NON_COMPLIANT',
      'no configuration recorder in ap-northeast-2; no configuration recorder in us-east-1',
    ],
  ],
};
export default sample;

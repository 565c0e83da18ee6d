import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [
    [
      'the account',
      'NON_COMPLIANT',
      'root signed in with its password 8 days ago (2026-11-12T02:10Z); at least 30 days wanted',
    ],
  ],
  '210987654321': [['the account', 'COMPLIANT', '']],
};
export default sample;

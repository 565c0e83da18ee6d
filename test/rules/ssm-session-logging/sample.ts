import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [['the account', 'COMPLIANT', '']],
  '210987654321': [
    [
      'the account',
      'NON_COMPLIANT',
      'ap-northeast-2: no SSM-SessionManagerRunShell, so that sessions are not logged',
    ],
  ],
};
export default sample;

import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [
    [
      'moonjar-deploy',
      'NON_COMPLIANT',
      'statement "PassAnyRole" allows iam:PassRole without a condition that restricts it',
    ],
    ['moonjar-read-keys', 'COMPLIANT', ''],
    ['moonjar-require-mfa', 'COMPLIANT', ''],
    ['moonjar-old-ops', 'NOT_APPLICABLE', 'attached to nobody'],
  ],
  '210987654321': [['sandbox-iam', 'COMPLIANT', '']],
};
export default sample;

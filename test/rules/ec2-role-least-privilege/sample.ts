import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [['i-0a1b2c3d4e5f60001', 'COMPLIANT', '']],
  '210987654321': [
    [
      'i-0c1b2c3d4e5f60001',
      'NON_COMPLIANT',
      'inline policy try-everything of role sandbox-app allows all of dynamodb, sqs on all resources',
    ],
  ],
};
export default sample;

import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [['the account', 'NON_COMPLIANT', 'moonjar-press-kit (ap-northeast-2) is public']],
  '210987654321': [['the account', 'COMPLIANT', '']],
};
export default sample;

import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [
    ['ci-deploy', 'NOT_APPLICABLE', 'has access keys and no password'],
    ['haneul.park', 'COMPLIANT', ''],
    ['inventory-sync', 'NOT_APPLICABLE', 'has access keys and no password'],
    ['jiwoo.kim', 'COMPLIANT', ''],
    ['minseo.lee', 'COMPLIANT', ''],
    ['seoyeon.choi', 'COMPLIANT', ''],
  ],
  '210987654321': [['jiwoo.kim', 'NON_COMPLIANT', 'can do everything but iam:*']],
};
export default sample;

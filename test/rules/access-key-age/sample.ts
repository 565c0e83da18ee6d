import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [
    ['ci-deploy', 'NON_COMPLIANT', 'AKIACIDEPLOYUEXAMPLE is 400 days old'],
    ['inventory-sync', 'NON_COMPLIANT', 'AKIAINVENTOR1EXAMPLE is 927 days old'],
    ['minseo.lee', 'COMPLIANT', '2026-11-26T02:15:30'],
    ['haneul.park', 'COMPLIANT', ''],
    ['jiwoo.kim', 'COMPLIANT', ''],
    ['seoyeon.choi', 'COMPLIANT', ''],
    ['the account', 'COMPLIANT', ''],
  ],
  '210987654321': [
    ['the account', 'NON_COMPLIANT', 'root has an active access key'],
    ['jiwoo.kim', 'COMPLIANT', ''],
  ],
};
export default sample;

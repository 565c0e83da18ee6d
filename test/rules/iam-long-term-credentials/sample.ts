import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [
    [
      'ci-deploy',
      'NON_COMPLIANT',
      'access key AKIACIDEPLOYUEXAMPLE is active, last used at 2026-11-20T05:47',
    ],
    ['inventory-sync', 'NON_COMPLIANT', 'AKIAINVENTOR1EXAMPLE is active'],
    ['minseo.lee', 'NON_COMPLIANT', 'is active, last used at 2026-11-19T08:22'],
    ['haneul.park', 'COMPLIANT', ''],
    ['jiwoo.kim', 'COMPLIANT', ''],
    ['seoyeon.choi', 'COMPLIANT', ''],
  ],
  '210987654321': [['jiwoo.kim', 'COMPLIANT', '']],
};
export default sample;

import { cdkCommand } from '../cdk/declared.ts';

export default cdkCommand(
  'synth',
  {
    en: 'write the CloudFormation templates that deploy would use',
    ko: 'deploy가 사용할 CloudFormation 템플릿을 씁니다',
  },
  [['$ groundrules synth', { en: 'into cdk.out', ko: 'cdk.out에' }]],
  () => import('./run.ts'),
);

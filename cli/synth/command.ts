import { cdkCommand } from '../cdk/declared.ts';

export default cdkCommand(
  'synth',
  'write the CloudFormation templates that deploy would use',
  'deploy가 사용할 CloudFormation 템플릿을 씁니다',
  [['$ groundrules synth', 'into cdk.out']],
  () => import('./run.ts'),
);

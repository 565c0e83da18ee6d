import { cdkCommand } from '../cdk/declared.ts';

export default cdkCommand(
  'synth',
  'write the CloudFormation templates that deploy would use',
  [['$ groundrules synth', 'into cdk.out']],
  () => import('./run.ts'),
);

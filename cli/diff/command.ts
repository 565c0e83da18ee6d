import { cdkCommand } from '../cdk/declared.ts';

export default cdkCommand(
  'diff',
  'what deploy would change',
  [['$ groundrules diff --profile audit', '']],
  () => import('./run.ts'),
);

import { cdkCommand } from '../cdk/declared.ts';

export default cdkCommand(
  'diff',
  'what deploy would change',
  'deploy가 무엇을 바꿀지 보여줍니다',
  [['$ groundrules diff --profile audit', '']],
  () => import('./run.ts'),
);

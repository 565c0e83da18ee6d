import { cdkCommand } from '../cdk/declared.ts';

export default cdkCommand(
  'diff',
  { en: 'what deploy would change', ko: 'deploy가 무엇을 바꿀지 보여 줍니다' },
  [['$ groundrules diff --profile audit', '']],
  () => import('./run.ts'),
);

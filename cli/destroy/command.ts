import { cdkCommand } from '../cdk/declared.ts';

export default cdkCommand(
  'destroy',
  { en: 'remove what deploy made', ko: 'deploy가 만든 것을 제거합니다' },
  [['$ groundrules destroy --profile audit', { en: 'asks first', ko: '먼저 물어봄' }]],
  () => import('./run.ts'),
);

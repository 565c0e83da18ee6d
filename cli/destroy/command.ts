import { cdkCommand } from '../cdk/declared.ts';

export default cdkCommand(
  'destroy',
  'remove what deploy made',
  'deploy가 만든 것을 제거합니다',
  [['$ groundrules destroy --profile audit', 'asks first']],
  () => import('./run.ts'),
);

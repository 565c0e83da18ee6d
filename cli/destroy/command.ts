import { cdkCommand } from '../cdk/declared.ts';

export default cdkCommand(
  'destroy',
  'remove what deploy made',
  [['$ groundrules destroy --profile audit', 'asks first']],
  () => import('./run.ts'),
);

import { cdkCommand } from '../cdk/declared.ts';

export default cdkCommand(
  'deploy',
  'register the packs, functions and fixes in your account (with the AWS CDK)',
  [
    ['$ groundrules deploy', 'as groundrules.config.json says'],
    ['$ groundrules deploy --profile audit --require-approval never', ''],
  ],
  () => import('./run.ts'),
);

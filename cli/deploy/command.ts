import { cdkCommand } from '../cdk/declared.ts';

export default cdkCommand(
  'deploy',
  'register the packs, functions and fixes in your account (with the AWS CDK)',
  '팩, 함수, 수정 문서를 계정에 등록합니다 (AWS CDK 사용)',
  [
    ['$ groundrules deploy', 'as groundrules.config.json says'],
    ['$ groundrules deploy --profile audit --require-approval never', ''],
  ],
  () => import('./run.ts'),
);

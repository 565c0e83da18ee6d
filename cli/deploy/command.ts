import { cdkCommand } from '../cdk/declared.ts';

export default cdkCommand(
  'deploy',
  {
    en: 'register the packs, functions and fixes in your account (with the AWS CDK)',
    ko: '팩, 함수, 수정 문서를 계정에 등록합니다 (AWS CDK 사용)',
  },
  [
    ['$ groundrules deploy', { en: 'as groundrules.config.json says', ko: 'groundrules.config.json대로' }],
    ['$ groundrules deploy --profile audit --require-approval never', ''],
  ],
  () => import('./run.ts'),
);

/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'Access key {key} of {user} is inactive already: delete it (iam:DeleteAccessKey) once nobody misses it.':
    '사용자 {user}, 액세스 키 {key}: 이미 비활성 상태. 문제가 없으면 삭제할 것(iam:DeleteAccessKey).',
  'Let {user} sign in another way (IAM Identity Center, or a role of your identity provider), then delete the console password (iam:DeleteLoginProfile): nothing brings it back.':
    '사용자 {user}: 다른 로그인 방법(IAM Identity Center나 자격 증명 공급자의 역할)을 마련한 뒤 콘솔 암호를 삭제할 것(iam:DeleteLoginProfile). 삭제하면 복구할 수 없음.',
  'Deactivate signing certificate {certificate} of {user} (iam:UpdateSigningCertificate), and delete it (iam:DeleteSigningCertificate) once nobody who signs SOAP requests with it complains.':
    '사용자 {user}, 서명 인증서 {certificate}: 비활성화하고(iam:UpdateSigningCertificate), SOAP 요청에 문제가 없으면 삭제할 것(iam:DeleteSigningCertificate).',
};

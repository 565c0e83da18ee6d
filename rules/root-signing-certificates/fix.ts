import { notifyFix } from '../shared/notify/fix.ts';
import type { CertificateFinding } from './rule.ts';

/** Tells people how to delete the certificate: only root, or a root session of its organization, can. */
export const fix = notifyFix<CertificateFinding, object>()({
  steps: [
    {
      en: 'If {account} is a member of an organization with central root access, run the Systems Manager document Groundrules-MemberRootCredentials for it in the management account. It deletes the certificates with all other credentials of root, and nothing below is left to do.',
      ko: '{account}이(가) 중앙 루트 액세스를 사용하는 조직의 멤버 계정이라면, 관리 계정에서 이 계정에 대해 Systems Manager 문서 Groundrules-MemberRootCredentials를 실행합니다. 인증서가 루트의 다른 자격 증명과 함께 삭제되며 아래 절차는 필요 없습니다.',
    },
    {
      en: 'Otherwise sign in to the console as the root user, open the account menu at the top right, "Security credentials", and find "X.509 signing certificates".',
      ko: '그렇지 않다면 콘솔에 루트 사용자로 로그인해 오른쪽 위의 계정 메뉴에서 "보안 자격 증명"을 열고 "X.509 서명 인증서"를 찾습니다.',
    },
    {
      en: 'Deactivate each certificate, and wait until nobody who signs requests with it complains: SOAP requests and old EC2 tools do.',
      ko: '인증서를 하나씩 비활성화하고, 그 인증서로 요청에 서명하던 곳(SOAP 요청, 오래된 EC2 도구)에서 문제가 없는지 확인합니다.',
    },
    { en: 'Delete the certificates there.', ko: '같은 화면에서 인증서를 삭제합니다.' },
  ],
});

/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  "Whatever signs with root's access keys or certificates stops working, and nothing brings them back.":
    '루트의 액세스 키나 인증서로 서명하던 것은 동작하지 않게 되며 복구할 수 없음.',
  'Root can then not sign in, nor ask for a password by e-mail: Mode Undo allows the latter again.':
    '이후 루트는 로그인도, 이메일로 암호 재설정도 할 수 없음: Mode Undo를 실행하면 암호 재설정은 다시 가능.',
  'nothing can be deleted as long as that is so.': '그동안은 아무것도 삭제할 수 없음.',
  '{credential} was last used at {time}, within {days} days: find out by whom and give them something else, or set Force to true.':
    '{credential}: 마지막 사용 {time}({days}일 이내). 누가 썼는지 확인해 다른 수단을 주거나 Force를 true로 지정할 것.',
  '{credential}: {use}.': '{credential}: {use}.',
  'last used at {time}{by}': '마지막 사용 {time}{by}',
  'never used': '사용한 적 없음',
  "root's access key {id}": '루트 액세스 키 {id}',
  "root's signing certificate {id}": '루트 서명 인증서 {id}',
  "root's MFA device {id}": '루트 MFA 디바이스 {id}',
  "root's password": '루트 암호',
  '{credential} deleted': '{credential} 삭제',
  '{credential} deactivated': '{credential} 비활성화',
  '{credentials}: gone for good': '{credentials}: 복구할 수 없음',
  'Whoever signs in as root next has to register MFA at once.':
    '다음에 루트로 로그인하는 사람은 바로 MFA를 등록해야 함.',
  'root may choose a new password by e-mail (sign-in page, "Forgot password?"){stays}':
    '루트가 이메일로 새 암호를 정할 수 있음(로그인 화면의 "암호를 잊으셨나요?"){stays}',
  '; {rest}': '; {rest}',
};

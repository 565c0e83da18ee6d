import { notifyFix } from '../shared/notify/fix.ts';
import type { PrimaryContactFinding } from './rule.ts';

/** Tells people to complete the contact: only the owner knows it, and the API replaces the whole contact. */
export const fix = notifyFix<PrimaryContactFinding, object>()({
  steps: [
    {
      en: 'Ask whoever owns {account} for its full name, company, address, country and phone number: a company rather than one person, so that the account outlives somebody who leaves.',
      ko: '{account} 계정의 소유자에게 전체 이름, 회사, 주소, 국가, 전화번호를 확인합니다. 담당자가 떠나도 계정이 남도록 개인이 아닌 회사의 정보가 좋습니다.',
    },
    {
      en: 'Sign in to the console, open "Account" in the account menu at the top right, and edit "Contact information"; or call account:PutContactInformation, with all fields, because it replaces the whole contact.',
      ko: '콘솔에 로그인해 오른쪽 위의 계정 메뉴에서 "계정"을 열고 "연락처 정보"를 수정합니다. account:PutContactInformation을 호출할 때는 연락처 전체가 바뀌므로 모든 필드를 넣습니다.',
    },
    {
      en: 'If AWS asks for it, verify the phone number on the same page.',
      ko: 'AWS가 요구하면 같은 화면에서 전화번호를 확인합니다.',
    },
  ],
});

import { notifyFix } from '../shared/notify/fix.ts';
import type { ContactsFinding } from './findings.ts';

/** Tells people: whom AWS should write to cannot be made up, and a contact that is there is not to be overwritten. */
export const fix = notifyFix<ContactsFinding, unknown>()({
  steps: [
    {
      en: 'Decide for each type that the verdict names who reads its mail: a list at a domain of the company that several people read, and a different one for each type.',
      ko: '판정에 나온 유형마다 메일을 읽을 사람을 정합니다. 여러 사람이 읽는 회사 도메인의 메일 그룹을, 유형마다 다르게 씁니다.',
    },
    {
      en: 'Sign in to the account, open Account in the console, and fill in Alternate contacts; or `aws account put-alternate-contact --alternate-contact-type BILLING --name … --title … --email-address … --phone-number …` (OPERATIONS, SECURITY), which replaces the contact of that type.',
      ko: '계정에 로그인해 콘솔의 계정(Account)에서 대체 연락처를 채웁니다. 또는 `aws account put-alternate-contact --alternate-contact-type BILLING --name … --title … --email-address … --phone-number …`(OPERATIONS, SECURITY도 같음)를 씁니다. 그 유형의 연락처를 통째로 바꿉니다.',
    },
  ],
});

import { notifyFix } from '../shared/notify/fix.ts';
import type { RoleFinding } from './findings.ts';

/** Tells people: what the software on the instance needs, they know. */
export const fix = notifyFix<RoleFinding, unknown>()({
  names: {
    role: (one) => {
      const found = one?.findings.flatMap((finding) => ('role' in finding ? [finding.role] : []))[0];
      const text = one ? (found ?? '-') : '`<role>`';
      return { en: text, ko: text };
    },
  },
  steps: [
    {
      en: 'Find out what the software on {resource} uses: "Last accessed" of the role {role} in the IAM console of account {account} shows the services, and IAM Access Analyzer generates a policy from CloudTrail.',
      ko: '{resource}의 소프트웨어가 쓰는 권한을 확인합니다. 계정 {account}의 IAM 콘솔에서 역할 {role}의 "마지막 액세스"에 서비스가 나오고, IAM Access Analyzer는 CloudTrail에서 정책을 생성해 줍니다.',
    },
    {
      en: 'Attach a policy with those actions on the resources that it needs to the role, and detach the policies that the verdict names. All instances with the role lose what only these allow: try one first.',
      ko: '필요한 리소스에 필요한 작업만 허용하는 정책을 역할에 연결하고, 판정에 나온 정책은 분리합니다. 이 역할을 쓰는 모든 인스턴스에서 그 정책만 허용하던 작업이 막히므로 한 대에서 먼저 시험합니다.',
    },
    {
      en: 'Where instances with different tasks have the role, give each task a role of its own.',
      ko: '용도가 다른 인스턴스가 같은 역할을 쓴다면 용도마다 역할을 따로 만듭니다.',
    },
  ],
});

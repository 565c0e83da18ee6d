import { notifyFix } from '../shared/notify/fix.ts';
import type { Case, When } from '../shared/notify/steps.ts';
import type { AdministratorFinding } from './findings.ts';

const tooMany: When<Case<AdministratorFinding>> = {
  en: 'Too many administrators',
  ko: '관리자가 너무 많은 경우',
  is: ({ findings }) => findings.some(({ kind }) => kind === 'tooMany'),
};
const tooFew: When<Case<AdministratorFinding>> = {
  en: 'No administrator, or too few',
  ko: '관리자가 없거나 부족한 경우',
  is: ({ findings }) => findings.some(({ kind }) => kind !== 'tooMany'),
};

/** Tells people: a document that makes administrators would itself be the risk. */
export const fix = notifyFix<AdministratorFinding, unknown>()({
  parts: [
    {
      when: tooFew,
      steps: [
        {
          en: 'Give people a way in that is not root: in IAM Identity Center, assign the permission set AdministratorAccess of the account {account} to a group of those who administer it. MFA is asked for there.',
          ko: '루트가 아닌 관리 수단을 만듭니다. IAM Identity Center에서 관리자 그룹에 계정 {account}의 권한 세트 AdministratorAccess를 할당하고 MFA를 요구합니다.',
        },
        {
          en: 'Without Identity Center: make a role with AdministratorAccess that the users of a trusted account may assume with MFA, or an IAM user with AdministratorAccess and MFA.',
          ko: 'Identity Center를 쓰지 않으면, 신뢰하는 계정의 사용자가 MFA로 수임하는 AdministratorAccess 역할 또는 AdministratorAccess와 MFA를 갖춘 IAM 사용자를 만듭니다.',
        },
        {
          en: 'Sign in that way once, and put the password of root away.',
          ko: '그 방법으로 한 번 로그인해 확인한 뒤 루트 암호는 안전한 곳에 보관합니다.',
        },
      ],
    },
    {
      when: tooMany,
      steps: [
        {
          en: 'Take AdministratorAccess from the users who do not need it every day, and from the groups through which they have it: a narrower policy, or a role that they assume when they do.',
          ko: '상시 관리자 권한이 필요하지 않은 사용자와 그 사용자가 속한 그룹에서 AdministratorAccess를 분리합니다. 더 좁은 정책이나 필요할 때 수임하는 역할을 씁니다.',
        },
        {
          en: 'If they all need it, raise the parameter maxHumanAdmins, and say why.',
          ko: '모두에게 필요하다면 사유를 남기고 파라미터 maxHumanAdmins를 올립니다.',
        },
      ],
    },
  ],
});

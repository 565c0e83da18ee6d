import type { MessagesOf } from '../rule.ts';
import { exemptMessageKo } from '../shared/exemption.ko.ts';
import { principalKo, whyOpenKo } from '../shared/policy/public-statements.ko.ts';
import { list, short } from './messages.ts';
import type rule from './rule.ts';

const named = (sid: string | undefined, statement: number): string =>
  sid === undefined ? `정책의 문 ${statement}` : `정책의 문 "${short(sid, 40)}"`;

/** What S3 itself says of the policy, where it was asked. */
function wordOf(status: string | undefined): string {
  if (status === undefined) return '';
  return status === 'public' ? 'S3의 판단: 퍼블릭' : `s3:GetBucketPolicyStatus: ${status}`;
}

export const messages: MessagesOf<typeof rule> = {
  publicAcl: ({ grantee, permissions }) => `ACL: ${grantee}에게 ${list(permissions)} 허용`,
  publicPolicy: ({ sid, statement, principal, actions, notActions, why, status }) => {
    const what = `${short(list(actions))}${notActions ? ' 외 모든 작업' : ''}`;
    const reasons = [short(whyOpenKo(why), 80), wordOf(status)].filter((reason) => reason !== '').join('; ');
    return `${named(sid, statement)}: ${short(principalKo(principal), 40)}에게 ${what} 허용${reasons && `(${reasons})`}`;
  },
  saidNotPublic: ({ sid, statement, why }) =>
    `S3의 판단으로는 퍼블릭이 아닌 정책. AWS의 정의로는 불분명한 부분: ${named(sid, statement)}${why && `(${short(whyOpenKo(why), 80)})`}`,
  exempt: exemptMessageKo,
};

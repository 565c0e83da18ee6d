import type { Messages } from '../rule.ts';
import { type Exempt, exemptMessage } from '../shared/exemption.ts';
import type { Exposure, SaidNotPublic } from './exposure.ts';

/** The parts that somebody else wrote (a Sid, an action, a condition's value) may be as long as a policy allows. */
export const short = (text: string, length = 60): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

export const list = (values: readonly string[]): string =>
  values.length <= 3 ? values.join(', ') : `${values.slice(0, 3).join(', ')} +${values.length - 3}`;

const named = (sid: string | undefined, statement: number): string =>
  sid === undefined ? `policy statement ${statement}` : `policy statement "${short(sid, 40)}"`;

/** What S3 itself says of the policy, where it was asked. */
function wordOf(status: string | undefined): string {
  if (status === undefined) return '';
  return status === 'public' ? 'S3 says public' : `s3:GetBucketPolicyStatus: ${status}`;
}

export const messages: Messages<Exposure | SaidNotPublic | Exempt> = {
  publicAcl: ({ grantee, permissions }) => `ACL grants ${list(permissions)} to ${grantee}`,
  publicPolicy: ({ sid, statement, principal, actions, notActions, why, status }) => {
    const what = `${notActions ? 'do all but ' : ''}${short(list(actions))}`;
    const reasons = [short(why, 80), wordOf(status)].filter((reason) => reason !== '').join('; ');
    return `${named(sid, statement)} lets ${short(principal, 40)} ${what}${reasons && ` (${reasons})`}`;
  },
  saidNotPublic: ({ sid, statement, why }) =>
    `S3 says that the policy is not public; AWS's definition leaves ${named(sid, statement)} open${why && ` (${short(why, 80)})`}`,
  exempt: exemptMessage,
};

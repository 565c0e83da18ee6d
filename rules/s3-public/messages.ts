import type { Messages } from '../rule.ts';
import { type Exempt, exemptMessage } from '../shared/exemption.ts';
import type { Exposure } from './exposure.ts';

/** The parts that somebody else wrote (a Sid, an action, a condition's value) may be as long as a policy allows. */
const short = (text: string, length = 60): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

const list = (values: readonly string[]): string =>
  values.length <= 3 ? values.join(', ') : `${values.slice(0, 3).join(', ')} +${values.length - 3}`;

export const messages: Messages<Exposure | Exempt> = {
  publicAcl: ({ grantee, permissions }) => `ACL grants ${list(permissions)} to ${grantee}`,
  publicPolicy: ({ sid, statement, principal, actions, notActions, why }) => {
    const which =
      sid === undefined ? `policy statement ${statement}` : `policy statement "${short(sid, 40)}"`;
    const what = `${notActions ? 'do all but ' : ''}${short(list(actions))}`;
    return `${which} lets ${short(principal, 40)} ${what}${why && ` (${short(why, 80)})`}`;
  },
  exempt: exemptMessage,
};

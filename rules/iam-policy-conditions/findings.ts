import type { Messages } from '../rule.ts';
import type { Unrestricted } from './statements.ts';

/** The findings on a policy. */
export type PolicyFinding =
  | ({ readonly kind: 'unrestricted' } & Unrestricted)
  | { readonly kind: 'unattached' }
  | { readonly kind: 'boundaryOnly' };

export const NAMED = 3;

export const messages: Messages<PolicyFinding> = {
  unrestricted: ({ sid, index, actions, keys }) => {
    const statement = sid === undefined ? `statement ${index}` : `statement "${short(sid)}"`;
    const more = actions.length > NAMED ? ` and ${actions.length - NAMED} more` : '';
    const why = keys.length > 0 ? ` (its conditions: ${short(keys.join(', '))})` : '';
    return `${statement} allows ${actions.slice(0, NAMED).join(', ')}${more} without a condition that restricts it${why}`;
  },
  unattached: () => 'attached to nobody',
  boundaryOnly: () => 'only a permissions boundary, which grants nothing',
};

const MOST = 60;
export const short = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text);

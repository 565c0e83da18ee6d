import type { Messages } from '../rule.ts';

/** What a role may do that is too much, and by which policy: `policy arn:aws:iam::aws:policy/PowerUserAccess`. */
interface OfRole {
  readonly role: string;
  readonly policy: string;
}

/** The findings on an instance. */
export type RoleFinding =
  | ({ readonly kind: 'forbiddenPolicy' } & OfRole)
  | ({ readonly kind: 'admin' } & OfRole)
  | ({ readonly kind: 'allBut'; readonly but: readonly string[] } & OfRole)
  | ({ readonly kind: 'serviceWildcard'; readonly services: readonly string[] } & OfRole)
  | { readonly kind: 'exempt'; readonly by: string }
  | { readonly kind: 'noProfile' }
  | { readonly kind: 'noRole'; readonly profile: string };

export const messages: Messages<RoleFinding> = {
  forbiddenPolicy: ({ role, policy }) => `role ${role} has the forbidden ${policy}`,
  admin: ({ role, policy }) => `${policy} of role ${role} allows everything`,
  allBut: ({ role, policy, but }) => `${policy} of role ${role} allows everything but ${shortened(but)}`,
  serviceWildcard: ({ role, policy, services }) =>
    `${policy} of role ${role} allows all of ${shortened(services)} on all resources`,
  exempt: ({ by }) => `exempt by ${by}`,
  noProfile: () => 'without an instance profile',
  noRole: ({ profile }) => `no role is in the instance profile ${profile}`,
};

/** As many as an annotation has room for. */
export const NAMED = 3;
const shortened = (names: readonly string[]): string =>
  names.length > NAMED
    ? `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`
    : names.join(', ');

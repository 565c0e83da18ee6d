/** Whether a person can become the principal. */
import type { RoleDetail } from '../../account/services/iam/authorization-details.ts';
import type { Answer } from '../shared/answers.ts';
import { trustStatements } from '../shared/permissions/principals.ts';
import { covers } from '../shared/policy/globs.ts';
import type { Patterns, Principal, TrustStatement } from '../shared/policy/parse.ts';

/**
 * Whether the role's trust policy lets in an AWS principal (an account, a user, a role, or `*` under conditions) or a SAML
 * provider. Services and OIDC providers are no people, and neither are service-linked roles.
 */
export function isForPeople(role: RoleDetail): Answer {
  if (role.path.startsWith('/aws-service-role/')) return false;
  const statements = trustStatements(role);
  if (!statements) return 'unknown';
  const denies = statements.filter(({ effect, conditions }) => effect === 'Deny' && conditions.length === 0);
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .some((allow) =>
      peopleIn(allow).some(
        ({ principal, action }) =>
          has(allow.actions, action) && !denies.some((deny) => denied(deny, principal, action)),
      ),
    );
}

interface Entry {
  readonly principal: Principal;
  /** The call that makes the principal the role. */
  readonly action: string;
}

const ASSUME = 'sts:assumerole';

/** Everyone but some is anybody. */
function peopleIn({ principals, conditions }: TrustStatement): Entry[] {
  const entries: readonly Principal[] = principals.not ? [ANYBODY] : principals.entries;
  return entries.flatMap((principal): Entry[] => {
    const { type, value } = principal;
    if (type === 'Federated') {
      return isSaml(value) ? [{ principal, action: 'sts:assumerolewithsaml' }] : [];
    }
    if (type !== 'AWS') return [];
    if (value === '*') return conditions.length > 0 ? [{ principal, action: ASSUME }] : [];
    // Of a user or role that was deleted AWS shows the unique id, which nobody has any more.
    return /^\d{12}$|^arn:/.test(value) ? [{ principal, action: ASSUME }] : [];
  });
}

const ANYBODY: Principal = { type: 'AWS', value: '*' };
const isSaml = (value: string): boolean => /^arn:[\w-]+:iam::\d{12}:saml-provider\//.test(value);

const has = ({ not, values }: Patterns, action: string): boolean =>
  values.some((value) => covers(value.toLowerCase(), action)) !== not;

function denied(
  { principals, actions }: TrustStatement,
  { type, value }: Principal,
  action: string,
): boolean {
  const isNamed = principals.entries.some(
    (one) => one.type === type && (one.value === value || one.value === '*'),
  );
  const isEverybody = principals.entries.some((one) => one.type === 'AWS' && one.value === '*');
  return has(actions, action) && (principals.not ? !isNamed : isNamed || isEverybody);
}

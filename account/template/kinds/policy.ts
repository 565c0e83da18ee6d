/** Policies of a template, of which a part may not be known: at best they allow nothing more, at worst everything. */
import { filled, hasUnknown, isMap, isNamed, isUnknown, type Known, textOf, type Value } from '../unknown.ts';
import { type Bound, listOf } from './kind.ts';

/** What a resource in a resource's own policy can only be: AWS takes no other there. */
export interface PolicyPlace {
  /** Of a bucket's policy: the bucket's ARN. */
  readonly own?: string;
  /** Whether the statements name principals. */
  readonly hasPrincipals: boolean;
}

/** The statements as the policy has them; `undefined` for what is no policy. */
function statementsOf(document: Value | undefined): readonly Value[] | undefined {
  if (isUnknown(document)) return [document];
  return isMap(document) ? listOf(document.Statement) : undefined;
}

/** The policy in plain values; what makes no sense is a text that nobody takes for one. */
export function policyOf(documents: readonly Value[], bound: Bound, place: PolicyPlace): unknown {
  const all = documents.map(statementsOf);
  if (all.some((statements) => statements === undefined)) return 'no policy';
  const statements = all.flatMap((some) => some ?? []).flatMap((one) => statement(one, bound, place));
  // Who may do everything is an administrator, which may be better than to be able to do some of it: nobody can read it then.
  const isOpen = documents.some((document) => hasUnknown(document));
  if (isOpen && bound === 'worst' && !place.hasPrincipals && statements.some(isSweeping)) return 'no policy';
  return { Version: '2012-10-17', Statement: statements };
}

function statement(value: Value, bound: Bound, place: PolicyPlace): Value[] {
  if (isUnknown(value)) return bound === 'best' ? [] : [{ Effect: 'Allow', ...everything(place) }];
  if (!isMap(value)) return [value];
  const { Sid: sid, ...said } = value;
  const id = typeof sid === 'string' ? { Sid: sid } : {};
  const known = { ...id, ...settled(said, place) } as Known;
  if (!hasUnknown(known)) return [known];
  // What is not sure does not help: an Allow at best and a Deny at worst are not there, and else reach as far as they can.
  const effect = isUnknown(known.Effect) ? (bound === 'best' ? 'Deny' : 'Allow') : known.Effect;
  const isSure = effect === (bound === 'best' ? 'Deny' : 'Allow');
  return isSure ? [{ ...id, ...widened({ ...known, Effect: effect as Value }, place) }] : [];
}

/** How many statements of the policy in plain values one of the template's becomes. */
export const countOf = (value: Value, bound: Bound, place: PolicyPlace): number =>
  statement(value, bound, place).length;

const isSweeping = (one: unknown): boolean =>
  isMap(one) &&
  one.Effect === 'Allow' &&
  (one.NotAction !== undefined || listOf(one.Action).some((action) => /^[*?]/.test(String(action))));

const everything = ({ own, hasPrincipals }: PolicyPlace) => ({
  Action: '*',
  Resource: own === undefined ? '*' : [own, `${own}/*`],
  ...(hasPrincipals && { Principal: '*' }),
});

/** Conditions on addresses, which no name can stand for. */
const ADDRESS = /:(?:Vpc)?SourceIp$/i;
/** One address of those that nobody has (RFC 5737), for one that AWS gives: an Elastic IP, a NAT gateway's. */
const ONE = '192.0.2.1';
const isOne = (text: string): boolean => /^192\.0\.2\.1(?:\/\d+)?$/.test(text);

/** What AWS alone decides on has the name of where it comes from, and so has a principal that is one of an account. */
function settled(said: Known, place: PolicyPlace): Known {
  const at = (value: Value, isPrincipal: boolean, isAddress = false): Value => {
    if (isAddress && isUnknown(value)) {
      // A range that is worked out (Fn::Cidr, one of a list) has no name, and may be wide.
      const isGiven = !value.isFree && isNamed(value);
      const one = filled(value, ONE);
      return isGiven && isOne(one) ? one : value;
    }
    const text = isUnknown(value) ? textOf(value) : undefined;
    if (text !== undefined) return text;
    // Nobody can be `*` whose ARN or service has anything else in it.
    if (isUnknown(value) && isPrincipal && filled(value, '') !== '') return filled(value, '000000000000');
    if (Array.isArray(value)) return value.map((one) => at(one, isPrincipal, isAddress));
    if (!isMap(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, at(one, isPrincipal, ADDRESS.test(name))]),
    );
  };
  return Object.fromEntries(
    Object.entries(said).map(([name, value]) => {
      if (name !== 'Resource' || place.own === undefined)
        return [name, at(value, name.endsWith('Principal'))];
      const own = place.own;
      return [name, listOf(value).map((one) => (isUnknown(one) ? (textOf(one) ?? `${own}/*`) : one))];
    }),
  );
}

/** The statement at its widest. */
function widened(known: Known, place: PolicyPlace): Known {
  const wide: Record<string, Value> = {};
  for (const [name, value] of Object.entries(known)) {
    if (!hasUnknown(value)) wide[name] = value;
    else if (name === 'Condition') Object.assign(wide, conditions(value));
    else if (name.startsWith('Not')) {
      // The fewer are left out, the more are in.
      const rest = isUnknown(value) ? [] : listOf(value).filter((one) => !hasUnknown(one));
      if (rest.length > 0) wide[name] = rest;
      else wide[name.slice(3)] = '*';
    } else wide[name] = name === 'Principal' ? '*' : patterns(value);
  }
  if (place.hasPrincipals && wide.Principal === undefined && wide.NotPrincipal === undefined)
    wide.Principal = '*';
  return wide;
}

/** With a wildcard for what may be anything. */
const patterns = (value: Value): Value =>
  isUnknown(value)
    ? filled(value, '*')
    : listOf(value).map((one) => (isUnknown(one) ? filled(one, '*') : one));

/** Conditions are ANDed: those that are known hold in any case. */
function conditions(value: Value): Known {
  if (!isMap(value)) return {};
  const kept = Object.entries(value).flatMap(([operator, keys]) => {
    if (!isMap(keys)) return [];
    const known = Object.entries(keys).filter(([, values]) => !hasUnknown(values));
    return known.length > 0 ? [[operator, Object.fromEntries(known)] as const] : [];
  });
  return kept.length > 0 ? { Condition: Object.fromEntries(kept) } : {};
}

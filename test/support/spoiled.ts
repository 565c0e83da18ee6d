/** One member of a value that is not what AWS gives: not there, or of another type. */
export interface Spoiled {
  /** `SecurityGroups.0.IpPermissions is null`. */
  readonly what: string;
  readonly value: unknown;
}

const STRANGERS: readonly unknown[] = [null, 7, true, 'x', [], {}];

const typeOf = (value: unknown) =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : (typeof value as string);

/**
 * A JSON value with one member at a time removed, or in the form of every other type. A list stays as long as it is: one
 * element less is another answer, not a broken one. An object is also emptied.
 */
export function* spoiled(value: unknown, at = 'all of it'): Generator<Spoiled> {
  for (const stranger of STRANGERS) {
    const isOther = typeOf(stranger) !== typeOf(value) || (typeOf(value) === 'object' && !isEmpty(value));
    if (isOther) yield { what: `${at} is ${JSON.stringify(stranger)}`, value: stranger };
  }
  if (typeof value !== 'object' || value === null) return;
  const entries = Object.entries(value);
  for (const [name, member] of entries) {
    const path = at === 'all of it' ? name : `${at}.${name}`;
    const withMember = (changed: unknown) =>
      Array.isArray(value)
        ? value.map((one, i) => (String(i) === name ? changed : one))
        : { ...value, [name]: changed };
    if (!Array.isArray(value)) {
      const rest = Object.fromEntries(entries.filter(([other]) => other !== name));
      yield { what: `${path} is not there`, value: rest };
    }
    for (const { what, value: changed } of spoiled(member, path)) yield { what, value: withMember(changed) };
  }
}

const isEmpty = (value: unknown) => Object.keys(value as object).length === 0;

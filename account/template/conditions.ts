/** A template's conditions, which are true, false, or as a world says. */
import { type Fields, isFields, type Json } from './parse.ts';
import { hasUnknown, type Value } from './unknown.ts';

/** A way that the comparisons may turn out which nobody can make yet: by their text. */
export type World = ReadonlyMap<string, boolean>;

/** The most comparisons that are tried both ways. With more of them, what hangs on one is not known. */
export const MOST_ASKED = 4;

/** Every way that these comparisons may turn out; the one in which nothing is said of them, where they are too many. */
export function worldsOf(asked: readonly string[]): World[] {
  if (asked.length > MOST_ASKED) return [new Map()];
  return Array.from(
    { length: 2 ** asked.length },
    (_, way) => new Map(asked.map((one, index) => [one, (way & (1 << index)) !== 0])),
  );
}

export class Conditions {
  readonly #conditions: Fields;
  readonly #world: World;
  readonly #resolve: (value: Json) => Value;
  readonly #known = new Map<string, boolean | undefined>();
  readonly #open = new Set<string>();
  /** The comparisons that the world had to tell. */
  readonly asked = new Set<string>();

  /** @param resolve gives the values that are compared. */
  constructor(conditions: Json | undefined, world: World, resolve: (value: Json) => Value) {
    this.#conditions = isFields(conditions) ? conditions : {};
    this.#world = world;
    this.#resolve = resolve;
  }

  /** Whether a condition holds; `undefined` where that is not known. */
  holds(name: string): boolean | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    // A circle, or a condition that is not there: CloudFormation refuses the template.
    if (!Object.hasOwn(this.#conditions, name) || this.#open.has(name)) return undefined;
    this.#open.add(name);
    const found = this.#evaluate(this.#conditions[name] as Json);
    this.#open.delete(name);
    this.#known.set(name, found);
    return found;
  }

  #evaluate(rule: Json): boolean | undefined {
    if (!isFields(rule)) return undefined;
    const [[name, argument] = []] = Object.entries(rule);
    switch (name) {
      case 'Condition':
        return typeof argument === 'string' ? this.holds(argument) : undefined;
      case 'Fn::Equals':
        return this.#equals(argument as Json);
      case 'Fn::Not':
        return negated(this.#all(argument as Json)[0]);
      case 'Fn::And':
        return every(this.#all(argument as Json));
      case 'Fn::Or':
        return negated(every(this.#all(argument as Json).map(negated)));
      default:
        return undefined;
    }
  }

  #all(rules: Json): (boolean | undefined)[] {
    return Array.isArray(rules) ? rules.map((one) => this.#evaluate(one)) : [undefined];
  }

  #equals(argument: Json): boolean | undefined {
    if (!Array.isArray(argument) || argument.length !== 2) return undefined;
    const [one, other] = argument.map((side) => this.#resolve(side)) as [Value, Value];
    if (!hasUnknown(one) && !hasUnknown(other)) return same(one) === same(other);
    // Either side may come first.
    const [first, second] = argument.map((side) => JSON.stringify(side)).sort();
    if (first === second) return true;
    const comparison = `${first} ${second}`;
    this.asked.add(comparison);
    return this.#world.get(comparison);
  }
}

/** CloudFormation compares texts: a number is one of them. */
const same = (value: Value): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

const negated = (value: boolean | undefined): boolean | undefined =>
  value === undefined ? undefined : !value;

function every(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) return false;
  return values.includes(undefined) ? undefined : true;
}

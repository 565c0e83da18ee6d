/** Values of a template, of which some are known only once it is deployed. */
export type Value = null | boolean | number | string | readonly Value[] | Known | Unknown;
export type Known = { readonly [name: string]: Value };

/** Around what a text does not say yet: characters that no template has in it (Unicode's private use). */
const [BEGIN, END] = ['\uE000', '\uE001'];
const HOLE = new RegExp(`${BEGIN}([^${END}]*)${END}`, 'g');
export const hole = (name: string): string => `${BEGIN}${name}${END}`;

const NAMELESS = hole('?');

/** What the template does not say, and why. */
export class Unknown {
  /** `parameter OfficeCidr has no value: give --parameter-overrides OfficeCidr=…`. */
  readonly why: string;
  /** The text, as far as it is known. */
  readonly text: string;
  /**
   * Whether it may be anything that somebody chooses: a parameter, another stack's output. What AWS makes up itself (an id, an ARN)
   * holds neither wildcards nor secrets.
   */
  readonly isFree: boolean;
  /** The only values that it can have, where they are known: an Fn::If's. */
  readonly either: readonly Value[] | undefined;

  constructor(
    why: string,
    more: { readonly text?: string; readonly isFree?: boolean; readonly either?: readonly Value[] } = {},
  ) {
    this.why = why;
    this.text = more.text ?? NAMELESS;
    this.isFree = more.isFree ?? true;
    this.either = more.either;
  }
}

export const isUnknown = (value: unknown): value is Unknown => value instanceof Unknown;

export const isMap = (value: unknown): value is Known =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value);

/** The unknown parts of a value, at any depth. */
export function* unknowns(value: Value | undefined): Generator<Unknown> {
  if (isUnknown(value)) yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const one of Object.values(value)) yield* unknowns(one as Value);
  }
}

export const hasUnknown = (value: Value | undefined): boolean => !unknowns(value).next().done;

/** The text, where AWS alone decides on what is not known of it: these parts then have the name of where they come from. */
export function textOf(value: Value | undefined): string | undefined {
  if (isUnknown(value)) return value.isFree ? undefined : value.text.replace(HOLE, (_, name) => plain(name));
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Neither a wildcard, nor anything that an ARN or a policy would take for its own. */
const plain = (name: string): string => name.replace(/[^\w]+/g, '-');

/** The text with something else in place of what is not known. */
export const filled = ({ text }: Unknown, other: string): string => text.replace(HOLE, () => other);

/** Whether all that is not known of the text has the name of where it comes from. */
export const isNamed = ({ text }: Unknown): boolean => !text.includes(NAMELESS);

/** For people: `logs-${Stage}`. */
export const shown = ({ text }: Unknown): string => text.replace(HOLE, (_, name) => `\${${name}}`);

/** Texts as one, which is known where all of them are. */
export function joined(parts: readonly Value[]): Value {
  const odd = parts.find((part) => !isUnknown(part) && (typeof part === 'object' || part === undefined));
  if (odd !== undefined) return new Unknown('a list or a map stands where a text has to be');
  const open = parts.filter(isUnknown);
  const text = parts.map((part) => (isUnknown(part) ? part.text : String(part))).join('');
  const [first] = open;
  if (!first) return text;
  const free = open.find(({ isFree }) => isFree);
  return new Unknown((free ?? first).why, { text, isFree: free !== undefined });
}

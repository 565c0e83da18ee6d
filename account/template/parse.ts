/**
 * The text of a CloudFormation template, YAML or JSON, as plain values that know their lines. JSON is read by the same parser,
 * because every JSON text is YAML. The short forms of functions (`!Ref`) become the long ones (`{ "Ref": … }`).
 */
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { SnapshotError } from '../snapshot/errors.ts';

export type Json = null | boolean | number | string | readonly Json[] | Fields;
export type Fields = { readonly [name: string]: Json };

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A template's values, and where they stand. */
export interface Parsed {
  readonly root: Fields;
  /** The line of what this path leads to, or of the nearest that is there. */
  lineOf(path: readonly (string | number)[]): number;
}

/** CloudFormation takes 1 MB (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html). */
export const LARGEST = 1_048_576;
/** Values in a template, aliases written out: more than a template of 1 MB can have without them. */
const MOST_VALUES = 600_000;
const DEEPEST = 200;

/** @throws {SnapshotError} with line and column, for what CloudFormation could not read either. */
export function parseTemplate(text: string, label: string): Parsed {
  if (Buffer.byteLength(text) > LARGEST) {
    throw new SnapshotError(
      'TooLarge',
      `${label}: a template of more than 1 MB, which CloudFormation does not take`,
    );
  }
  const reader = new Reader(label);
  try {
    return reader.read(text);
  } catch (error) {
    // The parser calls itself for whatever is inside of something.
    if (error instanceof RangeError) throw new SnapshotError('TooLarge', tooDeep(label), { cause: error });
    throw error;
  }
}

const tooDeep = (label: string) => `${label}: more than ${DEEPEST} lists and maps inside of each other`;

interface Lines {
  readonly own: number;
  readonly of: ReadonlyMap<string, number>;
}

class Reader {
  readonly #label: string;
  readonly #counter = new LineCounter();
  readonly #lines = new WeakMap<object, Lines>();
  readonly #anchors = new Map<string, ParsedNode>();
  #values = 0;

  constructor(label: string) {
    this.#label = label;
  }

  read(text: string): Parsed {
    const document = parseDocument(text, {
      // Every scalar is a text first: what a plain one means is CloudFormation's business, not YAML 1.2's.
      schema: 'failsafe',
      lineCounter: this.#counter,
      // That check takes quadratic time; `#map` makes it in its stead.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    const [error] = document.errors;
    if (error) {
      if (/call stack/.test(error.message)) throw new SnapshotError('TooLarge', tooDeep(this.#label));
      throw this.#wrong(error.pos[0], error.message);
    }
    const root = document.contents ? this.#value(document.contents as ParsedNode, 0) : null;
    if (!isFields(root)) throw this.#wrong(0, 'a template is a map');
    return { root, lineOf: (path) => this.#lineOf(root, path) };
  }

  #lineOf(root: Fields, path: readonly (string | number)[]): number {
    let at: unknown = root;
    let line = this.#lines.get(root)?.own ?? 1;
    for (const step of path) {
      const lines = typeof at === 'object' && at !== null ? this.#lines.get(at) : undefined;
      const next = lines?.of.get(String(step));
      if (next === undefined) return line;
      line = next;
      at = (at as Readonly<Record<string, unknown>>)[step as string];
    }
    return line;
  }

  #wrong(offset: number, message: string): SnapshotError {
    const { line, col } = this.#counter.linePos(offset);
    const what = `line ${line}, column ${col}: ${message.replace(/\s+/g, ' ')}`;
    return new SnapshotError('Malformed', `${this.#label}: ${what}`);
  }

  #value(node: ParsedNode | null, depth: number): Json {
    if (node === null) return null;
    const [start] = node.range;
    if (++this.#values > MOST_VALUES) {
      throw this.#wrong(start, `more than ${MOST_VALUES} values, with aliases written out`);
    }
    if (depth > DEEPEST) throw this.#wrong(start, `more than ${DEEPEST} lists and maps inside of each other`);
    if (isAlias(node)) return this.#alias(node as Alias.Parsed, depth);
    const { anchor } = node as { readonly anchor?: string };
    const value = this.#plain(node, depth);
    // Only after its end: an alias within would be of itself.
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return this.#longForm(node.tag, value, start);
  }

  #alias({ source, range }: Alias.Parsed, depth: number): Json {
    const target = this.#anchors.get(source);
    if (!target) throw this.#wrong(range[0], `no anchor &${source} before this alias`);
    return this.#value(target, depth + 1);
  }

  #plain(node: ParsedNode, depth: number): Json {
    if (isScalar(node)) return scalar(node as Scalar);
    if (isMap(node)) return this.#map(node as YAMLMap.Parsed, depth);
    if (!isSeq(node)) throw this.#wrong(0, 'neither a text, a list nor a map');
    const of = new Map<string, number>();
    const list = node.items.map((item, index) => {
      const one = item as ParsedNode | null;
      of.set(String(index), this.#lineAt((one ?? node).range?.[0] ?? 0));
      return this.#value(one, depth + 1);
    });
    this.#lines.set(list, { own: this.#lineAt(node.range?.[0] ?? 0), of });
    return list;
  }

  #map(node: YAMLMap.Parsed, depth: number): Fields {
    // Without a prototype, so that a key `__proto__` is one like any other.
    const fields: Record<string, Json> = Object.create(null);
    const of = new Map<string, number>();
    for (const { key, value } of node.items) {
      const start = key?.range?.[0] ?? node.range[0];
      if (!isScalar(key)) throw this.#wrong(start, 'a key that is no text');
      const name = String(key.value);
      if (name === '<<') throw this.#wrong(start, 'CloudFormation does not merge maps (<<)');
      if (of.has(name)) throw this.#wrong(start, `the key ${name} is there twice`);
      of.set(name, this.#lineAt(start));
      fields[name] = this.#value(value as ParsedNode | null, depth + 1);
    }
    this.#lines.set(fields, { own: this.#lineAt(node.range[0]), of });
    return fields;
  }

  #longForm(tag: string | undefined, value: Json, start: number): Json {
    if (tag === undefined || !/^![A-Za-z]/.test(tag)) return value;
    const name = tag.slice(1);
    const fields: Record<string, Json> = Object.create(null);
    // A list splits into its parts: !GetAtt Queue.Arn, of which only the first dot counts.
    const isText = name === 'GetAtt' && typeof value === 'string';
    const argument = isText ? splitOnce(value) : value;
    fields[name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`] = argument;
    const line = this.#lineAt(start);
    this.#lines.set(fields, { own: line, of: new Map(Object.keys(fields).map((key) => [key, line])) });
    return fields;
  }

  #lineAt = (offset: number): number => this.#counter.linePos(offset).line;
}

export function splitOnce(text: string): Json {
  const at = text.indexOf('.');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * What a scalar is, in YAML 1.1, which CloudFormation follows, but for times and numbers with leading zeros: these stay texts, as
 * an account's id has to.
 */
function scalar({ value, type, tag }: Scalar): Json {
  const text = String(value ?? '');
  if (type !== 'PLAIN' || tag?.startsWith('!') || tag === 'tag:yaml.org,2002:str') return text;
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return null;
  if (/^(?:true|True|TRUE|yes|Yes|YES|on|On|ON)$/.test(text)) return true;
  if (/^(?:false|False|FALSE|no|No|NO|off|Off|OFF)$/.test(text)) return false;
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : text;
}

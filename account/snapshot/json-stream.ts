/**
 * Takes the elements of a JSON array one by one out of a file of any size. The general streaming parsers on npm build
 * every value from tokens and need 4 to 9 seconds for 100,000 configuration items; here the bytes are only scanned for
 * where an element ends, and V8's own JSON.parse does the rest (docs/decisions.md has the figures).
 */

import { howToRaise, inWords, limits } from './limits.ts';

/** An element's text, and where it begins in the file. */
export interface JsonElement {
  readonly bytes: Uint8Array;
  /** In bytes from the beginning of the (uncompressed) file. */
  readonly offset: number;
  /** The member of the document that it is of; `''` when the document is an array. */
  readonly member?: string;
}

/** The text is not JSON, or not of the expected form. */
export class JsonStreamError extends Error {
  override readonly name = 'JsonStreamError';
  readonly code = 'InvalidJson';
  /** Where, in bytes from the beginning of the (uncompressed) file. */
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(`${message} at byte ${offset}`);
    this.offset = offset;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** UTF-8's, which Windows' editors put first. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** What a byte means between strings: 1 for what ends a run of bytes that need no look. */
const STOPS = new Uint8Array(256);
for (const byte of [QUOTE, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET]) STOPS[byte] = 1;

/** A document that an attacker made may have millions. */
const MOST_KEYS = 1000;

const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** What the scanner expects next. */
type Expecting =
  | 'document'
  | 'key or end'
  | 'key'
  | 'colon'
  | 'member'
  | 'comma or end of object'
  | 'element or end'
  | 'element'
  | 'comma or end of array'
  | 'nothing';

/** Names of members of the document's object. */
export interface Members {
  readonly arrays: readonly string[];
  /** Whether a document may have several of them. */
  readonly isEach?: boolean;
  readonly singles?: readonly string[];
  /** Small ones, whose values are to be remembered. */
  readonly keep?: readonly string[];
}

/**
 * Scans text that comes in chunks, cut anywhere. The document is an array, or an object with the array in one of the
 * members `arrays`; the elements of that array come out as slices. A member of `singles` comes out as if it were an
 * array of one. Other members of the object are checked and skipped.
 *
 * @example
 * const scanner = new JsonElementScanner({ arrays: ['configurationItems'] });
 * for await (const chunk of stream) for (const element of scanner.write(chunk)) parseElement(element);
 * scanner.end();
 */
export class JsonElementScanner {
  /** Which member the elements were found in, the last of several; `''` when the document is an array; absent when there was none. */
  found: string | undefined;
  /** The members of `arrays` and `singles` that were found. */
  readonly arraysFound = new Set<string>();
  /** The document's own keys so far, if it is an object: the first of them, which are enough to know it by. */
  readonly keys: string[] = [];
  /** The members that were asked for with `keep`, as far as they are there. */
  readonly kept = new Map<string, unknown>();
  readonly #keep: ReadonlySet<string>;
  #key = '';
  readonly #arrays: ReadonlySet<string>;
  readonly #isEach: boolean;
  readonly #singles: ReadonlySet<string>;
  #expecting: Expecting = 'document';
  /** Inside an array of elements, as opposed to the document's object. */
  #inArray = false;
  /** Bytes before this chunk. */
  #position = 0;

  // The value or key that is being read, which may have begun chunks ago.
  #reading: 'nothing' | 'key' | 'member' | 'element' = 'nothing';
  #kind: 'string' | 'container' | 'scalar' = 'scalar';
  #parts: Uint8Array[] = [];
  #held = 0;
  #begin = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;

  constructor({ arrays, isEach = false, singles = [], keep = [] }: Members) {
    this.#arrays = new Set(arrays);
    this.#isEach = isEach;
    this.#singles = new Set(singles);
    this.#keep = new Set(keep);
  }

  /** Elements that end in this chunk. They share its memory: use them before writing the next one. */
  write(chunk: Uint8Array): JsonElement[] {
    const elements: JsonElement[] = [];
    const length = chunk.length;
    let at = 0;
    let start = 0;
    while (at < length) {
      if (this.#reading === 'nothing') {
        const byte = chunk[at] as number;
        if (isSpace(byte)) {
          at++;
          continue;
        }
        start = at;
        if (this.#step(byte, this.#position + at)) at++;
        continue;
      }
      at = this.#skipValue(chunk, at);
      if (at < 0) break;
      const bytes = this.#take(chunk.subarray(start, at));
      const reading = this.#reading;
      this.#reading = 'nothing';
      if (reading === 'element') {
        elements.push({ bytes, offset: this.#begin, member: this.found ?? '' });
        this.#expecting = this.#inArray ? 'comma or end of array' : 'comma or end of object';
      } else {
        const value = parseElement({ bytes, offset: this.#begin });
        if (reading === 'key') {
          this.#key = value as string;
          if (this.keys.length < MOST_KEYS) this.keys.push(this.#key);
        } else if (this.#keep.has(this.#key)) this.kept.set(this.#key, value);
        this.#expecting = reading === 'key' ? 'colon' : 'comma or end of object';
      }
    }
    if (this.#reading !== 'nothing') this.#hold(chunk.subarray(start));
    this.#position += length;
    return elements;
  }

  /** @throws {JsonStreamError} when the text ends too early. */
  end(): void {
    const reading = this.#reading !== 'nothing';
    if (this.#expecting !== 'nothing' || reading) {
      const where = reading ? `inside of the ${this.#reading}` : `where ${this.#expecting} is expected`;
      throw new JsonStreamError(this.#position, `the text ends ${where}`);
    }
  }

  /** One byte between values. Says whether it was used up; if not, it is the first of a value. */
  #step(byte: number, offset: number): boolean {
    const unexpected = () =>
      new JsonStreamError(
        offset,
        `${JSON.stringify(String.fromCharCode(byte))} where ${this.#expecting} is expected`,
      );
    switch (this.#expecting) {
      case 'document':
        if (byte === BYTE_ORDER_MARK[offset]) return true;
        if (byte === OPEN_BRACKET) this.#beginArray('');
        else if (byte === OPEN_BRACE) this.#expecting = 'key or end';
        else throw new JsonStreamError(offset, 'neither a JSON object nor an array');
        return true;
      case 'key or end':
      case 'key':
        if (byte === CLOSE_BRACE && this.#expecting === 'key or end') {
          this.#expecting = 'nothing';
          return true;
        }
        if (byte !== QUOTE) throw unexpected();
        return this.#start('key', byte, offset);
      case 'colon':
        if (byte !== COLON) throw unexpected();
        this.#expecting = 'member';
        return true;
      case 'member':
        return this.#beginMember(this.#key, byte, offset);
      case 'comma or end of object':
        if (byte !== COMMA && byte !== CLOSE_BRACE) throw unexpected();
        this.#expecting = byte === COMMA ? 'key' : 'nothing';
        return true;
      case 'element or end':
      case 'element':
        if (byte === CLOSE_BRACKET && this.#expecting === 'element or end') {
          this.#endArray();
          return true;
        }
        return this.#start('element', byte, offset);
      case 'comma or end of array':
        if (byte !== COMMA && byte !== CLOSE_BRACKET) throw unexpected();
        if (byte === COMMA) this.#expecting = 'element';
        else this.#endArray();
        return true;
      case 'nothing':
        throw new JsonStreamError(offset, 'more text after the end of the JSON document');
    }
  }

  #beginArray(key: string): void {
    this.found = key;
    this.#inArray = true;
    this.#expecting = 'element or end';
  }

  #endArray(): void {
    this.#inArray = false;
    this.#expecting = this.found === '' ? 'nothing' : 'comma or end of object';
  }

  #beginMember(key: string, byte: number, offset: number): boolean {
    const isArray = byte === OPEN_BRACKET && this.#arrays.has(key);
    const isSingle = byte === OPEN_BRACE && this.#singles.has(key);
    if (!isArray && !isSingle) return this.#start('member', byte, offset);
    const other = this.#isEach ? (this.arraysFound.has(key) ? key : undefined) : this.found;
    if (other !== undefined) throw new JsonStreamError(offset, `${key} beside ${other}`);
    this.arraysFound.add(key);
    if (isArray) this.#beginArray(key);
    else {
      this.found = key;
      this.#start('element', byte, offset);
    }
    return isArray;
  }

  #start(reading: 'key' | 'member' | 'element', byte: number, offset: number): boolean {
    if (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      throw new JsonStreamError(
        offset,
        `${JSON.stringify(String.fromCharCode(byte))} where a value is expected`,
      );
    }
    this.#reading = reading;
    this.#kind =
      byte === QUOTE ? 'string' : byte === OPEN_BRACE || byte === OPEN_BRACKET ? 'container' : 'scalar';
    this.#begin = offset;
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
    return false;
  }

  /** The index after the value's last byte, or -1 when the value goes on in the next chunk. */
  #skipValue(chunk: Uint8Array, from: number): number {
    const length = chunk.length;
    let at = from;
    if (this.#kind === 'scalar') {
      for (; at < length; at++) {
        const byte = chunk[at] as number;
        if (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || isSpace(byte)) return at;
      }
      return -1;
    }
    const { depth: deepest } = limits();
    let depth = this.#depth;
    let inString = this.#inString;
    if (this.#escaped) {
      at++;
      this.#escaped = false;
    }
    while (at < length) {
      if (inString) {
        let byte = chunk[at] as number;
        while (byte !== QUOTE && byte !== BACKSLASH && ++at < length) byte = chunk[at] as number;
        if (at >= length) break;
        if (byte === BACKSLASH) {
          at += 2;
          continue;
        }
        inString = false;
        at++;
        if (depth === 0) return at;
        continue;
      }
      while (at < length && STOPS[chunk[at] as number] === 0) at++;
      if (at >= length) break;
      const byte = chunk[at++] as number;
      if (byte === QUOTE) inString = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (++depth > deepest) throw this.#tooDeep(at - 1);
      } else if (--depth === 0) return at;
    }
    this.#depth = depth;
    this.#inString = inString;
    this.#escaped = at > length;
    return -1;
  }

  #tooDeep(at: number): JsonStreamError {
    const many = `more than ${limits().depth} objects and arrays inside of each other`;
    return new JsonStreamError(this.#position + at, `${many} (${howToRaise('depth')})`);
  }

  /** Keeps what a value has of this chunk. */
  #hold(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#held += bytes.length;
    if (this.#held <= limits()['value-size']) return;
    const what = `the ${this.#reading} is more than ${inWords('value-size')}`;
    throw new JsonStreamError(this.#begin, `${what} (${howToRaise('value-size')})`);
  }

  /** The whole value, when its last bytes are these. */
  #take(last: Uint8Array): Uint8Array {
    if (this.#parts.length === 0) return last;
    const whole = Buffer.concat([...this.#parts, last]);
    this.#parts = [];
    this.#held = 0;
    return whole;
  }
}

/**
 * The element as a value.
 *
 * @throws {JsonStreamError} when it is not JSON.
 */
export function parseElement({ bytes, offset }: JsonElement): unknown {
  const { buffer, byteOffset, byteLength } = bytes;
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8 tells the position in characters (exact in ASCII text), and in a short text not at all.
    const [, within] = /position (\d+)/.exec((error as Error).message) ?? [];
    throw new JsonStreamError(offset + Number(within ?? 0), `not JSON (${(error as Error).message})`);
  }
}

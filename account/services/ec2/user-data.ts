/**
 * Looks for AWS access keys in user data. What it gives has nothing of a secret, and of a key's id the first and the last four
 * characters: everything that comes after, the account's values included, knows no more.
 */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';

export type EmbeddedKey =
  | {
      readonly kind: 'accessKey';
      readonly line: number;
      /** `AKIA…WXYZ` */
      readonly key: string;
      /** Of the whole id, by which it can be told from others. */
      readonly sha256: string;
    }
  | { readonly kind: 'secretKey'; readonly line: number };

export interface UserData {
  /** Lines are those of the user data once it is unpacked; what is packed in it has the line where that begins. */
  readonly keys: readonly EmbeddedKey[];
  /** Why a part of it was not looked into. */
  readonly unread?: Unread;
}
/** `tooLarge`: more than 1 MiB unpacked. `tooDeep`: packed more than three times. `broken`: gzip that does not unpack. */
export type Unread = 'notBase64' | 'tooLarge' | 'tooDeep' | 'broken';

/** EC2 takes 16 KB of user data, which gzip may inflate a thousandfold. */
const MOST_BYTES = 1024 * 1024;
const DEEPEST = 3;

export const sha256Of = (id: string): string => createHash('sha256').update(id).digest('hex');

/** @param value base64, as EC2 gives it. */
export function lookInto(value: string): UserData {
  const packed = value.replace(/\s+/g, '');
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) {
    return { keys: [], unread: 'notBase64' };
  }
  const search = new Search();
  search.read(Buffer.from(packed, 'base64'), 0);
  const { found, unread } = search;
  return { keys: [...found.values()], ...(unread && { unread }) };
}

class Search {
  readonly found = new Map<string, EmbeddedKey>();
  unread: Unread | undefined;
  /** How much more may be unpacked. */
  #left = MOST_BYTES;

  /** @param line of the user data, where `bytes` are packed in it. */
  read(bytes: Buffer, depth: number, line?: number): void {
    const text = this.#textOf(bytes, depth);
    for (const key of keysIn(text)) {
      const found = { ...key, line: line ?? key.line };
      this.found.set(JSON.stringify(found), found);
    }
    for (const inner of packedIn(text)) {
      if (depth < DEEPEST) this.read(inner.bytes, depth + 1, line ?? inner.line);
      else if (isGzip(inner.bytes) || isText(inner.bytes)) this.unread ??= 'tooDeep';
    }
  }

  /** Without the zeros of UTF-16, as PowerShell writes it. Latin-1, because keys are ASCII and nothing is undecodable then. */
  #textOf(bytes: Buffer, depth: number): string {
    const unpacked = isGzip(bytes) ? this.#inflated(bytes) : bytes;
    // Base64 only shrinks: what is in it needs no limit of its own.
    if (depth === 0 || unpacked !== bytes) this.#left -= unpacked.length;
    if (this.#left >= 0) return unpacked.toString('latin1').replaceAll('\0', '');
    this.unread ??= 'tooLarge';
    return '';
  }

  #inflated(bytes: Buffer): Buffer {
    try {
      return gunzipSync(bytes, { maxOutputLength: Math.max(1, this.#left) });
    } catch (error) {
      this.unread ??= (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : 'broken';
      return Buffer.alloc(0);
    }
  }
}

const isGzip = (bytes: Buffer) => bytes[0] === 0x1f && bytes[1] === 0x8b;
const isText = (bytes: Buffer) => /^[\t\n\r -~]+$/.test(bytes.toString('latin1').replaceAll('\0', ''));

/** No part of a longer word, path or base64 text, but for the user of a URL (`s3n://AKIA…:…@bucket`). */
const KEY_ID = /(?:(?<![A-Za-z0-9/+_])|(?<=:\/\/))(?:AKIA|ASIA)([A-Z0-9]{16})(?![A-Za-z0-9/+=_])/g;
/** The names that AWS's own tools know, and how languages part them from the value. */
const SECRET =
  /(?:secret[_-]?access[_-]?key|aws[_-]secret[_-]key|secretkey)[ \t"'=:>,()\]\\]{1,16}([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])/gi;

function* keysIn(text: string): Generator<EmbeddedKey> {
  const lineAt = lineCounter(text);
  for (const match of text.matchAll(KEY_ID)) {
    const [id, rest = ''] = match;
    if (isPlaceholder(id, rest) || isSigned(text, match.index, id)) continue;
    const key = `${id.slice(0, 4)}…${id.slice(-4)}`;
    yield { kind: 'accessKey', line: lineAt(match.index), key, sha256: sha256Of(id) };
  }
  for (const { 0: all, 1: secret = '', index } of text.matchAll(SECRET)) {
    if (secret.includes('EXAMPLE')) continue;
    yield { kind: 'secretKey', line: lineAt(index + all.length - secret.length) };
  }
}

/** AWS's documentation ends its ids in EXAMPLE. */
const isPlaceholder = (id: string, rest: string) =>
  id.endsWith('EXAMPLE') || rest.includes('XXXX') || /^(.)\1*$/.test(rest);

/** The id in a presigned URL, or in a signature: whoever made it has the secret, and the text has not. */
function isSigned(text: string, at: number, id: string): boolean {
  const before = text.slice(Math.max(0, at - 32), at);
  const after = text.slice(at + id.length, at + id.length + 6);
  if (/Credential(?:=|%3D)$/i.test(before)) return /^(?:\/|%2F|%252F)/i.test(after);
  if (!/AWSAccessKeyId=$/i.test(before)) return false;
  return /^(?:&(?!&)|\\u0026)/.test(after) || /(?:[?&]|&amp;|\\u0026)AWSAccessKeyId=$/i.test(before);
}

/** For places that come in any order. */
function lineCounter(text: string): (at: number) => number {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) ends.push(at);
  return (place) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as number) < place) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

interface Packed {
  readonly bytes: Buffer;
  readonly line: number;
}

/** What a text has in it that is packed: all of it, MIME parts, and runs of base64 as cloud-config's `write_files` has them. */
function* packedIn(text: string): Generator<Packed> {
  const lines = text.split('\n');
  // cloud-init takes user data that is base64 once more, however short.
  const all = lines.map((line) => line.trim()).join('');
  if (all.length >= 24 && all.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(all)) {
    yield { bytes: Buffer.from(all, 'base64'), line: 1 };
    return;
  }
  yield* partsIn(lines);
  yield* runsIn(lines);
}

const ENCODING = /^content-transfer-encoding:[ \t]*(base64|quoted-printable)\s*$/i;

/** The parts of a MIME multipart that are encoded. Their lines become empty, so that nothing finds them twice. */
function* partsIn(lines: string[]): Generator<Packed> {
  for (let at = 0; at < lines.length; at++) {
    const [, encoding] = ENCODING.exec(lines[at] as string) ?? [];
    if (encoding === undefined) continue;
    let begin = at + 1;
    while (begin < lines.length && (lines[begin] as string).trim() !== '') begin++;
    let end = begin;
    while (end < lines.length && !(lines[end] as string).startsWith('--')) end++;
    const body = lines.slice(begin, end);
    lines.fill('', begin, end);
    const line = begin + 1 + body.findIndex((one) => one.trim() !== '');
    const isBase64 = encoding.toLowerCase() === 'base64';
    yield { bytes: isBase64 ? Buffer.from(body.join(''), 'base64') : fromQuoted(body), line };
    at = end - 1;
  }
}

const fromQuoted = (lines: readonly string[]): Buffer =>
  Buffer.from(
    lines
      .join('\n')
      .replace(/=[ \t]*\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

const SHORTEST_RUN = 64;
/** Of base64 that is wrapped: Ruby wraps at 60 characters, PEM at 64, MIME at 76. */
const SHORTEST_LINE = 20;
const RUN = new RegExp(`[A-Za-z0-9+/]{${SHORTEST_LINE},}={0,2}`, 'g');

function* runsIn(lines: readonly string[]): Generator<Packed> {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    const first = at;
    for (const { 0: run, index } of line.matchAll(RUN)) {
      let whole = run;
      const isAtEnd = line.slice(index + run.length).trim() === '';
      if (isAtEnd) for (; goesOn(whole, run, lines[at + 1]); at++) whole += (lines[at + 1] as string).trim();
      if (whole.length < SHORTEST_RUN) continue;
      yield { bytes: Buffer.from(whole, 'base64'), line: first + 1 };
    }
  }
}

/** Whether the next line is of the same wrapped text: all lines but the last are of one length. */
function goesOn(whole: string, first: string, next = ''): boolean {
  const line = next.trim();
  return (
    line !== '' &&
    !whole.endsWith('=') &&
    whole.length % first.length === 0 &&
    line.length <= first.length &&
    /^[A-Za-z0-9+/]+={0,2}$/.test(line)
  );
}

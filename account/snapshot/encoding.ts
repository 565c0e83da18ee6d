import { TextDecoder } from 'node:util';
import { SnapshotError } from './errors.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32';

/**
 * The encoding that the first four bytes tell. Windows PowerShell 5 writes UTF-16 with a byte order mark (`aws … > file`);
 * without one, text that begins as JSON and CSV do has every other byte zero.
 */
function encodingOf([one, two, three, four]: Uint8Array): Encoding {
  if (one === 0xff && two === 0xfe) return three === 0 && four === 0 ? 'utf-32' : 'utf-16le';
  if (one === 0xfe && two === 0xff) return 'utf-16be';
  if (one === 0 && two === 0) return 'utf-32';
  if (one !== undefined && one !== 0 && two === 0) return three === 0 && four === 0 ? 'utf-32' : 'utf-16le';
  if (one === 0 && two !== undefined) return 'utf-16be';
  return 'utf-8';
}

/** Bytes of the mark that UTF-8 text may begin with. */
const markOf = ([one, two, three]: Uint8Array) => (one === 0xef && two === 0xbb && three === 0xbf ? 3 : 0);

/**
 * The bytes as UTF-8 without a byte order mark.
 *
 * @throws {SnapshotError} `Malformed` for UTF-32, and UTF-16 that is broken.
 */
export async function* decoded(chunks: AsyncIterable<Uint8Array>, label: string): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | undefined;
  /** The first bytes, until there are enough to tell by. */
  let head: Uint8Array | undefined = new Uint8Array(0);
  const begin = (bytes: Uint8Array) => {
    head = undefined;
    decoder = decoderOf(bytes, label);
    return bytes.subarray(markOf(bytes));
  };
  const text = (bytes: Uint8Array, stream: boolean) => {
    const given = decoder;
    return given ? Buffer.from(inWords(label, () => given.decode(bytes, { stream }))) : bytes;
  };
  for await (const chunk of chunks) {
    if (!head) {
      yield text(chunk, true);
      continue;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    if (head.length >= 4) yield text(begin(head), true);
  }
  yield text(head ? begin(head) : new Uint8Array(0), false);
}

/** As {@link decoded}, of all bytes at once. */
export function decodedText(bytes: Uint8Array, label: string): string {
  const decoder = decoderOf(bytes, label);
  if (decoder) return inWords(label, () => decoder.decode(bytes));
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', markOf(bytes));
}

/** Nothing for UTF-8, which needs no decoding. The decoder takes the mark away. */
function decoderOf(first: Uint8Array, label: string): TextDecoder | undefined {
  const encoding = encodingOf(first);
  if (encoding === 'utf-8') return undefined;
  if (encoding === 'utf-32') {
    throw new SnapshotError(
      'Malformed',
      `${label}: UTF-32 text, or no text at all, where UTF-8 or UTF-16 is expected`,
    );
  }
  return new TextDecoder(encoding, { fatal: true });
}

function inWords(label: string, decode: () => string): string {
  try {
    return decode();
  } catch (error) {
    throw new SnapshotError('Malformed', `${label}: broken UTF-16 text (${(error as Error).message})`, {
      cause: error,
    });
  }
}

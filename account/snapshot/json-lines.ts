import { itemsSaidIn } from './channels.ts';
import { readEnvelope } from './envelope.ts';
import { SnapshotError } from './errors.ts';
import { type JsonElement, JsonStreamError, parseElement } from './json-stream.ts';

const NEWLINE = 0x0a;

/** A line of a file, and where it begins, in bytes. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JsonElement> {
  let parts: Uint8Array[] = [];
  let offset = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const last = chunk.subarray(from, end);
      const bytes = parts.length === 0 ? last : Buffer.concat([...parts, last]);
      parts = [];
      yield { bytes, offset };
      offset += bytes.length + 1;
      from = end + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield { bytes: Buffer.concat(parts), offset };
}

/**
 * The configuration items of JSON lines: each line is an item, a message that carries one or some, or a Config file of its
 * own.
 *
 * @throws {SnapshotError} naming the line.
 */
export async function* lineElements(
  chunks: AsyncIterable<Uint8Array>,
  label: string,
): AsyncGenerator<readonly JsonElement[]> {
  let number = 0;
  for await (const line of linesOf(chunks)) {
    number++;
    if (isBlank(line.bytes)) continue;
    const { type, id } = readEnvelope(line.bytes);
    if (type !== '' && id !== '') yield [line];
    else yield elementsIn(line, `${label}: line ${number}`);
  }
}

function elementsIn(line: JsonElement, where: string): JsonElement[] {
  const { offset } = line;
  let value: unknown;
  try {
    value = parseElement(line);
  } catch (error) {
    if (!(error instanceof JsonStreamError)) throw error;
    throw new SnapshotError('Malformed', `${where}: ${error.message}`, { cause: error });
  }
  const items = (value as { configurationItems?: unknown } | null)?.configurationItems;
  const carried = Array.isArray(items) ? items : value;
  return [...itemsSaidIn(carried, where)].map((item) => ({
    bytes: Buffer.from(JSON.stringify(item)),
    offset,
  }));
}

/** Text of spaces alone, which ends many files. */
const isBlank = (bytes: Uint8Array) => bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09);

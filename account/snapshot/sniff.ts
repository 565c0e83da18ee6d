import { isFields } from '../../config/items/fields.ts';
import { answerOf, listOf } from './answers.ts';
import { isCarried } from './channels.ts';
import { ITEM_MEMBERS } from './config-files.ts';
import { decodeReport } from './credential-report.ts';
import { SnapshotError } from './errors.ts';
import { readBytes } from './files.ts';
import { whatItIs } from './json.ts';
import { JsonElementScanner, JsonStreamError, parseElement } from './json-stream.ts';
import { cliErrorIn, strangerOf } from './strangers.ts';

/** What a single file can be. */
export type FileKind =
  /** A Config snapshot or history file, or what one of Config's APIs gave: see `configFileAccounts`. */
  | 'config-items'
  /** The same, or messages, a line each: JSON lines. */
  | 'config-lines'
  /** See `credentialReportAccount`. */
  | 'credential-report'
  /** What AWS Config sends a rule's function, or the invoking event in it. */
  | 'event'
  /** A message of AWS Config in what carried it: see `saidIn`. */
  | 'carried'
  /** One configuration item. */
  | 'item'
  /** What the `aws` command printed for one reading: see `readAnswer`. */
  | 'answer';

const EXPECTED =
  'expected an AWS Config snapshot or history file, what a command of "aws configservice" prints that gives items, an event or a message of AWS Config, a configuration item, a credential report, or what "aws ec2 describe-security-groups" and the like print';

/**
 * Tells by its content what a file is, compressed or not. A Config file is read no further than to its first item.
 *
 * @param label how messages call the file.
 * @throws {SnapshotError} `NotASnapshot` when it is none of them, `Malformed` when it is JSON with an error.
 */
export async function sniff(file: string, label = file): Promise<FileKind> {
  const scanner = new JsonElementScanner({ arrays: ITEM_MEMBERS.arrays });
  let begun = false;
  try {
    for await (const chunk of readBytes(file, label)) {
      if (!begun) {
        const start = Buffer.from(chunk.subarray(0, 4096)).toString('utf8').trimStart();
        if (start === '') continue;
        if (!/^[{[]/.test(start)) return textKind(label, start);
        if (isLines(chunk)) return 'config-lines';
        begun = true;
      }
      const [first] = scanner.write(chunk);
      if (scanner.found) return 'config-items';
      // An array by itself says nothing: its first element does.
      if (first) return elementKind(label, parseElement(first));
    }
    if (!begun) throw new SnapshotError('Empty', `${label} is empty: ${EXPECTED}`);
    scanner.end();
  } catch (error) {
    if (!(error instanceof JsonStreamError)) throw error;
    throw new SnapshotError('Malformed', `${label}: ${error.message}`, { cause: error });
  }
  return scanner.found === '' ? 'config-items' : objectKind(label, scanner.keys);
}

/** A document in the first line, and another one in the next. */
function isLines(chunk: Uint8Array): boolean {
  const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  let from = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
    const line = text.toString('utf8', from, end).trim();
    from = end + 1;
    if (line === '') continue;
    return line.startsWith('{') && isJson(line) && /^\s*\{/.test(text.toString('utf8', from, from + 4096));
  }
  return false;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function elementKind(label: string, element: unknown): FileKind {
  // `--query Results` leaves the rows of a query, which are texts of JSON.
  if (typeof element === 'string' && /^\s*\{/.test(element)) return 'config-items';
  if (!isFields(element)) {
    const what = Array.isArray(element) ? 'lists, which do not name what is in them' : 'no objects';
    throw new SnapshotError(
      'NotASnapshot',
      `${label}: a JSON array of ${what}: ${EXPECTED}. Run the command again without --query`,
    );
  }
  const keys = Object.keys(element);
  const has = (name: string) => keys.includes(name);
  if (has('invokingEvent') || has('messageType') || isCarried(keys)) return 'carried';
  if (has('resourceType') || has('awsAccountId')) return 'config-items';
  if (listOf(keys)) return 'answer';
  const found = keys.slice(0, 6).join(', ') || 'nothing';
  const told = strangerOf(keys);
  throw new SnapshotError(
    'NotASnapshot',
    told
      ? `${label}: a JSON array; its first element is ${told}`
      : `${label}: a JSON array of objects with ${found}: ${EXPECTED}`,
  );
}

function objectKind(label: string, keys: readonly string[]): FileKind {
  const has = (...names: string[]) => names.every((name) => keys.includes(name));
  if (has('invokingEvent') || has('messageType')) return 'event';
  if (isCarried(keys)) return 'carried';
  if (has('resourceType', 'resourceId')) return 'item';
  if (has('ConfigurationItem')) return 'config-items';
  if (has('Content', 'ReportFormat')) return 'credential-report';
  const told = strangerOf(keys);
  if (told) throw new SnapshotError('NotASnapshot', `${label}: ${told}`);
  if (answerOf(keys)) return 'answer';
  const found = keys.slice(0, 6).join(', ') || 'nothing';
  throw new SnapshotError('NotASnapshot', `${label}: a JSON object with ${found}: ${EXPECTED}`);
}

function textKind(label: string, start: string): FileKind {
  const refusal = cliErrorIn(start);
  if (refusal) throw new SnapshotError('NotASnapshot', `${label}: ${refusal}`);
  // A base64 text is whole only in groups of four characters.
  const whole = start.replace(/\s/g, '').slice(0, 4000);
  const text = /^[A-Za-z0-9+/=\s]+$/.test(start) ? decodeReport(whole.slice(0, whole.length & ~3)) : start;
  if (/^"?user"?[,;\t]"?arn"?[,;\t]/.test(text)) return 'credential-report';
  const what = whatItIs(start) ?? 'neither JSON nor CSV with the columns user, arn, …';
  throw new SnapshotError('NotASnapshot', `${label}: ${what}: ${EXPECTED}`);
}

import { ITEM_MEMBERS } from './config-files.ts';
import { decodeReport } from './credential-report.ts';
import { SnapshotError } from './errors.ts';
import { readBytes, withoutMark } from './files.ts';
import { JsonElementScanner, JsonStreamError } from './json-stream.ts';

/** What a single file can be. */
export type FileKind =
  /** A Config snapshot or history file, or what one of Config's APIs gave: see `configFileAccounts`. */
  | 'config-items'
  /** See `credentialReportAccount`. */
  | 'credential-report'
  /** What AWS Config sends a rule's function, or the invoking event in it. */
  | 'event'
  /** One configuration item. */
  | 'item';

const EXPECTED =
  'expected an AWS Config snapshot or history file, a credential report, a Lambda event of AWS Config, or a' +
  ' configuration item';

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
        const start = withoutMark(Buffer.from(chunk.subarray(0, 4096)).toString('utf8')).trimStart();
        if (start === '') continue;
        if (!/^[{[]/.test(start)) return textKind(label, start);
        begun = true;
      }
      const [first] = scanner.write(chunk);
      // An array by itself says nothing: its first element does.
      if (scanner.found) return 'config-items';
      if (first) break;
    }
    if (!begun) throw new SnapshotError('Empty', `${label} is empty: ${EXPECTED}`);
    if (scanner.found === '') return 'config-items';
    scanner.end();
  } catch (error) {
    if (!(error instanceof JsonStreamError)) throw error;
    throw new SnapshotError('Malformed', `${label}: ${error.message}`, { cause: error });
  }
  return objectKind(label, scanner.keys);
}

function objectKind(label: string, keys: readonly string[]): FileKind {
  const has = (...names: string[]) => names.every((name) => keys.includes(name));
  if (has('invokingEvent') || has('messageType')) return 'event';
  if (has('resourceType', 'resourceId')) return 'item';
  if (has('Content', 'ReportFormat')) return 'credential-report';
  const found = keys.slice(0, 6).join(', ') || 'nothing';
  throw new SnapshotError('NotASnapshot', `${label}: a JSON object with ${found}: ${EXPECTED}`);
}

function textKind(label: string, start: string): FileKind {
  // A base64 text is whole only in groups of four characters.
  const whole = start.replace(/\s/g, '').slice(0, 4000);
  const text = /^[A-Za-z0-9+/=\s]+$/.test(start) ? decodeReport(whole.slice(0, whole.length & ~3)) : start;
  if (/^"?user"?[,;\t]"?arn"?[,;\t]/.test(text)) return 'credential-report';
  throw new SnapshotError(
    'NotASnapshot',
    `${label}: neither JSON nor CSV with the columns user, arn, …: ${EXPECTED}`,
  );
}

import type { AnyAccount } from '../account.ts';
import { AccountError, OWN_CODES } from '../errors.ts';
import { readAccount } from '../open.ts';
import { nameOf } from '../reading.ts';
import { reportRows } from '../services/iam/credential-report.ts';
import { credentialReport } from '../services/iam/readings.ts';
import { SnapshotError } from './errors.ts';
import { readText, withoutMark } from './files.ts';
import { parseJson } from './json.ts';

/**
 * The report's CSV text, from whatever was saved: the decoded report, the JSON that `aws iam get-credential-report`
 * prints (`Content` is base64), or that field alone (`--query Content --output text`).
 */
export function decodeReport(saved: string): string {
  const text = saved.trim();
  if (text.startsWith('{')) {
    const content: unknown = (parseJson(text) as { Content?: unknown }).Content;
    if (typeof content !== 'string') throw new Error('JSON without the field Content');
    return decodeReport(content);
  }
  const isBase64 = text !== '' && /^[A-Za-z0-9+/=\s]+$/.test(text);
  return isBase64 ? withoutMark(Buffer.from(text, 'base64').toString('utf8')) : saved;
}

/** A report by itself: its rows by column, and what it says of itself. */
export interface CredentialReport {
  /** The id in the rows' ARNs. */
  readonly accountId: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** When IAM made it: only what `aws iam get-credential-report` prints says that. */
  readonly generatedAt?: Date;
}

/**
 * Reads a file that is a credential report, in whatever form it was saved.
 *
 * @param label how messages call the file.
 * @throws {SnapshotError} when the text is no credential report.
 */
export async function readCredentialReport(file: string, label = file): Promise<CredentialReport> {
  const text = await readText(file, label);
  let rows: Record<string, string>[];
  try {
    rows = reportRows(decodeReport(text));
  } catch (error) {
    throw new SnapshotError('Malformed', `${label}: not a credential report: ${(error as Error).message}`, {
      cause: error,
    });
  }
  // A row that is broken is its own user's error.
  const ids = new Set(rows.flatMap(({ arn = '' }) => /^arn:[\w-]+:iam::(\d{12}):/.exec(arn)?.[1] ?? []));
  const [accountId] = ids;
  if (ids.size !== 1 || accountId === undefined) {
    const what = ids.size === 0 ? 'no ARN with an account id' : 'ARNs of several accounts';
    throw new SnapshotError('Malformed', `${label}: a credential report with ${what} in its column arn`);
  }
  const generatedAt = generatedAtOf(text, label);
  return { accountId, rows, ...(generatedAt && { generatedAt }) };
}

/** AWS CLI v2 prints a time, v1 the seconds since 1970. */
function generatedAtOf(text: string, label: string): Date | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  const { GeneratedTime: given } = JSON.parse(text) as { GeneratedTime?: unknown };
  if (given === undefined || given === null) return undefined;
  const time = typeof given === 'number' ? new Date(given * 1000) : new Date(String(given));
  if (!Number.isNaN(time.getTime())) return time;
  throw new SnapshotError(
    'Malformed',
    `${label}: GeneratedTime is not a time such as 2026-11-22T09:00:00+00:00`,
  );
}

/**
 * An account of which nothing but the credential report is known.
 *
 * @throws {SnapshotError} as {@link readCredentialReport} does.
 */
export async function credentialReportAccount(file: string, label = file): Promise<AnyAccount> {
  return reportAccount(await readCredentialReport(file, label));
}

export function reportAccount({ accountId, rows }: CredentialReport): AnyAccount {
  return readAccount({
    accountId,
    regions: [],
    everyRegion: true,
    async read(reading, { id } = {}) {
      if (reading === credentialReport) return rows;
      const name = nameOf(reading);
      throw new AccountError(
        OWN_CODES.notCollected,
        name,
        `${name} is not in a credential report: evaluate a snapshot folder or --live to have it`,
        id,
      );
    },
  });
}

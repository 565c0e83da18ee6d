import type { Account } from '../account.ts';
import { reportRows } from '../credential-report.ts';
import { AccountError, OWN_CODES } from '../errors.ts';
import { readAccount } from '../read-account.ts';
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

/**
 * An account of which nothing but the credential report is known. Its id is the one in the report's ARNs.
 *
 * @param label how messages call the file.
 * @throws {SnapshotError} when the text is no credential report.
 */
export async function credentialReportAccount(file: string, label = file): Promise<Account> {
  let report: Record<string, string>[];
  try {
    report = reportRows(decodeReport(await readText(file, label)));
  } catch (error) {
    if (error instanceof SnapshotError) throw error;
    throw new SnapshotError('Malformed', `${label}: not a credential report: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const ids = new Set(report.flatMap(({ arn = '' }) => /^arn:[\w-]+:iam::(\d{12}):/.exec(arn)?.[1] ?? []));
  const [accountId] = ids;
  if (ids.size !== 1 || accountId === undefined) {
    const what = ids.size === 0 ? 'no ARN with an account id' : 'ARNs of several accounts';
    throw new SnapshotError('Malformed', `${label}: a credential report with ${what} in its column arn`);
  }
  return readAccount({
    accountId,
    regions: [],
    everyRegion: true,
    async read(name, { id } = {}) {
      if (name === 'iam:GetCredentialReport') return report;
      throw new AccountError(
        OWN_CODES.notCollected,
        name,
        `${name} is not in a credential report: evaluate a snapshot folder or --live to have it`,
        id,
      );
    },
  });
}

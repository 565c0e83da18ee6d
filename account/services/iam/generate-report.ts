import {
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { codesOf, LiveError } from '../../live/failures.ts';

/** Waits between two looks, in milliseconds: about two minutes in all. A large account's report takes one of them. */
const WAITS = [500, 1000, 2000, 4000, ...Array.from({ length: 23 }, () => 5000)];

/** What GetCredentialReport says while there is no report to give: as the API's code, and as the SDK's class. */
const NOT_YET = [
  ['ReportNotPresent', 'CredentialReportNotPresentException'],
  ['ReportExpired', 'CredentialReportExpiredException'],
  ['ReportInProgress', 'CredentialReportNotReadyException'],
].flat();
const LIMITED = ['LimitExceeded', 'LimitExceededException'];

/**
 * The credential report as CSV text. AWS makes one at most every four hours: asking for it either finds the last one
 * or starts a new one, which is to be waited for (IAM User Guide).
 *
 * @throws LiveError `CredentialReportNotReady` when AWS has none after two minutes.
 */
export async function readCredentialReport(
  client: IAMClient,
  sleep: (milliseconds: number) => Promise<unknown>,
): Promise<string> {
  for (const wait of [...WAITS, undefined]) {
    if (await isReady(client)) {
      const report = await get(client);
      if (report !== undefined) return report;
    }
    if (wait !== undefined) await sleep(wait);
  }
  throw new LiveError(
    'CredentialReportNotReady',
    'AWS was still making the report after two minutes. Try again in a few minutes',
  );
}

async function isReady(client: IAMClient): Promise<boolean> {
  try {
    return (await client.send(new GenerateCredentialReportCommand({}))).State === 'COMPLETE';
  } catch (error) {
    // Too many have asked for a report, so that there is one already.
    if (codesOf(error).some((code) => LIMITED.includes(code))) return true;
    throw error;
  }
}

/** The report; `undefined` while there is none: it ran out, or was never made, or is being made. */
async function get(client: IAMClient): Promise<string | undefined> {
  try {
    const { Content } = await client.send(new GetCredentialReportCommand({}));
    return new TextDecoder().decode(Content);
  } catch (error) {
    if (codesOf(error).some((code) => NOT_YET.includes(code))) return undefined;
    throw error;
  }
}

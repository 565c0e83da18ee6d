import type { Messages } from '../rule.ts';
import { type PayerCovers, payerCoversMessage } from '../shared/payer.ts';

export type ReportFinding =
  | { readonly kind: 'noReport' }
  /** A report, or an export, that is there and does not arrive. */
  | {
      readonly kind: 'failing';
      readonly what: 'report' | 'export';
      readonly name: string;
      readonly status: string;
      readonly bucket: string | undefined;
    }
  /** Exports of something else. */
  | { readonly kind: 'otherExports'; readonly exports: readonly string[] }
  | PayerCovers;

export const messages: Messages<ReportFinding> = {
  noReport: () => 'the account has no Cost and Usage Report and no data export of its costs',
  failing: ({ what, name, status, bucket }) =>
    `the ${what} "${name}" is not delivered${bucket === undefined ? '' : ` to ${bucket}`}: ${status}`,
  otherExports: ({ exports }) =>
    `${exports.map((name) => `"${name}"`).join(', ')} ${exports.length === 1 ? 'exports' : 'export'} something else than cost and usage`,
  payerCovers: payerCoversMessage,
};

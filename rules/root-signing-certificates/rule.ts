import type { Account } from '../../account/account.ts';
import { AccountError, isAccountError, OWN_CODES } from '../../account/errors.ts';
import { accountSummary, credentialReport } from '../../account/services/iam/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant } from '../judgement.ts';
import { defineRule, every, type Finding, type Judgement } from '../rule.ts';
import { ROOT } from '../shared/root.ts';
import { settle } from '../shared/settle.ts';
import { judgeWhole } from '../shared/whole-account.ts';
import { fix } from './fix.ts';

export interface CertificateFinding extends Finding {
  readonly kind: 'certificate';
  /** 1 and 2, as the credential report numbers them; empty where only the account summary tells of it. */
  readonly numbers: readonly number[];
}

const reads = [accountSummary, credentialReport] as const;
type View = Account<(typeof reads)[number]>;
const KEY = 'AccountSigningCertificatesPresent';

/** The root user has no X.509 signing certificate. */
export default defineRule<Record<never, never>, CertificateFinding>()({
  id: 'root-signing-certificates',
  severity: 'HIGH',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters: {},
  reads,
  messages: {
    certificate: ({ numbers }) =>
      numbers.length > 1
        ? `root has X.509 signing certificates (numbers ${numbers.join(' and ')})`
        : `root has an X.509 signing certificate${numbers.length > 0 ? ` (number ${numbers[0]})` : ''}`,
  },

  judge: (account, _, context) => judgeWhole(account, context, () => judgeRoot(account)),

  fix,
  calls: { fixed: 3, each: 0 },
});

/** The account summary is fresh, so that its answer stands. The credential report, which may be four hours old, is read without it. */
async function judgeRoot(account: View): Promise<Judgement<CertificateFinding>> {
  const resource = accountResource(account);
  const summary = await settle(account.read(accountSummary));
  const count = summary instanceof AccountError ? undefined : summary[KEY];
  if (count !== undefined && !(Number.isInteger(count) && count >= 0)) {
    throw new AccountError(
      OWN_CODES.malformed,
      'iam:GetAccountSummary',
      `iam:GetAccountSummary: SummaryMap.${KEY}: expected a count, found ${count}: save again what "aws iam get-account-summary" prints`,
    );
  }
  if (count !== undefined) {
    return count === 0 ? compliant(resource) : nonCompliant(resource, [{ kind: 'certificate', numbers: [] }]);
  }

  const report = await settle(account.read(credentialReport));
  const root = report instanceof AccountError ? undefined : report.find(({ user }) => user === ROOT);
  const certificates = root?.certificates ?? [undefined, undefined];
  const numbers = certificates.flatMap((isActive, index) => (isActive ? [index + 1] : []));
  if (numbers.length > 0) return nonCompliant(resource, [{ kind: 'certificate', numbers }]);
  // A summary that makes no sense is no reason to believe an older answer that nothing is wrong.
  if (isAccountError(summary, OWN_CODES.malformed)) throw summary;
  if (!certificates.includes(undefined)) return compliant(resource);
  if (summary instanceof AccountError) throw summary;
  throw leftOut(
    report instanceof AccountError ? report.message : (root?.problem ?? `its row ${ROOT} does not say`),
  );
}

const leftOut = (report: string) =>
  new AccountError(
    OWN_CODES.incomplete,
    'iam:GetAccountSummary',
    `iam:GetAccountSummary left out ${KEY}: ask again through the Region's own IAM endpoint, or look at root's security credentials in the console. The credential report does not tell: ${report}`,
  );

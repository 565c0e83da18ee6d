import { AccountError } from '../../account/errors.ts';
import { organization } from '../../account/services/organizations/readings.ts';
import { notifyFix } from '../shared/notify/fix.ts';
import { settle } from '../shared/settle.ts';
import type { RootMfaFinding } from './findings.ts';
import { found, names, parts, title } from './steps.ts';

/** Tells people what to do: nobody but root itself can register root's MFA. */
export const fix = notifyFix<RootMfaFinding, { readonly requireHardware: boolean }>()({
  changes: {
    en: "Nothing in root's sign-in, which nobody else can change: opens an OpsItem and publishes to an SNS topic.",
    ko: '루트의 로그인은 본인만 바꿀 수 있으므로 바꾸지 않습니다. OpsItem을 열고 SNS 주제에 게시합니다.',
  },
  reads: [organization],
  look: async (account) => ({ organization: await settle(account.read(organization)) }),
  doubts: ({ facts }) =>
    facts.organization instanceof AccountError
      ? [`Whether the account belongs to an organization could not be read (${facts.organization.message}).`]
      : [],
  title,
  found,
  names,
  parts,
});

import { alternateContact } from '../../account/services/account/readings.ts';
import { accountResource } from '../evaluate.ts';
import { attempt, compliant, nonCompliant } from '../judgement.ts';
import { defineRule } from '../rule.ts';
import { isAskedAbout } from '../shared/asked.ts';
import { fix } from './fix.ts';

export interface NoContact {
  readonly kind: 'noContact';
}

/**
 * What SECURITY_ACCOUNT_INFORMATION_PROVIDED reports: an account without an alternate contact for security, whoever
 * that is.
 *
 * Source: https://docs.aws.amazon.com/config/latest/developerguide/security-account-information-provided.html
 */
export default defineRule<Record<never, never>, NoContact>()({
  id: 'security-contact',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [],
  detectedBy: 'SECURITY_ACCOUNT_INFORMATION_PROVIDED',
  parameters: {},
  reads: [alternateContact],
  messages: { noContact: () => 'the account has no alternate contact for security' },

  async *judge(account, _parameters, context) {
    const resource = accountResource(account);
    if (!isAskedAbout(context, resource)) return;
    const judgement = await attempt<NoContact>(resource, async () =>
      (await account.read(alternateContact, { id: 'SECURITY' }))
        ? compliant(resource)
        : nonCompliant(resource, [{ kind: 'noContact' }]),
    );
    if (judgement) yield judgement;
  },

  fix,
});

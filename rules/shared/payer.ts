/** What the management account of an organization may do for all its members: budgets, alarms and reports of cost. */
import type { Account } from '../../account/account.ts';
import type { organization } from '../../account/services/organizations/readings.ts';
import { notApplicable } from '../judgement.ts';
import { boolean, parameter } from '../parameters.ts';
import type { Finding, Judgement } from '../rule.ts';
import { managementAccountOf } from './member.ts';

/** The finding that says why a member is NOT_APPLICABLE. */
export interface PayerCovers {
  readonly kind: 'payerCovers';
  readonly managementAccountId: string;
}

export const payerCoversMessage = ({ managementAccountId }: PayerCovers) =>
  `a member of an organization whose management account ${managementAccountId} is taken to do this for all (payerCovers)`;

export const payerCoversParameter = (value: 'true' | 'false') =>
  parameter(boolean(), value, {
    en: 'Whether a member of an organization that fails is NOT_APPLICABLE, because its management account does this for all. Nobody looks whether it does.',
    ko: '기준을 못 채운 조직 멤버 계정을 NOT_APPLICABLE로 볼지 여부. 관리 계정이 조직 전체를 대신한다고 보는 것이며, 실제로 그런지는 확인하지 않습니다.',
  });

/**
 * The judgement on the account by itself, unless it fails and the management account covers it.
 *
 * @throws {AccountError} when the organization cannot be read.
 */
export async function unlessPayerCovers<F extends Finding>(
  account: Account<typeof organization>,
  covers: boolean,
  judgement: Judgement<F>,
): Promise<Judgement<F | PayerCovers>> {
  if (!covers || judgement.compliance !== 'NON_COMPLIANT') return judgement;
  const managementAccountId = await managementAccountOf(account);
  return managementAccountId === undefined
    ? judgement
    : notApplicable(judgement.resource, [{ kind: 'payerCovers', managementAccountId }]);
}

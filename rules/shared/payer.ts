/** What the management account of an organization may do for all its members: budgets, alarms and reports of cost. */
import type { Account } from '../../account/account.ts';
import type { organization } from '../../account/services/organizations/readings.ts';
import { notApplicable } from '../judgement.ts';
import { boolean, parameter } from '../parameters.ts';
import type { Context, Finding, Judgement } from '../rule.ts';
import { managementAccountOf } from './member.ts';
import { judgeWhole } from './whole-account.ts';

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

/** Whether the management account is taken to cover a member, and what the rule makes of the account by itself. */
export interface Covered<F extends Finding> {
  readonly payerCovers: boolean;
  readonly judge: () => Promise<Judgement<F>>;
}

/** The one judgement of a rule on costs: of the account by itself, unless it fails and the management account covers it. */
export const judgeUnlessPayerCovers = <F extends Finding>(
  account: Account<typeof organization>,
  context: Context,
  { payerCovers, judge }: Covered<F>,
): AsyncGenerator<Judgement<F | PayerCovers>> =>
  judgeWhole<F | PayerCovers>(account, context, async () => {
    const judgement = await judge();
    if (!payerCovers || judgement.compliance !== 'NON_COMPLIANT') return judgement;
    const managementAccountId = await managementAccountOf(account);
    return managementAccountId === undefined
      ? judgement
      : notApplicable(judgement.resource, [{ kind: 'payerCovers', managementAccountId }]);
  });

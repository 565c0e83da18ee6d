import { accountResource } from '../../rules/evaluate.ts';
import type { FixContext } from '../../rules/fix.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { AnyRule, Finding } from '../../rules/rule.ts';
import { ACCOUNT, memoryAccount } from './memory.ts';

/** What the fix of a rule that reports on the account tells people of these findings, in English and in Korean. */
export async function toldOf(
  rule: AnyRule,
  findings: readonly Finding[],
  readings: Readonly<Record<string, unknown>> = {},
): Promise<{ en: string; ko: string; title: string }> {
  const context = {
    account: memoryAccount({
      'us-east-1/ssm/describe-ops-items.json': { OpsItemSummaries: [] },
      ...readings,
    }),
    parameters: parseParameters(rule),
    options: parseParameters({ id: 'document', parameters: rule.fix.options }, {}),
    caller: '',
    now: new Date('2026-11-22T09:00:00Z'),
  } as unknown as FixContext<never, never, never>;
  const verdict = {
    resource: accountResource({ id: ACCOUNT }),
    compliance: 'NON_COMPLIANT' as const,
    findings,
  };
  const plan = await rule.fix.plan(verdict as never, context as never);
  const { Message, Title } = plan.inputs as { Message: string; Title: string };
  const [en = '', ko = ''] = Message.split('\n\n---\n\n');
  return { en, ko, title: Title };
}

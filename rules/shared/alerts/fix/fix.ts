/** The fix of a rule that asks whether somebody is told: makes the alert, Region by Region, and takes it back. */

import type { Account } from '../../../../account/account.ts';
import type { Reading } from '../../../../account/reading.ts';
import {
  type ByFunction,
  defineFix,
  type Fix,
  type FixContext,
  type FixSummary,
  type Plan,
  type UndoContext,
  type Verified,
} from '../../../fix.ts';
import type { Finding, Verdict } from '../../../rule.ts';
import { foreignIn, type Own } from './foreign.ts';
import type { AlertView } from './look.ts';
import type { Made } from './made.ts';
import { type Alert, type AlertOptions, alertOptions, planAlert, whyNoTopic } from './plan.ts';
import { inEffect, partsIn, sentencesOf, undoAlert } from './undo.ts';

export { ALERT_FIX_READS } from './look.ts';
export type { Alert } from './plan.ts';

/** The alerts that a verdict asks for, and what stands in the way of others. */
export interface Wanted {
  readonly alerts: readonly Alert[];
  readonly refusals: readonly string[];
}

interface AlertFix<F extends Finding, Values, R extends Reading> extends Own {
  readonly changes: FixSummary['changes'];
  readonly reads: readonly R[];
  alerts(verdict: Verdict<F>, account: Account<R>, values: Values): Promise<Wanted> | Wanted;
}

type Before = readonly Made[];

export function alertFix<F extends Finding, Values, R extends Reading>({
  name,
  regions,
  changes,
  reads,
  events,
  alerts,
}: AlertFix<F, Values, R>) {
  return defineFix<F, Values>()({
    summary: {
      changes,
      breaks: { en: 'Nothing.', ko: '없음.' },
      undo: {
        en: 'Deletes what the run made. A subscription that nobody has confirmed lapses by itself.',
        ko: '실행이 만든 것을 삭제합니다. 확인하지 않은 구독은 저절로 만료됩니다.',
      },
      automatic: {
        sensible: true,
        why: { en: 'With an address or a topic of your own.', ko: '주소나 주제를 지정했을 때.' },
      },
    },
    needs: [['NotificationEmail', 'TopicArn']],
    options: alertOptions,
    reads,
    inputs: {},
    byFunction: byFunction(name, regions),
    plan: (verdict: Verdict<F>, context: FixContext<Values, typeof alertOptions, R>) =>
      plan(context.account as never, context.options, () =>
        alerts(verdict, context.account, context.parameters),
      ),
    undo: (before: Before, { account }: UndoContext<never>) =>
      undo(before, account as unknown as AlertView, { name, regions, events }),
    carried: (before: Before, carriedOut: readonly string[]) => {
      const made = before.flatMap((one) => partsIn(one, carriedOut) ?? []);
      return made.length > 0 ? made : null;
    },
    verify,
  } satisfies Fix<F, Values, typeof alertOptions, object, R>);
}

function byFunction(name: string, regions: ByFunction['regions']): ByFunction {
  const topic = [`arn:{partition}:sns:{region}:{account}:${name}`];
  const rule = [`arn:{partition}:events:{region}:{account}:rule/${name}`];
  // A rule that would do, whatever its name, is enabled and no more.
  const anyRule = ['arn:{partition}:events:{region}:{account}:rule/*'];
  return {
    approval: false,
    regions,
    changes: {
      'sns:CreateTopic': topic,
      'sns:SetTopicAttributes': topic,
      'sns:Subscribe': topic,
      // IAM knows no resource for it (the service authorization reference of SNS).
      'sns:Unsubscribe': ['*'],
      'sns:DeleteTopic': topic,
      'events:PutRule': rule,
      'events:PutTargets': rule,
      'events:RemoveTargets': rule,
      'events:DeleteRule': rule,
      'events:EnableRule': anyRule,
      'events:DisableRule': anyRule,
    },
    named: { TopicArn: ['sns:SetTopicAttributes', 'sns:Subscribe'] },
  };
}

async function plan(
  account: AlertView,
  options: AlertOptions,
  alerts: () => Promise<Wanted> | Wanted,
): Promise<Plan<object>> {
  const wanted = await alerts();
  const misplaced = whyNoTopic(
    options,
    wanted.alerts.map(({ region }) => region),
  );
  if (misplaced.length > 0) return { steps: [], refusals: [...wanted.refusals, ...misplaced] };
  const plans = await Promise.all(wanted.alerts.map((alert) => planAlert(account, alert, options)));
  const made = plans.flatMap((one) => one.made ?? []);
  return {
    steps: plans.flatMap(({ steps }) => steps),
    ...(made.length > 0 && { before: made satisfies Before }),
    refusals: [...wanted.refusals, ...plans.flatMap(({ refusals }) => refusals)],
    warnings: plans.flatMap(({ warnings }) => warnings),
    manual: plans.flatMap(({ manual }) => manual),
  };
}

/** Where a part is none of the fix's, nothing is taken back: whatever else `Before` says is no better. */
async function undo(before: Before, account: AlertView, own: Own): Promise<Plan<object>> {
  const foreign = await Promise.all([before].flat().map((made) => foreignIn(account, made, own)));
  if (foreign.flat().length > 0) return { steps: [], refusals: foreign.flat() };
  const back = await Promise.all(before.map((made) => undoAlert(account, made)));
  return {
    steps: back.flatMap(({ steps }) => steps),
    manual: back.flatMap(({ stays }) => stays),
  };
}

async function verify(
  before: Before,
  changes: readonly string[],
  { account }: UndoContext<never>,
): Promise<Verified> {
  const found = await Promise.all(before.map((made) => inEffect(account as unknown as AlertView, made)));
  const made = found.flatMap((one) => one ?? []);
  const seen = made.flatMap(sentencesOf);
  return {
    before: made.length > 0 ? made : null,
    made: changes.filter((change) => seen.includes(change)),
    others: [],
  };
}

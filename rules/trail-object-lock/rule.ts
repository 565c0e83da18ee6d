import type { Account, ResourceRef } from '../../account/account.ts';
import { AccountError, isAccountError, isDenial } from '../../account/errors.ts';
import { type Trail, trails } from '../../account/services/cloudtrail/readings.ts';
import { objectLock } from '../../account/services/s3/readings.ts';
import { compliant, nonCompliant } from '../judgement.ts';
import { integer, oneOf, parameter } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { settle } from '../shared/settle.ts';
import {
  ANOTHER_ACCOUNT,
  judgeTrails,
  reworded,
  TRAIL,
  type TrailFinding,
  trailMessages,
  trailParameters,
} from '../shared/trails.ts';
import { fix } from './fix.ts';
import { type LockFinding, lockFindings, lockMessages, type Wanted } from './retention.ts';

export type TrailObjectLockFinding = LockFinding | TrailFinding;

const parameters = {
  minRetentionDays: parameter(
    integer(1, 36_500),
    '365',
    {
      en: 'The shortest default retention that passes, in days; a year counts 365.',
      ko: '통과하는 최소 기본 보존 기간(일). 1년은 365일로 계산.',
    },
    { isTunable: true },
  ),
  mode: parameter(oneOf('GOVERNANCE', 'COMPLIANCE'), 'GOVERNANCE', {
    en: 'The weakest retention mode that passes. COMPLIANCE is the stronger one: not even root can lift it.',
    ko: '통과하는 가장 약한 보존 모드. COMPLIANCE가 더 강하며, 루트 사용자도 해제할 수 없음.',
  }),
  ...trailParameters,
};

const reads = [trails, objectLock] as const;
type View = Account<(typeof reads)[number]>;

/** Every trail's logs lie in a bucket that keeps them from being deleted or overwritten, for long enough. */
export default defineRule<typeof parameters, TrailObjectLockFinding>()({
  id: 'trail-object-lock',
  severity: 'MEDIUM',
  resourceTypes: [TRAIL, 'AWS::::Account'],
  scope: 'regional',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages: { ...lockMessages, ...trailMessages },

  judge: (account, values, context) =>
    judgeTrails(account, context, values, (trail, resource) => judgeTrail(account, trail, resource, values)),

  fix,
  size: { memoryMegabytes: 512, timeoutSeconds: 900 },
  calls: { fixed: 1, each: 1 },
  accountInstead: true,
});

async function judgeTrail(
  account: View,
  { bucket }: Trail,
  resource: ResourceRef,
  wanted: Wanted,
): Promise<Judgement<TrailObjectLockFinding>> {
  const lock = await settle(account.read(objectLock, { id: bucket }));
  if (isAccountError(lock, 'NoSuchBucket')) return nonCompliant(resource, [{ kind: 'noBucket', bucket }]);
  if (lock instanceof AccountError) {
    throw isDenial(lock.code) ? reworded(lock, `${ANOTHER_ACCOUNT} (${lock.message})`) : lock;
  }
  const findings = lockFindings({ bucket, accountId: account.id }, lock, wanted);
  return findings.length > 0 ? nonCompliant(resource, findings) : compliant(resource);
}

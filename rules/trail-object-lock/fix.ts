import { isAccountError } from '../../account/errors.ts';
import { bucketVersioning, objectLock, replicationTargets } from '../../account/services/s3/readings.ts';
import {
  defineFix,
  type FixContext,
  type Plan,
  type PlanStep,
  type UndoContext,
  type Verified,
} from '../fix.ts';
import { boolean, parameter, words } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import { type KeptBucket, keptBucket, otherBucket } from '../shared/same-bucket.ts';
import { guardReads, objections } from './guards.ts';
import {
  described,
  type LockFinding,
  lockFindings,
  type Retention,
  strengthened,
  type Wanted,
} from './retention.ts';
import type { TrailObjectLockFinding } from './rule.ts';

const inputs = {
  Bucket: 'none',
  /** Whether versioning has to be turned on first. */
  Versioning: false,
  Mode: 'none',
  /** One of the two is 0; in Undo both are where the bucket had no default retention. */
  Days: 0,
  Years: 0,
};
type Inputs = typeof inputs;

const options = {
  AllowCompliance: parameter(boolean(), 'false', {
    en: 'Whether a default retention in COMPLIANCE mode may be set. Nobody can take it back from what is written meanwhile.',
    ko: 'COMPLIANCE 모드의 기본 보존을 설정해도 되는지 여부. 그동안 쓰인 객체에서는 누구도 되돌릴 수 없음.',
  }),
  Regions: parameter(words(), '', {
    en: 'Where to look for delivery channels of AWS Config, separated by commas; empty: every Region that is enabled.',
    ko: 'AWS Config 전송 채널을 찾을 리전(쉼표로 구분). 비워 두면 활성화된 모든 리전.',
  }),
};

const reads = [...guardReads, bucketVersioning] as const;
type Asks = (typeof reads)[number];
type Context = FixContext<Wanted, typeof options, Asks>;

interface Before extends KeptBucket {
  readonly bucket: string;
  /** Whether the run turns versioning on first, which stays. */
  readonly versions?: boolean;
  /** The default retention that the run is going to set. */
  readonly set: Retention;
  /** The one that the bucket had. */
  readonly earlier: Retention | null;
}

/**
 * Turns versioning on, then Object Lock with a default retention, for what is written from now on. The lock can never
 * be turned off again, so the fix refuses if anything speaks against it or cannot be read. Undo takes back the
 * default retention alone.
 */
export const fix = defineFix<TrailObjectLockFinding, Wanted>()({
  summary: {
    changes: {
      en: "Versioning and Object Lock with a default retention on the trail's bucket.",
      ko: '추적 버킷의 버전 관리와 기본 보존 기간이 있는 객체 잠금.',
    },
    breaks: {
      en: 'New objects cannot be deleted until their retention ends: costs, and whatever cleans up.',
      ko: '새 객체는 보존 기간이 끝날 때까지 삭제할 수 없습니다. 비용이 들고 정리 작업이 막힙니다.',
    },
    undo: {
      en: 'Takes back the default retention alone. Object Lock and versioning can never be turned off again.',
      ko: '기본 보존 기간만 되돌립니다. 객체 잠금은 다시 끌 수 없습니다.',
    },
    automatic: {
      sensible: false,
      why: { en: 'It cannot be taken back as a whole.', ko: '전부 되돌릴 수는 없습니다.' },
    },
  },

  options,
  // Whether SSM and AWS Config tell `mode` from `Mode` is unverified.
  names: { mode: 'retentionMode' },
  reads,
  inputs,
  plan,
  undo,
  verify,
});

async function plan(verdict: Verdict<TrailObjectLockFinding>, context: Context): Promise<Plan<Inputs>> {
  const [lock] = verdict.findings.filter((finding): finding is LockFinding => 'accountId' in finding);
  if (!lock) return { steps: [], manual: verdict.findings.flatMap(toDo) };

  const { account, parameters, options } = context;
  const { bucket } = lock;
  const agreed = context.agreed?.before as Before | undefined;
  if (agreed && agreed.bucket !== bucket) return { steps: [], refusals: [moved(agreed.bucket, bucket)] };
  const against = await objections(account, bucket, options.Regions);
  if (context.agreed && against.length > 0) {
    // The run may have turned versioning on before it found this out.
    const isOn =
      agreed?.versions === true && (await account.read(bucketVersioning, { id: bucket })) === 'Enabled';
    return { steps: [], refusals: against, made: isOn ? [versioning(bucket, account.id).why] : [] };
  }
  const replicas = against.length > 0 ? [] : ((await account.read(replicationTargets, { id: bucket })) ?? []);
  // With Object Lock, versioning is on.
  const mayBeOff = against.length === 0 && (lock.kind === 'noLock' || agreed?.versions === true);
  const status = mayBeOff ? await account.read(bucketVersioning, { id: bucket }) : 'Enabled';
  const kept = against.length > 0 ? null : await keptBucket(account, bucket);
  // The call writes mode and length together, so the stronger of each is kept if somebody has set them meanwhile.
  const present = context.agreed
    ? await context.agreed.account.read(objectLock, { id: bucket })
    : { enabled: lock.kind !== 'noLock', ...('retention' in lock && { defaultRetention: lock.retention }) };
  const earlier = present?.defaultRetention;
  const isWanting = lockFindings(lock, present, parameters).length > 0;
  const retention = isWanting || !earlier ? strengthened(earlier, parameters) : earlier;
  const isForGood = isWanting && retention.mode === 'COMPLIANCE';
  const refusals = [
    ...(isForGood && !options.AllowCompliance ? [irreversible(bucket, retention, earlier)] : []),
    ...against,
  ];
  if (refusals.length > 0) return { steps: [], refusals };

  const isNew = !present?.enabled;
  const turnsOn = isNew && status !== 'Enabled';
  const versions = turnsOn || agreed?.versions === true;
  return {
    steps: [
      ...(turnsOn ? [versioning(bucket, account.id)] : []),
      ...(isWanting ? [put(bucket, account.id, retention, whyOf(bucket, retention))] : []),
    ],
    made: agreed?.versions && status === 'Enabled' ? [versioning(bucket, account.id).why] : [],
    inputs: { Bucket: bucket, Versioning: turnsOn, ...inputsOf(retention) },
    before: { ...kept, bucket, versions, set: retention, earlier: earlier ?? null } satisfies Before,
    warnings: [
      ...(versions || isNew ? ['Object Lock cannot be turned off again, nor versioning be suspended.'] : []),
      ...(replicas.length > 0 ? [replicating(bucket, replicas)] : []),
      ...(isForGood
        ? [`Not even root can delete, before its time, what is written to ${bucket} from now on.`]
        : []),
    ],
  };
}

const versioning = (bucket: string, accountId: string): PlanStep => ({
  api: 's3:PutBucketVersioning',
  input: { ...place(bucket, accountId), VersioningConfiguration: { Status: 'Enabled' } },
  why: `versioning of bucket ${bucket} on`,
});

const whyOf = (bucket: string, retention: Retention) =>
  `bucket ${bucket} retains new objects for ${described(retention)}`;

const moved = (from: string, to: string) =>
  `the trail delivers to bucket ${to} by now, and no longer to ${from}: look again.`;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-replication */
const replicating = (bucket: string, replicas: readonly string[]): string =>
  `Bucket ${bucket} replicates to ${replicas.join(', ')}: what is locked goes there only if the replication role may s3:GetObjectRetention and s3:GetObjectLegalHold.`;

const irreversible = (bucket: string, retention: Retention, earlier: Retention | undefined): string => {
  const kept = earlier?.mode === 'COMPLIANCE';
  const has = kept
    ? `bucket ${bucket} retains for ${described(earlier)}: GOVERNANCE would be weaker, and `
    : '';
  return `${has}${described(retention)} cannot be taken back from what is written meanwhile, not even by root: set AllowCompliance to true if that is wanted.`;
};

/**
 * Puts back what the bucket had by default, unless somebody has set another retention since. Object Lock stays on, versioning
 * with it, and so does the lock of each object that was written meanwhile.
 */
async function undo(before: Before, { account }: UndoContext<Asks>): Promise<Plan<Inputs>> {
  const { bucket, set, earlier } = before;
  const kept = await keptBucket(account, bucket);
  if (!kept || (earlier && isSame(set, earlier))) return { steps: [] };
  const other = otherBucket(bucket, before, kept);
  if (other) return { steps: [], refusals: [other] };
  const lock = await account.read(objectLock, { id: bucket }).catch((error: unknown) => {
    if (isAccountError(error, 'NoSuchBucket')) return null;
    throw error;
  });
  const now = lock?.defaultRetention;
  if (!now || !isSame(now, set)) {
    const isOthers = now && !(earlier && isSame(now, earlier));
    return {
      steps: [],
      warnings: isOthers
        ? [`Bucket ${bucket} retains for ${described(now)}, which the run did not set, and which stays.`]
        : [],
    };
  }
  const why = earlier
    ? `bucket ${bucket} retains new objects for ${described(earlier)} again`
    : `bucket ${bucket} has no default retention again`;
  return {
    steps: [put(bucket, account.id, earlier, why)],
    inputs: { Bucket: bucket, ...(earlier && inputsOf(earlier)) },
    warnings: [
      'Object Lock and versioning stay on, and what was written meanwhile stays locked until its date.',
    ],
  };
}

/** Mode and length are one setting: either the run wrote both, or somebody else did. */
async function verify(
  before: Before,
  changes: readonly string[],
  { account }: UndoContext<Asks>,
): Promise<Verified> {
  const { bucket, set, earlier, versions } = before;
  const now = (await account.read(objectLock, { id: bucket }))?.defaultRetention;
  const isSet = now !== undefined && isSame(now, set) && !(earlier && isSame(set, earlier));
  const isAsFound = now ? earlier !== null && isSame(now, earlier) : earlier === null;
  const kept = await keptBucket(account, bucket);
  const isMade: Readonly<Record<string, boolean>> = {
    [versioning(bucket, account.id).why]:
      versions === true && (await account.read(bucketVersioning, { id: bucket })) === 'Enabled',
    [whyOf(bucket, set)]: isSet,
  };
  return {
    before: isSet ? ({ ...before, ...kept } satisfies Before) : null,
    made: changes.filter((change) => isMade[change]),
    others:
      isSet || isAsFound
        ? []
        : [
            `Bucket ${bucket} ${now ? `retains for ${described(now)}` : 'has no default retention'}, which somebody else has set meanwhile, and which stays.`,
          ],
  };
}

/** The call names the owner, so that S3 refuses a bucket that belongs to another account by now. */
const place = (Bucket: string, accountId: string) => ({ Bucket, ExpectedBucketOwner: accountId });

const put = (bucket: string, accountId: string, retention: Retention | null, why: string): PlanStep => ({
  api: 's3:PutObjectLockConfiguration',
  input: {
    ...place(bucket, accountId),
    ObjectLockConfiguration: {
      ObjectLockEnabled: 'Enabled',
      ...(retention && { Rule: { DefaultRetention: asS3(retention) } }),
    },
  },
  why,
});

const asS3 = ({ mode, days, years }: Retention) =>
  days === undefined ? { Mode: mode, Years: years } : { Mode: mode, Days: days };

const inputsOf = ({ mode, days = 0, years = 0 }: Retention) => ({ Mode: mode, Days: days, Years: years });

const isSame = (one: Retention, other: Retention): boolean =>
  one.mode === other.mode && one.days === other.days && one.years === other.years;

function toDo(finding: TrailObjectLockFinding): string[] {
  if (finding.kind === 'noBucket') {
    return [
      `Bucket ${finding.bucket} does not exist, and bucket names are free for anyone to take: point the trail at a bucket of your own (aws cloudtrail update-trail --s3-bucket-name …), or create the bucket again with the policy that CloudTrail needs.`,
    ];
  }
  if (finding.kind === 'noTrail') {
    return [
      'Create a multi-Region trail (aws cloudtrail create-trail --is-multi-region-trail …) whose bucket has Object Lock, or an organization trail in the management account.',
    ];
  }
  return [];
}

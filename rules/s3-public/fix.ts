import type { ResourceRef } from '../../account/account.ts';
import {
  buckets,
  bucketWebsite,
  type PublicAccessBlock,
  publicAccessBlock,
} from '../../account/services/s3/readings.ts';
import { defineFix, type FixContext, type Plan, type UndoContext, type Verified } from '../fix.ts';
import { oneOf, parameter } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import type { Exempt } from '../shared/exemption.ts';
import { type KeptBucket, keptBucket, otherBucket } from '../shared/same-bucket.ts';
import type { Exposure, SaidNotPublic } from './exposure.ts';

type Said = Exposure | SaidNotPublic | Exempt;

type Flag = keyof PublicAccessBlock;

/** As the S3 API spells them. */
const NAMES: Record<Flag, string> = {
  blockPublicAcls: 'BlockPublicAcls',
  ignorePublicAcls: 'IgnorePublicAcls',
  blockPublicPolicy: 'BlockPublicPolicy',
  restrictPublicBuckets: 'RestrictPublicBuckets',
};
const FLAGS = Object.keys(NAMES) as Flag[];

const inputs = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
  /** Undo: whether the bucket had no Block Public Access configuration at all. */
  Delete: false,
};
type Inputs = typeof inputs;

const options = {
  Scope: parameter(oneOf('Cause', 'All'), 'Cause', {
    en: '`Cause` sets the flags that neutralise what is public, `All` sets all four.',
    ko: '`Cause`는 공개 원인을 무력화하는 플래그만, `All`은 네 개 모두 켭니다.',
  }),
};

interface Values {
  readonly allowPublicWebsite: boolean;
}
const reads = [buckets, bucketWebsite, publicAccessBlock] as const;
type Asks = (typeof reads)[number];
type Context = FixContext<Values, typeof options, Asks>;

/** What the run found, and which flags it is going to turn on. */
interface Before extends KeptBucket {
  readonly settings: PublicAccessBlock | null;
  readonly set: readonly Flag[];
}

/**
 * Turns on, on the bucket, flags of Block Public Access. ACL and policy stay as they are, and flags that are on stay on:
 * the fix can be taken back.
 */
export const fix = defineFix<Said, Values>()({
  summary: {
    changes: {
      en: "The flags of the bucket's Block Public Access that stop the cause (or all four).",
      ko: '원인을 막는 버킷의 퍼블릭 액세스 차단 플래그(또는 네 개 모두).',
    },
    breaks: {
      en: 'Public websites on the bucket; other accounts that a public policy lets in.',
      ko: '버킷의 공개 웹 사이트, 퍼블릭 정책으로 들어오던 다른 계정.',
    },
    undo: { en: 'Turns off what the run turned on.', ko: '실행이 켠 것만 끕니다.' },
    automatic: {
      sensible: true,
      why: { en: 'Once what is meant to be public is exempt.', ko: '공개해야 할 버킷을 제외한 뒤에.' },
    },
  },

  options,
  reads,
  inputs,
  plan,
  undo,
  verify,
});

async function plan(verdict: Verdict<Said>, context: Context): Promise<Plan<Inputs>> {
  const { resource } = verdict;
  const exposures = verdict.findings.filter(
    (finding) => finding.kind === 'publicAcl' || finding.kind === 'publicPolicy',
  );
  const policies = exposures.filter((finding) => finding.kind === 'publicPolicy');
  const isAll = context.options.Scope === 'All';
  const hasWebsite =
    policies.some(({ website }) => website) ||
    (isAll &&
      context.parameters.allowPublicWebsite &&
      (await context.account.read(bucketWebsite, { id: resource.id })) !== null);
  const wanted: Record<Flag, boolean> = {
    blockPublicAcls: isAll,
    ignorePublicAcls: isAll || exposures.some(({ kind }) => kind === 'publicAcl'),
    blockPublicPolicy: isAll && !hasWebsite,
    restrictPublicBuckets: (isAll || policies.length > 0) && !hasWebsite,
  };

  const kept = await keptBucket(context.account, resource.id);
  const agreed = context.agreed?.before as Before | undefined;
  // The call writes all four flags, so those that somebody has turned on meanwhile are kept.
  const settings = context.agreed
    ? await context.agreed.account.read(publicAccessBlock, { id: resource.id })
    : (exposures[0]?.settings ?? null);
  const set = FLAGS.filter(
    (flag) => wanted[flag] && settings?.[flag] !== true && (agreed?.set.includes(flag) ?? true),
  );
  const others = wanted.restrictPublicBuckets
    ? [...new Set(policies.flatMap((policy) => policy.others))]
    : [];
  const refusals = hasWebsite && (isAll || policies.length > 0) ? [WEBSITE] : [];
  const warnings = [
    ...(others.length > 0
      ? [`RestrictPublicBuckets also cuts off ${others.join(', ')} until no statement is public.`]
      : []),
    ...(isAll && set.length > 0
      ? ['With all flags on, S3 also refuses new public ACLs and public policies on this bucket.']
      : []),
  ];
  const said = { before: { ...kept, settings, set } satisfies Before, refusals, warnings };
  if (set.length === 0) return { ...said, steps: [] };
  return { ...said, ...put(resource, context.account.id, { ...OFF, ...settings, ...on(set) }, whyOf(set)) };
}

const named = (flags: readonly Flag[]) => flags.map((flag) => NAMES[flag]).join(' and ');
const whyOf = (set: readonly Flag[]) => `${named(set)} on; ACL and policy stay as they are`;

const WEBSITE =
  'RestrictPublicBuckets would take the allowed website offline: remove the other public statements from the policy by hand.';

const OFF: PublicAccessBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};
const switched = (flags: readonly Flag[], to: boolean): Partial<PublicAccessBlock> =>
  Object.fromEntries(flags.map((flag) => [flag, to]));
const on = (flags: readonly Flag[]) => switched(flags, true);
const off = (flags: readonly Flag[]) => switched(flags, false);

/** Turns off the flags that the run turned on, unless somebody has done so already. */
async function undo(before: Before, context: UndoContext<Asks>): Promise<Plan<Inputs>> {
  const { settings, set } = before;
  const { account, resource } = context;
  const kept = await keptBucket(account, resource.id);
  const other = kept && otherBucket(resource.id, before, kept);
  if (!kept || set.length === 0) return { steps: [] };
  if (other) return { steps: [], refusals: [other] };
  const now = await account.read(publicAccessBlock, { id: resource.id });
  const back = set.filter((flag) => now?.[flag]);
  if (!now || back.length === 0) return { steps: [] };
  const state = { ...now, ...off(back) };
  const why = `${named(back)} off again`;
  if (settings || FLAGS.some((flag) => state[flag])) return put(resource, account.id, state, why);
  const input = { Bucket: resource.id, ExpectedBucketOwner: account.id };
  return { steps: [{ api: 's3:DeletePublicAccessBlock', input, why }], inputs: { Delete: true } };
}

/** The four flags are one setting. Each is compared with what it was and with what the run set. */
async function verify(
  { settings, set }: Before,
  _changes: readonly string[],
  { account, resource }: UndoContext<Asks>,
): Promise<Verified> {
  const now = (await account.read(publicAccessBlock, { id: resource.id })) ?? OFF;
  const made = set.filter((flag) => now[flag]);
  const found: PublicAccessBlock = { ...OFF, ...settings };
  // A flag that is unchanged was changed by nobody. A flag that the run wanted on was turned on by the run.
  const others = FLAGS.filter((flag) => now[flag] !== found[flag] && !made.includes(flag));
  const kept = await keptBucket(account, resource.id);
  return {
    before: made.length > 0 ? ({ ...kept, settings, set: made } satisfies Before) : null,
    made: made.length > 0 ? [whyOf(made)] : [],
    others: others.map(
      (flag) => `Somebody else has turned ${NAMES[flag]} ${now[flag] ? 'on' : 'off'} meanwhile.`,
    ),
  };
}

function put({ id }: ResourceRef, accountId: string, state: PublicAccessBlock, why: string): Plan<Inputs> {
  const configuration = Object.fromEntries(FLAGS.map((flag) => [NAMES[flag], state[flag]]));
  const input = {
    Bucket: id,
    ExpectedBucketOwner: accountId,
    PublicAccessBlockConfiguration: configuration,
  };
  return { steps: [{ api: 's3:PutPublicAccessBlock', input, why }], inputs: configuration };
}

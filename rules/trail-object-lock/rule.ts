import type { Account, ResourceRef } from '../../account/account.ts';
import { AccountError, isAccountError, isDenial, partial } from '../../account/errors.ts';
import { type Trail, trails } from '../../account/services/cloudtrail/readings.ts';
import { objectLock } from '../../account/services/s3/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, couldNotTell, nonCompliant, notApplicable } from '../judgement.ts';
import { integer, oneOf, parameter, words } from '../parameters.ts';
import { type Compliance, type Context, defineRule, every, type Judgement } from '../rule.ts';
import { isAskedAbout } from '../shared/asked.ts';
import { judgeEach } from '../shared/each.ts';
import { type Exempt, exemptMessage } from '../shared/exemption.ts';
import { noRegionInView } from '../shared/regions.ts';
import { settle } from '../shared/settle.ts';
import { fix } from './fix.ts';
import { type LockFinding, lockFindings, lockMessages, type Wanted } from './retention.ts';

export type TrailObjectLockFinding =
  | LockFinding
  /** The trail delivers to a bucket that does not exist (any more). */
  | { readonly kind: 'noBucket'; readonly bucket: string }
  /** An organization trail that another account owns, and is judged there. */
  | { readonly kind: 'foreignTrail'; readonly owner: string }
  | { readonly kind: 'noTrail'; readonly regions: readonly string[] }
  /** All trails in view have their home in Regions out of view, and are judged there. */
  | { readonly kind: 'elsewhere'; readonly trails: readonly { name: string; homeRegion: string }[] }
  | Exempt;

const TRAIL = 'AWS::CloudTrail::Trail';

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
  noTrailVerdict: parameter(oneOf('NON_COMPLIANT', 'COMPLIANT', 'NOT_APPLICABLE'), 'NON_COMPLIANT', {
    en: 'The verdict on the account when none of the Regions in view has a trail.',
    ko: '대상 리전 어디에도 추적이 없을 때 계정에 내리는 판정.',
  }),
  excludeBuckets: parameter(words(), '', {
    en: 'Buckets, separated by commas, whose trails are NOT_APPLICABLE.',
    ko: '이 버킷(쉼표로 구분)으로 보내는 추적은 NOT_APPLICABLE.',
  }),
};

const reads = [trails, objectLock] as const;
type View = Account<(typeof reads)[number]>;

interface Values extends Wanted {
  readonly excludeBuckets: readonly string[];
}

/** Every trail's logs lie in a bucket that keeps them from being deleted or overwritten, for long enough. */
export default defineRule<typeof parameters, TrailObjectLockFinding>()({
  id: 'trail-object-lock',
  severity: 'MEDIUM',
  resourceTypes: [TRAIL, 'AWS::::Account'],
  scope: 'regional',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages: {
    ...lockMessages,
    noBucket: ({ bucket }) => `bucket ${bucket} does not exist: the trail's logs are lost`,
    foreignTrail: ({ owner }) => `organization trail of account ${owner}, and judged there`,
    noTrail: ({ regions }) =>
      `no trail in ${regions.length > 4 ? `any of ${regions.length} Regions` : regions.join(' or ')}`,
    elsewhere: ({ trails }) => {
      const named = trails.slice(0, 3).map(({ name, homeRegion }) => `${name} in ${homeRegion}`);
      const more = trails.length > 3 ? ` +${trails.length - 3}` : '';
      return `no trail is at home in view; judged at home: ${named.join(', ')}${more}`;
    },
    exempt: exemptMessage,
  },

  async *judge(account, values, context) {
    const { shown, unread } = await readTrails(account);
    const inView = shown.filter(({ homeRegion }) => account.regions.includes(homeRegion));
    const asked = inView.filter((trail) => isAskedAboutTrail(context, trail));
    const named = (trail: Trail) => resourceOf(trail, context);
    yield* judgeEach(asked, named, (trail) => judgeTrail(account, trail, named(trail), values));

    const whole = accountResource(account);
    if (isAskedAbout(context, whole)) {
      for (const { region, error } of unread) {
        yield couldNotTell(context.resource ?? error.about ?? { ...whole, region }, error);
      }
      if (inView.length === 0 && unread.length === 0) {
        yield shown.length === 0
          ? noTrail(account, values.noTrailVerdict)
          : notApplicable(whole, [{ kind: 'elsewhere', trails: shown.map(nameAndHome) }]);
      }
    } else if (context.resource && asked.length === 0) {
      const { resource } = context;
      const why = unread.find(({ region, error: { about } }) =>
        about?.type === TRAIL
          ? about.region === resource.region && about.id === nameOf(resource)
          : region === resource.region,
      );
      if (why) yield couldNotTell(resource, why.error);
    }
  },

  fix,
  size: { memoryMegabytes: 512, timeoutSeconds: 900 },
  calls: { fixed: 1, each: 1 },
  accountInstead: true,
});

/** Identified by name, or by ARN if it was asked for by ARN, as AWS Config may do in members of an organization. */
const resourceOf = ({ name, arn, homeRegion }: Trail, { resource }: Context): ResourceRef => ({
  type: TRAIL,
  id: resource?.id === arn ? arn : name,
  name,
  region: homeRegion,
});
const nameAndHome = ({ name, homeRegion }: Trail) => ({ name, homeRegion });
const nameOf = ({ id }: ResourceRef): string => id.slice(id.indexOf('/') + 1);

/** Names of trails are unique in a Region only. */
const isAskedAboutTrail = (context: Context, trail: Trail): boolean =>
  isAskedAbout(context, resourceOf(trail, context)) &&
  (!context.resource || context.resource.region === trail.homeRegion);

/**
 * The trails that the Regions in view show, each once. A Region also shows shadows of trails with another home
 * Region. A shadow proves that there is a trail, and is judged in its place if the home Region could not be read.
 */
async function readTrails(account: View): Promise<{
  shown: readonly Trail[];
  unread: readonly UnreadTrails[];
}> {
  const lists = await Promise.all(
    account.regions.map(async (region) => ({
      region,
      list: await partial(account.read(trails, { region })),
    })),
  );
  const byArn = new Map<string, Trail>();
  const unread: UnreadTrails[] = [];
  for (const { region, list } of lists) {
    for (const trail of list.values) {
      if (!byArn.has(trail.arn) || trail.homeRegion === region) byArn.set(trail.arn, trail);
    }
    for (const error of list.errors) {
      unread.push({ region, error: reworded(error, `${error.message} (Region ${region})`) });
    }
  }
  return { shown: [...byArn.values()], unread };
}

/** Why some of a Region's trails are unknown: one of them, or the whole list, could not be read. */
interface UnreadTrails {
  readonly region: string;
  readonly error: AccountError;
}

const reworded = (error: AccountError, message: string) =>
  new AccountError(error.code, error.api, message, error.resource, {
    cause: error,
    ...(error.about && { about: error.about }),
  });

function noTrail(account: View, compliance: Compliance): Judgement<TrailObjectLockFinding> {
  const { regions } = account;
  const resource = accountResource(account);
  if (regions.length > 0) return { resource, compliance, findings: [{ kind: 'noTrail', regions }] };
  return couldNotTell(resource, noRegionInView('cloudtrail:DescribeTrails', 'trails'));
}

async function judgeTrail(
  account: View,
  trail: Trail,
  resource: ResourceRef,
  { excludeBuckets, ...wanted }: Values,
): Promise<Judgement<TrailObjectLockFinding>> {
  const { bucket } = trail;
  const owner = ownerOf(trail);
  if (owner && owner !== account.id) return notApplicable(resource, [{ kind: 'foreignTrail', owner }]);
  if (excludeBuckets.includes(bucket)) {
    return notApplicable(resource, [{ kind: 'exempt', by: 'parameter excludeBuckets' }]);
  }

  const lock = await settle(account.read(objectLock, { id: bucket }));
  if (isAccountError(lock, 'NoSuchBucket')) return nonCompliant(resource, [{ kind: 'noBucket', bucket }]);
  if (lock instanceof AccountError) {
    throw isDenial(lock.code) ? reworded(lock, `${ANOTHER_ACCOUNT} (${lock.message})`) : lock;
  }
  const findings = lockFindings({ bucket, accountId: account.id }, lock, wanted);
  return findings.length > 0 ? nonCompliant(resource, findings) : compliant(resource);
}

/** `arn:aws:cloudtrail:<region>:<account>:trail/<name>`: an organization trail looks the same in every member. */
const ownerOf = ({ arn }: Trail): string | undefined => arn.split(':')[4];

const ANOTHER_ACCOUNT =
  'The bucket may belong to another account: "Buckets of another account" on this rule\'s page has the policy to grant, and only that account can fix it';

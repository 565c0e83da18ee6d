/** What rules have in common that judge an account's trails by the buckets that they write to. */
import type { Account, ResourceRef } from '../../account/account.ts';
import { AccountError, partial } from '../../account/errors.ts';
import { type Trail, trails } from '../../account/services/cloudtrail/readings.ts';
import { accountResource } from '../evaluate.ts';
import { couldNotTell, notApplicable } from '../judgement.ts';
import { oneOf, parameter, words } from '../parameters.ts';
import type { Compliance, Context, Finding, Judgement, Messages } from '../rule.ts';
import { isAskedAbout } from './asked.ts';
import { judgeEach } from './each.ts';
import { type Exempt, exemptMessage } from './exemption.ts';
import { noRegionInView } from './regions.ts';

export const TRAIL = 'AWS::CloudTrail::Trail';

export type TrailFinding =
  /** The trail delivers to a bucket that does not exist (any more). */
  | { readonly kind: 'noBucket'; readonly bucket: string }
  /** An organization trail that another account owns, and is judged there. */
  | { readonly kind: 'foreignTrail'; readonly owner: string }
  | { readonly kind: 'noTrail'; readonly regions: readonly string[] }
  /** All trails in view have their home in Regions out of view, and are judged there. */
  | { readonly kind: 'elsewhere'; readonly trails: readonly { name: string; homeRegion: string }[] }
  | Exempt;

export const trailMessages: Messages<TrailFinding> = {
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
};

export const trailParameters = {
  noTrailVerdict: parameter(oneOf('NON_COMPLIANT', 'COMPLIANT', 'NOT_APPLICABLE'), 'NON_COMPLIANT', {
    en: 'The verdict on the account when none of the Regions in view has a trail.',
    ko: '대상 리전 어디에도 추적이 없을 때 계정에 내리는 판정.',
  }),
  excludeBuckets: parameter(words(), '', {
    en: 'Buckets, separated by commas, whose trails are NOT_APPLICABLE.',
    ko: '이 버킷(쉼표로 구분)으로 보내는 추적은 NOT_APPLICABLE.',
  }),
};

type View = Account<typeof trails>;

/** The judgements on the trails at home in view, or on the account where there is none. */
export async function* judgeTrails<F extends Finding>(
  account: View,
  context: Context,
  values: { readonly noTrailVerdict: Compliance; readonly excludeBuckets: readonly string[] },
  judge: (trail: Trail, resource: ResourceRef) => Promise<Judgement<F>>,
): AsyncGenerator<Judgement<F | TrailFinding>> {
  const { shown, unread } = await readTrails(account);
  const inView = shown.filter(({ homeRegion }) => account.regions.includes(homeRegion));
  const asked = inView.filter((trail) => isAskedAboutTrail(context, trail));
  const named = (trail: Trail) => resourceOf(trail, context);
  yield* judgeEach<Trail, F | TrailFinding>(
    asked,
    named,
    async (trail) => outside(account, trail, named(trail), values) ?? judge(trail, named(trail)),
  );

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
}

/** The verdict on a trail that is not to be judged here. */
function outside(
  account: View,
  trail: Trail,
  resource: ResourceRef,
  { excludeBuckets }: { readonly excludeBuckets: readonly string[] },
): Judgement<TrailFinding> | undefined {
  const owner = ownerOf(trail);
  if (owner && owner !== account.id) return notApplicable(resource, [{ kind: 'foreignTrail', owner }]);
  return excludeBuckets.includes(trail.bucket)
    ? notApplicable(resource, [{ kind: 'exempt', by: 'parameter excludeBuckets' }])
    : undefined;
}

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

export const reworded = (error: AccountError, message: string) =>
  new AccountError(error.code, error.api, message, error.resource, {
    cause: error,
    ...(error.about && { about: error.about }),
  });

function noTrail(account: View, compliance: Compliance): Judgement<TrailFinding> {
  const { regions } = account;
  const resource = accountResource(account);
  if (regions.length > 0) return { resource, compliance, findings: [{ kind: 'noTrail', regions }] };
  return couldNotTell(resource, noRegionInView('cloudtrail:DescribeTrails', 'trails'));
}

/** `arn:aws:cloudtrail:<region>:<account>:trail/<name>`: an organization trail looks the same in every member. */
const ownerOf = ({ arn }: Trail): string | undefined => arn.split(':')[4];

export const ANOTHER_ACCOUNT =
  'The bucket may belong to another account: "Buckets of another account" on this rule\'s page has the policy to grant, and only that account can fix it';

import type { Account, ResourceRef, Tags } from '../../account/account.ts';
import { AccountError, OWN_CODES } from '../../account/errors.ts';
import {
  prefixListEntries,
  type SecurityGroupRule,
  securityGroupRules,
  securityGroups,
} from '../../account/services/ec2/readings.ts';
import {
  defineFix,
  type FixContext,
  type Plan,
  type PlanStep,
  type UndoContext,
  type Verified,
} from '../fix.ts';
import { integer, parameter } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import { parseCidr } from '../shared/addresses.ts';
import { union } from '../shared/intervals.ts';
import { type Entry, type IpPermission, identityOf, inWords, isCidr, permissionsOf } from './entries.ts';
import { isOpening, type Opening, type OpenRule, type SgFinding } from './findings.ts';
import { losses, narrower, type OpenEntry } from './narrower.ts';
import { type PolicyParameters, policyOf } from './policy.ts';
import { nearRaised, overQuota, QUOTA, roomIn, widened } from './quota.ts';

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const inputs = {
  /** The rules to authorize, and whether there are any. */
  Authorize: [] as IpPermission[],
  Authorizes: false,
  /** The ids of the rules to revoke, and whether there are any. */
  Revoke: [] as string[],
  Revokes: false,
  /** Undo: which parts of {@link Before.revoked} are to be brought back. */
  Parts: [] as string[],
  /** Undo, one part: its rules' tags. */
  Tags: [] as Tag[],
  Tagged: false,
};
type Inputs = typeof inputs;

const options = {
  rulesPerGroup: parameter(integer(1, 1_000), `${QUOTA}`, {
    en: "The account's quota of inbound rules per security group. The fix stays within it, with wider ranges of ports for private sources where single ports would be too many rules.",
    ko: '계정의 보안 그룹당 인바운드 규칙 할당량. 조치는 이 수를 넘지 않습니다. 포트마다 규칙을 만들면 넘칠 때는 사설 소스에 더 넓은 포트 범위를 씁니다.',
  }),
};

const reads = [securityGroups, securityGroupRules, prefixListEntries] as const;
type Asks = (typeof reads)[number];
type Context = FixContext<PolicyParameters, typeof options, Asks>;

interface Before {
  /** By tag set: one call tags all rules that it authorizes alike. */
  readonly revoked: readonly Part[];
  /** The narrower rules that the run adds: none of them was there before. */
  readonly authorized: readonly Entry[];
  /** Whether the narrower rules exist and the open ones are about to be revoked. */
  readonly revokes?: boolean;
}

interface Part {
  readonly tags: Tags;
  readonly rules: readonly Entry[];
}

/**
 * Replaces each open rule by what of it is not open: narrower rules are authorized first, then the open ones are revoked
 * by their ids, so that allowed traffic is never cut.
 */
export const fix = defineFix<SgFinding, PolicyParameters>()({
  summary: {
    changes: {
      en: 'Revokes the offending rules; narrower ones for allowed ports and private sources are authorized first.',
      ko: '문제가 되는 규칙을 취소합니다. 허용된 포트와 사설 소스를 위한 좁은 규칙을 먼저 추가합니다.',
    },
    breaks: {
      en: 'Whoever connects from the internet to a port that is not allowed.',
      ko: '허용되지 않은 포트로 인터넷에서 접속하던 쪽.',
    },
    undo: {
      en: 'Brings the revoked rules back, with descriptions and tags (under new ids), and takes away what was added.',
      ko: '취소한 규칙을 설명과 태그까지 되살리고(ID는 새로 생김) 추가한 규칙을 없앱니다.',
    },
    automatic: {
      sensible: true,
      why: { en: 'Once the allowed ports are right.', ko: '허용 포트를 맞춘 뒤에.' },
    },
  },

  options,
  reads,
  inputs,
  refuses: ({ resource, findings }) =>
    findings.flatMap((finding) =>
      finding.kind === 'foreignGroup'
        ? [`${resource.id} belongs to account ${finding.owner}: only that account can change it.`]
        : [],
    ),
  plan,
  undo,
  verify,
});

async function plan(verdict: Verdict<SgFinding>, context: Context): Promise<Plan<Inputs>> {
  const { account, parameters, agreed } = context;
  const { rulesPerGroup = QUOTA } = context.options;
  const { resource } = verdict;
  const policy = policyOf(parameters);
  const openings = openRules(verdict.findings.filter(isOpening));
  const addresses = await Promise.all(openings.map(([rule]) => addressesOf(rule, account, resource.region)));
  const earlier = agreed?.before as Before | undefined;
  const agreedOn = earlier && new Set(earlier.revoked.flatMap((part) => part.rules.map(identityOf)));
  const rules = await ingressOf(agreed?.account ?? account, resource);

  const revoked = new Map<string, SecurityGroupRule>();
  const open: OpenEntry[] = [];
  for (const [index, [rule, itsOpenings]] of openings.entries()) {
    const matching = rules.filter((one) => identityOf(one) === identityOf(rule));
    // Planned again. A rule that somebody has revoked or narrowed meanwhile is left out, and so is a new one, because
    // it was not agreed on.
    if (agreedOn && (matching.length === 0 || !agreedOn.has(identityOf(rule)))) continue;
    if (matching.length === 0) throw unmatched(resource, rule);
    for (const one of matching) {
      revoked.set(one.id, one);
      open.push({
        entry: entryOf(one),
        family: rule.family,
        addresses: addresses[index] ?? [],
        openings: itsOpenings,
      });
    }
  }
  const staying = rules.filter(({ id }) => !revoked.has(id));
  const room = roomIn(rules, rulesPerGroup);
  const { added, wider } = narrower(open, staying, policy, room);
  const under = agreed?.isUnderWay ? (earlier as Before) : undefined;
  if (under)
    return revoking(resource, under, { revoked: [...revoked.values()], open, rules, lacking: added });
  const refusals = overQuota(rules, added, rulesPerGroup);
  if (refusals.length > 0) return { steps: [], refusals };
  if (revoked.size === 0) return { steps: [] };

  const ids = [...revoked.keys()];
  const authorize = permissionsOf(added);
  return {
    steps: [
      ...(authorize.length > 0 ? [authorization(resource, authorize, allowedInstead(added))] : []),
      revocation(resource, ids, revokedAre(open, ids)),
    ],
    inputs: { Authorize: authorize, Authorizes: authorize.length > 0, Revoke: ids, Revokes: true },
    before: {
      revoked: byTags([...revoked.values()]),
      authorized: added,
      ...(agreed && { revokes: false }),
    } satisfies Before,
    warnings: [
      ...widened(wider, rulesPerGroup),
      ...nearRaised(rules, added, rulesPerGroup),
      ...cutBesides(open, losses(open, policy)),
    ],
  };
}

/** The second half. Nothing is revoked unless the narrower rules exist. */
function revoking(
  resource: ResourceRef,
  { authorized }: Before,
  {
    revoked,
    open,
    rules,
    lacking,
  }: {
    readonly revoked: readonly SecurityGroupRule[];
    readonly open: readonly OpenEntry[];
    readonly rules: readonly SecurityGroupRule[];
    /** Traffic that the open rules let in, and that the fix would cut. */
    readonly lacking: readonly Entry[];
  },
): Plan<Inputs> {
  const there = asAdded(authorized, rules).map(entryOf);
  const made = there.length > 0 ? [allowedInstead(there)] : [];
  const before = (revokes: boolean): Before => ({
    revoked: revokes ? byTags(revoked) : [],
    authorized: there,
    revokes,
  });
  if (lacking.length > 0) {
    const refusal = `nothing is revoked, because ${inWords(lacking)} would be cut: the narrower rules for it are not there.`;
    return { steps: [], made, before: before(false), refusals: [refusal] };
  }
  if (revoked.length === 0) return { steps: [], made, before: before(false) };
  const ids = revoked.map(({ id }) => id);
  return {
    steps: [revocation(resource, ids, revokedAre(open, ids))],
    made,
    inputs: { Revoke: ids, Revokes: true },
    before: before(true),
  };
}

const allowedInstead = (entries: readonly Entry[]) => `${inWords(entries)} allowed by narrower rules`;
const revokedAre = (open: readonly OpenEntry[], ids: readonly string[]) =>
  `${inWords(open.map(({ entry }) => entry))} revoked (${ids.join(', ')})`;

async function ingressOf(
  account: Account<typeof securityGroupRules>,
  { id, region }: ResourceRef,
): Promise<SecurityGroupRule[]> {
  const rules = await account.read(securityGroupRules, { region, id });
  return rules.filter(({ isEgress }) => !isEgress);
}

/** The rules of a group that a run added. One with another description is not the one. */
function asAdded(authorized: readonly Entry[], rules: readonly SecurityGroupRule[]): SecurityGroupRule[] {
  const added = new Map(authorized.map((entry) => [identityOf(entry), entry.description]));
  return rules.filter((rule) => {
    const identity = identityOf(rule);
    return added.has(identity) && added.get(identity) === rule.description;
  });
}

/** Each rule once, with all that is open through it. */
function openRules(openings: readonly Opening[]): (readonly [OpenRule, Opening[]])[] {
  const rules = new Map<string, readonly [OpenRule, Opening[]]>();
  for (const opening of openings) {
    for (const rule of opening.rules) {
      const key = `${rule.family} ${identityOf(rule)}`;
      const [, known] = rules.get(key) ?? [];
      if (!known) rules.set(key, [rule, [opening]]);
      else if (!known.includes(opening)) known.push(opening);
    }
  }
  return [...rules.values()];
}

async function addressesOf(
  { source, family }: OpenRule,
  account: Account<typeof prefixListEntries>,
  region: string,
) {
  const texts = isCidr(source) ? [source] : await account.read(prefixListEntries, { region, id: source });
  return union(texts.map(parseCidr).flatMap((cidr) => (cidr.family === family ? [cidr.addresses] : [])));
}

function entryOf({ protocol, fromPort, toPort, source, description }: Entry): Entry {
  return {
    protocol,
    ...(fromPort !== undefined && { fromPort }),
    ...(toPort !== undefined && { toPort }),
    source,
    ...(description !== undefined && { description }),
  };
}

const unmatched = ({ id }: ResourceRef, rule: OpenRule) =>
  new AccountError(
    OWN_CODES.incomplete,
    'ec2:DescribeSecurityGroupRules',
    `ec2:DescribeSecurityGroupRules of ${id}: has no rule for ${inWords([rule])}, which ec2:DescribeSecurityGroups shows; the group may be changing, try again`,
    id,
  );

function byTags(rules: readonly SecurityGroupRule[]): Part[] {
  const parts = new Map<string, { tags: Tags; rules: Entry[] }>();
  for (const rule of rules) {
    // Nobody but AWS can set its own tags: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html
    const pairs = Object.entries(rule.tags).filter(([name]) => !name.startsWith('aws:'));
    const key = JSON.stringify([...pairs].sort());
    const part = parts.get(key) ?? { tags: Object.fromEntries(pairs), rules: [] };
    part.rules.push(entryOf(rule));
    parts.set(key, part);
  }
  return [...parts.values()];
}

function cutBesides(open: readonly OpenEntry[], lost: readonly string[]): string[] {
  return [
    ...(lost.length > 0 ? [`Also cut, since no rule can say "all but these": ${lost.join('; ')}.`] : []),
    ...(open.some(({ family }) => family === 'ipv6')
      ? [
          'IPv6 addresses inside a VPC are mostly public ones: what came in from there by these rules is cut, too.',
        ]
      : []),
  ];
}

/** Iterations that SSM gives a loop ("Automation actions reference", aws:loop). */
const MOST_PARTS = 100;

/** First the open rules come back, then the narrower ones that the run added go. */
async function undo(before: Before, { account, resource, part }: UndoContext<Asks>): Promise<Plan<Inputs>> {
  const ingress = await ingressOf(account, resource);
  if (
    ingress.length === 0 &&
    !(await account.one(securityGroups, resource.id, { region: resource.region }))
  ) {
    return { steps: [], refusals: [`${resource.id} does not exist any more.`] };
  }
  const missing = missingOf(before, ingress);
  if (part !== undefined) return restored(resource, missing[part - 1]);

  const parts = missing.flatMap(({ rules }, i) => (rules.length > 0 ? [String(i + 1)] : []));
  const now = parts.slice(0, MOST_PARTS);
  const goes = now.length === parts.length ? asAdded(before.authorized, ingress) : [];
  const ids = goes.map(({ id }) => id);
  return {
    steps: [
      ...now.flatMap((one) => restored(resource, missing[Number(one) - 1]).steps),
      ...(ids.length > 0
        ? [revocation(resource, ids, `${inWords(goes)} revoked again (${ids.join(', ')})`)]
        : []),
    ],
    inputs: { Parts: now, Authorizes: now.length > 0, Revoke: ids, Revokes: ids.length > 0 },
  };
}

/** The rules that a run revoked and nobody has restored, by tag set. */
function missingOf({ revoked, revokes }: Before, ingress: readonly SecurityGroupRule[]): Part[] {
  if (revokes === false) return [];
  const there = new Set(ingress.map(identityOf));
  return revoked.map((one) => ({ ...one, rules: one.rules.filter((rule) => !there.has(identityOf(rule))) }));
}

async function verify(
  before: Before,
  changes: readonly string[],
  { account, resource }: UndoContext<Asks>,
): Promise<Verified> {
  const ingress = await ingressOf(account, resource);
  const revoked = missingOf(before, ingress).filter(({ rules }) => rules.length > 0);
  const authorized = asAdded(before.authorized, ingress).map(entryOf);
  const isMade = (change: string) =>
    change.endsWith('allowed by narrower rules') ? authorized.length > 0 : revoked.length > 0;
  const isAny = revoked.length > 0 || authorized.length > 0;
  return {
    before: isAny ? ({ revoked, authorized, revokes: true } satisfies Before) : null,
    made: changes.filter(isMade),
    others: [],
  };
}

function restored(resource: ResourceRef, { rules, tags }: Part = { rules: [], tags: {} }): Plan<Inputs> {
  if (rules.length === 0) return { steps: [] };
  const Tags = Object.entries(tags).map(([Key, Value]): Tag => ({ Key, Value }));
  const Authorize = permissionsOf(rules);
  return {
    steps: [authorization(resource, Authorize, `${inWords(rules)} allowed again`, Tags)],
    inputs: { Authorize, Authorizes: true, Tags, Tagged: Tags.length > 0 },
  };
}

const authorization = (
  { id }: ResourceRef,
  permissions: readonly IpPermission[],
  why: string,
  tags: readonly Tag[] = [],
): PlanStep => ({
  api: 'ec2:AuthorizeSecurityGroupIngress',
  input: {
    GroupId: id,
    IpPermissions: permissions,
    ...(tags.length > 0 && { TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: tags }] }),
  },
  why,
});

const revocation = ({ id }: ResourceRef, ids: readonly string[], why: string): PlanStep => ({
  api: 'ec2:RevokeSecurityGroupIngress',
  input: { GroupId: id, SecurityGroupRuleIds: ids },
  why,
});

import type { Ec2, ResourceRef, SecurityGroupRule, Tags } from '../../account/account.ts';
import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { defineFix, type FixContext, type Plan, type PlanStep, type UndoContext } from '../fix.ts';
import type { Verdict } from '../rule.ts';
import { parseCidr } from '../shared/addresses.ts';
import { union } from '../shared/intervals.ts';
import { type Entry, type IpPermission, identityOf, inWords, isCidr, permissionsOf } from './entries.ts';
import { isOpening, type Opening, type OpenRule, type SgFinding } from './findings.ts';
import { losses, narrower, type OpenEntry } from './narrower.ts';
import { type PolicyParameters, policyOf } from './policy.ts';

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

type Context = FixContext<PolicyParameters, Record<never, never>>;

interface Before {
  /** By tag set: one call tags all rules that it authorizes alike. */
  readonly revoked: readonly Part[];
  /** The narrower rules that the run adds: none of them was there before. */
  readonly authorized: readonly Entry[];
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
  options: {},
  reads: ['ec2:DescribeSecurityGroupRules'],
  inputs,
  refuses: ({ resource, findings }) =>
    findings.flatMap((finding) =>
      finding.kind === 'foreignGroup'
        ? [`${resource.id} belongs to account ${finding.owner}: only that account can change it.`]
        : [],
    ),
  plan,
  undo,
});

async function plan(verdict: Verdict<SgFinding>, { account, parameters }: Context): Promise<Plan<Inputs>> {
  const { resource } = verdict;
  const ec2 = account.ec2(resource.region);
  const policy = policyOf(parameters);
  const rules = (await ec2.securityGroupRules(resource.id)).filter(({ isEgress }) => !isEgress);
  const openings = verdict.findings.filter(isOpening);

  const revoked = new Map<string, SecurityGroupRule>();
  const open: OpenEntry[] = [];
  for (const [rule, itsOpenings] of openRules(openings)) {
    const matching = rules.filter((one) => identityOf(one) === identityOf(rule));
    if (matching.length === 0) throw unmatched(resource, rule);
    for (const one of matching) {
      revoked.set(one.id, one);
      open.push({
        entry: entryOf(one),
        family: rule.family,
        addresses: await addressesOf(rule, ec2),
        openings: itsOpenings,
      });
    }
  }
  const staying = rules.filter(({ id }) => !revoked.has(id));
  const authorized = narrower(open, staying, policy);
  const ids = [...revoked.keys()];
  const authorize = permissionsOf(authorized);
  const steps: PlanStep[] = [
    ...(authorize.length > 0
      ? [authorization(resource, authorize, `${inWords(authorized)} allowed by narrower rules`)]
      : []),
    revocation(resource, ids, `${inWords(open.map(({ entry }) => entry))} revoked (${ids.join(', ')})`),
  ];
  return {
    steps,
    inputs: { Authorize: authorize, Authorizes: authorize.length > 0, Revoke: ids, Revokes: true },
    before: { revoked: byTags([...revoked.values()]), authorized } satisfies Before,
    warnings: [...cutBesides(open, losses(open, policy)), ...nearQuota([...rules, ...authorized])],
  };
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

async function addressesOf({ source, family }: OpenRule, ec2: Ec2) {
  const texts = isCidr(source) ? [source] : await ec2.prefixListEntries(source);
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

/**
 * "Inbound or outbound rules per security group", IPv4 and IPv6 counted apart, unless raised:
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
const QUOTA = 60;

/** @param rules while the open ones and the narrower ones are both there. */
function nearQuota(rules: readonly Entry[]): string[] {
  return (['ipv4', 'ipv6'] as const).flatMap((family) => {
    // A security group counts in both families, a prefix list for all the entries it may have: one at least.
    const { length } = rules.filter(
      ({ source }) => !isCidr(source) || source.includes(':') === (family === 'ipv6'),
    );
    if (length <= QUOTA) return [];
    const name = family === 'ipv4' ? 'IPv4' : 'IPv6';
    return [
      `For a moment the group has ${length} ${name} rules or more: above the account's quota (${QUOTA} unless raised), EC2 refuses the narrower rules, and nothing changes.`,
    ];
  });
}

/** Iterations that SSM gives a loop (aws-facts §6.3). */
const MOST_PARTS = 100;

/** First the open rules come back, then the narrower ones that the run added go. */
async function undo(before: Before, { account, resource, part }: UndoContext): Promise<Plan<Inputs>> {
  const ec2 = account.ec2(resource.region);
  const rules = await ec2.securityGroupRules(resource.id);
  if (rules.length === 0 && !(await ec2.securityGroup(resource.id))) {
    return { steps: [], refusals: [`${resource.id} does not exist any more.`] };
  }
  const ingress = rules.filter(({ isEgress }) => !isEgress);
  const there = new Set(ingress.map(identityOf));
  const missing = before.revoked.map(
    (one): Part => ({ ...one, rules: one.rules.filter((rule) => !there.has(identityOf(rule))) }),
  );
  if (part !== undefined) return restored(resource, missing[part - 1]);

  const parts = missing.flatMap(({ rules }, i) => (rules.length > 0 ? [String(i + 1)] : []));
  const now = parts.slice(0, MOST_PARTS);
  // A rule with another description is not the one that the run added.
  const added = new Map(before.authorized.map((entry) => [identityOf(entry), entry.description]));
  const extra = ingress.filter((rule) => {
    const identity = identityOf(rule);
    return added.has(identity) && added.get(identity) === rule.description;
  });
  const goes = now.length === parts.length ? extra : [];
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

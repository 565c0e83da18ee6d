import { READS, type Read, type ReadName, type ReadTarget, readPath } from '../../account/reads.ts';

/** One answer of AWS's that a snapshot keeps. */
export interface Reading {
  readonly name: ReadName;
  readonly target: ReadTarget;
}

export interface Answered extends Reading {
  /** `undefined` where AWS gave an error. */
  readonly answer: object | string | undefined;
}

/** The lists, as far as they are looked at here: for what they name. */
interface Listed {
  readonly Users?: readonly { readonly UserName?: string }[];
  readonly Buckets?: readonly { readonly Name?: string }[];
  readonly SecurityGroups?: readonly {
    readonly IpPermissions?: readonly {
      readonly PrefixListIds?: readonly { readonly PrefixListId?: string }[];
    }[];
  }[];
  readonly trailList?: readonly Trail[];
}
interface Trail {
  readonly Name?: string;
  readonly TrailARN?: string;
  readonly HomeRegion?: string;
  readonly S3BucketName?: string;
}

/** What a reading can be asked about: the list that names them, and how. */
const KINDS = {
  user: {
    list: 'iam:ListUsers',
    names: ({ Users = [] }: Listed) => Users.map(({ UserName }) => UserName),
  },
  bucket: {
    list: 's3:ListBuckets',
    names: ({ Buckets = [] }: Listed) => Buckets.map(({ Name }) => Name),
  },
  prefixList: {
    list: 'ec2:DescribeSecurityGroups',
    names: ({ SecurityGroups = [] }: Listed) =>
      SecurityGroups.flatMap(({ IpPermissions = [] }) => IpPermissions)
        .flatMap(({ PrefixListIds = [] }) => PrefixListIds)
        .map(({ PrefixListId }) => PrefixListId),
  },
  trail: {
    list: 'cloudtrail:DescribeTrails',
    names: (answer: Listed, ...where: Where) => ownTrails(answer, ...where).map(({ Name }) => Name),
  },
  trailBucket: {
    list: 'cloudtrail:DescribeTrails',
    names: (answer: Listed, ...where: Where) =>
      ownTrails(answer, ...where).map(({ S3BucketName }) => S3BucketName),
  },
} as const satisfies Record<
  string,
  { list: ReadName; names(answer: Listed, ...where: Where): (string | undefined)[] }
>;
type Kind = keyof typeof KINDS;
type Where = [region: string | undefined, accountId: string];

/** Trails at home in the Region and the account: others are shadows, and somebody else's to judge. */
const ownTrails = ({ trailList = [] }: Listed, ...[region, accountId]: Where): readonly Trail[] =>
  trailList.filter(
    ({ HomeRegion, TrailARN }) => HomeRegion === region && TrailARN?.split(':')[4] === accountId,
  );

/** What the reading is asked about, for a rule with these readings; nothing, for an API without a resource. */
function kindsOf(name: ReadName, reads: readonly ReadName[]): Kind[] {
  if (!READS[name].file.includes('{id}')) return [];
  if (name.startsWith('iam:')) return ['user'];
  if (name.startsWith('ec2:')) return ['prefixList'];
  if (name.startsWith('cloudtrail:')) return ['trail'];
  // Only fixes ask about groups of options and parameters, and they ask AWS.
  if (name.startsWith('rds:')) return [];
  // What only fixes read, of the live account.
  if (!name.startsWith('s3:')) return [];
  // A rule that reads trails asks about their buckets, which may be another account's.
  const kinds = (['bucket', 'trailBucket'] as const).filter((kind) => reads.includes(KINDS[kind].list));
  return kinds.length > 0 ? kinds : ['bucket'];
}

/**
 * Every reading that names no resource: what is asked for, and the lists that tell what to ask about.
 *
 * @param needs the readings of each rule.
 */
export function listReadings(needs: readonly (readonly ReadName[])[], regions: readonly string[]): Reading[] {
  const names = needs.flatMap((reads) =>
    reads.flatMap((name): ReadName[] => {
      if (!READS[name].file.includes('{id}')) return [name];
      return kindsOf(name, reads).map((kind) => KINDS[kind].list);
    }),
  );
  return [...new Set(names)].flatMap((name): Reading[] => {
    const { regional }: Read = READS[name];
    return regional ? regions.map((region) => ({ name, target: { region } })) : [{ name, target: {} }];
  });
}

/** Every reading about one resource, for the resources that the lists name; each once. */
export function resourceReadings(
  needs: readonly (readonly ReadName[])[],
  lists: readonly Answered[],
  accountId: string,
): Reading[] {
  const readings = new Map<string, Reading>();
  for (const reads of needs) {
    for (const name of reads) {
      const { regional }: Read = READS[name];
      for (const { region, id } of kindsOf(name, reads).flatMap((kind) => named(kind, lists, accountId))) {
        const target = regional && region !== undefined ? { region, id } : { id };
        readings.set(readPath(name, target), { name, target });
      }
    }
  }
  return [...readings.values()];
}

function named(kind: Kind, lists: readonly Answered[], accountId: string) {
  return lists
    .filter(({ name }) => name === KINDS[kind].list)
    .flatMap(({ answer, target: { region } }) => {
      if (typeof answer !== 'object') return [];
      const ids = new Set<string | undefined>(KINDS[kind].names(answer, region, accountId));
      // An id becomes a file's name: none of AWS's has a slash.
      return [...ids]
        .filter((id) => id !== undefined && !/[/\\]/.test(id))
        .map((id) => ({ region, id: id as string }));
    });
}

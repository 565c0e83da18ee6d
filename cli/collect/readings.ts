/** What `groundrules collect` asks AWS: first what names no resource, then about the resources that the answers name. */
import { type AnyTarget, isId, type List, pathOf, type Reading } from '../../account/reading.ts';
import { regions as enabledRegions } from '../../account/services/ec2/readings.ts';
import { isRegion } from '../../account/snapshot/regions.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { AnyRule } from '../../rules/rule.ts';
import type { GivenParameters } from '../options/read.ts';

/** One answer of AWS's that a snapshot keeps. */
export interface Asked {
  readonly reading: Reading;
  readonly target: AnyTarget;
}

export interface Answered extends Asked {
  /** `undefined` where AWS gave an error. */
  readonly answer: object | string | undefined;
}

/** What a rule reads. */
export type Needs = readonly Reading[];

/** The lists that a reading is asked about, for a rule with these readings: those that it reads as well, else the first. */
function listsOf({ about }: Reading, reads: Needs): readonly List[] {
  if (!about || !Array.isArray(about.from)) return [];
  const lists = about.from as readonly [List, ...List[]];
  const read = lists.filter(({ reading }) => reads.includes(reading));
  return read.length > 0 ? read : [lists[0]];
}

/** The readings of a rule, and the lists that tell what to ask about, and the lists of those. */
function withLists(reads: Needs): Needs {
  const all = new Set<Reading>(reads);
  for (const reading of all) for (const list of listsOf(reading, reads)) all.add(list.reading);
  return [...all];
}

/** Every reading that names no resource: what is asked for, and the lists that tell what to ask about. */
export function firstAsked(needs: readonly Needs[], regions: readonly string[]): Asked[] {
  const readings = new Set(needs.flatMap(withLists));
  return [...readings].flatMap((reading): Asked[] => {
    const { about, regional } = reading;
    if (!about)
      return regional
        ? regions.map((region) => ({ reading, target: { region } }))
        : [{ reading, target: {} }];
    if (about.from === 'fix' || !('ids' in about.from)) return [];
    return about.from.ids.flatMap((id) =>
      regional
        ? regions.map((region) => ({ reading, target: { region, id } }))
        : [{ reading, target: { id } }],
    );
  });
}

/**
 * What rules read in Regions that are not in view and names no resource.
 *
 * @param answers of what was asked first, which may tell the Regions that the account has enabled.
 */
export function askedBeyond(
  rules: readonly AnyRule[],
  parameters: GivenParameters,
  answers: readonly Answered[],
  { view, serves }: { readonly view: readonly string[]; serves(reading: Reading): boolean },
): Asked[] {
  const listed = answers.find(({ reading, answer }) => reading === enabledRegions && answer !== undefined);
  const enabled = listed && enabledIn(listed.answer as { Regions?: readonly EnabledRegion[] });
  const asked = rules.flatMap((rule) => {
    if (!rule.beyond) return [];
    const values = parseParameters(rule, parameters[rule.id]);
    const regions = rule.beyond
      .regions(values, { view, ...(enabled && { enabled }) })
      // A Region becomes a folder's name.
      .filter((region) => isRegion(region) && !view.includes(region));
    return firstAsked(
      [rule.beyond.reads.filter((reading: Reading) => reading.regional && serves(reading))],
      regions,
    );
  });
  return [...new Map(asked.map((one) => [pathOf(one.reading, one.target), one])).values()];
}

interface EnabledRegion {
  readonly RegionName?: string;
  readonly OptInStatus?: string;
}
const enabledIn = ({ Regions = [] }: { readonly Regions?: readonly EnabledRegion[] }): string[] =>
  Regions.filter(({ OptInStatus }) => OptInStatus !== 'not-opted-in').flatMap(
    ({ RegionName }) => RegionName ?? [],
  );

/** Every reading about a resource that these answers name; each once. An answer may in turn name what others are about. */
export function askedAbout(
  needs: readonly Needs[],
  answers: readonly Answered[],
  accountId: string,
): Asked[] {
  const asked = new Map<string, Asked>();
  for (const reads of needs) {
    for (const reading of withLists(reads)) {
      for (const list of listsOf(reading, reads)) {
        for (const { region, id } of namedIn(list, answers, accountId)) {
          const target = reading.regional && region !== undefined ? { region, id } : { id };
          // An id becomes a file's name.
          if (isId(reading, id)) asked.set(pathOf(reading, target), { reading, target });
        }
      }
    }
  }
  return [...asked.values()];
}

interface Named {
  readonly region: string | undefined;
  readonly id: string;
}

function namedIn({ reading, id }: List, answers: readonly Answered[], accountId: string): Named[] {
  return answers
    .filter((one) => one.reading === reading)
    .flatMap(({ answer, target }) => {
      if (typeof answer !== 'object') return [];
      const { region } = target;
      const found =
        typeof id === 'string'
          ? membersOf(answer, reading, id)
          : id(answer as never, { accountId, region, id: target.id });
      return found.flatMap((one): Named[] => {
        if (one === undefined) return [];
        return [typeof one === 'string' ? { region, id: one } : one];
      });
    });
}

function membersOf(answer: object, { member = '' }: Reading, id: string): string[] {
  const list = (answer as Readonly<Record<string, unknown>>)[member];
  if (!Array.isArray(list)) return [];
  return list.map((one) => one?.[id]).filter((value) => typeof value === 'string');
}

/** Amazon GuardDuty, in one Region. */
import * as z from 'zod/mini';
import { text } from '../../parts.ts';
import type { List, Reading, Where } from '../../reading.ts';

const guardduty = { name: 'guardduty' } as const;

/** The ids of the account's detectors: AWS allows one a Region. */
export const detectors = {
  service: guardduty,
  api: 'ListDetectors',
  regional: true,
  scope: '*',
  member: 'DetectorIds',
  shape: () => text,
} as const satisfies Reading;

export interface Listed {
  readonly DetectorIds?: readonly string[];
}
const allDetectors = {
  reading: detectors,
  id: ({ DetectorIds = [] }: Listed) => DetectorIds,
} as const satisfies List;

const DETECTOR = 'arn:{partition}:guardduty:{region}:{account}:detector/*';

export const detector = {
  service: guardduty,
  api: 'GetDetector',
  regional: true,
  about: { options: ['--detector-id'], from: [allDetectors] },
  scope: [DETECTOR],
  shape: () =>
    z.pipe(
      z.object({ Status: text }),
      z.transform(({ Status }) => ({ status: Status })),
    ),
} as const satisfies Reading;

/** The names of a detector's filters. */
export const findingFilters = {
  service: guardduty,
  api: 'ListFilters',
  regional: true,
  about: { options: ['--detector-id'], from: [allDetectors] },
  scope: '*',
  member: 'FilterNames',
  shape: () => text,
} as const satisfies Reading;

export interface ListedFilters {
  readonly FilterNames?: readonly string[];
}
const allFilters = {
  reading: findingFilters,
  id: ({ FilterNames = [] }: ListedFilters, { id }: Where) => FilterNames.map((name) => `${id}/${name}`),
} as const satisfies List;

export interface FindingFilter {
  /** `NOOP`, `ARCHIVE` */
  readonly action: string;
  /** By the finding's field, the operators with their operands: `{ type: { Eq: ['…'] } }`. */
  readonly criteria: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const findingFilter = {
  service: guardduty,
  api: 'GetFilter',
  regional: true,
  about: { options: ['--detector-id', '--filter-name'], from: [allFilters] },
  scope: ['arn:{partition}:guardduty:{region}:{account}:detector/*/filter/*'],
  shape: () =>
    z.pipe(
      z.object({
        Action: text,
        FindingCriteria: z.object({
          Criterion: z.nullish(z.record(z.string(), z.record(z.string(), z.unknown()))),
        }),
      }),
      z.transform(
        ({ Action, FindingCriteria }): FindingFilter => ({
          action: Action,
          criteria: FindingCriteria.Criterion ?? {},
        }),
      ),
    ),
} as const satisfies Reading;

/** Who administers the detector; an account without an administrator gets an answer without one. */
export const detectorAdministrator = {
  service: guardduty,
  api: 'GetAdministratorAccount',
  regional: true,
  about: { options: ['--detector-id'], from: [allDetectors] },
  scope: '*',
  shape: () =>
    z.pipe(
      z.object({
        Administrator: z.nullish(
          z.object({ AccountId: z.nullish(z.string()), RelationshipStatus: z.nullish(z.string()) }),
        ),
      }),
      z.transform(({ Administrator }) => ({
        accountId: Administrator?.AccountId ?? undefined,
        relationship: Administrator?.RelationshipStatus ?? undefined,
      })),
    ),
} as const satisfies Reading;

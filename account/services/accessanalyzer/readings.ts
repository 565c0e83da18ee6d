/** IAM Access Analyzer, in one Region. */
import * as z from 'zod/mini';
import { list, text } from '../../parts.ts';
import type { List, Reading } from '../../reading.ts';

const accessAnalyzer = { name: 'accessanalyzer', iam: 'access-analyzer' } as const;

/** As AWS spells it. */
export interface Analyzer {
  readonly name: string;
  /** `ACCOUNT`, `ORGANIZATION_UNUSED_ACCESS`, … */
  readonly type: string;
  /** `ACTIVE`, `CREATING`, `DISABLED`, `FAILED` */
  readonly status: string;
  /** Why it is not active. */
  readonly reason: string | undefined;
  /** Of unused access: how many days without use are too many. */
  readonly unusedAccessAge: number | undefined;
  /** Of unused access: the accounts that it leaves out. */
  readonly excludedAccounts: readonly string[];
}

/** The account's own analyzers, of every type. */
export const analyzers = {
  service: accessAnalyzer,
  api: 'ListAnalyzers',
  regional: true,
  scope: '*',
  member: 'analyzers',
  shape: () => analyzer(),
} as const satisfies Reading;

const analyzer = () =>
  z.pipe(
    z.object({
      name: text,
      type: text,
      status: text,
      statusReason: z.nullish(z.object({ code: z.nullish(z.string()) })),
      configuration: z.nullish(
        z.object({
          unusedAccess: z.nullish(
            z.object({
              unusedAccessAge: z.nullish(z.int()),
              analysisRule: z.nullish(
                z.object({ exclusions: list(z.object({ accountIds: list(z.string()) })) }),
              ),
            }),
          ),
        }),
      ),
    }),
    z.transform(({ name, type, status, statusReason, configuration }): Analyzer => {
      const unused = configuration?.unusedAccess;
      return {
        name,
        type,
        status,
        reason: statusReason?.code ?? undefined,
        unusedAccessAge: unused?.unusedAccessAge ?? undefined,
        excludedAccounts: (unused?.analysisRule?.exclusions ?? []).flatMap(({ accountIds }) => accountIds),
      };
    }),
  );

/** The fields that the lists below read. */
export interface Listed {
  readonly analyzers?: readonly {
    readonly name?: string;
    readonly type?: string;
    readonly status?: string;
  }[];
}

/** Their types are named without what they analyze. */
const EXTERNAL = /^(?:ACCOUNT|ORGANIZATION)$/;
export const isExternal = ({ type }: { readonly type?: string }): boolean => EXTERNAL.test(type ?? '');
const UNUSED = /^(?:ACCOUNT|ORGANIZATION)_UNUSED_ACCESS$/;
export const isUnused = ({ type }: { readonly type?: string }): boolean => UNUSED.test(type ?? '');

const activeOf =
  (isAsked: typeof isExternal) =>
  ({ analyzers: all = [] }: Listed) =>
    all.filter((one) => isAsked(one) && one.status === 'ACTIVE').map(({ name }) => name);

const activeExternal = {
  reading: analyzers,
  id: (answer: Listed) => activeOf(isExternal)(answer),
} as const satisfies List;
const activeUnused = {
  reading: analyzers,
  id: (answer: Listed) => activeOf(isUnused)(answer),
} as const satisfies List;

const ANALYZER = 'arn:{partition}:access-analyzer:{region}:{account}:analyzer/{id}';

export interface ExternalFinding {
  readonly id: string;
  /** Its ARN. Access Analyzer may leave it out of a finding with an error. */
  readonly resource: string | undefined;
  readonly resourceType: string;
  readonly owner: string;
  readonly status: string;
  readonly isPublic: boolean | undefined;
  /** To whom it is open: `*`, an account, an ARN. */
  readonly principals: readonly string[];
  /** Why Access Analyzer could not analyze the resource. */
  readonly error: string | undefined;
}

/**
 * The findings of an analyzer of external access. ListFindings alone has `isPublic` and `principal`: ListFindingsV2 has neither.
 *
 * Source: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_FindingSummary.html
 */
export const externalFindings = {
  service: accessAnalyzer,
  api: 'ListFindings',
  regional: true,
  about: { options: [`--analyzer-arn ${ANALYZER}`], from: [activeExternal] },
  options: `--filter '{"status":{"eq":["ACTIVE"]}}'`,
  scope: ['arn:{partition}:access-analyzer:{region}:{account}:analyzer/*'],
  member: 'findings',
  shape: () =>
    z.pipe(
      z.object({
        id: text,
        resource: z.nullish(text),
        resourceType: text,
        resourceOwnerAccount: text,
        status: text,
        isPublic: z.nullish(z.boolean()),
        principal: z.nullish(z.record(z.string(), z.string())),
        error: z.nullish(z.string()),
      }),
      z.transform(
        ({ id, resource, resourceType, resourceOwnerAccount, status, isPublic, principal, error }) =>
          ({
            id,
            resource: resource ?? undefined,
            resourceType,
            owner: resourceOwnerAccount,
            status,
            isPublic: isPublic ?? undefined,
            principals: Object.values(principal ?? {}),
            error: error ?? undefined,
          }) satisfies ExternalFinding,
      ),
    ),
} as const satisfies Reading;

/** How many findings of unused access an analyzer has; none of them where it has not counted yet. */
export const unusedStatistics = {
  service: accessAnalyzer,
  api: 'GetFindingsStatistics',
  regional: true,
  about: { options: [`--analyzer-arn ${ANALYZER}`], from: [activeUnused] },
  scope: ['arn:{partition}:access-analyzer:{region}:{account}:analyzer/*'],
  shape: () =>
    z.pipe(
      z.object({
        findingsStatistics: list(
          z.object({
            unusedAccessFindingsStatistics: z.nullish(z.object({ totalActiveFindings: z.nullish(z.int()) })),
          }),
        ),
      }),
      z.transform(({ findingsStatistics }) => ({
        active: findingsStatistics
          .map(({ unusedAccessFindingsStatistics: one }) => one?.totalActiveFindings ?? undefined)
          .find((count) => count !== undefined),
      })),
    ),
} as const satisfies Reading;

/** Who gets which StackSets, and in which order. */
import type { CfnStackSet } from 'aws-cdk-lib';
import { CANARY, type OrganizationSettings, type Settings } from '../settings/index.ts';

/** The accounts that have StackSets of their own, one a Region. */
export interface Target {
  /** What the names of its StackSets end with; nothing where they are those of the units without settings of their own. */
  readonly name?: string;
  /** What its accounts get. */
  readonly settings: Settings;
  readonly deploymentTargets: CfnStackSet.DeploymentTargetsProperty & {
    readonly organizationalUnitIds: string[];
  };
  /**
   * Whether accounts that join get the rules. They do not consider filters ("Automatic deployments do not consider account
   * level targeting filters", https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html):
   * with a filter for single accounts, every account of the unit that joins would get the stack of the canary.
   */
  readonly autoDeploys: boolean;
  /** Whether all others wait for it, and none of its accounts may fail. */
  readonly isCanary: boolean;
}

/** In the order in which they are made. */
export function targetsOf(settings: Settings, organization: OrganizationSettings): Target[] {
  const { organizationalUnits, excludedAccounts, canary, groups } = organization;
  const rest = { settings, autoDeploys: true, isCanary: false };
  return [
    ...(canary
      ? [
          {
            ...rest,
            name: CANARY,
            isCanary: true,
            autoDeploys: !canary.accounts,
            deploymentTargets: canary.accounts
              ? {
                  organizationalUnitIds: unique(organizationalUnits),
                  accountFilterType: 'INTERSECTION',
                  accounts: unique(canary.accounts),
                }
              : without(canary.organizationalUnits ?? [], excludedAccounts),
          },
        ]
      : []),
    {
      ...rest,
      deploymentTargets: without(organizationalUnits, [...excludedAccounts, ...(canary?.accounts ?? [])]),
    },
    ...groups.map((group) => ({
      ...rest,
      name: group.name,
      settings: group.settings,
      deploymentTargets: without(group.organizationalUnits, excludedAccounts),
    })),
  ];
}

const without = (units: readonly string[], accounts: readonly string[]) => ({
  organizationalUnitIds: unique(units),
  ...(accounts.length > 0 && { accountFilterType: 'DIFFERENCE', accounts: unique(accounts) }),
});

const unique = (all: readonly string[]): string[] => [...new Set(all)];

/** The Regions in the order in which a target's StackSets are worked on; those of an entry together. */
export function wavesOf({ homeRegion, regions }: Settings, organization: OrganizationSettings): string[][] {
  const others = regions.filter((region) => region !== homeRegion);
  if (organization.regionConcurrencyType === 'SEQUENTIAL') {
    return (organization.regionOrder ?? [homeRegion, ...others]).map((region) => [region]);
  }
  return others.length > 0 ? [[homeRegion], others] : [[homeRegion]];
}

/**
 * How a target's operations go. Percentages count its own accounts, so that for a few canaries they would mean none
 * or all.
 */
export function operationsOf(
  organization: OrganizationSettings,
  { isCanary }: Pick<Target, 'isCanary'>,
): CfnStackSet.OperationPreferencesProperty {
  const { failureToleranceCount, failureTolerancePercent, maxConcurrentCount, maxConcurrentPercent } =
    organization;
  return {
    ...(isCanary
      ? { failureToleranceCount: 0 }
      : failureToleranceCount !== undefined
        ? { failureToleranceCount }
        : { failureTolerancePercentage: failureTolerancePercent ?? 10 }),
    ...(maxConcurrentCount !== undefined
      ? { maxConcurrentCount }
      : { maxConcurrentPercentage: maxConcurrentPercent ?? 25 }),
    // The strict mode would never work on more accounts at a time than may fail, plus one.
    concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
  };
}

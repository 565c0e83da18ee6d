/** Looks for what would make a deployment fail, before anything is made. */
import pMap from 'p-map';
import { explain } from '../../account/live/failures.ts';
import type { Settings } from '../settings/index.ts';
import { concurrency, ruleQuota } from './checks/limits.ts';
import { organization } from './checks/organization.ts';
import { recorder } from './checks/recorder.ts';
import { securityHub } from './checks/security-hub.ts';
import { bootstrap, names } from './checks/stack.ts';
import type { Check, Checked, Clients } from './finding.ts';

export type { Checked, Clients, Level } from './finding.ts';

/** In the order in which they are shown. */
export const CHECKS: readonly Check[] = [
  organization,
  recorder,
  bootstrap,
  names,
  ruleQuota,
  concurrency,
  securityHub,
];

/** The other checks are about rules. */
const OF_THE_AUDIT_ACCOUNT: readonly Check[] = [organization, bootstrap, securityHub];
const OF_THE_ADMINISTRATOR: readonly Check[] = [organization, bootstrap];

export interface PreflightOptions {
  readonly settings: Settings;
  /** Whose credentials these are. */
  readonly accountId: string;
  readonly clients: Clients;
  /** Checks that do not matter to how it is deployed: `bootstrap`, for plain CloudFormation. */
  readonly without?: readonly string[];
}

/**
 * What matters in a Region to what the account gets by the CDK. The audit account has one stack, in the home Region; a delegated
 * administrator has the StackSets there, and in each Region a bucket. Rules come to both by StackSets, as to any member.
 */
function checksIn({ settings, accountId }: PreflightOptions, region: string): readonly Check[] {
  const { homeRegion, organization: all } = settings;
  const isAudit = all !== false && accountId === all.auditAccountId;
  const isAdministrator = all !== false && accountId === all.delegatedAdministratorAccountId;
  if (!isAudit && !isAdministrator) return CHECKS;
  return CHECKS.filter(
    (check) =>
      (isAdministrator && OF_THE_ADMINISTRATOR.includes(check)) ||
      (isAudit && region === homeRegion && OF_THE_AUDIT_ACCOUNT.includes(check)),
  );
}

/** Calls in flight at a time, of all checks together. */
const CONCURRENCY = 8;

/**
 * Runs every check in every Region of the settings. A check that cannot be made is `unknown`, and the others still
 * run.
 *
 * @returns in the order of Regions, the home Region first, and of {@link CHECKS}.
 */
export async function preflight(options: PreflightOptions): Promise<Checked[]> {
  const { settings, accountId, clients, without = [] } = options;
  const { homeRegion } = settings;
  const others = settings.regions.filter((region) => region !== homeRegion);
  const asked = [homeRegion, ...others].flatMap((region) =>
    checksIn(options, region)
      .filter(({ id, once }) => !without.includes(id) && (!once || region === homeRegion))
      .map((check) => ({ check, region })),
  );
  const found = await pMap(
    asked,
    async ({ check, region }) => {
      try {
        const findings = await check.run({ settings, accountId, region, clients });
        return findings.map((finding) => ({ check: check.id, region, ...finding }));
      } catch (error) {
        const failure = explain(error, check.actions);
        if (!failure) throw error;
        return [{ check: check.id, region, level: 'unknown' as const, message: failure.message }];
      }
    },
    { concurrency: CONCURRENCY },
  );
  return found.flat();
}

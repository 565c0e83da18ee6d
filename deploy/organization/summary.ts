/**
 * Counts what the aggregator knows of the packs, page by page, so that 5,000 accounts need no more memory than their
 * counts.
 */
import {
  type ConfigServiceClient,
  DescribeAggregateComplianceByConfigRulesCommand,
  DescribeAggregateComplianceByConformancePacksCommand,
} from '@aws-sdk/client-config-service';
import { ListAccountsCommand, type OrganizationsClient } from '@aws-sdk/client-organizations';
import { pagesBy, whole } from '../../account/pages.ts';

export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
export type Severity = (typeof SEVERITIES)[number];
/** The ids of our controls by severity: which rules are ours, and how severe each is. */
export type ControlsBySeverity = Readonly<Record<Severity, readonly string[]>>;

/** Of one pack, in all accounts and Regions together. A pack without a verdict is neither passing nor failing. */
export interface PackCount {
  passing: number;
  failing: number;
  undecided: number;
}

export interface AccountCount {
  /** Rules of all its packs and Regions. Those that are neither have no result yet. */
  total: number;
  passing: number;
  failing: number;
  /** Failing rules by severity; one that fails in two Regions counts twice. */
  readonly bySeverity: Record<Severity, number>;
}

export interface ControlCount {
  readonly severity: Severity;
  readonly accounts: Set<string>;
  resources: number;
  /** AWS Config counts to a hundred, and says that there are more. */
  isMore: boolean;
}

export interface WeeklySummary {
  /** By name. */
  readonly packs: ReadonlyMap<string, PackCount>;
  /** Accounts with a result, by id. */
  readonly accounts: ReadonlyMap<string, AccountCount>;
  /** Controls that fail somewhere, by id. */
  readonly controls: ReadonlyMap<string, ControlCount>;
  /** The organization's active accounts by id, with their names; or why they could not be listed. */
  readonly members: ReadonlyMap<string, string> | { readonly problem: string };
}

export interface SummaryOptions {
  readonly config: Pick<ConfigServiceClient, 'send'>;
  readonly organizations: Pick<OrganizationsClient, 'send'>;
  readonly aggregator: string;
  /** What the names of the packs begin with: those of account stacks (deploy/account/names.ts). */
  readonly packPrefix: string;
  readonly controls: ControlsBySeverity;
}

/** A rule of a pack: `<control>-conformance-pack-<its suffix>` ("Service-Linked Rules"). */
const RULE = /^(.+)-conformance-pack-[a-z0-9]+$/;

/**
 * Asks the aggregator for every pack, and for every rule that fails.
 *
 * @throws what AWS Config answers: a partial summary would look better than the truth. Of Organizations' list, which
 * only adds names and missing accounts, the mail says that it is missing.
 */
export async function summarize(options: SummaryOptions): Promise<WeeklySummary> {
  const accounts = new Map<string, AccountCount>();
  const packs = await countPacks(options, accounts);
  const controls = await countRules(options, accounts);
  return { packs, accounts, controls, members: await members(options) };
}

async function countPacks(
  { config, aggregator, packPrefix }: SummaryOptions,
  accounts: Map<string, AccountCount>,
) {
  const packs = new Map<string, PackCount>();
  const ask = (NextToken?: string) =>
    config.send(
      new DescribeAggregateComplianceByConformancePacksCommand({
        ConfigurationAggregatorName: aggregator,
        Limit: 100,
        NextToken,
      }),
    );
  for await (const page of whole(
    'config:DescribeAggregateComplianceByConformancePacks',
    pagesBy('NextToken', ask),
  )) {
    for (const {
      ConformancePackName: name = '',
      AccountId: id,
      Compliance,
    } of page.AggregateComplianceByConformancePacks ?? []) {
      if (!name.startsWith(packPrefix) || !id) continue;
      const pack = found(packs, name, () => ({ passing: 0, failing: 0, undecided: 0 }));
      const type = Compliance?.ComplianceType;
      pack[type === 'COMPLIANT' ? 'passing' : type === 'NON_COMPLIANT' ? 'failing' : 'undecided'] += 1;
      const account = accountIn(accounts, id);
      account.total += Compliance?.TotalRuleCount ?? 0;
      account.passing += Compliance?.CompliantRuleCount ?? 0;
      account.failing += Compliance?.NonCompliantRuleCount ?? 0;
    }
  }
  return packs;
}

async function countRules(options: SummaryOptions, accounts: Map<string, AccountCount>) {
  const { config, aggregator } = options;
  const severities = new Map(
    SEVERITIES.flatMap((severity) => options.controls[severity].map((id) => [id, severity] as const)),
  );
  const controls = new Map<string, ControlCount>();
  const ask = (NextToken?: string) =>
    config.send(
      new DescribeAggregateComplianceByConfigRulesCommand({
        ConfigurationAggregatorName: aggregator,
        Filters: { ComplianceType: 'NON_COMPLIANT' },
        NextToken,
      }),
    );
  for await (const page of whole(
    'config:DescribeAggregateComplianceByConfigRules',
    pagesBy('NextToken', ask),
  )) {
    for (const { ConfigRuleName = '', AccountId, Compliance } of page.AggregateComplianceByConfigRules ??
      []) {
      const id = RULE.exec(ConfigRuleName)?.[1] ?? '';
      const severity = severities.get(id);
      if (!severity || !AccountId) continue;
      const control = found(controls, id, () => ({
        severity,
        accounts: new Set<string>(),
        resources: 0,
        isMore: false,
      }));
      control.accounts.add(AccountId);
      control.resources += Compliance?.ComplianceContributorCount?.CappedCount ?? 0;
      control.isMore ||= Compliance?.ComplianceContributorCount?.CapExceeded ?? false;
      accountIn(accounts, AccountId).bySeverity[severity] += 1;
    }
  }
  return controls;
}

async function members({ organizations }: SummaryOptions): Promise<WeeklySummary['members']> {
  const all = new Map<string, string>();
  try {
    const ask = (NextToken?: string) => organizations.send(new ListAccountsCommand({ NextToken }));
    for await (const page of whole('organizations:ListAccounts', pagesBy('NextToken', ask))) {
      for (const { Id, Name, Status } of page.Accounts ?? []) {
        if (Id && Status === 'ACTIVE') all.set(Id, Name ?? '');
      }
    }
    return all;
  } catch (error) {
    return { problem: `organizations:ListAccounts: ${(error as Error).name}: ${(error as Error).message}` };
  }
}

function found<Value>(all: Map<string, Value>, key: string, make: () => Value): Value {
  const value = all.get(key) ?? make();
  all.set(key, value);
  return value;
}

const accountIn = (accounts: Map<string, AccountCount>, id: string): AccountCount =>
  found(accounts, id, () => ({
    total: 0,
    passing: 0,
    failing: 0,
    bySeverity: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 },
  }));

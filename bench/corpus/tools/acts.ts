/** What AWS would answer other tools to calls that no rule of ours makes, of what a situation has. */
import type { Acts } from '../../../test/support/aws/stand-in.ts';
import { Failure } from '../../../test/support/memory.ts';
import { ALERT_ACTS } from './alert-acts.ts';
import { GROUPS } from './besides.ts';
import { REPORT } from './credentials.ts';
import { IAM_ACTS } from './iam-acts.ts';

const PLANS = [
  'global/support/describe-trusted-advisor-checks.json',
  'global/support/describe-trusted-advisor-check-summaries.json',
] as const;

const NO_RESOURCES = {
  resourcesProcessed: 0,
  resourcesFlagged: 0,
  resourcesIgnored: 0,
  resourcesSuppressed: 0,
};

interface Summary {
  readonly checkId: string;
  readonly status?: string;
  readonly timestamp?: string;
  readonly resourcesSummary?: object;
}

interface Asked {
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Value: string }[];
  readonly Period: number;
  /** Seconds since 1970, or a text, by the protocol. */
  readonly StartTime: number | string;
  readonly EndTime: number | string;
}

interface Datapoint {
  readonly Timestamp: string;
  readonly Sum: number;
  readonly Average: number;
  readonly Maximum: number;
  readonly Unit: string;
}

/** The days of a longer period. */
const together = (days: readonly Datapoint[]): Datapoint => ({
  ...(days[0] as Datapoint),
  Sum: days.reduce((sum, { Sum }) => sum + Sum, 0),
  Average: days.reduce((sum, { Average }) => sum + Average, 0) / days.length,
  Maximum: Math.max(...days.map(({ Maximum }) => Maximum)),
});

type Readings = Readonly<Record<string, unknown>>;
/** The answers of all Regions, or about all ids, to one call. */
const answersTo = (readings: Readings, call: RegExp): object[] =>
  Object.entries(readings)
    .filter(([path, answer]) => call.test(path) && typeof answer === 'object' && !(answer instanceof Failure))
    .map(([, answer]) => answer as object);
const listOf = <Of>(answer: unknown, member: string): Of[] =>
  ((answer as Record<string, Of[]> | undefined)?.[member] ?? []) as Of[];

/** A group is at a network interface, because some checks mind no others. */
export const ACTS: Acts = {
  ...IAM_ACTS,
  ...ALERT_ACTS,
  'iam:ListAccountAliases': () => ({ AccountAliases: [] }),
  // Custodian takes a report that does not say when it was made for none.
  'iam:GetCredentialReport': (_, { [REPORT]: report }) =>
    typeof report === 'string'
      ? {
          ...{ Content: Buffer.from(report).toString('base64'), ReportFormat: 'text/csv' },
          GeneratedTime: new Date().toISOString(),
        }
      : report,
  'ec2:DescribeRegions': (_, { 'global/ec2/describe-regions.json': regions }) =>
    regions ?? { Regions: [{ RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' }] },
  'ec2:DescribeTags': () => ({ Tags: [] }),
  'ec2:DescribeNetworkInterfaces': (_, readings, { region }) =>
    readings[`${region}/ec2/describe-network-interfaces.json`] ?? {
      NetworkInterfaces: listOf<{ GroupId: string; VpcId: string }>(readings[GROUPS], 'SecurityGroups').map(
        ({ GroupId, VpcId }, index) => ({
          ...{ NetworkInterfaceId: `eni-${index}`, InterfaceType: 'interface', SubnetId: 'subnet-1', VpcId },
          ...{ Groups: [{ GroupId }], Status: 'in-use', PrivateIpAddress: '10.0.0.1' },
        }),
      ),
    },
  'ec2:DescribeLaunchTemplates': (_, readings, { region }) => {
    const versions = readings[`${region}/ec2/describe-launch-template-versions.json`];
    if (versions === undefined || versions instanceof Failure) return versions;
    const all = listOf<{ LaunchTemplateId: string }>(versions, 'LaunchTemplateVersions');
    return { LaunchTemplates: [...new Map(all.map((one) => [one.LaunchTemplateId, one])).values()] };
  },
  'accessanalyzer:GetFinding': ({ id }, readings) => {
    const finding = answersTo(readings, /\/accessanalyzer\/list-findings\//)
      .flatMap((answer) => listOf<{ id: string }>(answer, 'findings'))
      .find((one) => one.id === id);
    return finding && { finding };
  },
  'config:DescribeConfigurationRecorderStatus': (input, readings, { region }) => {
    const statuses = readings[`${region}/configservice/describe-configuration-recorder-status.json`];
    const names = input.ConfigurationRecorderNames as readonly string[] | undefined;
    if (!names || statuses === undefined || statuses instanceof Failure) return statuses;
    const all = listOf<{ name: string }>(statuses, 'ConfigurationRecordersStatus');
    return { ConfigurationRecordersStatus: all.filter(({ name }) => names.includes(name)) };
  },
  'ssm:ListDocuments': (_, readings, { region }) => {
    const start = `${region}/ssm/get-document/`;
    const named = Object.entries(readings).filter(([path]) => path.startsWith(start));
    if (named.length === 0) return undefined;
    const isThere = (answer: unknown) => !(answer instanceof Failure && answer.code === 'InvalidDocument');
    const names = named.filter(([, answer]) => isThere(answer)).map(([path]) => path.slice(start.length, -5));
    return { DocumentIdentifiers: names.map((Name) => ({ Name, Owner: '111122223333' })) };
  },
  'guardduty:GetAdministratorAccount': () => ({}),
  'events:ListEventBuses': () => ({ EventBuses: [{ Name: 'default' }] }),
  'cloudwatch:GetMetricStatistics': (input, readings, { region }) => {
    const { MetricName, Dimensions, Period, StartTime, EndTime } = input as unknown as Asked;
    const answer =
      readings[`${region}/cloudwatch/get-metric-statistics/${MetricName}/${Dimensions[0]?.Value}.json`];
    if (answer === undefined || answer instanceof Failure) return answer;
    const [start, end] = [StartTime, EndTime].map((time) =>
      typeof time === 'number' ? time * 1_000 : Date.parse(time),
    );
    const periods = new Map<number, Datapoint[]>();
    for (const one of listOf<Datapoint>(answer, 'Datapoints')) {
      const at = Date.parse(one.Timestamp);
      if (at < Number(start) || at >= Number(end)) continue;
      const period = Math.floor((at - Number(start)) / (Period * 1_000));
      periods.set(period, [...(periods.get(period) ?? []), one]);
    }
    return { Label: MetricName, Datapoints: [...periods.values()].map(together) };
  },
  // Whoever may ask for checks has a plan.
  'support:DescribeServices': (_, readings) => {
    const answers = PLANS.map((path) => readings[path]).filter((answer) => answer !== undefined);
    const withoutPlan = answers.find(
      (answer) => answer instanceof Failure && answer.code === 'SubscriptionRequiredException',
    );
    return withoutPlan ?? (answers.length > 0 ? { services: [] } : undefined);
  },
  'support:DescribeTrustedAdvisorCheckResult': ({ checkId }, { [PLANS[1]]: summaries }) => {
    if (summaries === undefined || summaries instanceof Failure) return summaries;
    const summary = listOf<Summary>(summaries, 'summaries').find((one) => one.checkId === checkId);
    const { status = 'not_available', timestamp = '', resourcesSummary = NO_RESOURCES } = summary ?? {};
    const result = { checkId, status, timestamp, resourcesSummary, categorySpecificSummary: {} };
    return { result: { ...result, flaggedResources: [] } };
  },
};

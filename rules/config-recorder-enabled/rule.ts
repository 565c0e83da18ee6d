import type { Account } from '../../account/account.ts';
import { AccountError, isAccountError, isNotCollected, OWN_CODES, partial } from '../../account/errors.ts';
import type { Element } from '../../account/reading.ts';
import {
  type ConfigurationRecorder,
  configurationRecorderStatus,
  configurationRecorders,
  deliveryBuckets,
} from '../../account/services/config/readings.ts';
import { globalTypesOf, IAM_TYPES, strategyOf } from '../../account/services/config/recording.ts';
import { regions as enabledRegions } from '../../account/services/ec2/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant, unjudged } from '../judgement.ts';
import { boolean, type ParameterValues, parameter, words } from '../parameters.ts';
import { type Context, defineRule, every, type Judgement, type KnownRegions } from '../rule.ts';
import { inEachRegion } from '../shared/account-in-regions.ts';
import { isAskedAbout } from '../shared/asked.ts';
import { noRegionInView } from '../shared/regions.ts';
import { messages, type RecorderFinding } from './findings.ts';
import { fix } from './fix.ts';

const parameters = {
  regions: parameter(words(), '', {
    en: 'The Regions that have to be recorded, separated by commas. Empty: all that the account has enabled.',
    ko: '기록해야 하는 리전. 쉼표로 구분. 비워 두면 계정이 활성화한 모든 리전.',
  }),
  excludeRegions: parameter(words(), '', {
    en: 'Regions that do not count, separated by commas: those that an SCP closes.',
    ko: '판정하지 않을 리전. 쉼표로 구분. SCP로 막아 둔 리전 등.',
  }),
  requireAllTypes: parameter(boolean(), 'true', {
    en: 'Whether every resource type has to be recorded. IAM may be left out where another Region records it.',
    ko: '모든 리소스 유형을 기록해야 하는지 여부. IAM은 다른 리전이 기록하면 제외해도 됩니다.',
  }),
  requireGlobalTypesInOneRegion: parameter(boolean(), 'true', {
    en: 'Whether one Region has to record the users, groups, roles and policies of IAM.',
    ko: '한 리전에서 IAM 사용자, 그룹, 역할, 정책을 기록해야 하는지 여부.',
  }),
  requireServiceLinkedRole: parameter(boolean(), 'false', {
    en: 'Whether the recorders have to run as the service-linked role of AWS Config.',
    ko: '기록기가 AWS Config의 서비스 연결 역할로 실행되어야 하는지 여부.',
  }),
};
type Values = ParameterValues<typeof parameters>;

const reads = [configurationRecorders, configurationRecorderStatus, deliveryBuckets, enabledRegions] as const;
type View = Account<(typeof reads)[number]>;
type Status = Element<typeof configurationRecorderStatus>;

/** AWS Config records in every Region that the account has enabled, and IAM's resources in one of them. */
export default defineRule<typeof parameters, RecorderFinding>()({
  id: 'config-recorder-enabled',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  beyond: {
    reads: [configurationRecorders, configurationRecorderStatus, deliveryBuckets],
    regions: regionsOf,
  },
  messages,

  judge: judgeAccount,

  fix,
  calls: { fixed: 7, each: 0 },
});

/** The Regions that count. Where nobody can tell which the account has enabled, those in view. */
function regionsOf({ regions, excludeRegions }: Values, { view, enabled = view }: KnownRegions): string[] {
  const small = (names: readonly string[]) => names.map((name) => name.toLowerCase());
  const left = new Set(small(excludeRegions));
  const asked = regions.length > 0 ? small(regions) : enabled;
  return [...new Set(asked)].filter((region) => !left.has(region));
}

async function* judgeAccount(
  account: View,
  values: Values,
  context: Context,
): AsyncGenerator<Judgement<RecorderFinding>> {
  const resource = accountResource(account);
  if (!isAskedAbout(context, resource)) return;
  const { enabled, errors } = values.regions.length > 0 ? NONE : await enabledIn(account);
  const asked = regionsOf(values, { view: account.regions, ...(enabled && { enabled }) });
  const answers = await inEachRegion(asked, (region) => lookInto(account, region, values));
  const seen = answers.flatMap(({ said }) => (said instanceof AccountError ? [] : said));
  const unread = answers.flatMap(({ region, said }) =>
    said instanceof AccountError ? { region, error: said } : said.errors.map((error) => ({ region, error })),
  );
  const isSure = errors.length === 0 && unread.length === 0;
  const wrong: RecorderFinding[] = seen.flatMap(({ findings }) => findings);
  if (values.requireGlobalTypesInOneRegion && isSure && lacksGlobalTypes(seen)) {
    wrong.push({ kind: 'noGlobalTypes' });
  }
  if (wrong.length > 0) return yield nonCompliant(resource, wrong);
  for (const error of errors) yield* unjudged(resource, error);
  for (const { region, error } of unread) yield* unjudged({ ...resource, region }, error);
  if (!isSure) return;
  if (asked.length === 0) throw noRegionInView('config:DescribeConfigurationRecorders', 'recorders');
  yield compliant(resource);
}

interface Enabled {
  /** Missing where nobody can tell. */
  readonly enabled?: readonly string[];
  readonly errors: readonly AccountError[];
}
const NONE: Enabled = { errors: [] };

/** The Regions that the account has enabled. A snapshot that a person made need not have the list. */
async function enabledIn(account: View): Promise<Enabled> {
  const { values, errors } = await partial(account.read(enabledRegions));
  const enabled = values.filter(({ isEnabled }) => isEnabled).map(({ name }) => name);
  if (errors.length === 0) return { enabled, errors };
  if (errors.every(isNotCollected)) return NONE;
  // What is seen of the Regions in view may still be wrong.
  return { enabled: [...new Set([...enabled, ...account.regions])], errors };
}

/** What a Region has. */
interface Seen {
  readonly findings: readonly RecorderFinding[];
  /** What is not known, and could be wrong. */
  readonly errors: readonly AccountError[];
  /** Which of IAM's types its recorder is told to record. */
  readonly globalTypes: readonly string[];
}

/** If there is no recorder at all, that is what is wrong. */
const lacksGlobalTypes = (seen: readonly Seen[]): boolean =>
  seen.some(({ findings }) => !findings.some(({ kind }) => kind === 'noRecorder')) &&
  !seen.some(({ globalTypes }) => IAM_TYPES.every((type) => globalTypes.includes(type)));

/** Recorders that services make for themselves record for them alone. */
const isLinked = ({ servicePrincipal, name }: ConfigurationRecorder): boolean =>
  servicePrincipal !== undefined || name.startsWith('AWSConfigurationRecorderFor');

async function lookInto(account: View, region: string, values: Values): Promise<Seen> {
  const { values: all, errors } = await listed(account.read(configurationRecorders, { region }));
  const recorders = all.filter((one) => !isLinked(one));
  if (recorders.length === 0) {
    const findings: RecorderFinding[] = errors.length > 0 ? [] : [{ kind: 'noRecorder', region }];
    return { findings, errors, globalTypes: [] };
  }
  const [statuses, channels] = await Promise.all([
    listed(account.read(configurationRecorderStatus, { region })),
    channelsOf(account, region),
  ]);
  // AWS lets a Region have one. If an answer has more, one that is as it should be suffices.
  const looks = recorders.map((recorder) => lookAt(recorder, region, statuses, values));
  const best =
    looks.find((one) => one.findings.length + one.errors.length === 0) ??
    looks.find((one) => one.findings.length === 0) ??
    (looks[0] as Seen);
  const hasNone = channels.values.length === 0 && channels.errors.length === 0;
  return {
    findings: [...best.findings, ...(hasNone ? [{ kind: 'noChannel', region } as const] : [])],
    errors: [...best.errors, ...(channels.values.length === 0 ? channels.errors : [])],
    globalTypes: IAM_TYPES.filter((type) => looks.some((one) => one.globalTypes.includes(type))),
  };
}

interface Listed<T> {
  readonly values: readonly T[];
  readonly errors: readonly AccountError[];
}

const listed = <T>(answer: Promise<readonly T[] | null>): Promise<Listed<T>> =>
  partial(answer.then((values) => values ?? []));

async function channelsOf(account: View, region: string): Promise<Listed<string>> {
  const { values, errors } = await partial(account.read(deliveryBuckets, { region }));
  return {
    values,
    errors: errors.filter((error) => !isAccountError(error, 'NoSuchDeliveryChannelException')),
  };
}

function lookAt(
  recorder: ConfigurationRecorder,
  region: string,
  statuses: Listed<Status>,
  values: Values,
): Seen {
  const running = howItRuns(recorder, region, statuses);
  const recording = whatItRecords(recorder, region, values);
  const role = values.requireServiceLinkedRole ? roleOf(recorder, region) : [];
  const all = [...running, ...recording, ...role];
  return {
    findings: all.flatMap((one) => (one instanceof AccountError ? [] : one)),
    errors: all.flatMap((one) => (one instanceof AccountError ? one : [])),
    globalTypes: recorder.group ? globalTypesOf(recorder.group, region) : [],
  };
}

type Said = RecorderFinding | AccountError;

const RUNNING = ['PENDING', 'SUCCESS', 'NOTAPPLICABLE', 'NOT_APPLICABLE'];

function howItRuns(
  { name }: ConfigurationRecorder,
  region: string,
  { values, errors }: Listed<Status>,
): Said[] {
  const api = 'config:DescribeConfigurationRecorderStatus';
  const status = values.find((one) => one.name === name);
  if (!status) {
    const [error = doubt(api, `has no status of ${name}`, region, name)] = errors;
    return [error];
  }
  const which = { region, recorder: name };
  if (!status.recording) return [{ kind: 'stopped', ...which }];
  const last = status.lastStatus?.toUpperCase();
  if (last === 'FAILURE') return [{ kind: 'failing', ...which, code: status.lastErrorCode ?? undefined }];
  return last === undefined || RUNNING.includes(last)
    ? []
    : [doubt(api, `gives ${name} a last status that is not known`, region, name, OWN_CODES.malformed)];
}

/** What may be left out: IAM, which one Region records, and what AWS Config says of its own results. */
const MAY_BE_LEFT_OUT: readonly string[] = [...IAM_TYPES, 'AWS::Config::ResourceCompliance'];

function whatItRecords(
  { name, group }: ConfigurationRecorder,
  region: string,
  { requireAllTypes, requireGlobalTypesInOneRegion }: Values,
): Said[] {
  if (!requireAllTypes && !requireGlobalTypesInOneRegion) return [];
  const strategy = group && strategyOf(group);
  if (strategy === undefined) {
    const api = 'config:DescribeConfigurationRecorders';
    return [doubt(api, `does not say what ${name} records`, region, name)];
  }
  if (!requireAllTypes) return [];
  const which = { region, recorder: name };
  if (strategy === 'inclusion') return [{ kind: 'someTypes', ...which, excluded: [] }];
  if (strategy === 'all') return [];
  const excluded = group?.excludedTypes.filter((type) => !MAY_BE_LEFT_OUT.includes(type)) ?? [];
  return excluded.length > 0 ? [{ kind: 'someTypes', ...which, excluded }] : [];
}

const SERVICE_LINKED =
  /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\/config\.amazonaws\.com(?:\.cn)?\/AWSServiceRoleForConfig$/;

function roleOf({ name, roleArn }: ConfigurationRecorder, region: string): Said[] {
  if (roleArn === undefined) {
    const api = 'config:DescribeConfigurationRecorders';
    return [doubt(api, `does not say which role ${name} runs as`, region, name)];
  }
  return SERVICE_LINKED.test(roleArn) ? [] : [{ kind: 'role', region, recorder: name }];
}

const doubt = (
  api: string,
  what: string,
  region: string,
  name: string,
  code: string = OWN_CODES.incomplete,
): AccountError => new AccountError(code, api, `${api} in ${region} ${what}`, name);

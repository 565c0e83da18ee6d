import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES, partial } from '../../account/errors.ts';
import { globalRegionOf } from '../../account/reading.ts';
import { eventRules } from '../../account/services/events/readings.ts';
import {
  detector,
  detectorAdministrator,
  detectors,
  type FindingFilter,
  findingFilter,
  findingFilters,
} from '../../account/services/guardduty/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant, notApplicable } from '../judgement.ts';
import {
  accountIds,
  boolean,
  type ParameterValues,
  parameter,
  regionNames,
  requiredText,
} from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { inEachRegion } from '../shared/account-in-regions.ts';
import { matchesEvent } from '../shared/alerts/event-pattern.ts';
import { routeOf, toldByRules } from '../shared/alerts/event-rules.ts';
import { EVENT_READS, eventLookups } from '../shared/alerts/lookups.ts';
import { whyUnknown } from '../shared/alerts/messages.ts';
import { allOf, type Told } from '../shared/alerts/told.ts';
import { noRegionInView } from '../shared/regions.ts';
import { settle } from '../shared/settle.ts';
import { judgeWhole } from '../shared/whole-account.ts';
import { asRouteMiss, type GuardDutyFinding, messages } from './findings.ts';
import { fix } from './fix.ts';
import { type FindingEvent, findingEvents, type Place } from './samples.ts';
import { isMet } from './suppressed.ts';

const parameters = {
  findingType: parameter(requiredText(), 'Policy:IAMUser/RootCredentialUsage', {
    en: 'The type of the finding that somebody has to be told of.',
    ko: '누군가에게 알려야 하는 결과 유형.',
  }),
  regions: parameter(regionNames('view'), '', {
    en: 'The Regions where GuardDuty has to find it, separated by commas; `view` stands for all in view. Empty: the Region of global services (us-east-1).',
    ko: 'GuardDuty가 탐지해야 하는 리전. 쉼표로 구분하며 `view`는 보이는 리전 모두. 비워 두면 글로벌 서비스의 리전(us-east-1).',
  }),
  requireConfirmedSubscription: parameter(boolean(), 'true', {
    en: 'Whether a topic needs a confirmed subscription.',
    ko: '주제에 확인된 구독이 있어야 하는지 여부.',
  }),
  trustedAccounts: parameter(accountIds(), '', {
    en: 'Accounts whose topics and event buses count unseen, separated by commas.',
    ko: '주제와 이벤트 버스를 확인하지 않고 인정할 계정. 쉼표로 구분.',
  }),
  adminCovers: parameter(boolean(), 'false', {
    en: "Whether an account that tells nobody itself is NOT_APPLICABLE where GuardDuty's administrator is another account.",
    ko: '스스로 알리지 않는 계정을 GuardDuty 관리자 계정이 따로 있으면 NOT_APPLICABLE로 볼지 여부.',
  }),
};
type Values = ParameterValues<typeof parameters>;

const reads = [
  detectors,
  detector,
  findingFilters,
  findingFilter,
  detectorAdministrator,
  ...EVENT_READS,
] as const;
type View = Account<(typeof reads)[number]>;

function regionsOf({ regions }: Pick<Values, 'regions'>, view: readonly string[]): string[] {
  const [first = 'us-east-1'] = view;
  if (regions.length === 0) return [globalRegionOf(first)];
  return [...new Set(regions.flatMap((one) => (one === 'view' ? view : [one])))];
}

/** GuardDuty finds root's use, no filter hides that, and somebody is told. */
export default defineRule<typeof parameters, GuardDutyFinding>()({
  id: 'guardduty-root-alert',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  beyond: { reads, regions: (values, { view }) => regionsOf(values, view) },
  messages,

  judge: (account, values, context) => judgeWhole(account, context, () => judgeAccount(account, values)),

  fix,
  calls: { fixed: 7, each: 0 },
});

/** What a Region says: whether it is as it should be, and what to say of it. */
interface Seen {
  readonly verdict: 'fine' | 'wrong' | 'covered';
  readonly findings: readonly GuardDutyFinding[];
}

async function judgeAccount(account: View, values: Values): Promise<Judgement<GuardDutyFinding>> {
  const resource = accountResource(account);
  const regions = regionsOf(values, account.regions);
  if (regions.length === 0) throw noRegionInView('guardduty:ListDetectors', 'detectors');
  const answers = await inEachRegion(regions, (region) => look(account, region, values));
  const seen = answers.flatMap(({ said }) => (said instanceof AccountError ? [] : [said]));
  const of = (verdict: Seen['verdict']) =>
    seen.filter((one) => one.verdict === verdict).flatMap(({ findings }) => findings);
  if (seen.some(({ verdict }) => verdict === 'wrong')) return nonCompliant(resource, of('wrong'));
  for (const { said } of answers) if (said instanceof AccountError) throw said;
  const covered = of('covered');
  return covered.length > 0 ? notApplicable(resource, covered) : compliant(resource, of('fine'));
}

async function look(account: View, region: string, values: Values): Promise<Seen> {
  const { values: ids, errors: unlisted } = await partial(account.read(detectors, { region }));
  const place = { accountId: account.id, region, detectorId: ids[0] };
  const events = findingEvents(place, values.findingType);
  const route = routeOf(account.id, 'guardduty', values);
  const [finder, ways] = await Promise.all([
    findingsOf(account, region, events),
    Promise.all(events.map((event) => toldByRules(event, region, eventLookups(account), route))),
  ]);
  const told = allOf(ways);
  const wrong = finder.findings.filter(({ kind }) => kind !== 'partlySuppressed');
  const isSuppressed = wrong.length > 0;
  if (!isSuppressed && told.answer === true) {
    throwFirst(finder.errors);
    return { verdict: 'fine', findings: finder.findings };
  }
  if (!isSuppressed && values.adminCovers) {
    const administrator = await administratorOf(account, region, finder.ids);
    if (administrator !== undefined) {
      throwFirst(finder.errors);
      return { verdict: 'covered', findings: [{ kind: 'adminCovers', administrator, region }] };
    }
    // Only a detector tells who administers it, and one that was not listed may.
    throwFirst(unlisted);
  }
  if (!isSuppressed && told.answer === 'unknown') throw whyUnknown(told, "GuardDuty's finding on root's use");
  const misses = told.answer === false ? await missesOf(account, place, told, values) : [];
  return { verdict: 'wrong', findings: [...wrong, ...misses] };
}

function throwFirst([error]: readonly AccountError[]): void {
  if (error) throw error;
}

/** What GuardDuty makes of root's use. */
interface Finder {
  readonly ids: readonly string[];
  readonly findings: readonly GuardDutyFinding[];
  /** What could not be read. */
  readonly errors: readonly AccountError[];
}

async function findingsOf(account: View, region: string, events: readonly FindingEvent[]): Promise<Finder> {
  const { values: ids, errors } = await partial(account.read(detectors, { region }));
  if (ids.length === 0 && errors.length === 0) {
    return { ids, findings: [{ kind: 'notEnabled', region }], errors };
  }
  const all = await Promise.all(ids.map((id) => ofDetector(account, region, id, events)));
  return {
    ids,
    findings: all.flatMap(({ findings }) => findings),
    errors: [...errors, ...all.flatMap((one) => one.errors)],
  };
}

async function ofDetector(
  account: View,
  region: string,
  id: string,
  events: readonly FindingEvent[],
): Promise<Omit<Finder, 'ids'>> {
  const state = await settle(account.read(detector, { region, id }));
  if (!(state instanceof AccountError) && state.status !== 'ENABLED') {
    return { findings: [{ kind: 'notEnabled', region }], errors: [] };
  }
  const { values: names, errors } = await partial(account.read(findingFilters, { region, id }));
  const findings: GuardDutyFinding[] = [];
  const unread: AccountError[] = [...errors, ...(state instanceof AccountError ? [state] : [])];
  for (const name of names) {
    const filter = await settle(account.read(findingFilter, { region, id: `${id}/${name}` }));
    if (filter instanceof AccountError) unread.push(filter);
    else {
      const said = archives(filter, name, region, events);
      if (said instanceof AccountError) unread.push(said);
      else findings.push(...said);
    }
  }
  return { findings, errors: unread };
}

/** What a filter does to the finding; an error where nobody knows. */
function archives(
  filter: FindingFilter,
  name: string,
  region: string,
  [event]: readonly FindingEvent[],
): GuardDutyFinding[] | AccountError {
  if (filter.action !== 'ARCHIVE' || !event) return [];
  const { answer, narrowedBy } = isMet(filter, event);
  if (answer === true) {
    return narrowedBy.length > 0
      ? [{ kind: 'partlySuppressed', filter: name, fields: narrowedBy, region }]
      : [{ kind: 'suppressed', filter: name, region }];
  }
  if (answer === false || narrowedBy.length > 0) return [];
  const api = 'guardduty:GetFilter';
  const message = `${api} of ${name} in ${region} has a condition that is not known, on which it hangs whether the filter archives the finding`;
  return new AccountError(OWN_CODES.malformed, api, message, name);
}

/** The account that administers GuardDuty here, if it is another one. */
async function administratorOf(account: View, region: string, ids: readonly string[]) {
  for (const id of ids) {
    const { accountId, relationship } = await account.read(detectorAdministrator, { region, id });
    if (relationship?.toLowerCase() === 'enabled' && accountId !== account.id) return accountId;
  }
  return undefined;
}

/** Where the ways end; a rule that only asks for a higher severity is called that. */
async function missesOf(
  account: View,
  place: Place,
  { misses }: Told,
  { findingType }: Values,
): Promise<GuardDutyFinding[]> {
  const { region } = place;
  const { values: rules } = await partial(account.read(eventRules, { region }));
  const isHigher = (name: string) => {
    const pattern = rules.find((rule) => rule.name === name)?.pattern;
    return [4, 5, 7, 8, 9].some((severity) =>
      findingEvents(place, findingType, severity).every((event) => matchesEvent(pattern, event) === true),
    );
  };
  return misses.flatMap((miss): GuardDutyFinding[] =>
    miss.kind === 'notCovered' && isHigher(miss.at)
      ? [{ kind: 'severityTooHigh', rule: miss.at, region }]
      : asRouteMiss(miss, region),
  );
}

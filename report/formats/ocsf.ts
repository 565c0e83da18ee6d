import type { Writable } from 'node:stream';
import { FRAMEWORKS } from '../../catalogue/domains.ts';
import { VERSION } from '../../package.ts';
import type { Severity } from '../../rules/rule.ts';
import { partitionOf } from '../partition.ts';
import { printable } from '../printable.ts';
import type { Header, Report, Result, ResultError } from '../result.ts';
import { factsOf } from '../rule-facts.ts';
import { waivedText } from '../waived.ts';
import { arrayReport } from './json-array.ts';

/** The newest version of the schema that a published model checks (PyPI: pydantic-ocsf). */
const SCHEMA_VERSION = '1.7.0';
/** Compliance Finding, of the category Findings. */
const CLASS = 2003;
const SEVERITIES: Readonly<Record<Severity, number>> = { LOW: 2, MEDIUM: 3, HIGH: 4, CRITICAL: 5 };
const INFORMATIONAL = 1;
const PASS = 1;
const WARNING = 2;
const FAIL = 3;
const OTHER = 99;
type Status = Result['compliance'] | 'COULD_NOT_TELL' | 'UNKNOWN';
const STATUS: Readonly<Record<Status, readonly [id: number, name: string]>> = {
  COMPLIANT: [PASS, 'Pass'],
  NON_COMPLIANT: [FAIL, 'Fail'],
  NOT_APPLICABLE: [OTHER, 'Not Applicable'],
  // As AWS Security Hub has it: neither a pass nor a failure.
  COULD_NOT_TELL: [WARNING, 'Warning'],
  // Of what nobody looked at. The published model has no 0.
  UNKNOWN: [OTHER, 'Unknown'],
};

/** What happened to a finding. */
const ACTIVITIES = { Create: 1, Update: 2, Close: 3 } as const;
export type Activity = keyof typeof ACTIVITIES;

/** The `ocsf` format: an array of Compliance Findings of the Open Cybersecurity Schema Framework, one a line. */
export const ocsfReport = (out: Writable): Report =>
  arrayReport(out, (one, header) => [findingOf(one, header)]);

/** @param is what it is now, where that is not what the result says: of a finding of before. */
export function findingOf(
  one: Result | ResultError,
  { generatedAt, now }: Header,
  activity: Activity = 'Create',
  is?: { readonly compliance: Status; readonly why?: string },
): object {
  const { controls, frameworks, page, severity = 'MEDIUM' } = factsOf(one.rule);
  const isResult = 'compliance' in one;
  const [statusId, status] = STATUS[is?.compliance ?? (isResult ? one.compliance : 'COULD_NOT_TELL')];
  const isOpen = statusId === FAIL || statusId === WARNING;
  const severityId = isOpen ? SEVERITIES[isResult ? one.severity : severity] : INFORMATIONAL;
  const title = controls.map((control) => control.title.en).join('; ') || one.rule;
  const why = printable(is?.why ?? (isResult ? one.annotation : `${one.code}: ${one.message}`));
  const waivers = (isResult && one.waivers) || [];
  const time = (now ?? generatedAt).getTime();
  return {
    activity_id: ACTIVITIES[activity],
    activity_name: activity,
    category_uid: 2,
    category_name: 'Findings',
    class_uid: CLASS,
    class_name: 'Compliance Finding',
    type_uid: CLASS * 100 + ACTIVITIES[activity],
    type_name: `Compliance Finding: ${activity}`,
    time,
    severity_id: severityId,
    severity: ['', 'Informational', 'Low', 'Medium', 'High', 'Critical'][severityId],
    ...(activity === 'Close' && { status_detail: 'Resolved' }),
    ...(activity !== 'Close' &&
      waivers.length > 0 && {
        status_id: 3,
        status: 'Suppressed',
        comment: waivers.map(waivedText).join('; '),
      }),
    ...(why !== '' && { message: why }),
    metadata: {
      version: SCHEMA_VERSION,
      profiles: ['cloud'],
      product: { name: 'Groundrules', vendor_name: 'Groundrules', version: VERSION },
    },
    finding_info: {
      uid: one.findingId,
      title,
      types: ['Software and Configuration Checks'],
      ...(activity === 'Create' ? { created_time: time } : { modified_time: time }),
      analytic: { uid: one.rule, name: one.rule, type_id: 1, type: 'Rule' },
      ...(why !== '' && { desc: why }),
    },
    compliance: {
      status_id: statusId,
      status,
      control: controls.map(({ id }) => id).join(', ') || one.rule,
      standards: Object.keys(frameworks).map((name) => FRAMEWORKS[name as keyof typeof FRAMEWORKS]),
      requirements: Object.entries(frameworks).flatMap(([name, ids]) => ids.map((id) => `${name}/${id}`)),
    },
    cloud: cloudOf(one),
    resources: [
      {
        uid: printable(one.resourceId),
        ...(one.resourceName !== undefined && { name: printable(one.resourceName) }),
        type: one.resourceType,
        region: one.region,
        cloud_partition: partitionOf(one.region),
      },
    ],
    remediation: {
      desc:
        isResult && one.fix !== null
          ? `${one.fix} shows what would change. ${page} says what it can break.`
          : page,
    },
  };
}

const cloudOf = ({ region, accountId, accountName, organizationalUnit }: Result | ResultError): object => ({
  provider: 'AWS',
  region,
  account: {
    uid: accountId,
    ...(accountName !== undefined && { name: printable(accountName) }),
    ...{ type_id: 10, type: 'AWS Account' },
  },
  ...(organizationalUnit !== undefined && { org: { ou_name: printable(organizationalUnit) } }),
});

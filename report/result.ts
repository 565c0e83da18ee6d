import type { Location, ResourceRef } from '../account/account.ts';
import { isAccountError } from '../account/errors.ts';
import { annotation } from '../rules/judgement.ts';
import type { AnyRule, Compliance, Finding, Severity, Unjudged, Verdict } from '../rules/rule.ts';
import type { Waiver } from '../waivers/waiver.ts';
import { quoted } from './commands.ts';
import { COULD_NOT_TELL, findingId } from './finding-id.ts';
import { isPrintable } from './printable.ts';
import { factsOf } from './rule-facts.ts';

/** Which rule looked at which resource. */
export interface Subject {
  readonly rule: string;
  readonly accountId: string;
  /** The Region, or `global`. */
  readonly region: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName?: string;
  /** As AWS Organizations names it, where that was asked. */
  readonly accountName?: string;
  /** The names of the units that it is in, from the root down: `Root/Workloads/Payments`. */
  readonly organizationalUnit?: string;
  /** Where a template says what the worst finding is about, else where it declares the resource; absent for one that is deployed. */
  readonly location?: Location;
}

/** An account by its name, and the id: as a person calls it. */
export const accountOf = ({ accountName, accountId }: Pick<Subject, 'accountName' | 'accountId'>): string =>
  accountName ? `${accountName} (${accountId})` : accountId;

/** By its name, and the id where that is another: as a person calls it. */
export const nameAndId = ({
  resourceName,
  resourceId,
}: Pick<Subject, 'resourceName' | 'resourceId'>): string =>
  resourceName && resourceName !== resourceId ? `${resourceName} (${resourceId})` : resourceId;

/** One resource's verdict, as `--format json` prints it. Fixed: fields are added, never changed. */
export interface Result extends Subject {
  readonly compliance: Compliance;
  readonly severity: Severity;
  /** At most 256 characters, as AWS Config shows it. Empty when there is nothing to say. */
  readonly annotation: string;
  readonly findings: readonly Finding[];
  /** The same for the same rule, account, Region, resource and kind of the worst finding, in every run. */
  readonly findingId: string;
  /** What of the catalogue the rule judges. */
  readonly controls: readonly { readonly id: string; readonly title: string }[];
  /** The ids of each framework that these controls help with. */
  readonly frameworks: Readonly<Record<string, readonly string[]>>;
  /** The command that shows what a fix would change; `null` where there is nothing to fix, or nothing to type. */
  readonly fix: string | null;
  /** The rule's page, in the package and in the repository. */
  readonly page: string;
  /** By which a NON_COMPLIANT result is waived; absent where it is not. */
  readonly waivers?: readonly WaivedBy[];
  /** When AWS Config recorded it, ISO 8601: of a result that is its, and was not judged here. */
  readonly recordedAt?: string;
  /** What AWS Config has of the same rule and resource, where that is something else. */
  readonly stored?: StoredVerdict;
}

export interface StoredVerdict {
  /** `null` where it has none, or NOT_APPLICABLE, which it does not keep. */
  readonly compliance: Exclude<Compliance, 'NOT_APPLICABLE'> | null;
  readonly recordedAt: string | null;
  /** The rule is deployed with other parameters; the verdict is older than this one; there is none: waived there, or not evaluated since. */
  readonly why: 'parameters' | 'older' | 'noResult';
}

export type WaivedBy = Pick<Waiver, 'reason' | 'ticket' | 'owner' | 'until'>;

/** A resource that could not be judged, and why. */
export interface ResultError extends Subject {
  /** The AWS error code, or `NotCollected`, `Malformed`, …. */
  readonly code: string;
  /** The API that failed, where one did. */
  readonly api?: string;
  readonly message: string;
  /** As a result's; its kind is `couldNotTell`. */
  readonly findingId: string;
}

export interface Summary {
  compliant: number;
  nonCompliant: number;
  notApplicable: number;
  errors: number;
  /** Of what is non-compliant. */
  readonly severities: Record<Severity, number>;
  /** How many of what is non-compliant are waived. */
  waived: number;
  /** The waivers that somebody has to look at; `null` where there is no file of them. */
  waivers: WaiversSummary | null;
  /** How many are as bad as `failOn`, or worse, and not waived. */
  failing: number;
  /** What makes the exit status 1, and whether an error makes it 2: `--fail-on`, `--on-error`. */
  readonly failOn: Severity;
  readonly onError: 'fail' | 'ignore';
}

/** A waiver, by where its file has it. */
export type WaiverRef = Pick<Waiver, 'line' | 'rule' | 'resource' | 'tag' | 'ticket' | 'owner' | 'until'>;

export interface WaiversSummary {
  readonly file: string;
  /** Expired: they waive nothing. */
  readonly expired: readonly WaiverRef[];
  /** That end within two weeks. */
  readonly expiring: readonly WaiverRef[];
  /** That were about nothing that failed, although their rule and their account were judged. */
  readonly unused: readonly WaiverRef[];
  /** By tag, of which nobody could tell whether they are about a failure, because its tags are not known. */
  readonly undecided: readonly WaiverRef[];
}

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

/** What is known before the first verdict. */
export interface Header {
  readonly generatedAt: Date;
  readonly accountIds: readonly string[];
  readonly rules: readonly string[];
  /** The time the verdicts are given for; absent where every account has its own. */
  readonly now?: Date;
  /** Whether these are the sample accounts, and nothing of anybody's. */
  readonly sample: boolean;
  /** The settings that were followed. */
  readonly settings: HeaderSettings | null;
  /** How many of the catalogue's controls these rules judge. */
  readonly controls: { readonly judged: number; readonly all: number };
  /** What was judged. */
  readonly inputs?: readonly HeaderInput[];
  /** What AWS Organizations says of the accounts, where it was asked. */
  readonly accounts?: readonly HeaderAccount[];
  /** What each rule was run with, by its id: the settings and `--parameters`, over the defaults. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface HeaderInput {
  readonly accountId: string;
  /** The file, folder or bucket; `null` for the live account. */
  readonly source: string | null;
  /** The time that its verdicts are for. */
  readonly asOf: Date;
  /** The Regions in view. */
  readonly regions: readonly string[];
  /** Of a bucket that AWS Config delivers to: when the newest file of each Region was made (ISO 8601). */
  readonly delivered?: Readonly<Record<string, string>> | undefined;
}

export interface HeaderAccount {
  readonly accountId: string;
  readonly name?: string;
  /** From the root down to the unit that it is in. */
  readonly units?: readonly { readonly id: string; readonly name: string }[];
  readonly tags?: Readonly<Record<string, string>>;
  /** The group of the settings by which it was judged, where it is in one. */
  readonly settingsGroup?: string;
}

export interface HeaderSettings {
  readonly file: string;
  readonly homeRegion: string;
  readonly regions: readonly string[];
  /** `organization.groups`: those of the accounts. */
  readonly groups?: readonly HeaderGroup[];
}

export interface HeaderGroup {
  readonly name: string;
  readonly organizationalUnits: readonly string[];
  /** Rules that its accounts are not judged by. */
  readonly leftOut: readonly string[];
  /** As the header's, for its accounts. */
  readonly parameters: NonNullable<Header['parameters']>;
}

/** Takes verdicts as they come, so that a million of them need no more memory than one. */
export interface Report {
  begin(header: Header): Promise<void>;
  result(result: Result): Promise<void> | void;
  error(error: ResultError): Promise<void> | void;
  end(summary: Summary): Promise<void>;
}

const subjectOf = (
  rule: AnyRule,
  accountId: string,
  { type, id, name, region, location }: ResourceRef,
): Subject => ({
  rule: rule.id,
  accountId,
  region,
  resourceType: type,
  resourceId: id,
  ...(name !== undefined && { resourceName: name }),
  ...(location && { location }),
});

/** Two templates may have resources of the same logical id; the line is no part of it, because it moves. */
const identityOf = (subject: Subject): Subject => ({
  ...subject,
  ...(subject.location && { resourceId: `${subject.location.file}/${subject.resourceId}` }),
});

/** @param hasFix whether the settings leave the rule's fix on. */
export function toResult(rule: AnyRule, accountId: string, verdict: Verdict, hasFix = true): Result {
  const subject = subjectOf(rule, accountId, verdict.resource);
  const { controls, frameworks, page } = factsOf(rule.id);
  const isFixable = hasFix && verdict.compliance === 'NON_COMPLIANT';
  return {
    ...subject,
    compliance: verdict.compliance,
    severity: rule.severity,
    annotation: annotation(rule, verdict),
    findings: verdict.findings,
    findingId: findingId(identityOf(subject), verdict.findings[0]?.kind),
    controls: controls.map(({ id, title }) => ({ id, title: title.en })),
    frameworks,
    fix: isFixable ? fixCommand(subject) : null,
    page,
  };
}

export function toError(rule: AnyRule, accountId: string, { resource, error }: Unjudged): ResultError {
  const code = (error as { code?: unknown }).code;
  const subject = subjectOf(rule, accountId, resource);
  return {
    ...subject,
    code: typeof code === 'string' ? code : error.name,
    ...(isAccountError(error) && { api: error.api }),
    message: error.message,
    findingId: findingId(identityOf(subject), COULD_NOT_TELL),
  };
}

/** The command that shows what a fix would change; `null` for a resource whose id nobody can type. */
export function fixCommand({ rule, resourceType, resourceId, resourceName, region }: Subject): string | null {
  const id = resourceType === 'AWS::IAM::User' ? (resourceName ?? resourceId) : resourceId;
  if (!isPrintable(id)) return null;
  const isFoundAnywhere = region === 'global' || resourceType === 'AWS::S3::Bucket';
  return [
    'groundrules remediate',
    rule,
    ...(resourceType === 'AWS::::Account' ? [] : [quoted(id)]),
    ...(isFoundAnywhere ? [] : ['--region', region]),
  ].join(' ');
}

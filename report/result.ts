import type { ResourceRef } from '../account/account.ts';
import { isAccountError } from '../account/errors.ts';
import { annotation } from '../rules/judgement.ts';
import type { AnyRule, Compliance, Finding, Severity, Unjudged, Verdict } from '../rules/rule.ts';

/** Which rule looked at which resource. */
interface Subject {
  readonly rule: string;
  readonly accountId: string;
  /** The Region, or `global`. */
  readonly region: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resourceName?: string;
}

/** One resource's verdict, as `--format json` prints it. Fixed: fields are added, never changed. */
export interface Result extends Subject {
  readonly compliance: Compliance;
  readonly severity: Severity;
  /** At most 256 characters, as AWS Config shows it. Empty when there is nothing to say. */
  readonly annotation: string;
  readonly findings: readonly Finding[];
}

/** A resource that could not be judged, and why. */
export interface ResultError extends Subject {
  /** The AWS error code, or `NotCollected`, `Malformed`, …. */
  readonly code: string;
  /** The API that failed, where one did. */
  readonly api?: string;
  readonly message: string;
}

export interface Summary {
  compliant: number;
  nonCompliant: number;
  notApplicable: number;
  errors: number;
  /** Of what is non-compliant. */
  readonly severities: Record<Severity, number>;
  /** How many of those are as bad as `failOn`, or worse. */
  failing: number;
  /** What makes the exit status 1, and whether an error makes it 2: `--fail-on`, `--on-error`. */
  readonly failOn: Severity;
  readonly onError: 'fail' | 'ignore';
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
}

export interface HeaderSettings {
  readonly file: string;
  readonly homeRegion: string;
  readonly regions: readonly string[];
}

/** Takes verdicts as they come, so that a million of them need no more memory than one. */
export interface Report {
  begin(header: Header): Promise<void>;
  result(result: Result): Promise<void> | void;
  error(error: ResultError): Promise<void> | void;
  end(summary: Summary): Promise<void>;
}

const subjectOf = (rule: AnyRule, accountId: string, { type, id, name, region }: ResourceRef): Subject => ({
  rule: rule.id,
  accountId,
  region,
  resourceType: type,
  resourceId: id,
  ...(name !== undefined && { resourceName: name }),
});

export const toResult = (rule: AnyRule, accountId: string, verdict: Verdict): Result => ({
  ...subjectOf(rule, accountId, verdict.resource),
  compliance: verdict.compliance,
  severity: rule.severity,
  annotation: annotation(rule, verdict),
  findings: verdict.findings,
});

export function toError(rule: AnyRule, accountId: string, { resource, error }: Unjudged): ResultError {
  const code = (error as { code?: unknown }).code;
  return {
    ...subjectOf(rule, accountId, resource),
    code: typeof code === 'string' ? code : error.name,
    ...(isAccountError(error) && { api: error.api }),
    message: error.message,
  };
}

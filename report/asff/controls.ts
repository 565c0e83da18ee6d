/**
 * What a finding says of its control, out of the catalogue. The function's bundle has the values of this module, not the
 * module: scripts/build.ts evaluates it, so that no catalogue and no rule is in there.
 */
import { managedRules } from '../../catalogue/availability.ts';
import { type Control, controls, type Framework, isPlanned } from '../../catalogue/index.ts';
import { fixes, rules } from '../../rules/index.ts';
import { documentName } from '../../rules/names.ts';
import type { Severity } from '../../rules/rule.ts';
import { oneLine } from './text.ts';

export interface BridgedControl {
  readonly title: string;
  readonly severity: Severity;
  /** What of each framework it helps with: `CIS AWS Foundations Benchmark 3.0/1.5`. At most 32 (ASFF's limit). */
  readonly requirements: readonly string[];
  /** What to do, at most 512 characters (ASFF's limit). */
  readonly remediation: string;
  /** Its page in this repository, or else AWS's of the managed rule. */
  readonly page?: string;
}

/** The frameworks as a requirement names them, short. */
const NAMES: Readonly<Record<Framework, string>> = {
  'AWS-SSB': 'AWS Startup Security Baseline 2022',
  'AWS-SSB-2026': 'AWS Startup Security Baseline 2026',
  'CIS-AWS-3.0': 'CIS AWS Foundations Benchmark 3.0',
  'CIS-AWS-5.0': 'CIS AWS Foundations Benchmark 5.0',
  'CIS-AWS-7.0': 'CIS AWS Foundations Benchmark 7.0',
  'NIST-800-53r5': 'NIST SP 800-53 Rev. 5',
  'PCI-DSS-4.0': 'PCI DSS 4.0',
  'ISMS-P': 'KISA ISMS-P 2023',
  FSBP: 'AWS Foundational Security Best Practices',
  SecurityHub: 'AWS Security Hub',
};

/** By id: every control whose rule there is, whether it is on or not. */
export const bridgedControls: Readonly<Record<string, BridgedControl>> = Object.fromEntries(
  controls.filter((control) => !isPlanned(control)).map((control) => [control.id, bridged(control)]),
);

function bridged(control: Control): BridgedControl {
  const page = pageOf(control);
  return {
    title: control.title.en,
    severity: control.severity,
    requirements: requirementsOf(control),
    remediation: oneLine(remediationOf(control), 512),
    ...(page && { page }),
  };
}

function requirementsOf({ id, frameworks }: Control): string[] {
  const all = Object.entries(frameworks).flatMap(([framework, { ids }]) =>
    ids.map((one) => `${NAMES[framework as Framework]}/${one}`),
  );
  if (all.length > 32) throw new Error(`${id} has ${all.length} framework ids, and a finding takes 32`);
  return all;
}

function remediationOf(control: Control): string {
  const { id, remediation } = control;
  if (control.kind === 'process-check') {
    const evidence = control.evidence ? ` What counts: ${control.evidence}.` : '';
    return `Attest it: groundrules attest ${id} --evidence <text|url>.${evidence}`;
  }
  if (remediation.kind === 'aws-owned-document') {
    return `AWS's SSM document ${remediation.document} fixes it. ${remediation.why}`;
  }
  if (ownDocument(id)) {
    return `The SSM document ${documentName(id)} previews and fixes it; so does: groundrules remediate ${id} <resource id>. ${remediation.why}`;
  }
  return remediation.why;
}

function ownDocument(id: string): boolean {
  return [...rules, ...fixes].some((one) => one.id === id);
}

function pageOf(control: Control): string | undefined {
  if (control.kind === 'custom') return `rules/${control.rule}/README.md`;
  if (control.kind === 'process-check') return undefined;
  if (ownDocument(control.id)) return `rules/${control.id}/README.md`;
  return managedRules[control.identifier]?.source;
}

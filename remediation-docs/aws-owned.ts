/**
 * The documents of AWS that the baseline's controls are fixed with: what each has to be given, and what it does. The
 * deployment and the index of fixes (README.md beside this) both derive from it.
 */
import type { FixSummary } from '../rules/fix.ts';
import type { Text } from '../rules/parameters.ts';
import { identity } from './aws-owned/identity.ts';
import { logging } from './aws-owned/logging.ts';
import { workloads } from './aws-owned/workloads.ts';

export interface RunbookParameter {
  readonly name: string;
  /** As AWS's page has it, where it is a type that SSM knows. */
  readonly type: 'String' | 'StringList' | 'Integer' | 'Boolean';
  readonly required: boolean;
  /** Set on the one that AWS Config's RESOURCE_ID is for. */
  readonly resource?: true;
  /** What the baseline gives it. A required one without a value and without RESOURCE_ID is the user's to say. */
  readonly value?: string;
}

export interface AwsOwnedDocument extends FixSummary {
  /** As SSM knows it: names are looked up as they are spelled. */
  readonly name: string;
  /** The catalogue's controls that it is for. */
  readonly controls: readonly string[];
  /** Those of the controls whose RESOURCE_ID is another thing's than the document wants: started by hand only. */
  readonly byHand?: readonly string[];
  /** All that are required, and the optional ones that the baseline sets. */
  readonly parameters: readonly RunbookParameter[];
  /**
   * What its steps call, as IAM names it, where AWS publishes that on the page: the deployment makes a role of it. Not the
   * `ssm:StartAutomationExecution` that pages list besides: no step starts another document. Absent: nobody but the user can
   * say what the role has to be allowed (AWS publishes no steps, or they pass on a role or a function of the user's).
   */
  readonly actions?: readonly string[];
  /** The document's page in the Systems Manager Automation Runbook Reference. */
  readonly source: string;
  /** Of that page, the text that the parameters are from: as it is now, or as it was in AWS's guide before June 2023. */
  readonly edition: 'current' | 'before June 2023';
  /** What nobody could verify without a live account. */
  readonly unverified?: Text;
}

/** Every document of AWS that the catalogue names, by domain. */
export const awsOwned: readonly AwsOwnedDocument[] = [...identity, ...logging, ...workloads];

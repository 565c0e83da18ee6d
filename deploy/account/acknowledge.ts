import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Records with a resource why a finding of cdk-nag is accepted. It goes into the assembly's metadata, not into the
 * template.
 *
 * @param reasons by the finding's id, such as `AwsSolutions-IAM5[Resource::*]`.
 */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  const all = Object.entries(reasons).map(([id, reason]) => ({ id, reason }));
  if (all.length > 0) Validations.of(construct).acknowledge(...all);
}

import type { Writable } from 'node:stream';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { bridgedControls } from '../asff/controls.ts';
import { suppressed, toFinding } from '../asff/finding.ts';
import { oneLine } from '../asff/text.ts';
import { partitionOf } from '../partition.ts';
import type { Header, Report, Result, ResultError } from '../result.ts';
import { factsOf } from '../rule-facts.ts';
import { waivedText } from '../waived.ts';
import { arrayReport } from './json-array.ts';

/** Of an account, as Security Hub takes it: its service model. */
const LONGEST_NAME = 50;

/** Where a finding about what has no Region is kept, if no settings name a home Region. */
const HOME: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/**
 * The `asff` format: an array of findings as Security Hub takes them (BatchImportFindings, 100 at a time), one a line and one a control.
 * Their ids are those of the deployed bridge, so that an import updates its findings and makes no second ones.
 */
export const asffReport = (out: Writable): Report => arrayReport(out, findingsOf);

/** One for each control that the bridge knows. */
export function findingsOf(
  one: Result | ResultError,
  { generatedAt, settings }: Header,
): AwsSecurityFinding[] {
  const isResult = 'compliance' in one;
  const partition = partitionOf(settings?.homeRegion ?? one.region);
  const home = settings?.homeRegion ?? (HOME[partition] as string);
  const annotation = isResult ? one.annotation : `${one.code}: ${one.message}`;
  return factsOf(one.rule).controls.flatMap(({ id }) => {
    const control = bridgedControls[id];
    if (!control) return [];
    const change = {
      control: id,
      accountId: one.accountId,
      region: one.region === 'global' ? home : one.region,
      partition,
      resourceType: one.resourceType,
      resourceId: one.resourceId,
      verdict: isResult ? one.compliance : ('INSUFFICIENT_DATA' as const),
      ...(annotation !== '' && { annotation }),
      recordedAt: generatedAt,
      since: generatedAt,
    };
    const account = oneLine(one.accountName ?? '', LONGEST_NAME);
    const finding = {
      ...toFinding(change, control),
      ...(account !== '' && { AwsAccountName: account }),
    };
    return [
      isResult && one.waivers
        ? suppressed(finding, one.waivers.map(waivedText).join('; '), generatedAt)
        : finding,
    ];
  });
}

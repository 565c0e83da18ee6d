/** AWS Config's events about changed verdicts, shaped like those that accounts have published. */
import type { Verdict } from '../../../report/asff/finding.ts';

export const ACCOUNT = '123456789012';

export interface ChangeOptions {
  readonly rule?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly type?: string;
  readonly id?: string;
  readonly verdict?: Verdict;
  /** Of the verdict: seconds after the day began. */
  readonly at?: number;
  readonly annotation?: string | null;
  readonly before?: { readonly verdict: Verdict; readonly at: number; readonly annotation?: string };
  /** What to put over `detail`. */
  readonly detail?: object;
  /** What to put over the envelope. */
  readonly envelope?: object;
}

/** Seconds after the day of these tests began, as AWS Config writes times. */
export const time = (at: number): string => new Date(Date.UTC(2026, 10, 20) + at * 1000).toISOString();

const result = (verdict: Verdict, at: number, qualifier: object, annotation?: string | null) => ({
  evaluationResultIdentifier: { evaluationResultQualifier: qualifier, orderingTimestamp: time(at - 2) },
  complianceType: verdict,
  resultRecordedTime: time(at),
  configRuleInvokedTime: time(at - 1),
  ...(annotation !== undefined && { annotation }),
});

/** The event; by default sg-1 fails sg-open-ports, as a rule of a pack. */
export function complianceChange(options: ChangeOptions = {}): object {
  const {
    rule = 'sg-open-ports-conformance-pack-n0q8yfwsp',
    region = 'eu-west-1',
    partition = 'aws',
    type = 'AWS::EC2::SecurityGroup',
    id = 'sg-1',
    verdict = 'NON_COMPLIANT',
    at = 100,
    before,
  } = options;
  const qualifier = { configRuleName: rule, resourceType: type, resourceId: id };
  return {
    version: '0',
    id: 'f6d29562-cddc-8302-80c9-1857d49fa132',
    'detail-type': 'Config Rules Compliance Change',
    source: 'aws.config',
    account: ACCOUNT,
    time: time(at + 1),
    region,
    resources: [],
    detail: {
      resourceId: id,
      awsRegion: region,
      awsAccountId: ACCOUNT,
      configRuleName: rule,
      recordVersion: '1.0',
      configRuleARN: `arn:${partition}:config:${region}:${ACCOUNT}:config-rule/aws-service-rule/config-conforms.amazonaws.com/config-rule-2pxv2c`,
      messageType: 'ComplianceChangeNotification',
      ...(verdict !== 'DELETED' && {
        newEvaluationResult: result(verdict, at, qualifier, options.annotation),
      }),
      ...(before && { oldEvaluationResult: result(before.verdict, before.at, qualifier, before.annotation) }),
      notificationCreationTime: time(at),
      resourceType: type,
      ...options.detail,
    },
    ...options.envelope,
  };
}

/** Messages as Lambda takes them from the queue; their ids are `m0`, `m1`, … */
export const messages = (...events: readonly (object | string)[]) => ({
  Records: events.map((event, index) => ({
    messageId: `m${index}`,
    body: typeof event === 'string' ? event : JSON.stringify(event),
  })),
});

/** GuardDuty's finding on root's use, as EventBridge gets it. */
import { partitionOf } from '../../account/reading.ts';

export type FindingEvent = Readonly<Record<string, unknown>> & {
  readonly detail: Readonly<Record<string, unknown>>;
};

/** Whose root, and the Region that finds it. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  /** The detector that finds it, where it could be read. */
  readonly detectorId?: string | undefined;
}

/** Low: what AWS gives `Policy:IAMUser/RootCredentialUsage`. */
export const SEVERITY = 2;

/**
 * The same finding twice, of different keys, calls and times: a rule that depends on these does not route it.
 *
 * @param severity of the finding.
 */
export const findingEvents = (place: Place, type: string, severity = SEVERITY): FindingEvent[] => [
  event(place, type, severity, {
    id: '16af',
    keyId: 'ASIAEXAMPLEONE000001',
    api: 'CreateUser',
    at: '2026-06-30T12:00:00Z',
  }),
  event(place, type, severity, {
    id: '9b0c',
    keyId: 'ASIAEXAMPLETWO000002',
    api: 'PutRolePolicy',
    at: '2027-01-03T03:04:05Z',
  }),
];

function event(
  { accountId, region, detectorId = '12abc34d567e8fa901bc2d34e56789f0' }: Place,
  type: string,
  severity: number,
  {
    id,
    keyId,
    api,
    at,
  }: { readonly id: string; readonly keyId: string; readonly api: string; readonly at: string },
): FindingEvent {
  const partition = partitionOf(region);
  return {
    version: '0',
    id,
    source: 'aws.guardduty',
    'detail-type': 'GuardDuty Finding',
    account: accountId,
    region,
    time: at,
    resources: [],
    detail: {
      schemaVersion: '2.0',
      accountId,
      region,
      partition,
      id,
      arn: `arn:${partition}:guardduty:${region}:${accountId}:detector/${detectorId}/finding/${id}`,
      type,
      resource: {
        resourceType: 'AccessKey',
        accessKeyDetails: { accessKeyId: keyId, principalId: accountId, userType: 'Root', userName: 'Root' },
      },
      service: {
        serviceName: 'guardduty',
        detectorId,
        action: { actionType: 'AWS_API_CALL', awsApiCallAction: { api, serviceName: 'iam.amazonaws.com' } },
        archived: false,
        count: 1,
        eventFirstSeen: at,
        eventLastSeen: at,
      },
      severity,
      createdAt: at,
      updatedAt: at,
      title: `API ${api} was invoked using root credentials.`,
      description: `API ${api} was invoked using root credentials.`,
    },
  };
}

/** What root's use looks like: events of which somebody has to be told. A metric filter sees the `detail` alone. */

import { globalRegionOf, partitionOf } from '../../account/reading.ts';
import type { RecordedEvent } from '../shared/alerts/who-is-told.ts';

export interface Sample {
  /** In the words of the messages: `sign-in`, `API calls`, `s3:PutBucketPolicy`. */
  readonly what: string;
  /** The same use twice, from different places and programs: an alert that depends on these does not cover it. */
  readonly events: readonly RecordedEvent[];
}

/** Whose root, and the Region that records it. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

interface Origin {
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly id: string;
  readonly time: string;
  readonly keyId: string;
}
const ORIGINS: readonly Origin[] = [
  {
    sourceIPAddress: '203.0.113.64',
    userAgent: 'Mozilla/5.0',
    id: '6f87d04b-9050-4a0b-8f0a-5e0f8d4e1a11',
    time: '2026-06-30T12:00:00Z',
    keyId: 'ASIAEXAMPLEONE000001',
  },
  {
    sourceIPAddress: '2001:db8:27:1::c2',
    userAgent: 'aws-cli/2.31.0',
    id: 'c02db1e3-77aa-4b56-9d3f-27b1a6f4e922',
    time: '2027-01-03T03:04:05Z',
    keyId: 'ASIAEXAMPLETWO000002',
  },
];

const identity = ({ accountId, region }: Place) => ({
  type: 'Root',
  principalId: accountId,
  arn: `arn:${partitionOf(region)}:iam::${accountId}:root`,
  accountId,
});

/** What every record has, and the envelope that EventBridge puts around it. */
function event(
  place: Place,
  { source, type, origin }: { source: string; type: string; origin: Origin },
  detail: Readonly<Record<string, unknown>> & { readonly eventSource: string; readonly readOnly: boolean },
): RecordedEvent {
  const { accountId, region } = place;
  const { sourceIPAddress, userAgent, id, time } = origin;
  return {
    version: '0',
    id,
    source,
    'detail-type': type,
    account: accountId,
    region,
    time,
    resources: [],
    detail: {
      eventVersion: '1.11',
      eventTime: time,
      awsRegion: region,
      sourceIPAddress,
      userAgent,
      eventID: id,
      managementEvent: true,
      recipientAccountId: accountId,
      eventCategory: 'Management',
      ...detail,
    },
  };
}

/**
 * A sign-in to the console
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html).
 */
const signIn = (place: Place, MFAUsed: 'Yes' | 'No', eventName = 'ConsoleLogin'): readonly RecordedEvent[] =>
  ORIGINS.map((origin) =>
    event(
      place,
      { source: 'aws.signin', type: 'AWS Console Sign In via CloudTrail', origin },
      {
        userIdentity: { ...identity(place), accessKeyId: '' },
        eventSource: 'signin.amazonaws.com',
        eventName,
        requestParameters: null,
        responseElements: { [eventName]: 'Success' },
        additionalEventData: { LoginTo: 'https://console.aws.amazon.com/', MobileVersion: 'No', MFAUsed },
        readOnly: false,
        eventType: 'AwsConsoleSignIn',
      },
    ),
  );

/** EventBridge gets calls of these names only where a rule asks for all management events. */
const READS = /^(?:Get|List|Describe)/;

/** What a call asks for, and what it is answered: there is something of both, so that an alert on neither covers no call. */
interface Said {
  readonly requestParameters?: object;
  readonly responseElements?: object;
}

const call = (
  place: Place,
  service: string,
  eventName: string,
  { requestParameters = {}, responseElements = {} }: Said = {},
): readonly RecordedEvent[] =>
  ORIGINS.map((origin) =>
    event(
      place,
      { source: `aws.${service}`, type: 'AWS API Call via CloudTrail', origin },
      {
        userIdentity: {
          ...identity(place),
          accessKeyId: origin.keyId,
          sessionContext: { attributes: { creationDate: origin.time, mfaAuthenticated: 'true' } },
        },
        eventSource: `${service}.amazonaws.com`,
        eventName,
        requestParameters,
        responseElements,
        readOnly: READS.test(eventName),
        eventType: 'AwsApiCall',
      },
    ),
  );

const SIGN_IN = 'sign-in';
const API_CALLS = 'API calls';

/** With MFA and without. */
const signIns = (place: Place): Sample[] =>
  (['Yes', 'No'] as const).map((used) => ({ what: SIGN_IN, events: signIn(place, used) }));

/** Of a global service and of another one. */
const apiCalls = (place: Place): Sample[] => [
  {
    what: API_CALLS,
    events: call(place, 'iam', 'CreateUser', {
      requestParameters: { userName: 'x' },
      responseElements: { user: { userName: 'x' } },
    }),
  },
  {
    what: API_CALLS,
    events: call(place, 'ec2', 'RunInstances', {
      requestParameters: { instanceType: 't3.micro' },
      responseElements: { reservationId: 'r-0a' },
    }),
  },
];

/** @param name `s3:PutBucketPolicy`, `signin:ConsoleLogin`. */
function named(place: Place, name: string): Sample {
  const [service = '', eventName = ''] = name.split(':');
  const events = service === 'signin' ? signIn(place, 'Yes', eventName) : call(place, service, eventName);
  return { what: name, events };
}

/** Those of the rule's parameters that say what counts. */
export interface Asked {
  readonly coverage: 'SIGN_IN_AND_API' | 'SIGN_IN' | 'ANY';
  readonly eventNames: readonly string[];
}

/** Where IAM's calls, and sign-ins to the console, are recorded: of the partition whose Regions are in view. */
export const recordedIn = ([first = 'us-east-1']: readonly string[]): string => globalRegionOf(first);

/** What somebody has to be told of. */
export function samplesOf(place: Place, { coverage, eventNames }: Asked): Sample[] {
  if (eventNames.length > 0) return eventNames.map((name) => named(place, name));
  return coverage === 'SIGN_IN' ? signIns(place) : [...signIns(place), ...apiCalls(place)];
}

export const isOneEnough = ({ coverage, eventNames }: Asked): boolean =>
  coverage === 'ANY' && eventNames.length === 0;

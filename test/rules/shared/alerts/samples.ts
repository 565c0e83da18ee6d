/** Records of CloudTrail, and the events that EventBridge makes of them. */
export const ACCOUNT = '123456789012';
const record = (more: object) => ({
  eventVersion: '1.11',
  userIdentity: {
    type: 'Root',
    principalId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:root`,
    accountId: ACCOUNT,
    accessKeyId: '',
  },
  eventTime: '2026-06-30T12:00:00Z',
  awsRegion: 'us-east-1',
  sourceIPAddress: '203.0.113.64',
  requestParameters: null,
  readOnly: false,
  managementEvent: true,
  recipientAccountId: ACCOUNT,
  ...more,
});
export const SIGN_IN = record({
  eventSource: 'signin.amazonaws.com',
  eventName: 'ConsoleLogin',
  eventType: 'AwsConsoleSignIn',
  responseElements: { ConsoleLogin: 'Success' },
  additionalEventData: { MFAUsed: 'Yes' },
});
export const API_CALL = record({
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  eventType: 'AwsApiCall',
});
const event = (source: string, type: string, detail: object) => ({
  version: '0',
  source,
  'detail-type': type,
  account: ACCOUNT,
  region: 'us-east-1',
  resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-1', 'arn:aws:s3:::b'],
  detail,
});
export const SIGN_IN_EVENT = event('aws.signin', 'AWS Console Sign In via CloudTrail', SIGN_IN);
export const API_EVENT = event('aws.iam', 'AWS API Call via CloudTrail', API_CALL);

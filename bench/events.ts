/** What AWS Config invokes the functions with ("Example Events for AWS Config Rules"). */
import { ACCOUNT, bucketName, groupId, isTenth, OFFICE, publicPolicy, REGION } from './aws/resources.ts';

/** A run over all resources, made now. */
export const periodicEvent = (ruleId: string) =>
  event(ruleId, {
    messageType: 'ScheduledNotification',
    awsAccountId: ACCOUNT,
    notificationCreationTime: new Date().toISOString(),
    recordVersion: '1.0',
  });

/** What a resource of a change-triggered rule looks like in its configuration item. */
const ITEMS: Readonly<Record<string, (index: number) => object>> = {
  'sg-open-ports': (index) => {
    const source = isTenth(index)
      ? { fromPort: 22, toPort: 22, prefixListIds: [{ prefixListId: OFFICE }] }
      : { fromPort: 443, toPort: 443, ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }], ipRanges: ['0.0.0.0/0'] };
    return {
      resourceType: 'AWS::EC2::SecurityGroup',
      resourceId: groupId(index),
      configuration: {
        groupId: groupId(index),
        groupName: `group-${index}`,
        ipPermissions: [
          {
            ipProtocol: 'tcp',
            userIdGroupPairs: [],
            ipRanges: [],
            ipv4Ranges: [],
            ipv6Ranges: [],
            prefixListIds: [],
            ...source,
          },
        ],
        tags: [],
      },
      supplementaryConfiguration: {},
    };
  },
  's3-public': (index) => ({
    resourceType: 'AWS::S3::Bucket',
    resourceId: bucketName(index),
    configuration: { name: bucketName(index) },
    supplementaryConfiguration: {
      AccessControlList: JSON.stringify({
        grantSet: null,
        grantList: [{ grantee: { id: 'owner' }, permission: 'FullControl' }],
      }),
      BucketPolicy: { policyText: isTenth(index) ? publicPolicy(bucketName(index)) : null },
    },
  }),
};

export const isChangeTriggered = (ruleId: string) => ruleId in ITEMS;

/** The change of one resource; every tenth needs the account's settings, too. */
export function changeEvent(ruleId: string, index: number) {
  const item = ITEMS[ruleId]?.(index);
  return event(ruleId, {
    messageType: 'ConfigurationItemChangeNotification',
    recordVersion: '1.3',
    notificationCreationTime: new Date().toISOString(),
    configurationItemDiff: null,
    configurationItem: {
      configurationItemVersion: '1.3',
      configurationItemStatus: 'OK',
      configurationItemCaptureTime: new Date().toISOString(),
      awsAccountId: ACCOUNT,
      awsRegion: REGION,
      tags: {},
      relationships: [],
      ...item,
    },
  });
}

const event = (ruleId: string, invokingEvent: object) => ({
  version: '1.0',
  accountId: ACCOUNT,
  configRuleName: ruleId,
  configRuleArn: `arn:aws:config:${REGION}:${ACCOUNT}:config-rule/config-rule-abcdef`,
  eventLeftScope: false,
  resultToken: 'token',
  ruleParameters: '{}',
  invokingEvent: JSON.stringify(invokingEvent),
});

import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import rule from '../../../rules/guardduty-root-alert/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { remediates } from '../support/remediation.ts';
import { ownTopic, SNS_AS_AWS_HAS_IT, TEAM } from '../support/sns.ts';

const DETECTOR = '12abc34d567e8fa901bc2d34e56789f0';
const PATTERN = '{"source":["aws.guardduty"]}';
type Readings = Record<string, unknown>;

/** On, with one filter, and administered by nobody else. */
function on(
  readings: Readings,
  region = 'us-east-1',
  Criterion: object = { type: { Eq: ['Recon:EC2/Portscan'] } },
) {
  const of = (kind: string) => `${region}/guardduty/${kind}/${DETECTOR}`;
  Object.assign(readings, {
    [`${region}/guardduty/list-detectors.json`]: { DetectorIds: [DETECTOR] },
    [`${of('get-detector')}.json`]: { Status: 'ENABLED', ServiceRole: 'arn:aws:iam::1:role/x' },
    [`${of('list-filters')}.json`]: { FilterNames: ['scanner'] },
    [`${of('get-filter')}/scanner.json`]: {
      Name: 'scanner',
      Action: 'ARCHIVE',
      FindingCriteria: { Criterion },
    },
    [`${of('get-administrator-account')}.json`]: {},
  });
}
async function unheard(_: object, readings: Readings): Promise<string> {
  on(readings);
  return MOTO_ACCOUNT;
}
const off = async (_: object, readings: Readings): Promise<string> => {
  readings['us-east-1/guardduty/list-detectors.json'] = { DetectorIds: [] };
  return MOTO_ACCOUNT;
};

/** A rule that is off, to this topic. */
async function disabled(client: object, readings: Readings, Arn = TEAM): Promise<string> {
  await ownTopic('team-alerts', 'confirmed-team@moonjar.example', true)(client);
  const events = new EventBridgeClient(client);
  await events.send(new PutRuleCommand({ Name: 'found', EventPattern: PATTERN, State: 'DISABLED' }));
  await events.send(new PutTargetsCommand({ Rule: 'found', Targets: [{ Id: 'theirs', Arn }] }));
  return unheard(client, readings);
}

remediates({
  rule,
  region: 'ap-northeast-2',
  mend: SNS_AS_AWS_HAS_IT,
  lacking: { services: ['guardduty'], acts: {} },
  scenarios: [
    {
      situation: 'a finding that nobody hears of',
      found: unheard,
      parameters: { NotificationEmail: 'root-alerts@moonjar.example', adminCovers: 'true' },
      changes: /groundrules-guardduty-root/,
      awaits: /waiting for the confirmation: root-alerts@moonjar\.example/,
      faults: false,
    },
    {
      situation: 'a topic that somebody uses already, for another type of finding',
      found: async (client, readings) => {
        await ownTopic('groundrules-guardduty-root', 'confirmed-team@moonjar.example')(client);
        return unheard(client, readings);
      },
      parameters: {
        NotificationEmail: 'confirmed-root@moonjar.example',
        findingType: 'Policy:IAMUser/ShortTermRootCredentialUsage',
      },
      changes: /groundrules-guardduty-root/,
    },
    {
      situation: 'a rule that would do, but is off',
      found: disabled,
      changes: /^rule found$/,
      message: /Changed: rule found enabled in us-east-1/,
    },
    {
      situation: 'a rule that is off, and also calls a function',
      found: (client, readings) =>
        disabled(client, readings, `arn:aws:lambda:us-east-1:${MOTO_ACCOUNT}:function:locks-everybody-out`),
      parameters: { TopicArn: TEAM },
      changes: /rule groundrules-guardduty-root/,
    },
  ],
  refusals: [
    {
      situation: 'GuardDuty is off',
      found: off,
      parameters: { NotificationEmail: 'root-alerts@moonjar.example' },
      message: /GuardDuty is not on in us-east-1: it is paid for/,
    },
    {
      situation: 'a filter hides it',
      found: async (_, readings) => {
        on(readings, 'us-east-1', { severity: { Lt: 4 } });
        return MOTO_ACCOUNT;
      },
      parameters: { NotificationEmail: 'root-alerts@moonjar.example' },
      message: /filter scanner archives the finding in us-east-1/,
    },
  ],
});

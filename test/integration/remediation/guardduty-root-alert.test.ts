import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import rule from '../../../rules/guardduty-root-alert/rule.ts';
import { TOPIC, tellsPeople } from '../support/tells-people.ts';

const DETECTOR = '12abc34d567e8fa901bc2d34e56789f0';
const of = (kind: string) => `us-east-1/guardduty/${kind}/${DETECTOR}`;
/** On, with one filter, and administered by nobody else. */
const ON = {
  'us-east-1/guardduty/list-detectors.json': { DetectorIds: [DETECTOR] },
  [`${of('get-detector')}.json`]: { Status: 'ENABLED', ServiceRole: 'arn:aws:iam::1:role/x' },
  [`${of('list-filters')}.json`]: { FilterNames: ['scanner'] },
  [`${of('get-filter')}/scanner.json`]: {
    Name: 'scanner',
    Action: 'ARCHIVE',
    FindingCriteria: { Criterion: { type: { Eq: ['Recon:EC2/Portscan'] } } },
  },
  [`${of('get-administrator-account')}.json`]: {},
};
const OFF = { 'us-east-1/guardduty/list-detectors.json': { DetectorIds: [] } };

/** A rule whose topic lets nobody publish. */
async function unheard(client: object, readings: Record<string, unknown>): Promise<void> {
  Object.assign(readings, ON);
  const events = new EventBridgeClient(client);
  await events.send(new PutRuleCommand({ Name: 'found', EventPattern: '{"source":["aws.guardduty"]}' }));
  await events.send(new PutTargetsCommand({ Rule: 'found', Targets: [{ Id: 'sns', Arn: TOPIC }] }));
}

tellsPeople({
  rule,
  lacking: { services: ['guardduty'], acts: {} },
  situations: [
    {
      situation: 'GuardDuty is off',
      found: async (_, readings) => {
        Object.assign(readings, OFF);
      },
    },
    {
      situation: 'a finding that nobody hears of',
      found: unheard,
      parameters: { adminCovers: 'true' },
    },
  ],
});

import rule from '../../../rules/scp-deny-root/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { tellsPeople } from '../support/tells-people.ts';

const FOLDER = 'global/organizations';
const DENY = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } };
const organization = (FeatureSet: string) => ({
  [`${FOLDER}/describe-organization.json`]: {
    Organization: { Id: 'o-abc1234567', FeatureSet, MasterAccountId: MOTO_ACCOUNT },
  },
  [`${FOLDER}/list-roots.json`]: {
    Roots: [{ Id: 'r-ab12', PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }],
  },
  [`${FOLDER}/list-accounts.json`]: {
    Accounts: [
      { Id: MOTO_ACCOUNT, Paths: [`o-abc1234567/r-ab12/${MOTO_ACCOUNT}/`] },
      { Id: '444455556666', State: 'ACTIVE' },
    ],
  },
  [`${FOLDER}/list-parents/444455556666.json`]: { Parents: [{ Id: 'r-ab12', Type: 'ROOT' }] },
  [`${FOLDER}/list-policies/SERVICE_CONTROL_POLICY.json`]: {
    Policies: [
      { Id: 'p-FullAWSAccess', Name: 'FullAWSAccess', AwsManaged: true },
      { Id: 'p-1a2b3c4d', Name: 'deny-root', AwsManaged: false },
    ],
  },
  [`${FOLDER}/describe-policy/p-1a2b3c4d.json`]: { Policy: { Content: JSON.stringify(DENY) } },
  [`${FOLDER}/list-targets-for-policy/p-1a2b3c4d.json`]: { Targets: [{ TargetId: 'ou-ab12-11111111' }] },
});

/** What the account answers where moto has nothing to say. */
const answers = (found: object) => (_: object, readings: Record<string, unknown>) => {
  Object.assign(readings, found);
};

tellsPeople({
  rule,
  lacking: { services: ['organizations'], acts: {} },
  situations: [
    { situation: 'a member beside the unit that has the SCP', found: answers(organization('ALL')) },
    { situation: 'consolidated billing', found: answers(organization('CONSOLIDATED_BILLING')) },
  ],
});

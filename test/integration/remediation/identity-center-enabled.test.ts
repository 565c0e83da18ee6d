import rule from '../../../rules/identity-center-enabled/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { tellsPeople } from '../support/tells-people.ts';

const ORGANIZATION = {
  'global/organizations/describe-organization.json': {
    Organization: { Id: 'o-abc1234567', MasterAccountId: '999988887777' },
  },
};
const centers = (...Instances: object[]) => ({ 'global/sso-admin/list-instances.json': { Instances } });

/** What the account answers where moto has nothing to say. */
const answers = (found: object) => (_: object, readings: Record<string, unknown>) => {
  Object.assign(readings, ORGANIZATION, found);
};

tellsPeople({
  rule,
  lacking: { services: ['organizations', 'sso'], acts: {} },
  situations: [
    { situation: 'nothing, in an organization', found: answers(centers()) },
    {
      situation: 'an account instance',
      found: answers(
        centers({
          InstanceArn: 'arn:aws:sso:::instance/ssoins-7223aaaabbbbcccc',
          OwnerAccountId: MOTO_ACCOUNT,
          Status: 'ACTIVE',
        }),
      ),
    },
  ],
});

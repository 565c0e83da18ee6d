import rule from '../../../rules/org-root-credentials/rule.ts';
import { root } from '../support/real-iam.ts';
import { tellsPeople } from '../support/tells-people.ts';

const ORGANIZATION = 'global/organizations/describe-organization.json';

tellsPeople({
  rule,
  lacking: { services: ['organizations'], acts: {} },
  situations: [
    {
      situation: 'a member whose root has a password and no MFA',
      found: (_: object, readings: Record<string, unknown>) => {
        readings[ORGANIZATION] = { Organization: { Id: 'o-abc1234567', MasterAccountId: '999988887777' } };
        root.password = true;
      },
    },
  ],
});

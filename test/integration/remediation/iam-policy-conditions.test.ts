import {
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import rule from '../../../rules/iam-policy-conditions/rule.ts';
import { allow, document } from '../../support/iam-details.ts';
import { DETAILS_AS_AWS_HAS_THEM } from '../support/iam-details.ts';
import { tellsPeople } from '../support/tells-people.ts';

tellsPeople({
  rule,
  mend: DETAILS_AS_AWS_HAS_THEM,
  situations: [
    {
      situation: 'a policy of a group that passes any role',
      found: async (client) => {
        const iam = new IAMClient(client);
        const PolicyDocument = JSON.stringify(document(allow('iam:PassRole')));
        const { Policy: { Arn = '', PolicyId = '' } = {} } = await iam.send(
          new CreatePolicyCommand({ PolicyName: 'pass-roles', PolicyDocument }),
        );
        await iam.send(new CreateGroupCommand({ GroupName: 'deployers' }));
        await iam.send(new AttachGroupPolicyCommand({ GroupName: 'deployers', PolicyArn: Arn }));
        return PolicyId;
      },
    },
  ],
});

import {
  CreateGroupCommand,
  CreateRoleCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import rule from '../../../rules/iam-s3-admin-restricted/rule.ts';
import { allow, document, trust } from '../../support/iam-details.ts';
import { DETAILS_AS_AWS_HAS_THEM } from '../support/iam-details.ts';
import { tellsPeople } from '../support/tells-people.ts';

const PolicyDocument = JSON.stringify(document(allow('s3:CreateBucket')));
const PolicyName = 'buckets';

// The document gets an id alone, of whichever of the rule's types.
tellsPeople({
  rule,
  mend: DETAILS_AS_AWS_HAS_THEM,
  situations: [
    {
      situation: 'a group that may make buckets',
      found: async (client) => {
        const iam = new IAMClient(client);
        const { Group } = await iam.send(new CreateGroupCommand({ GroupName: 'developers' }));
        await iam.send(new PutGroupPolicyCommand({ GroupName: 'developers', PolicyName, PolicyDocument }));
        return Group?.GroupId ?? '';
      },
    },
    {
      situation: 'a role that may make buckets',
      found: async (client) => {
        const iam = new IAMClient(client);
        const AssumeRolePolicyDocument = JSON.stringify(trust({ Service: 'ec2.amazonaws.com' }));
        const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'app', AssumeRolePolicyDocument }));
        await iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName, PolicyDocument }));
        return Role?.RoleId ?? '';
      },
    },
  ],
});

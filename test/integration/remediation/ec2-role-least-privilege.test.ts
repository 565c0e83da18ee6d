import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import rule from '../../../rules/ec2-role-least-privilege/rule.ts';
import { allow, document, trust } from '../../support/iam-details.ts';
import { DETAILS_AS_AWS_HAS_THEM } from '../support/iam-details.ts';
import { tellsPeople } from '../support/tells-people.ts';

tellsPeople({
  rule,
  mend: DETAILS_AS_AWS_HAS_THEM,
  situations: [
    {
      situation: 'an instance whose role may do everything',
      found: async (client) => {
        const iam = new IAMClient(client);
        const AssumeRolePolicyDocument = JSON.stringify(trust({ Service: 'ec2.amazonaws.com' }));
        await iam.send(new CreateRoleCommand({ RoleName: 'web', AssumeRolePolicyDocument }));
        const PolicyDocument = JSON.stringify(document(allow('*')));
        await iam.send(new PutRolePolicyCommand({ RoleName: 'web', PolicyName: 'all', PolicyDocument }));
        await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'web' }));
        await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'web', RoleName: 'web' }));
        const ec2 = new EC2Client(client);
        const { Instances: [instance] = [] } = await ec2.send(
          new RunInstancesCommand({
            ImageId: 'ami-12345678',
            MinCount: 1,
            MaxCount: 1,
            IamInstanceProfile: { Name: 'web' },
          }),
        );
        return instance?.InstanceId ?? '';
      },
    },
  ],
});

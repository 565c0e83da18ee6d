import {
  CreateLoginProfileCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import rule from '../../../rules/iam-mfa-enforced/rule.ts';
import { userId } from '../support/real-iam.ts';
import { tellsPeople } from '../support/tells-people.ts';

tellsPeople({
  rule,
  situations: [
    {
      situation: 'a user with a password who may do everything',
      found: async (client) => {
        const iam = new IAMClient(client);
        const { User } = await iam.send(new CreateUserCommand({ UserName: 'ana' }));
        await iam.send(new CreateLoginProfileCommand({ UserName: 'ana', Password: 'Sup3r-secret!' }));
        const PolicyDocument = JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
        });
        await iam.send(new PutUserPolicyCommand({ UserName: 'ana', PolicyName: 'own', PolicyDocument }));
        return userId(User?.UserId ?? '');
      },
    },
  ],
});

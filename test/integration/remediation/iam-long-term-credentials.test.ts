import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import rule from '../../../rules/iam-long-term-credentials/rule.ts';
import { changes, deactivatesByHand, type Key, safe } from '../support/ci-deploy.ts';
import { userId } from '../support/real-iam.ts';
import { remediates } from '../support/remediation.ts';

/** The keys of the user in question, as they were made. */
let keys: Key[] = [];

interface User {
  readonly keys: readonly ('unused' | 'used')[];
  readonly hasPassword?: true;
}

/** Such a user, and a bystander who is as bad. @returns the user's id. */
const user =
  ({ keys: uses, hasPassword }: User) =>
  async (client: object) => {
    const iam = new IAMClient(client);
    const made = await iam.send(new CreateUserCommand({ UserName: 'ci-deploy' }));
    await iam.send(new CreateUserCommand({ UserName: 'bystander' }));
    await iam.send(new CreateAccessKeyCommand({ UserName: 'bystander' }));
    if (hasPassword) {
      await iam.send(new CreateLoginProfileCommand({ UserName: 'ci-deploy', Password: 'correct horse 7!' }));
    }
    keys = [];
    for (const use of uses) {
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ci-deploy' }));
      const key = {
        accessKeyId: AccessKey?.AccessKeyId as string,
        secretAccessKey: AccessKey?.SecretAccessKey as string,
      };
      keys.push(key);
      if (use === 'used') {
        await new STSClient({ ...client, credentials: key }).send(new GetCallerIdentityCommand({}));
      }
    }
    return userId(made.User?.UserId as string);
  };

remediates({
  rule,
  scenarios: [
    {
      situation: 'keys that nobody uses',
      found: user({ keys: ['unused', 'unused'] }),
      changes,
      safe,
      message: /inactive \(never used\)/,
      rivals: [deactivatesByHand(() => keys)],
    },
  ],
  refusals: [
    {
      situation: 'a key that was used recently',
      found: user({ keys: ['used'] }),
      message: /last used at .*within 7 days/,
    },
    {
      situation: 'the key that the automation itself uses, even by force',
      found: user({ keys: ['unused'] }),
      parameters: { Force: 'true' },
      runBy: () => keys[0] as Key,
      message: /the automation runs with a key of ci-deploy itself/,
    },
    {
      situation: 'a password, of which a person is told',
      found: user({ keys: [], hasPassword: true }),
      parameters: { forbidConsolePasswords: 'true' },
      message: /Let ci-deploy sign in another way/,
    },
  ],
});

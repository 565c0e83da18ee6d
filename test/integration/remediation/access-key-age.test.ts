import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import rule from '../../../rules/access-key-age/rule.ts';
import { changes, deactivatesByHand, type Key, safe } from '../support/ci-deploy.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { root, userId } from '../support/real-iam.ts';
import { remediates } from '../support/remediation.ts';

/** Keys on moto are as young as the test. */
const LATER = new Date(Date.now() + 100 * 86_400_000 + 3_600_000);

type State = 'Active' | 'Inactive' | 'used';

/** The keys of the user in question, as they were made. */
let keys: Key[] = [];

/** A user with such keys, and a bystander whose key is as old. @returns the user's id. */
const user =
  (...states: State[]) =>
  async (client: object) => {
    const iam = new IAMClient(client);
    const made = await iam.send(new CreateUserCommand({ UserName: 'ci-deploy' }));
    await iam.send(new CreateUserCommand({ UserName: 'bystander' }));
    await iam.send(new CreateAccessKeyCommand({ UserName: 'bystander' }));
    keys = [];
    for (const state of states) {
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ci-deploy' }));
      const key = {
        accessKeyId: AccessKey?.AccessKeyId as string,
        secretAccessKey: AccessKey?.SecretAccessKey as string,
      };
      keys.push(key);
      if (state === 'used') {
        await new STSClient({ ...client, credentials: key }).send(new GetCallerIdentityCommand({}));
      } else {
        await iam.send(
          new UpdateAccessKeyCommand({ UserName: 'ci-deploy', AccessKeyId: key.accessKeyId, Status: state }),
        );
      }
    }
    return userId(made.User?.UserId as string);
  };

remediates({
  rule,
  now: () => LATER,
  scenarios: [
    {
      situation: 'two old keys',
      found: user('Active', 'Active'),
      changes,
      safe,
      message: /never used/,
      rivals: [deactivatesByHand(() => keys)],
    },
    {
      situation: 'an old key beside one that is inactive',
      found: user('Inactive', 'Active'),
      changes,
      safe,
    },
    {
      situation: 'a key that was last used long ago',
      found: user('used'),
      changes,
      message: /inactive \(100 days old, last used at .*\(sts\)\)/,
    },
    {
      situation: 'a key in use, by force',
      found: user('used'),
      parameters: { recentUseDays: '365', Force: 'true' },
      changes,
    },
  ],
  refusals: [
    {
      situation: 'a key that was used recently',
      found: user('used'),
      parameters: { recentUseDays: '101' },
      message: /last used at .*within 101 days/,
    },
    {
      situation: 'the key that the automation itself uses, even by force',
      found: user('Active', 'Active'),
      parameters: { Force: 'true' },
      runBy: () => keys[1] as Key,
      message: /the automation runs with a key of ci-deploy itself/,
    },
    {
      situation: 'root, whose keys are for root alone',
      found: async () => {
        root.keys = 1;
        return MOTO_ACCOUNT;
      },
      message: /sign in as the root user/,
    },
  ],
});

import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  GetGroupCommand,
  GetPolicyCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import rule from '../../../rules/iam-mfa-enforced/rule.ts';
import { GROUP, POLICY, requireMfa } from '../../../rules/iam-mfa-enforced/way.ts';
import { parseParameters } from '../../../rules/parameters.ts';
import type { Key } from '../support/ci-deploy.ts';
import { DETAILS_AS_AWS_HAS_THEM, NOTHING_DELETED_IN_USE } from '../support/iam-details.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import type { Picture } from '../support/picture.ts';
import { userId } from '../support/real-iam.ts';
import { type Rival, remediates } from '../support/remediation.ts';

const DOCUMENT = requireMfa(parseParameters(rule).allowedWithoutMfa);
const PolicyArn = `arn:aws:iam::${MOTO_ACCOUNT}:policy/${POLICY}`;
const all = (Action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

interface Made {
  readonly may?: string;
  readonly key?: 'unused' | 'used';
  readonly groups?: readonly string[];
}

let keys: Key[] = [];

/** Ana with a password, and bo, who is as bad. @returns ana's id. */
const ana =
  ({ may = '*', key, groups = [] }: Made, before?: (iam: IAMClient) => Promise<unknown>) =>
  async (client: object) => {
    const iam = new IAMClient(client);
    await before?.(iam);
    const { User } = await iam.send(new CreateUserCommand({ UserName: 'ana' }));
    await iam.send(new CreateUserCommand({ UserName: 'bo' }));
    for (const UserName of ['ana', 'bo']) {
      await iam.send(new CreateLoginProfileCommand({ UserName, Password: 'Sup3r-secret!' }));
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: all(may) }));
    }
    keys = [];
    if (key) {
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ana' }));
      keys = [
        {
          accessKeyId: AccessKey?.AccessKeyId as string,
          secretAccessKey: AccessKey?.SecretAccessKey as string,
        },
      ];
      if (key === 'used')
        await new STSClient({ ...client, credentials: keys[0] as Key }).send(
          new GetCallerIdentityCommand({}),
        );
    }
    for (const GroupName of groups) {
      if (GroupName !== GROUP) await iam.send(new CreateGroupCommand({ GroupName }));
      await iam.send(new AddUserToGroupCommand({ GroupName, UserName: 'ana' }));
    }
    return userId(User?.UserId as string);
  };

const makesPolicy =
  (PolicyDocument = DOCUMENT) =>
  (iam: IAMClient) =>
    iam.send(new CreatePolicyCommand({ PolicyName: POLICY, PolicyDocument }));
const makesGroup = (iam: IAMClient) => iam.send(new CreateGroupCommand({ GroupName: GROUP }));
const puts = (iam: IAMClient, UserName: string) =>
  iam.send(new AddUserToGroupCommand({ GroupName: GROUP, UserName }));

interface Group {
  readonly members: readonly string[];
  readonly AttachedPolicies: readonly { readonly PolicyName: string }[];
}
const groupIn = (picture: Picture): Group | undefined =>
  picture[`group ${GROUP}`] === undefined ? undefined : JSON.parse(picture[`group ${GROUP}`] as string);

/** Nobody is in a group that denies nothing, and the way out of MFA is there for nobody. */
const isSafe = (picture: Picture) => {
  const group = groupIn(picture);
  if (group && group.members.length > 0)
    expect(group.AttachedPolicies).toEqual([expect.objectContaining({ PolicyName: POLICY })]);
};

const putsIn = (UserName: string): Rival => ({
  does: `puts ${UserName} into the group by hand`,
  async strike(client) {
    const iam = new IAMClient(client);
    const group = await iam.send(new GetGroupCommand({ GroupName: GROUP })).catch(() => undefined);
    if (!group || group.Users?.some((user) => user.UserName === UserName)) return false;
    await puts(iam, UserName);
    return true;
  },
  holds: (now) => {
    expect(groupIn(now)?.members).toContain(UserName);
    isSafe(now);
  },
  duringUndo: UserName !== 'ana',
});

const makesPolicyByHand: Rival = {
  does: 'makes the policy by hand',
  async strike(client) {
    const iam = new IAMClient(client);
    const there = await iam.send(new GetPolicyCommand({ PolicyArn })).catch(() => undefined);
    if (there) return false;
    await makesPolicy()(iam);
    return true;
  },
  holds: (now) => expect(Object.keys(now)).toContain(`policy ${POLICY}`),
};

remediates({
  rule,
  mend: DETAILS_AS_AWS_HAS_THEM + NOTHING_DELETED_IN_USE,
  scenarios: [
    {
      situation: 'the first user of the account',
      found: ana({ key: 'unused' }),
      changes: /^(?:group groundrules-require-mfa|policy GroundrulesRequireMfa)$/,
      message: /ana in group .*has no MFA device: .*What signs with access key \w+ of ana \(never used\)/s,
      safe: (_, now) => isSafe(now),
      rivals: [putsIn('bo'), putsIn('ana'), makesPolicyByHand],
    },
    {
      situation: 'a user where group and policy are there',
      found: async (client) => {
        const id = await ana({}, async (iam) => {
          await makesPolicy()(iam);
          await makesGroup(iam);
          await iam.send(new AttachGroupPolicyCommand({ GroupName: GROUP, PolicyArn }));
        })(client);
        await puts(new IAMClient(client), 'bo');
        return id;
      },
      changes: /^group groundrules-require-mfa$/,
      safe: (_, now) => isSafe(now),
    },
    {
      situation: 'an empty group without the policy',
      found: ana({}, makesGroup),
      changes: /^(?:group groundrules-require-mfa|policy GroundrulesRequireMfa)$/,
    },
    {
      situation: 'a key that was used recently, by force',
      found: ana({ key: 'used' }),
      parameters: { Force: 'true' },
      changes: /^(?:group groundrules-require-mfa|policy GroundrulesRequireMfa)$/,
      message: /What signs with access key \w+ of ana \(last used at .*\) is denied/,
    },
  ],
  refusals: [
    {
      situation: 'a key that was used recently',
      found: ana({ key: 'used' }),
      message: /of ana was last used at .*within 14 days/,
    },
    {
      situation: 'the user whom the automation runs as, even by force',
      found: ana({ key: 'unused' }),
      parameters: { Force: 'true' },
      runBy: () => keys[0] as Key,
      message: /the automation runs as ana, who must not lock themselves out/,
    },
    {
      situation: 'a user for emergencies',
      found: ana({}),
      parameters: { BreakGlassUsers: 'root-safe, ana' },
      message: /ana is one of BreakGlassUsers/,
    },
    {
      situation: 'a user without a device who may not register one',
      found: ana({ may: 'ec2:*' }),
      message: /ana has no MFA device and may not create and register one/,
    },
    {
      situation: 'a policy of that name that says something else',
      found: ana({}, makesPolicy(all('s3:*'))),
      message: /there is a policy \S+ that does not say what allowedWithoutMfa asks for/,
    },
    {
      situation: 'a group of that name that gives something',
      found: ana({}, async (iam) => {
        await makesGroup(iam);
        await iam.send(
          new PutGroupPolicyCommand({ GroupName: GROUP, PolicyName: 'more', PolicyDocument: all('s3:*') }),
        );
      }),
      message: /group groundrules-require-mfa also has more, which ana would get, too/,
    },
    {
      situation: 'a group of that name with somebody in it, and without the policy',
      found: async (client) => {
        const id = await ana({}, makesGroup)(client);
        await puts(new IAMClient(client), 'bo');
        return id;
      },
      message: /is there without the policy, which would hit bo, too/,
    },
    {
      situation: 'a user in ten groups',
      found: ana({ groups: Array.from({ length: 10 }, (_, index) => `team-${index}`) }),
      message: /ana is in 10 groups, and IAM allows 10/,
    },
  ],
});

import { says } from '../../account/laid.ts';
import type { IamUser } from '../../account/services/iam/readings.ts';
import { userTags } from '../../account/services/iam/readings.ts';
import { arn } from './arn.ts';
import { optionalText, text } from './fields.ts';
import type { ItemReader, Recorded } from './read.ts';

/** AWS Config's form (awslabs/aws-config-resource-schema): the resource's id is the user's unique id, `AIDA…`. */
export const recordedUser = ({ item, configuration, at }: Recorded): IamUser => ({
  name: optionalText(configuration, 'userName', at) ?? item.name ?? text(configuration, 'userName', at),
  id: item.id,
  arn: optionalText(configuration, 'arn', at) ?? item.arn ?? text(configuration, 'arn', at),
});

/** CloudFormation's form. A user that does not exist yet has no unique id: the name that was proposed stands for it. */
export function proposedUser({ item, configuration, at }: Recorded): IamUser {
  const name = optionalText(configuration, 'UserName', at) ?? item.name ?? item.id;
  const path = optionalText(configuration, 'Path', at) ?? '/';
  return {
    name,
    id: item.id,
    arn: item.arn ?? arn({ ...item, region: 'global' }, 'iam', `user${path}${name}`),
  };
}

export const userItem: ItemReader = {
  type: 'AWS::IAM::User',
  recorded: (recorded) => ({ user: recordedUser(recorded) }),
  proposed: (recorded) => ({ user: proposedUser(recorded) }),
  answers: ({ user, tags }) => (user ? says(userTags, { id: user.name }, tags) : []),
};

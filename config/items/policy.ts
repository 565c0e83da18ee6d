import * as z from 'zod/mini';
import { says } from '../../account/laid.ts';
import { whatIsWrong } from '../../account/parts.ts';
import {
  type ManagedPolicy,
  managedPolicy,
  onlyPolicies,
} from '../../account/services/iam/authorization-details.ts';
import { authorizationDetails } from '../../account/services/iam/readings.ts';
import { fieldsOf, InvalidItemError, optionalList, optionalText } from './fields.ts';
import type { ItemReader, Recorded } from './read.ts';

/**
 * A customer managed policy. The configuration is what GetAccountAuthorizationDetails says of it, with names that begin in
 * lower case and URL-encoded documents; CloudFormation's type of this name is an inline policy, and says nothing of one.
 */
export function recordedPolicy({ item, configuration, at }: Recorded): ManagedPolicy {
  const defaultVersion = optionalText(configuration, 'defaultVersionId', at);
  const versions = optionalList(configuration, 'policyVersionList', at).map((version, index) => {
    const fields = fieldsOf(version, `${at}.policyVersionList[${index}]`);
    return {
      IsDefaultVersion: fields.isDefaultVersion ?? fields.versionId === defaultVersion,
      Document: fields.document,
    };
  });
  const parsed = z.safeParse(managedPolicy(), {
    PolicyId: item.id,
    PolicyName: optionalText(configuration, 'policyName', at) ?? item.name,
    Arn: optionalText(configuration, 'arn', at) ?? item.arn,
    AttachmentCount: configuration.attachmentCount,
    PermissionsBoundaryUsageCount: configuration.permissionsBoundaryUsageCount,
    PolicyVersionList: versions,
  });
  if (!parsed.success) throw new InvalidItemError(at, whatIsWrong(parsed.error));
  return parsed.data;
}

export const policyItem: ItemReader = {
  type: 'AWS::IAM::Policy',
  recorded: (recorded) => ({ managedPolicy: recordedPolicy(recorded) }),
  // The one policy is judged, and nobody who has it.
  answers: ({ managedPolicy: policy }) =>
    policy ? says(authorizationDetails, {}, onlyPolicies([policy])) : [],
};

/**
 * What moto 5.2.5 does unlike IAM in GetAccountAuthorizationDetails, mended: its policies have neither a name nor an id, and all of
 * AWS's own are there, also those that nobody uses.
 */
export const DETAILS_AS_AWS_HAS_THEM = `
from moto.iam.models import IAMBackend, Policy

Policy.policy_id = property(lambda self: self.id)
Policy.policy_name = property(lambda self: self.name)

ask = IAMBackend.get_account_authorization_details
def details(self, policy_filter):
    said = ask(self, policy_filter)
    used = [one for one in said['managed_policies'] if ':iam::aws:' not in one.arn or one.attachment_count > 0]
    return {**said, 'managed_policies': used}
IAMBackend.get_account_authorization_details = details
`;

/** IAM deletes no group with users or policies, and no policy that somebody has; moto 5.2.5 does. */
export const NOTHING_DELETED_IN_USE = `
from moto.iam.exceptions import DeleteConflictException
from moto.iam.models import IAMBackend

delete_group = IAMBackend.delete_group
def unused_group(self, group_name):
    group = self.get_group(group_name)
    if group.users or group.managed_policies or group.policies:
        raise DeleteConflictException('Cannot delete entity, must detach all policies and remove all users first.')
    return delete_group(self, group_name)
IAMBackend.delete_group = unused_group

delete_policy = IAMBackend.delete_policy
def unused_policy(self, policy_arn):
    if self.get_policy(policy_arn).attachment_count > 0:
        raise DeleteConflictException('Cannot delete a policy attached to entities.')
    return delete_policy(self, policy_arn)
IAMBackend.delete_policy = unused_policy
`;

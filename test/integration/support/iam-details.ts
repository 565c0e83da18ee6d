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

/** What the credential report calls the root user (aws-facts §8). */
export const ROOT = '<root_account>';

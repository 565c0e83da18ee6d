import { iam } from '../../account/live/iam.ts';
import { lambdaSource } from '../../account/live/lambda.ts';
import { organizations } from '../../account/live/organizations.ts';
import { root } from '../../account/live/root.ts';
import { approvals } from '../../config/approval.ts';
import { configHandler } from '../../config/handler.ts';
import { ssmApproval } from '../../config/ssm-approval.ts';
import rule from './rule.ts';

export const handler = configHandler(rule, lambdaSource([iam, organizations, root]), {
  findApproval: approvals(ssmApproval()),
});

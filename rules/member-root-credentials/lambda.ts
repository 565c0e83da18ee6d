import { iam } from '../../account/live/iam.ts';
import { organizations } from '../../account/live/organizations.ts';
import { root } from '../../account/live/root.ts';
import { ruleHandler } from '../../lambda/handler.ts';
import { lambdaSource } from '../../lambda/source.ts';
import { approvals } from '../../tasks/approval.ts';
import { ssmApproval } from '../../tasks/ssm-approval.ts';
import rule from './rule.ts';

export const handler = ruleHandler(rule, lambdaSource([iam, organizations, root]), {
  findApproval: approvals(ssmApproval()),
});

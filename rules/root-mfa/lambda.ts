import { iam } from '../../account/live/iam.ts';
import { organizations } from '../../account/live/organizations.ts';
import { ssm } from '../../account/live/ssm.ts';
import { ruleHandler } from '../../lambda/handler.ts';
import { lambdaSource } from '../../lambda/source.ts';
import rule from './rule.ts';

export const handler = ruleHandler(rule, lambdaSource([iam, organizations, ssm]));

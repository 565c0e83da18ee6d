import { iam } from '../../account/live/iam.ts';
import { lambdaSource } from '../../account/live/lambda.ts';
import { organizations } from '../../account/live/organizations.ts';
import { root } from '../../account/live/root.ts';
import { configHandler } from '../../config/handler.ts';
import rule from './rule.ts';

export const handler = configHandler(rule, lambdaSource([iam, organizations, root]));

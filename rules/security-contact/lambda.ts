import { accountManagement } from '../../account/live/account-management.ts';
import { lambdaSource } from '../../account/live/lambda.ts';
import { configHandler } from '../../config/handler.ts';
import rule from './rule.ts';

export const handler = configHandler(rule, lambdaSource([accountManagement]));

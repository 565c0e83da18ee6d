import { accountManagement } from '../../account/live/account-management.ts';
import { ruleHandler } from '../../lambda/handler.ts';
import { lambdaSource } from '../../lambda/source.ts';
import rule from './rule.ts';

export const handler = ruleHandler(rule, lambdaSource([accountManagement]));

import { lambdaSource } from '../../account/live/lambda.ts';
import { rds } from '../../account/live/rds.ts';
import { configHandler } from '../../config/handler.ts';
import rule from './rule.ts';

export const handler = configHandler(rule, lambdaSource([rds]));

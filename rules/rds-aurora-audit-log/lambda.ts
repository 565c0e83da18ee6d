import { rds } from '../../account/live/rds.ts';
import { ruleHandler } from '../../lambda/handler.ts';
import { lambdaSource } from '../../lambda/source.ts';
import rule from './rule.ts';

export const handler = ruleHandler(rule, lambdaSource([rds]));

import { ec2 } from '../../account/live/ec2.ts';
import { ruleHandler } from '../../lambda/handler.ts';
import { lambdaSource } from '../../lambda/source.ts';
import rule from './rule.ts';

export const handler = ruleHandler(rule, lambdaSource([ec2]));

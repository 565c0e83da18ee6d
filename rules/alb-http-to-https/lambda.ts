import { ec2 } from '../../account/live/ec2.ts';
import { elbv2 } from '../../account/live/elbv2.ts';
import { lambdaSource } from '../../account/live/lambda.ts';
import { configHandler } from '../../config/handler.ts';
import rule from './rule.ts';

export const handler = configHandler(rule, lambdaSource([ec2, elbv2]));

import { cloudtrail } from '../../account/live/cloudtrail.ts';
import { config } from '../../account/live/config.ts';
import { ec2 } from '../../account/live/ec2.ts';
import { s3 } from '../../account/live/s3.ts';
import { ruleHandler } from '../../lambda/handler.ts';
import { lambdaSource } from '../../lambda/source.ts';
import rule from './rule.ts';

export const handler = ruleHandler(rule, lambdaSource([cloudtrail, config, ec2, s3]));

import { cloudtrail } from '../../account/live/cloudtrail.ts';
import { config } from '../../account/live/config.ts';
import { ec2 } from '../../account/live/ec2.ts';
import { lambdaSource } from '../../account/live/lambda.ts';
import { s3 } from '../../account/live/s3.ts';
import { configHandler } from '../../config/handler.ts';
import rule from './rule.ts';

export const handler = configHandler(rule, lambdaSource([cloudtrail, config, ec2, s3]));

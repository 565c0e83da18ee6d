import { cloudtrail } from '../../account/live/cloudtrail.ts';
import { lambdaSource } from '../../account/live/lambda.ts';
import { s3 } from '../../account/live/s3.ts';
import { configHandler } from '../../config/handler.ts';
import rule from './rule.ts';

export const handler = configHandler(rule, lambdaSource([cloudtrail, s3]));

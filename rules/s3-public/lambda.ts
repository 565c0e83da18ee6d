import { lambdaSource } from '../../account/live/lambda.ts';
import { s3 } from '../../account/live/s3.ts';
import { s3control } from '../../account/live/s3control.ts';
import { configHandler } from '../../config/handler.ts';
import rule from './rule.ts';

export const handler = configHandler(rule, lambdaSource([s3, s3control]));

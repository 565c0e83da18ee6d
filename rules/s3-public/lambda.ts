import { s3 } from '../../account/live/s3.ts';
import { s3control } from '../../account/live/s3control.ts';
import { ruleHandler } from '../../lambda/handler.ts';
import { lambdaSource } from '../../lambda/source.ts';
import rule from './rule.ts';

export const handler = ruleHandler(rule, lambdaSource([s3, s3control]));

/** Formats that several settings have. */
import * as z from 'zod';

export const accountId = z.string().regex(/^\d{12}$/, 'expected twelve digits');
export const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'expected a Region such as us-east-1');
export const keyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[a-zA-Z0-9-]+$/,
    'expected the ARN of a KMS key (no alias)',
  );

import { publicStatements } from '../../../../rules/shared/policy/public-statements.ts';

export const BUCKET = 'arn:aws:s3:::b';
export const OBJECTS = 'arn:aws:s3:::b/*';
/** A statement, or part of one. */
export type Json = Record<string, unknown>;

export const allow = (more: Json = {}): Json => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: OBJECTS,
  ...more,
});
export const deny = (more: Json = {}): Json => allow({ Effect: 'Deny', Action: 's3:*', ...more });
export const to = (Principal: unknown) => allow({ Principal });
export const given = (Condition: unknown, more: Json = {}) => allow({ Condition, ...more });
export const without = (statement: Json, ...elements: string[]): Json =>
  Object.fromEntries(Object.entries(statement).filter(([element]) => !elements.includes(element)));
export const policy = (...statements: unknown[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
/** The places of the public statements, in the policy of a bucket whose name nobody knows. */
export const publicIn = (...statements: unknown[]) =>
  publicStatements(policy(...statements)).map(({ statement }) => statement);
/** The same in the policy of bucket `b`. */
export const publicInB = (...statements: unknown[]) =>
  publicStatements(policy(...statements), 'b').map(({ statement }) => statement);

/** The places of those that are public by the safe reading alone, so that S3's own word settles it. */
export const leftOpenIn = (...statements: unknown[]) =>
  publicStatements(policy(...statements))
    .filter(({ isLeftOpen }) => isLeftOpen)
    .map(({ statement }) => statement);

export const ACCOUNT = '111122223333';
export const USER = `arn:aws:iam::${ACCOUNT}:user/ana`;
export const VPC = 'vpc-0a1b2c3d';
export const ORG = { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' };
export const KMS = 's3:x-amz-server-side-encryption-aws-kms-key-id';
export const POINT = 's3:DataAccessPointArn';
// biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable.
export const VARIABLE = '${aws:username}';

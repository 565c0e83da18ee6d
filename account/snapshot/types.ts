/** The types of which AWS Config's items tell a rule something, and how they lie in its files. */
export const BUCKET = 'AWS::S3::Bucket';
export const ACCOUNT_BLOCK = 'AWS::S3::AccountPublicAccessBlock';
export const TRAIL = 'AWS::CloudTrail::Trail';
export const USER = 'AWS::IAM::User';
export const POLICY = 'AWS::IAM::Policy';
export const PREFIX_LIST = 'AWS::EC2::PrefixList';
/** The one type of which an account may have a million: read as a stream, never kept. */
export const SECURITY_GROUP = 'AWS::EC2::SecurityGroup';

/** Types that are kept, so that they can be looked up. */
export const KEPT: readonly string[] = [BUCKET, ACCOUNT_BLOCK, TRAIL, USER, POLICY, PREFIX_LIST];
/** The types whose items tell a rule something. */
export const TELLING: ReadonlySet<string> = new Set([...KEPT, SECURITY_GROUP]);
/** Types whose lists say what is wrong with their files: all that a broken one costs, if it has no others. */
export const LISTED: readonly string[] = [BUCKET, TRAIL, USER, POLICY, SECURITY_GROUP];
/** Types whose ids mean something in one Region only. */
export const REGIONAL: readonly string[] = [TRAIL, SECURITY_GROUP, PREFIX_LIST];

/** Types of which one Region's files tell for the whole account. */
export const GLOBAL: readonly string[] = [ACCOUNT_BLOCK, USER, POLICY];

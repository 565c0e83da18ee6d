/** What people give that cannot be judged as it is, and the one command that helps. */

interface Stranger {
  /** Members that tell: all of them. */
  readonly keys: readonly string[];
  readonly what: string;
}

const PLACE = (command: string, of: string) =>
  `what "${command}" prints, which does not say of which ${of}: let "groundrules collect" read it, or put it in a snapshot folder`;
const bucketAnswer = (command: string, ...keys: string[]): Stranger => ({
  keys,
  what: `${PLACE(`aws s3api ${command}`, 'bucket')} as 123456789012/global/s3api/${command}/<bucket>.json`,
});
const COUNTS = 'which has no configuration: get the items with "aws configservice select-resource-config"';
const SELECT =
  '--expression "SELECT accountId, awsRegion, resourceType, resourceId, configurationItemCaptureTime, configuration, supplementaryConfiguration, tags WHERE resourceType = \'AWS::EC2::SecurityGroup\'"';

const STRANGERS: readonly Stranger[] = [
  {
    keys: ['Users', 'Group'],
    what: 'what "aws iam get-group" prints, which are the users of one group: give what "aws iam list-users" prints',
  },
  {
    keys: ['resourceIdentifiers'],
    what: 'a list of resources without their configuration ("aws configservice list-discovered-resources"): get the items with "aws configservice batch-get-resource-config --resource-keys resourceType=…,resourceId=…"',
  },
  {
    keys: ['ResourceIdentifiers'],
    what: 'a list of resources without their configuration ("aws configservice list-aggregate-discovered-resources"): get the items with "aws configservice batch-get-aggregate-resource-config --configuration-aggregator-name … --resource-identifiers …"',
  },
  { keys: ['totalDiscoveredResources'], what: `a count of resources, ${COUNTS} ${SELECT}` },
  {
    keys: ['TotalDiscoveredResources'],
    what: `a count of resources, ${COUNTS.replace('select-resource', 'select-aggregate-resource')} --configuration-aggregator-name … ${SELECT}`,
  },
  {
    keys: ['EvaluationResults'],
    what: `verdicts of AWS Config ("aws configservice get-compliance-details-by-config-rule"), ${COUNTS} ${SELECT}`,
  },
  {
    keys: ['ComplianceByConfigRules'],
    what: `verdicts of AWS Config ("aws configservice describe-compliance-by-config-rule"), ${COUNTS} ${SELECT}`,
  },
  {
    keys: ['ComplianceByResources'],
    what: `verdicts of AWS Config ("aws configservice describe-compliance-by-resource"), ${COUNTS} ${SELECT}`,
  },
  bucketAnswer('get-bucket-acl', 'Grants'),
  bucketAnswer('get-bucket-policy', 'Policy'),
  bucketAnswer('get-bucket-policy-status', 'PolicyStatus'),
  {
    keys: ['Statement'],
    what: `a policy by itself, which does not say what it is attached to: let "groundrules collect" read it, or put a bucket's in a snapshot folder as 123456789012/global/s3api/get-bucket-policy/<bucket>.json`,
  },
  {
    keys: ['PublicAccessBlockConfiguration'],
    what: `a public access block, which does not say of what: let "groundrules collect" read it, or put it in a snapshot folder as 123456789012/global/s3control/get-public-access-block.json (the account's), or as 123456789012/global/s3api/get-public-access-block/<bucket>.json`,
  },
  bucketAnswer('get-object-lock-configuration', 'ObjectLockConfiguration'),
  bucketAnswer('get-bucket-ownership-controls', 'OwnershipControls'),
  bucketAnswer('get-bucket-tagging', 'TagSet'),
  bucketAnswer('get-bucket-location', 'LocationConstraint'),
  {
    keys: ['IsLogging'],
    what: `${PLACE('aws cloudtrail get-trail-status', 'trail')} as 123456789012/us-east-1/cloudtrail/get-trail-status/<trail>.json`,
  },
  {
    keys: ['Entries'],
    what: `${PLACE('aws ec2 get-managed-prefix-list-entries', 'prefix list')} as 123456789012/us-east-1/ec2/get-managed-prefix-list-entries/<prefix list>.json`,
  },
  {
    keys: ['SecurityGroupRules'],
    what: 'rules of security groups, which do not say all of a group: give what "aws ec2 describe-security-groups" prints',
  },
  {
    keys: ['Trails'],
    what: 'what "aws cloudtrail list-trails" prints, which does not say their buckets: give what "aws cloudtrail describe-trails" prints',
  },
  {
    keys: ['Trail'],
    what: 'what "aws cloudtrail get-trail" prints: give what "aws cloudtrail describe-trails" prints',
  },
  {
    keys: ['State', 'Description'],
    what: 'what "aws iam generate-credential-report" prints: the report itself is what "aws iam get-credential-report" prints',
  },
  {
    keys: ['results', 'schemaVersion'],
    what: 'a report of "groundrules evaluate" itself: give it what was judged, or give this to "groundrules remediate --from"',
  },
  {
    keys: ['AWSTemplateFormatVersion'],
    what: 'a CloudFormation template, which is no account',
  },
];

/** What an object of these members is, and what to give instead; `undefined` for one that nobody knows. */
export const strangerOf = (members: readonly string[]): string | undefined =>
  STRANGERS.find(({ keys }) => keys.every((key) => members.includes(key)))?.what;

/** What the `aws` command prints in the place of an answer: `An error occurred (Code) when calling the Api operation: …` */
const CLI_ERROR =
  /(?:^|\n)[^\n]{0,40}?An error occurred \(([\w.]+)\) when calling the (\w+) operation(?: \([^)]*\))?: ?([^\n]*)/;

/** What a text is that is the `aws` command's error; `undefined` for any other. */
export function cliErrorIn(text: string): string | undefined {
  const [, code, operation, message = ''] = CLI_ERROR.exec(text) ?? [];
  if (code !== undefined) {
    return `what the aws command says in the place of an answer: ${code} when calling ${operation}${message && `: ${message.trim()}`}. Allow ${operation}, and run the command again; in a snapshot folder this file is that error`;
  }
  const [, problem] =
    /(?:^|\n)(Unable to locate credentials|The config profile .* could not be found|Could not connect to the endpoint URL|Error when retrieving (?:token|credentials)|aws: error: |usage: aws |The SSO session)/.exec(
      text,
    ) ?? [];
  return problem === undefined
    ? undefined
    : `what the aws command says in the place of an answer (${text.trim().split(/\r?\n/, 1)[0]?.slice(0, 160)}): run the command again`;
}

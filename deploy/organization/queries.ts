/**
 * Advanced queries for the aggregator: SQL SELECT as far as AWS Config has it (no AS, DISTINCT, HAVING, JOIN or NULL; GROUP BY
 * three properties at most; wildcards at the end only, behind three letters at least), over the properties of
 * https://github.com/awslabs/aws-config-resource-schema. Both: https://docs.aws.amazon.com/config/latest/developerguide/querying-AWS-resources.html
 *
 * They see what recorders record: AWS::Config::ResourceCompliance and AWS::Config::ConformancePackCompliance for the most part.
 */
export interface Query {
  /** `[a-zA-Z0-9-_]`, at most 64. */
  readonly name: string;
  /** At most 256 characters. */
  readonly description: string;
  /** At most 4,096 characters. */
  readonly expression: string;
}

const packsOf = (prefix: string) =>
  `resourceType = 'AWS::Config::ConformancePackCompliance' AND resourceName LIKE '${prefix}-%'`;
const FAILING = "configuration.complianceType = 'NON_COMPLIANT'";
const FAILING_RESOURCES = `resourceType = 'AWS::Config::ResourceCompliance' AND ${FAILING}`;

/**
 * Resources of a kind that a rule of ours has judged, and that fail. A condition on two properties of a list holds when each
 * holds somewhere in it: the result has all rules of the resource with their verdicts, so that one sees which failed.
 */
const failing = (rule: string, type: string) =>
  `SELECT accountId, awsRegion, configuration.targetResourceId, configuration.configRuleList.configRuleName, configuration.configRuleList.complianceType WHERE ${FAILING_RESOURCES} AND configuration.targetResourceType = '${type}' AND configuration.configRuleList.configRuleName LIKE '${rule}-conformance-pack-%' ORDER BY accountId`;

/** The queries on the packs of a deployment, by its `namePrefix`, which their names begin with, too. */
export const queriesOf = (prefix: string, packs = packsOf(prefix)): readonly Query[] => [
  {
    name: `${prefix}-failing-packs-by-account`,
    description: 'How many packs of Groundrules fail in each account.',
    expression: `SELECT accountId, COUNT(*) WHERE ${packs} AND ${FAILING} GROUP BY accountId`,
  },
  {
    name: `${prefix}-failing-accounts-by-pack`,
    description: 'In how many accounts and Regions each pack fails.',
    expression: `SELECT resourceName, COUNT(*) WHERE ${packs} AND ${FAILING} GROUP BY resourceName`,
  },
  {
    name: `${prefix}-failing-by-rule`,
    description: 'The rules of each failing pack with their verdicts, by account and Region.',
    expression: `SELECT accountId, awsRegion, resourceName, configuration.nonCompliantRuleCount, configuration.configRuleList.configRuleName, configuration.configRuleList.complianceType WHERE ${packs} AND ${FAILING} ORDER BY accountId`,
  },
  {
    name: `${prefix}-scores`,
    description:
      'Every pack with how many of its rules pass and fail. Rules that have no result yet are in the total only.',
    expression: `SELECT accountId, awsRegion, resourceName, configuration.complianceType, configuration.compliantRuleCount, configuration.nonCompliantRuleCount, configuration.totalRuleCount WHERE ${packs} ORDER BY accountId`,
  },
  {
    name: `${prefix}-accounts-with-results`,
    description:
      'How many packs each account reports. Accounts that are missing here have no results: no recorder, or no stack.',
    expression: `SELECT accountId, COUNT(*) WHERE ${packs} GROUP BY accountId`,
  },
  {
    name: `${prefix}-root`,
    description: 'Accounts whose root user fails a rule.',
    expression: `SELECT accountId, configuration.nonCompliantRuleCount, configuration.configRuleList.configRuleName, configuration.configRuleList.complianceType WHERE resourceType = 'AWS::Config::ConformancePackCompliance' AND resourceName = '${prefix}-root' AND ${FAILING} ORDER BY accountId`,
  },
  {
    name: `${prefix}-public-buckets`,
    description:
      'Buckets that s3-public has judged and that fail a rule. Look at the verdict beside s3-public: another rule may be the one that failed.',
    expression: failing('s3-public', 'AWS::S3::Bucket'),
  },
  {
    name: `${prefix}-open-groups`,
    description:
      'Security groups that sg-open-ports has judged and that fail a rule. Look at the verdict beside sg-open-ports: another rule may be the one that failed.',
    expression: failing('sg-open-ports', 'AWS::EC2::SecurityGroup'),
  },
  {
    name: `${prefix}-failing-by-type`,
    description: 'How many resources of each type fail some rule, of Groundrules or not.',
    expression: `SELECT configuration.targetResourceType, COUNT(*) WHERE ${FAILING_RESOURCES} GROUP BY configuration.targetResourceType`,
  },
  {
    name: `${prefix}-recorders`,
    description:
      'The configuration recorders, whether they record, and whether everything. A Region without a row records nothing that is seen here.',
    expression:
      "SELECT accountId, awsRegion, configuration.Recording, configuration.RecordingGroup.AllSupported, configuration.RecordingMode.RecordingFrequency WHERE resourceType = 'AWS::Config::ConfigurationRecorder' ORDER BY accountId",
  },
];

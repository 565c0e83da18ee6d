/** Resources as Security Hub names them (https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resources.html). */
import type { ComplianceChange } from './finding.ts';
import { oneLine } from './text.ts';

interface Kind {
  /** ASFF's name of the type; `Other` where it has none. */
  readonly type: string;
  /** The part of the ARN after `arn:aws:`, where AWS Config's id is enough to know it. */
  readonly arn?: (change: ComplianceChange) => string;
}

const ec2 = (type: string, name: string): Kind => ({
  type,
  arn: ({ region, accountId, resourceId }) => `ec2:${region}:${accountId}:${name}/${resourceId}`,
});

/**
 * By AWS Config's type. AWS Config identifies IAM's resources and RDS's by ids that are not in their ARNs (`AIDA…`, `db-…`),
 * and a trail by a name that does not say its home Region: their ids stay as they are. Ids that are ARNs stay, too.
 */
export const RESOURCE_KINDS: Readonly<Record<string, Kind>> = {
  // What Security Hub's own findings have for an account.
  'AWS::::Account': { type: 'AwsAccount' },
  'AWS::ACM::Certificate': { type: 'AwsCertificateManagerCertificate' },
  'AWS::CloudFront::Distribution': {
    type: 'AwsCloudFrontDistribution',
    arn: ({ accountId, resourceId }) => `cloudfront::${accountId}:distribution/${resourceId}`,
  },
  'AWS::CloudTrail::Trail': { type: 'AwsCloudTrailTrail' },
  'AWS::CodeBuild::Project': { type: 'AwsCodeBuildProject' },
  'AWS::EC2::EIP': ec2('AwsEc2Eip', 'elastic-ip'),
  'AWS::EC2::Instance': ec2('AwsEc2Instance', 'instance'),
  'AWS::EC2::LaunchTemplate': ec2('AwsEc2LaunchTemplate', 'launch-template'),
  'AWS::EC2::NatGateway': ec2('Other', 'natgateway'),
  'AWS::EC2::NetworkAcl': ec2('AwsEc2NetworkAcl', 'network-acl'),
  'AWS::EC2::SecurityGroup': ec2('AwsEc2SecurityGroup', 'security-group'),
  'AWS::EC2::VPC': ec2('AwsEc2Vpc', 'vpc'),
  'AWS::EC2::Volume': ec2('AwsEc2Volume', 'volume'),
  'AWS::ECS::TaskDefinition': { type: 'AwsEcsTaskDefinition' },
  'AWS::EFS::FileSystem': {
    type: 'Other',
    arn: ({ region, accountId, resourceId }) =>
      `elasticfilesystem:${region}:${accountId}:file-system/${resourceId}`,
  },
  'AWS::ElasticLoadBalancing::LoadBalancer': {
    type: 'AwsElbLoadBalancer',
    arn: ({ region, accountId, resourceId }) =>
      `elasticloadbalancing:${region}:${accountId}:loadbalancer/${resourceId}`,
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { type: 'AwsElbv2LoadBalancer' },
  'AWS::IAM::Group': { type: 'AwsIamGroup' },
  'AWS::IAM::Policy': { type: 'AwsIamPolicy' },
  'AWS::IAM::Role': { type: 'AwsIamRole' },
  'AWS::IAM::ServerCertificate': { type: 'Other' },
  'AWS::IAM::User': { type: 'AwsIamUser' },
  'AWS::KMS::Key': {
    type: 'AwsKmsKey',
    arn: ({ region, accountId, resourceId }) => `kms:${region}:${accountId}:key/${resourceId}`,
  },
  'AWS::RDS::DBCluster': { type: 'AwsRdsDbCluster' },
  'AWS::RDS::DBInstance': { type: 'AwsRdsDbInstance' },
  'AWS::RDS::DBSnapshot': { type: 'AwsRdsDbSnapshot' },
  'AWS::S3::Bucket': { type: 'AwsS3Bucket', arn: ({ resourceId }) => `s3:::${resourceId}` },
  'AWS::SSM::ManagedInstanceInventory': { type: 'Other' },
  'AWS::SSM::PatchCompliance': { type: 'AwsSsmPatchCompliance' },
  'AWS::SecretsManager::Secret': { type: 'AwsSecretsManagerSecret' },
};

/** `Partition` in the service's model; what is not in there is left out. */
const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov', 'aws-us-iso', 'aws-us-iso-b'] as const;

export interface FindingResource {
  readonly Type: string;
  readonly Id: string;
  readonly Partition?: (typeof PARTITIONS)[number];
  readonly Region: string;
}

/** The resource of a finding: its ARN if it can be made from the event, else AWS Config's id. */
export function resourceOf(change: ComplianceChange): FindingResource {
  const { resourceType, resourceId, region, partition } = change;
  const kind = Object.hasOwn(RESOURCE_KINDS, resourceType) ? RESOURCE_KINDS[resourceType] : undefined;
  const known = PARTITIONS.find((one) => one === partition);
  return {
    Type: kind?.type ?? 'Other',
    Id: oneLine(idOf(change, kind, resourceId), 1024),
    ...(known && { Partition: known }),
    Region: region,
  };
}

function idOf(change: ComplianceChange, kind: Kind | undefined, id: string): string {
  if (id.startsWith('arn:')) return id;
  if (kind?.type === 'AwsAccount') return `AWS::::Account:${id}`;
  return kind?.arn ? `arn:${change.partition}:${kind.arn(change)}` : id;
}

/** What AWS Config hands a document of AWS's as the resource's id, against what its parameter takes. */
import { controls } from '../../catalogue/index.ts';
import { awsOwned } from '../../remediation-docs/aws-owned.ts';

/** The ids in AWS Config's items and results, by type (samples in AWS's own repositories). */
const GIVEN: Readonly<Record<string, string>> = {
  'AWS::::Account': 'account id',
  'AWS::CloudFront::Distribution': 'E…',
  'AWS::CloudTrail::Trail': 'trail name',
  'AWS::CodeBuild::Project': "AWS Config's id",
  'AWS::EC2::EIP': 'eipalloc-…',
  'AWS::EC2::Instance': 'i-…',
  'AWS::EC2::NetworkAcl': 'acl-…',
  'AWS::EC2::SecurityGroup': 'sg-…',
  'AWS::EC2::Volume': 'vol-…',
  'AWS::IAM::Group': 'AGPA…',
  'AWS::IAM::Policy': 'ANPA…',
  'AWS::IAM::Role': 'AROA…',
  'AWS::IAM::User': 'AIDA…',
  'AWS::RDS::DBInstance': 'db-…',
  'AWS::S3::Bucket': 'bucket name',
  // Not the instance's id alone, although the type is about an instance.
  'AWS::SSM::PatchCompliance': 'AWS::SSM::ManagedInstanceInventory/i-…',
  'AWS::SecretsManager::Secret': 'secret ARN',
};

/** What the parameter takes, as the page of each document describes it. */
const TAKEN: Readonly<Record<string, string>> = {
  'AWS-AttachIAMToInstance': 'i-…',
  'AWS-DisableIncomingSSHOnPort22': 'sg-…',
  'AWS-EnableCloudTrailCloudWatchLogs': 'trail name',
  'AWS-EnableS3BucketEncryption': 'bucket name',
  'AWS-PatchInstanceWithRollback': 'i-…',
  'AWS-ReleaseElasticIP': 'eipalloc-…',
  'AWS-SetupManagedRoleOnEc2Instance': 'i-…',
  'AWS-TerminateEC2Instance': 'i-…',
  'AWSConfigRemediation-ConfigureS3BucketPublicAccessBlock': 'bucket name',
  'AWSConfigRemediation-ConfigureS3PublicAccessBlock': 'account id',
  // It looks the project up in AWS Config, by that id.
  'AWSConfigRemediation-DeleteAccessKeysFromCodeBuildProject': "AWS Config's id",
  'AWSConfigRemediation-DeleteSecret': 'secret ARN',
  'AWSConfigRemediation-DeleteUnusedEBSVolume': 'vol-…',
  'AWSConfigRemediation-DeleteUnusedSecurityGroup': 'sg-…',
  'AWSConfigRemediation-DeleteUnusedVPCNetworkACL': 'acl-…',
  'AWSConfigRemediation-DetachIAMPolicy': 'ANPA…',
  'AWSConfigRemediation-DisablePublicAccessToRDSInstance': 'db-…',
  'AWSConfigRemediation-EnableCloudFrontViewerPolicyHTTPS': 'E…',
  'AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules': 'sg-…',
  'AWSConfigRemediation-RemoveUserPolicies': 'AIDA…',
  'AWSConfigRemediation-RestrictBucketSSLRequestsOnly': 'bucket name',
  'AWSConfigRemediation-RevokeUnusedIAMUserCredentials': 'AIDA…',
  'AWSConfigRemediation-RotateSecret': 'secret ARN',
};

/** Its scope names the inventory as well, on which it goes; its results are of the instance (Security Hub's SSM.1). */
const JUDGED: Readonly<Record<string, readonly string[]>> = { 'ec2-managed-by-ssm': ['AWS::EC2::Instance'] };

const pairs = awsOwned
  .filter(({ parameters }) => parameters.some(({ resource }) => resource))
  .flatMap((document) => document.controls.map((control) => [document.name, control, document] as const));

test.each(pairs)('%s is given for %s what it takes, or is started by hand', (name, id, document) => {
  const control = controls.find((one) => one.id === id);
  const types = JUDGED[id] ?? (control && 'resourceTypes' in control && control.resourceTypes) ?? [];
  // A rule of ours with a document of its own has AWS's for people alone.
  if (control?.kind === 'custom') return;
  const given = types ? types.map((type) => GIVEN[type] ?? `unknown: ${type}`) : [];
  expect(given.length).toBeGreaterThan(0);
  const fits = given.every((one) => one === TAKEN[name]);
  expect([id, given, fits]).toEqual([id, given, !(document.byHand ?? []).includes(id)]);
});

import { READS, type Read, type ReadName, type ReadTarget } from '../reads.ts';

/** The option that names the resource, where the `aws` command wants one. */
const ID_OPTIONS: Partial<Record<ReadName, string>> = {
  'iam:ListAccessKeys': '--user-name',
  'iam:ListUserTags': '--user-name',
  'organizations:DescribeEffectivePolicy': '--policy-type',
  'account:GetAlternateContact': '--alternate-contact-type',
  'elbv2:DescribeListeners': '--load-balancer-arn',
  'elbv2:DescribeRules': '--listener-arn',
  'organizations:DescribeAccount': '--account-id',
  'ec2:GetManagedPrefixListEntries': '--prefix-list-id',
  'cloudtrail:GetTrailStatus': '--name',
  'rds:DescribeOptionGroups': '--option-group-name',
  'rds:DescribeDBParameters': '--db-parameter-group-name',
  'rds:DescribeDBClusterParameters': '--db-cluster-parameter-group-name',
};

/** The command whose output a snapshot keeps for a reading: `aws ec2 describe-security-groups --region us-east-1`. */
export function cliCommand(name: ReadName, { region, id }: ReadTarget, accountId: string): string {
  const read: Read = READS[name];
  const [service, command] = read.file.replace(/^global\//, '').split('/') as [string, string];
  const words = ['aws', service, command];
  if (service === 's3control') words.push('--account-id', accountId);
  if (id !== undefined) words.push(ID_OPTIONS[name] ?? '--bucket', id);
  if (region !== undefined) words.push('--region', region);
  if (name === 'iam:GetCredentialReport') words.push('--query Content --output text | base64 --decode');
  return words.join(' ');
}

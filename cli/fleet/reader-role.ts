/** The role that is assumed in each account, and what its caller needs: as policies, and as a template for a StackSet. */
import { actionsOf } from '../../account/reading.ts';
import { byResources } from '../../deploy/account/actions.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { READER_ROLE } from './declared.ts';

export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly object[];
}

interface Group {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: object;
}

/** Allows these actions on these resources. */
export const policyOf = (groups: readonly Group[]): Policy => ({
  Version: '2012-10-17',
  Statement: groups.map(({ actions, resources, condition }) => ({
    Effect: 'Allow',
    Action: [...new Set(actions)].sort(),
    Resource: resources.length === 1 ? resources[0] : resources,
    ...(condition && { Condition: condition }),
  })),
});

/** What judging by these rules, or collecting for them, asks. */
export const readActions = (rules: readonly AnyRule[]): string[] => [
  ...new Set([...rules.flatMap(({ reads }) => reads.flatMap(actionsOf)), 'ec2:DescribeRegions']),
];

/** Of whoever runs the command: list the organization, and assume the role in its accounts. */
export const callerPolicy = (partition: string, roleName: string): Policy =>
  policyOf([
    {
      actions: [
        'DescribeOrganization',
        'ListAccountsForParent',
        'ListOrganizationalUnitsForParent',
        'ListRoots',
        'ListTagsForResource',
      ].map((api) => `organizations:${api}`),
      resources: ['*'],
    },
    {
      actions: ['sts:AssumeRole', 'sts:TagSession'],
      resources: [`arn:${partition}:iam::*:role/${roleName}`],
    },
  ]);

/**
 * Who may assume the role.
 *
 * @param principal an account's id, or the ARN of a role or user in it.
 */
export const trustPolicy = (principal: unknown, condition?: object): Policy => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: principal },
      // What an AssumeRole with tags needs besides; without tags it allows nothing.
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      ...(condition && { Condition: condition }),
    },
  ],
});

export const externalIdIs = (externalId: unknown) => ({ StringEquals: { 'sts:ExternalId': externalId } });

/** The role as a CloudFormation template, for a StackSet over the organization. */
export function readerRoleTemplate(rules: readonly AnyRule[]): object {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation fills it.
  const place = { partition: '${AWS::Partition}', region: '*', account: '*' };
  const groups = byResources(readActions(rules), place).map(({ actions, resources }) => ({
    actions,
    resources: resources.map((one) => (one.includes('${') ? { 'Fn::Sub': one } : one)),
  }));
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Lets Groundrules read this account: groundrules evaluate and collect --organization',
    Parameters: {
      TrustedPrincipal: {
        Type: 'String',
        Description:
          'Who runs Groundrules: the id of the account, or the ARN of a role or user in it, which is narrower',
        AllowedPattern: '[0-9]{12}|arn:aws[a-z-]*:iam::[0-9]{12}:(root|(role|user)/.+)',
      },
      ExternalId: {
        Type: 'String',
        Description: 'The external id that has to be given (--external-id); empty for none',
        Default: '',
      },
      RoleName: { Type: 'String', Description: 'As --role-name has it', Default: READER_ROLE },
    },
    Conditions: { HasExternalId: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'ExternalId' }, ''] }] } },
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { Ref: 'RoleName' },
          Description: 'Groundrules reads this account by it',
          AssumeRolePolicyDocument: {
            'Fn::If': [
              'HasExternalId',
              trustPolicy({ Ref: 'TrustedPrincipal' }, externalIdIs({ Ref: 'ExternalId' })),
              trustPolicy({ Ref: 'TrustedPrincipal' }),
            ],
          },
          Policies: [{ PolicyName: 'read', PolicyDocument: policyOf(groups as readonly Group[]) }],
        },
      },
    },
    Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  };
}

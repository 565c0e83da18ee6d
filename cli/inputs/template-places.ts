/** The line of a template that a finding is about, rule by rule. */
import { policiesOf, placeOf as policyPlaceOf } from '../../account/template/kinds/buckets.ts';
import { databaseOf, portOf } from '../../account/template/kinds/databases.ts';
import { namesIn, POLICY_TYPES } from '../../account/template/kinds/identities.ts';
import { listOf } from '../../account/template/kinds/kind.ts';
import type { Places, Spot } from '../../account/template/places.ts';
import type { TemplateResource } from '../../account/template/template.ts';
import { isMap, type Known, textOf, type Value } from '../../account/template/unknown.ts';
import type { KeyFinding } from '../../rules/ec2-no-embedded-keys/findings.ts';
import type { RoleFinding } from '../../rules/ec2-role-least-privilege/findings.ts';
import type { PolicyFinding } from '../../rules/iam-policy-conditions/findings.ts';
import type { S3AdminFinding } from '../../rules/iam-s3-admin-restricted/findings.ts';
import type { IngressFinding } from '../../rules/rds-ingress-sources/findings.ts';
import type { Finding } from '../../rules/rule.ts';
import type { Exposure } from '../../rules/s3-public/exposure.ts';
import type { OpenRule, SgFinding } from '../../rules/sg-open-ports/findings.ts';
import type { TrailLogRetentionFinding } from '../../rules/trail-log-retention/rule.ts';
import type { TrailObjectLockFinding } from '../../rules/trail-object-lock/rule.ts';

type Place<F = Finding> = (
  finding: F,
  resource: TemplateResource,
  places: Places,
) => Pick<Spot, 'line'> | undefined;

/** Findings come from the rule of that id alone. */
const of = <F extends Finding>(place: Place<F>): Place => place as Place;

/** By the ids of the rules that judge templates. */
export const PLACES: Readonly<Record<string, Place>> = {
  'sg-open-ports': of<SgFinding>((finding, group, places) => {
    if (!('rules' in finding)) return undefined;
    const [rule] = finding.rules;
    return rule && ingressOf(group, places).find(({ value }) => isRule(value, rule));
  }),
  'rds-ingress-sources': of<IngressFinding>((finding, database, places) => {
    if (!('source' in finding)) return undefined;
    const { source, group: id } = finding;
    const port = Number(portOf(databaseOf(places.stack, database), places.bound));
    const group = places.stack.ofType('AWS::EC2::SecurityGroup').find((one) => one.id === id);
    const entries = group ? ingressOf(group, places) : [];
    const letsIn = entries.filter(({ value }) => sourcesIn(value).includes(source) && reaches(value, port));
    return letsIn[0] ?? places.first(database, ['VPCSecurityGroups'], ['VpcSecurityGroupIds']);
  }),
  'rds-managed-master-secret': (_, database, places) =>
    places.first(database, ['MasterUserPassword'], ['ManageMasterUserPassword']),
  's3-public': of<Exposure>((finding, bucket, places) => {
    if (finding.kind === 'publicAcl') return places.first(bucket, ['AccessControl']);
    if (finding.kind !== 'publicPolicy') return undefined;
    const { stack, bound } = places;
    const policies = policiesOf(stack, bucket, bound);
    return places.statement(policies, finding.statement, policyPlaceOf(stack, bucket));
  }),
  'ec2-no-embedded-keys': of<KeyFinding>((_, resource, places) => {
    const own = places.first(resource, ['UserData'], ['LaunchTemplateData', 'UserData']);
    return own ?? places.first(resource, ['LaunchTemplate']);
  }),
  'iam-policy-conditions': of<PolicyFinding>((finding, policy, places) =>
    finding.kind === 'unrestricted'
      ? places.statement([policy], finding.index, { hasPrincipals: false })
      : undefined,
  ),
  'iam-s3-admin-restricted': of<S3AdminFinding>((finding, principal, places) => {
    if (finding.kind !== 'allowed') return undefined;
    const { policy, group } = finding;
    const owner =
      group === undefined
        ? principal
        : places.stack.ofType('AWS::IAM::Group').find((one) => places.stack.nameOf(one) === group);
    return owner && policyOf(policy, owner, places);
  }),
  'ec2-role-least-privilege': of<RoleFinding>((finding, instance, places) => {
    if (!('policy' in finding)) return undefined;
    const { role: name, policy } = finding;
    const role = places.stack.ofType('AWS::IAM::Role').find((one) => places.stack.nameOf(one) === name);
    return (role && policyOf(policy, role, places)) ?? places.first(instance, ['IamInstanceProfile']);
  }),
  'trail-object-lock': of<TrailObjectLockFinding>((finding, _, places) => {
    const bucket = 'bucket' in finding ? bucketOf(finding.bucket, places) : undefined;
    if (!bucket) return undefined;
    const retention = ['ObjectLockConfiguration', 'Rule', 'DefaultRetention'];
    const narrow = finding.kind === 'weakMode' ? ['Mode'] : finding.kind === 'shortRetention' ? DAYS : [];
    const ways = narrow.map((one) => [...retention, one]);
    return places.first(bucket, ...ways, ['ObjectLockConfiguration'], ['ObjectLockEnabled']);
  }),
  'trail-log-retention': of<TrailLogRetentionFinding>((finding, _, places) => {
    if (!('rule' in finding)) return undefined;
    const bucket = bucketOf(finding.bucket, places);
    const rules = bucket ? places.at(bucket, 'LifecycleConfiguration', 'Rules', '*') : [];
    return rules
      .filter(
        ({ value }) => isMap(value) && textOf(value.Id) === finding.rule && expiresAfter(value) < Infinity,
      )
      .sort((one, other) => expiresAfter(one.value as Known) - expiresAfter(other.value as Known))[0];
  }),
};

const DAYS = ['Days', 'Years'];

/** A group's rules: in its own list, and resources by themselves. */
function ingressOf(group: TemplateResource, places: Places): Spot[] {
  const { stack } = places;
  const isOf = ({ GroupId: id, GroupName: name }: Known) =>
    textOf(id) === group.id || textOf(name) === stack.nameOf(group);
  const alone = stack
    .ofType('AWS::EC2::SecurityGroupIngress')
    .map((one) => ({ one, line: one.line, value: stack.properties(one) }))
    .filter(({ one, value }) => one === group || isOf(value));
  return [...places.at(group, 'SecurityGroupIngress', '*'), ...alone];
}

const SOURCES = [
  'CidrIp',
  'CidrIpv6',
  'SourcePrefixListId',
  'SourceSecurityGroupId',
  'SourceSecurityGroupName',
];
const sourcesIn = (rule: Value): (string | undefined)[] =>
  isMap(rule) ? SOURCES.map((name) => textOf(rule[name])) : [];

const isRule = (value: Value, { protocol, fromPort, toPort, source }: OpenRule): boolean =>
  isMap(value) &&
  sourcesIn(value).includes(source) &&
  textOf(value.IpProtocol) === protocol &&
  textOf(value.FromPort) === textOf(fromPort) &&
  textOf(value.ToPort) === textOf(toPort);

function reaches(value: Value, port: number): boolean {
  const { FromPort: from, ToPort: to, IpProtocol: protocol } = value as Known;
  const [first, last] = [textOf(from), textOf(to)];
  if (textOf(protocol) === '-1' || first === undefined || last === undefined) return true;
  return Number(first) <= port && port <= Number(last);
}

const bucketOf = (name: string, { stack }: Places): TemplateResource | undefined =>
  stack.ofType('AWS::S3::Bucket').find((one) => stack.nameOf(one) === name);

/** A date is at once. */
const expiresAfter = ({ Status: status, ExpirationDate: date, ExpirationInDays: days }: Known): number => {
  if (textOf(status) !== 'Enabled') return Infinity;
  return date === undefined ? Number(textOf(days) ?? Infinity) : 0;
};

/** Where an identity gets a policy: `inline policy deploy`, `policy arn:…`. */
function policyOf(called: string, owner: TemplateResource, places: Places): Pick<Spot, 'line'> | undefined {
  const { stack } = places;
  const [, inline] = /^inline policy (.*)$/s.exec(called) ?? [];
  const own =
    inline === undefined
      ? places.at(owner, 'ManagedPolicyArns', '*').find(({ value }) => `policy ${textOf(value)}` === called)
      : places
          .at(owner, 'Policies', '*')
          .find(({ value }) => isMap(value) && textOf(value.PolicyName) === inline);
  if (own) return own;
  const given = stack.ofType(...POLICY_TYPES).find((policy) => {
    const property = namesIn(policy, owner);
    const { [property ?? '']: names, PolicyName: name } = stack.properties(policy);
    const isCalled =
      policy.type === 'AWS::IAM::ManagedPolicy'
        ? `policy ${stack.arnOf(policy)}` === called
        : (textOf(name) ?? policy.id) === inline;
    return isCalled && listOf(names).some((one) => textOf(one) === stack.nameOf(owner));
  });
  return given && (places.first(given, ['PolicyDocument']) ?? given);
}

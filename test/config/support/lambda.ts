/** A rule's function with everything around it in memory: AWS Config is a mock, the account a few files. */
import { ConfigServiceClient, type Evaluation, PutEvaluationsCommand } from '@aws-sdk/client-config-service';
import { mockClient } from 'aws-sdk-client-mock';
import type { Account } from '../../../account/account.ts';
import { AccountError, OWN_CODES } from '../../../account/errors.ts';
import { nameOf } from '../../../account/reading.ts';
import {
  type IngressPermission,
  prefixListEntries,
  type SecurityGroup,
  securityGroups,
} from '../../../account/services/ec2/readings.ts';
import { ITEM_READERS } from '../../../config/item.ts';
import type { Log } from '../../../config/log.ts';
import { type HandlerOptions, ruleHandler } from '../../../lambda/handler.ts';
import { defineFix } from '../../../rules/fix.ts';
import { attempt, compliant, nonCompliant } from '../../../rules/judgement.ts';
import { integer, parameter } from '../../../rules/parameters.ts';
import { type AnyRule, defineRule, every, onChange } from '../../../rules/rule.ts';
import { ACCOUNT, memorySource } from '../../support/memory.ts';
import { summary } from '../../support/summary.ts';
import type { Json } from './items.ts';

interface Open {
  readonly kind: 'open';
  readonly to: string;
}

const WORLD = ['0.0.0.0/0', '::/0'];
const about = { en: 'How many permissions may be open.', ko: '열려 있어도 되는 권한의 수.' };

type View = Account<typeof securityGroups | typeof prefixListEntries>;

async function* one(account: View, id: string, region: string): AsyncGenerator<SecurityGroup> {
  const group = await account.one(securityGroups, id, { region });
  if (group) yield group;
}

/** @throws {AccountError} where one cannot be read: it may be open. */
const permissionsOf = ({ ingress }: SecurityGroup): readonly IngressPermission[] =>
  ingress.map((permission) => {
    if (!('problem' in permission)) return permission;
    throw new AccountError(OWN_CODES.malformed, 'ec2:DescribeSecurityGroups', permission.problem);
  });
const rangesOf = (permissions: readonly IngressPermission[]) =>
  permissions.flatMap(({ ipv4, ipv6 }) => [...ipv4, ...ipv6]);

async function sourcesOf(group: SecurityGroup, account: View, region: string): Promise<string[]> {
  const ingress = permissionsOf(group);
  const lists = ingress.flatMap(({ prefixListIds }) => prefixListIds);
  const entries = await Promise.all(lists.map((id) => account.read(prefixListEntries, { region, id })));
  return [...rangesOf(ingress), ...entries.flat()];
}

/** Revokes what is open; brings it back, but not what is there already. */
const fix = defineFix<Open, { readonly allowed: number }>()({
  summary,
  options: {},
  reads: [securityGroups],
  inputs: { Open: [] as string[] },
  plan: ({ resource, findings }) => ({
    steps: findings.map(({ to }) => ({
      api: 'ec2:RevokeSecurityGroupIngress',
      input: { GroupId: resource.id, CidrIp: to },
      why: `open to ${to}`,
    })),
    inputs: { Open: findings.map(({ to }) => to) },
    before: findings.map(({ to }) => to),
    warnings: ['somebody may notice'],
  }),
  async undo(before: readonly string[], { account, resource }) {
    const group = await account.one(securityGroups, resource.id, { region: resource.region });
    const there = group ? rangesOf(permissionsOf(group)) : [];
    const gone = before.filter((cidr) => !there.includes(cidr));
    return {
      steps: gone.map((to) => ({
        api: 'ec2:AuthorizeSecurityGroupIngress',
        input: { GroupId: resource.id, CidrIp: to },
        why: `open to ${to} again`,
      })),
      inputs: { Open: gone },
    };
  },
  async verify(before: readonly string[], changes, { account, resource }) {
    const group = await account.one(securityGroups, resource.id, { region: resource.region });
    const there = group ? rangesOf(permissionsOf(group)) : [];
    const gone = before.filter((cidr) => !there.includes(cidr));
    return { before: gone.length > 0 ? gone : null, made: gone.length > 0 ? changes : [], others: [] };
  },
});

/** The simplest rule that reads an item, a list, a prefix list and a parameter: no group is open to the world. */
const parameters = { allowed: parameter(integer(0, 9), '0', about) };
export const closedGroups = defineRule<typeof parameters, Open>()({
  id: 'closed-groups',
  severity: 'HIGH',
  resourceTypes: ['AWS::EC2::SecurityGroup'],
  scope: 'regional',
  triggers: [onChange(), every('TwentyFour_Hours')],
  parameters,
  reads: [securityGroups, prefixListEntries],
  messages: { open: ({ to }) => `open to ${to}` },
  async *judge(account, { allowed }, { resource }) {
    for (const region of resource ? [resource.region] : account.regions) {
      for await (const group of resource
        ? one(account, resource.id, region)
        : account.each(securityGroups, { region })) {
        const ref = { type: 'AWS::EC2::SecurityGroup', id: group.id, region };
        const judgement = await attempt(ref, async () => {
          const open = (await sourcesOf(group, account, region)).filter((cidr) => WORLD.includes(cidr));
          const findings = open.map((to): Open => ({ kind: 'open', to }));
          return open.length > allowed ? nonCompliant(ref, findings) : compliant<Open>(ref);
        });
        if (judgement) yield judgement;
      }
    }
  },
  fix,
});

export const NOW = new Date('2026-11-22T00:00:00.000Z');
export const CREATED = '2026-11-21T22:23:24.567Z';

/** An event as AWS Config sends it. */
export const lambdaEvent = (invokingEvent: unknown, envelope: Json = {}): Json => ({
  version: '1.0',
  invokingEvent: typeof invokingEvent === 'string' ? invokingEvent : JSON.stringify(invokingEvent),
  ruleParameters: '{}',
  resultToken: 'token-1',
  eventLeftScope: false,
  executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/config`,
  configRuleArn: `arn:aws:config:us-east-1:${ACCOUNT}:config-rule/config-rule-0abcde`,
  configRuleName: 'closed-groups',
  configRuleId: 'config-rule-0abcde',
  accountId: ACCOUNT,
  ...envelope,
});

export const change = (configurationItem: unknown): Json => ({
  messageType: 'ConfigurationItemChangeNotification',
  configurationItem,
  configurationItemDiff: null,
  notificationCreationTime: CREATED,
  recordVersion: '1.3',
});

export function oversized(item: Json, summary: Json = {}): Json {
  const { configuration, supplementaryConfiguration, tags, ...rest } = item;
  return {
    messageType: 'OversizedConfigurationItemChangeNotification',
    configurationItemSummary: { changeType: 'UPDATE', ...rest, ...summary },
    notificationCreationTime: CREATED,
    recordVersion: '1.0',
  };
}

export const scheduled: Json = {
  messageType: 'ScheduledNotification',
  awsAccountId: ACCOUNT,
  notificationCreationTime: CREATED,
  recordVersion: '1.0',
};

/** What DescribeSecurityGroups says of a group. */
export const described = (GroupId: string, ...cidrs: string[]) => ({
  GroupId,
  GroupName: GroupId,
  Tags: [],
  IpPermissions: cidrs.map((CidrIp) => ({
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    IpRanges: [{ CidrIp }],
    Ipv6Ranges: [],
    PrefixListIds: [],
  })),
});

export const GROUPS = 'us-east-1/ec2/describe-security-groups.json';
export const prefixList = (id: string) => `us-east-1/ec2/get-managed-prefix-list-entries/${id}.json`;

export interface Logged {
  readonly level: 'info' | 'warn';
  readonly message: string;
  readonly details: unknown;
}

/** A function, and all that it asked and said. */
export function lambda(
  readings: Json,
  { rule = closedGroups as AnyRule, ...options }: HandlerOptions & { rule?: AnyRule } = {},
) {
  const config = mockClient(ConfigServiceClient);
  config.on(PutEvaluationsCommand).resolves({ FailedEvaluations: [] });
  const asked: string[] = [];
  const logged: Logged[] = [];
  const slept: number[] = [];
  const log: Log = {
    info: (message, details) => logged.push({ level: 'info', message, details }),
    warn: (message, details) => logged.push({ level: 'warn', message, details }),
  };
  const handler = ruleHandler(
    rule,
    ({ accountId, region }) => {
      const source = memorySource(readings, { accountId, regions: [region] });
      return {
        ...source,
        read: (reading, target) => {
          asked.push(nameOf(reading));
          return source.read(reading, target);
        },
      };
    },
    {
      now: () => NOW,
      log,
      sleep: async (milliseconds) => slept.push(milliseconds),
      env: { AWS_REGION: 'us-east-1' },
      items: ITEM_READERS,
      ...options,
    },
  );
  return {
    handler,
    config,
    /** Readings that the account was asked for. */
    asked,
    logged,
    slept,
    /** PutEvaluations, call by call. */
    puts: () => config.commandCalls(PutEvaluationsCommand).map(({ args: [{ input }] }) => input),
    /** What was reported: resource and verdict. */
    reported: () =>
      config
        .commandCalls(PutEvaluationsCommand)
        .flatMap(({ args: [{ input }] }) => input.Evaluations ?? [])
        .map((one: Evaluation) => `${one.ComplianceResourceId} ${one.ComplianceType}`),
  };
}

/** An organization that answers at once, for what going through its accounts costs: one group of security in each. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** As many as Organizations gives in a page. */
const PAGE = 20;
const IN_A_UNIT = 100;
const MANAGEMENT = '999999999999';

export interface FakeOrganization {
  readonly endpoint: string;
  /** So far. */
  calls(): number;
  close(): void;
}

export async function startOrganization(accounts: number): Promise<FakeOrganization> {
  let calls = 0;
  const server = createServer(async (incoming, outgoing) => {
    calls++;
    const body = await text(incoming);
    const target = incoming.headers['x-amz-target'];
    const json = typeof target === 'string' ? organizations(target, JSON.parse(body), accounts) : undefined;
    outgoing.writeHead(200, { 'content-type': json ? 'application/x-amz-json-1.1' : 'text/xml' });
    outgoing.end(json ? JSON.stringify(json) : xmlFor(new URLSearchParams(body), incoming));
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const idOf = (at: number): string => String(100_000_000_000 + at);
const unitOf = (at: number) => ({ Id: `ou-ab12-${String(at).padStart(8, '0')}`, Name: `Unit ${at}` });

interface Asked {
  readonly ParentId?: string;
  readonly NextToken?: string;
}

function organizations(target: string, { ParentId = '', NextToken = '0' }: Asked, accounts: number): object {
  const paged = <T>(list: readonly T[], name: string): object => {
    const end = Number(NextToken) + PAGE;
    return {
      [name]: list.slice(Number(NextToken), end),
      ...(end < list.length && { NextToken: String(end) }),
    };
  };
  const units = Array.from({ length: Math.ceil(accounts / IN_A_UNIT) }, (_, at) => at);
  const unit = Number(/^ou-ab12-(\d+)$/.exec(ParentId)?.[1] ?? -1);
  switch (target.split('.').at(-1)) {
    case 'DescribeOrganization':
      return { Organization: { Id: 'o-bench12345', MasterAccountId: MANAGEMENT, FeatureSet: 'ALL' } };
    case 'ListRoots':
      return { Roots: [{ Id: 'r-ab12', Name: 'Root' }] };
    case 'ListOrganizationalUnitsForParent':
      return paged(unit < 0 ? units.map(unitOf) : [], 'OrganizationalUnits');
    case 'ListAccountsForParent': {
      const first = unit * IN_A_UNIT;
      const ids =
        unit < 0 ? [] : Array.from({ length: Math.min(IN_A_UNIT, accounts - first) }, (_, at) => first + at);
      return paged(
        ids.map((at) => ({ Id: idOf(at), Name: `account ${at}`, State: 'ACTIVE' })),
        'Accounts',
      );
    }
    default:
      return { Tags: [] };
  }
}

const EC2 = 'xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"';

function xmlFor(asked: URLSearchParams, { headers }: IncomingMessage): string {
  const action = asked.get('Action') ?? '';
  const [, key = ''] = /Credential=([^/]+)/.exec(headers.authorization ?? '') ?? [];
  const accountId = /^AKIA\d{12}$/.test(key) ? key.slice(4) : MANAGEMENT;
  switch (action) {
    case 'AssumeRole': {
      const [, id = ''] = /::(\d{12}):/.exec(asked.get('RoleArn') ?? '') ?? [];
      const until = new Date(Date.now() + 3_600_000).toISOString();
      return `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKIA${id}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${until}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
    }
    case 'GetCallerIdentity':
      return `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${accountId}</Account><Arn>arn:aws:sts::${accountId}:assumed-role/R/s</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;
    case 'DescribeRegions':
      return `<DescribeRegionsResponse ${EC2}><regionInfo><item><regionName>us-east-1</regionName></item></regionInfo></DescribeRegionsResponse>`;
    case 'DescribeSecurityGroups':
      return `<DescribeSecurityGroupsResponse ${EC2}><securityGroupInfo><item><ownerId>${accountId}</ownerId><groupId>sg-${accountId}</groupId><groupName>web</groupName><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges><ipv6Ranges/><prefixListIds/></item></ipPermissions><ipPermissionsEgress/></item></securityGroupInfo></DescribeSecurityGroupsResponse>`;
    default:
      return `<${action}Response ${EC2}><prefixListSet/></${action}Response>`;
  }
}

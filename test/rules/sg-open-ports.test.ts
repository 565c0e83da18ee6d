import { readAccount } from '../../account/open.ts';
import rule from '../../rules/sg-open-ports/rule.ts';
import { ACCOUNT, denied, fails, judged, memoryAccount, memorySource } from '../support/memory.ts';
import { cannotTell, fail, GROUPS, group, LISTS, passes } from './sg-open-ports/cases.ts';

async function say(shorthand: string, parameters: Record<string, unknown> = {}) {
  const account = memoryAccount({ [GROUPS]: { SecurityGroups: [group(shorthand)] }, ...LISTS });
  const [said] = await judged(rule, account, parameters);
  return said;
}

describe('sg-open-ports', () => {
  test.each(passes.map(([situation, shorthand, parameters]) => ({ situation, shorthand, parameters })))(
    '$situation is COMPLIANT',
    async ({ shorthand, parameters }) => {
      expect(await say(shorthand, parameters)).toMatchObject({
        compliance: 'COMPLIANT',
        annotation: '',
        id: 'sg-1',
        name: 'web',
        type: 'AWS::EC2::SecurityGroup',
        region: 'us-east-1',
      });
    },
  );

  test.each(
    fail.map(([situation, shorthand, annotation, parameters]) => ({
      situation,
      shorthand,
      annotation,
      parameters,
    })),
  )('$situation is NON_COMPLIANT', async ({ shorthand, annotation, parameters }) => {
    expect(await say(shorthand, parameters)).toMatchObject({ compliance: 'NON_COMPLIANT', annotation });
  });

  test.each(cannotTell)('%s leaves it open', async (_situation, shorthand, code, names) => {
    const said = await say(shorthand);
    expect(said).toMatchObject({ compliance: 'UNKNOWN', code });
    expect(said?.annotation).toContain(names);
  });

  test('a tagged group is NOT_APPLICABLE, whatever its sources', async () => {
    const Tags = [{ Key: 'groundrules:exempt', Value: '' }];
    const account = memoryAccount({
      [GROUPS]: { SecurityGroups: [group('-1 - 0.0.0.0/0; tcp 1 nonsense', { Tags })] },
    });
    expect(await judged(rule, account, { exemptTagKey: 'groundrules:exempt' })).toMatchObject([
      { compliance: 'NOT_APPLICABLE', annotation: 'exempt by tag groundrules:exempt' },
    ]);
    expect(await judged(rule, account)).toMatchObject([{ compliance: 'NON_COMPLIANT' }]);
  });

  test('every Region is judged, and one that is denied does not hide the others', async () => {
    const account = memoryAccount(
      {
        'ap-northeast-2/ec2/describe-security-groups.json': denied,
        'eu-west-1/ec2/describe-security-groups.json': { SecurityGroups: [group('tcp 22 0.0.0.0/0')] },
        'us-east-1/ec2/describe-security-groups.json': { SecurityGroups: [group('', { GroupName: '' })] },
      },
      { regions: ['ap-northeast-2', 'eu-west-1', 'us-east-1'] },
    );
    const said = await judged(rule, account);
    expect(said).toMatchObject([
      {
        type: 'AWS::::Account',
        id: ACCOUNT,
        region: 'ap-northeast-2',
        compliance: 'UNKNOWN',
        code: 'AccessDenied',
      },
      { region: 'eu-west-1', compliance: 'NON_COMPLIANT' },
      { region: 'us-east-1', compliance: 'COMPLIANT' },
    ]);
    expect(said[2]).not.toHaveProperty('name');
  });

  test('no Region to look at: could not tell', async () => {
    const [said, ...more] = await judged(rule, memoryAccount({}, { regions: [] }));
    expect(said).toMatchObject({
      type: 'AWS::::Account',
      id: ACCOUNT,
      region: 'global',
      code: 'NotCollected',
    });
    expect(said?.annotation).toMatch(/no Region is in view.*name one with --region/);
    expect(more).toEqual([]);
  });

  test('a group that makes no sense costs no other; one without an id, the Region’s list', async () => {
    const odd = { GroupId: 'sg-odd', GroupName: 'odd', IpPermissions: [{ IpProtocol: {} }] };
    const account = memoryAccount({ [GROUPS]: { SecurityGroups: [odd, group('tcp 22 ::/0'), null] } });
    const said = await judged(rule, account);
    expect(said).toMatchObject([
      { id: 'sg-odd', name: 'odd', region: 'us-east-1', type: 'AWS::EC2::SecurityGroup', code: 'Malformed' },
      { id: 'sg-1', compliance: 'NON_COMPLIANT' },
      { id: ACCOUNT, region: 'us-east-1', type: 'AWS::::Account', code: 'Malformed' },
    ]);
    expect(said[0]?.annotation).toMatch(
      /DescribeSecurityGroups of sg-odd: IpPermissions\.0\.IpProtocol: expected the name or/,
    );
  });

  const permission = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  test.each([
    ['a protocol as a number', { IpProtocol: -1 }, 'all traffic open to 0.0.0.0/0'],
    ['all as numbers', { IpProtocol: 6, FromPort: 22, ToPort: 22 }, 'tcp 22 open to 0.0.0.0/0'],
    ['ports as texts', { IpProtocol: 'tcp', FromPort: '22', ToPort: '23' }, 'tcp 22-23 open to 0.0.0.0/0'],
  ])('%s', async (_, fields, annotation) => {
    const groups = [{ GroupId: 'sg-1', IpPermissions: [{ ...permission, ...fields }] }];
    const account = memoryAccount({ [GROUPS]: { SecurityGroups: groups } });
    expect(await judged(rule, account)).toMatchObject([{ id: 'sg-1', annotation }]);
  });

  describe('asked about one group', () => {
    const resource = { type: 'AWS::EC2::SecurityGroup', id: 'sg-2', region: 'us-east-1' };
    const groups = [group('tcp 22 0.0.0.0/0'), { ...group('tcp 23 0.0.0.0/0'), GroupId: 'sg-2' }];

    test('judges that one', async () => {
      const account = memoryAccount({ [GROUPS]: { SecurityGroups: groups } });
      expect(await judged(rule, account, {}, { resource })).toMatchObject([
        { id: 'sg-2', annotation: 'tcp 23 open to 0.0.0.0/0' },
      ]);
    });

    test('says nothing when it is gone', async () => {
      const account = memoryAccount({ [GROUPS]: { SecurityGroups: groups.slice(0, 1) } });
      expect(await judged(rule, account, {}, { resource })).toEqual([]);
    });

    test('could not tell about that one when it cannot be read', async () => {
      const account = memoryAccount({ [GROUPS]: fails('RequestLimitExceeded') });
      expect(await judged(rule, account, {}, { resource })).toMatchObject([
        { id: 'sg-2', compliance: 'UNKNOWN', code: 'RequestLimitExceeded' },
      ]);
    });
  });

  test('a finding has what a fix needs', async () => {
    const said = await say(
      'tcp 20-23 0.0.0.0/0 203.0.113.0/24; 6 22-25 0.0.0.0/0 pl-world6; tcp 443 0.0.0.0/0',
    );
    expect(said?.findings).toContainEqual({
      kind: 'openPorts',
      protocol: 'tcp',
      fromPort: 22,
      toPort: 23,
      families: ['ipv4', 'ipv6'],
      sources: ['0.0.0.0/0', 'pl-world6'],
      rules: [
        { protocol: '6', fromPort: 22, toPort: 25, family: 'ipv4', source: '0.0.0.0/0' },
        { protocol: 'tcp', fromPort: 20, toPort: 23, family: 'ipv4', source: '0.0.0.0/0' },
        { protocol: '6', fromPort: 22, toPort: 25, family: 'ipv6', source: 'pl-world6' },
      ],
    });
  });

  test('each prefix list is read once, and none for nothing', async () => {
    const permissions = 'tcp 22 pl-a 10.0.0.0/8; tcp 443 pl-b';
    const list = 'us-east-1/ec2/get-managed-prefix-list-entries/pl-a.json';
    const source = memorySource({
      [GROUPS]: { SecurityGroups: [group(permissions), { ...group(permissions), GroupId: 'sg-2' }] },
      [list]: { Entries: [{ Cidr: '203.0.113.0/24' }] },
    });
    expect(await judged(rule, readAccount(source))).toMatchObject([
      { compliance: 'COMPLIANT' },
      { compliance: 'COMPLIANT' },
    ]);
    expect(source.asked).toEqual([GROUPS, list]);
  });
});

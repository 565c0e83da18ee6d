import { securityGroups } from '../../../account/services/ec2/readings.ts';
import { accountSummary } from '../../../account/services/iam/readings.ts';
import { snapshotAccount } from '../../../account/snapshot/account.ts';
import {
  ACCOUNT,
  accountFolder,
  COLLECTED,
  CONFIG,
  DESCRIBED,
  describedGroup,
  type Files,
  gone,
  groupAndPort,
  groupItem,
  item,
  LATER,
  listedUntil,
  NEWER,
  OLDER,
  removeFolders,
  snapshotFile,
} from './support.ts';

afterAll(removeFolders);

const groupsOf = async (files: Files) => {
  const { account } = snapshotAccount(await accountFolder(files));
  const { values, error } = await listedUntil(account.each(securityGroups, { region: 'us-east-1' }));
  const ports = values.map(groupAndPort).sort();
  return { ports, error };
};

describe('security groups of a list and of configuration items', () => {
  const cases: [situation: string, files: Files, ports: string[]][] = [
    ['a list alone', { [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] } }, ['sg-1:1']],
    [
      'items alone',
      { [CONFIG]: snapshotFile(groupItem('sg-1', 1), groupItem('sg-2', 2)) },
      ['sg-1:1', 'sg-2:2'],
    ],
    ['an empty list', { [DESCRIBED]: { SecurityGroups: [] } }, []],
    [
      'each has one that the other lacks',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] },
        [CONFIG]: snapshotFile(groupItem('sg-2', 2, OLDER)),
      },
      ['sg-1:1', 'sg-2:2'],
    ],
    [
      'the item is newer',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] },
        [CONFIG]: snapshotFile(groupItem('sg-1', 2, NEWER)),
      },
      ['sg-1:2'],
    ],
    [
      'the list is newer',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] },
        [CONFIG]: snapshotFile(groupItem('sg-1', 2, OLDER)),
      },
      ['sg-1:1'],
    ],
    [
      'deleted after the list was made',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1), describedGroup('sg-2', 2)] },
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, gone('ResourceDeleted', LATER))),
      },
      ['sg-2:2'],
    ],
    [
      'made anew after it was deleted',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] },
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, gone('ResourceDeleted', '2026-11-01T00:00:00Z'))),
      },
      ['sg-1:1'],
    ],
    [
      'no longer recorded, but there',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] },
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, gone('ResourceNotRecorded', LATER))),
      },
      ['sg-1:1'],
    ],
    [
      'in several files, compressed and in folders as AWS delivers them: the newest',
      {
        'us-east-1/config/a.json': snapshotFile(groupItem('sg-1', 1, OLDER)),
        [`us-east-1/config/AWSLogs/${ACCOUNT}/Config/us-east-1/2026/11/11/ConfigHistory/b.json.gz`]:
          snapshotFile(groupItem('sg-1', 2, NEWER)),
        'us-east-1/config/c.json': snapshotFile(groupItem('sg-1', 3, OLDER), groupItem('sg-2', 4)),
        'us-east-1/config/read.me': 'no Config file',
      },
      ['sg-1:2', 'sg-2:4'],
    ],
    [
      'twice in one file, newest first as the API gives them',
      { [CONFIG]: snapshotFile(groupItem('sg-1', 1, NEWER), groupItem('sg-1', 2, OLDER)) },
      ['sg-1:1'],
    ],
    [
      'unchanged in the snapshots of two days',
      {
        'us-east-1/config/1.json': snapshotFile(groupItem('sg-1', 1)),
        'us-east-1/config/2.json': snapshotFile(groupItem('sg-1', 1)),
      },
      ['sg-1:1'],
    ],
    [
      'deleted according to the newest item',
      {
        [CONFIG]: snapshotFile(
          groupItem('sg-1', 1, OLDER),
          groupItem('sg-1', 1, gone('ResourceDeleted', LATER)),
          groupItem('sg-2', 2),
        ),
      },
      ['sg-2:2'],
    ],
    [
      'there again according to the newest item',
      {
        [CONFIG]: snapshotFile(
          groupItem('sg-1', 1, gone('ResourceDeleted', '2026-10-01T00:00:00Z')),
          groupItem('sg-1', 1, NEWER),
        ),
      },
      ['sg-1:1'],
    ],
    [
      'in the notification of an oversized item, and in an answer of batch-get-resource-config',
      {
        'us-east-1/config/1.json': {
          messageType: 'ConfigurationItemChangeNotification',
          configurationItem: groupItem('sg-1', 1),
        },
        'us-east-1/config/2.json': {
          baseConfigurationItems: [groupItem('sg-2', 2)],
          unprocessedResourceKeys: [],
        },
      },
      ['sg-1:1', 'sg-2:2'],
    ],
  ];
  test.each(cases)('%s', async (_, files, ports) => {
    expect(await groupsOf(files)).toEqual({ ports, error: undefined });
  });
});

describe('what cannot be read is never lost', () => {
  const cases: [situation: string, files: Files, ports: string[], code: string, message: RegExp][] = [
    [
      'neither list nor items',
      { 'us-east-1/x.json': {} },
      [],
      'NotCollected',
      /no us-east-1\/ec2\/describe-security-groups\.json/,
    ],
    [
      'items of other types only',
      { [CONFIG]: snapshotFile(item('AWS::EC2::VPC', 'vpc-1')) },
      [],
      'NotCollected',
      /not collected/,
    ],
    [
      'the list was denied: the items, then the denial',
      {
        [CONFIG]: snapshotFile(groupItem('sg-1', 1)),
        'errors.json': [{ file: DESCRIBED, code: 'UnauthorizedOperation' }],
      },
      ['sg-1:1'],
      'AccessDenied',
      /describe-security-groups/,
    ],
    [
      'one item is broken: the others, then the error',
      {
        [CONFIG]: snapshotFile(
          groupItem('sg-1', 1),
          groupItem('sg-2', 2, { configuration: { groupId: 7 } }),
          groupItem('sg-3', 3),
        ),
      },
      ['sg-1:1', 'sg-3:3'],
      'Malformed',
      /snapshot\.json: the item at byte \d+: .*sg-2: configuration\.ipPermissions is missing/,
    ],
    [
      'one item does not say what it is',
      { [CONFIG]: snapshotFile(groupItem('sg-1', 1), { awsAccountId: ACCOUNT }) },
      ['sg-1:1'],
      'Malformed',
      /resourceType is missing/,
    ],
    [
      'a file that ends early',
      { [CONFIG]: '{"configurationItems":[{"resourceType":"AWS::' },
      [],
      'Malformed',
      /snapshot\.json: the text ends .* at byte 45/,
    ],
    [
      'a file of something else',
      { [CONFIG]: { hello: 1 } },
      [],
      'Malformed',
      /no AWS Config file.*found hello/,
    ],
    [
      'a broken compressed file',
      { 'us-east-1/config/a.json': Buffer.from('\x1f\x8b no more gzip', 'latin1') },
      [],
      'Malformed',
      /broken gzip/,
    ],
    [
      'items of another account',
      { [CONFIG]: snapshotFile(groupItem('sg-1', 1, { awsAccountId: '999999999999' })) },
      [],
      'Malformed',
      /folder of account 111122223333 is of 999999999999/,
    ],
    [
      'items of a Region without a folder',
      { [CONFIG]: snapshotFile(groupItem('sg-1', 1, { awsRegion: 'eu-west-1' })) },
      [],
      'Malformed',
      /put it in 111122223333\/eu-west-1\/config/,
    ],
  ];
  test.each(cases)('%s', async (_, files, ports, code, message) => {
    const { ports: read, error } = await groupsOf(files);
    expect(read).toEqual(ports);
    expect(error).toMatchObject({
      name: 'AccountError',
      code,
      api: 'ec2:DescribeSecurityGroups',
      message: expect.stringMatching(message),
    });
  });

  test('broken Config files cost nothing that is not in them', async () => {
    const { account } = snapshotAccount(
      await accountFolder({
        [CONFIG]: '[',
        'global/iam/get-account-summary.json': { SummaryMap: { Users: 1 } },
      }),
    );
    expect(await account.read(accountSummary)).toEqual({ Users: 1 });
  });
});

import { prefixListEntries } from '../../../account/services/ec2/readings.ts';
import { snapshotAccount } from '../../../account/snapshot/account.ts';
import {
  accountFolder,
  COLLECTED,
  CONFIG,
  type Files,
  gone,
  item,
  LATER,
  NEWER,
  OLDER,
  removeFolders,
  snapshotFile,
} from './support.ts';

afterAll(removeFolders);

const LIST = 'AWS::EC2::PrefixList';
const READ = 'us-east-1/ec2/get-managed-prefix-list-entries/pl-1.json';
const entries = (...cidrs: string[]) => ({ Entries: cidrs.map((Cidr) => ({ Cidr, Description: 'x' })) });
/** As AWS Config records it: by the CloudFormation schema. */
const listItem = (configuration: object, more = {}) =>
  item(LIST, 'pl-1', {
    configuration: { PrefixListId: 'pl-1', AddressFamily: 'IPv4', MaxEntries: 5, ...configuration },
    ...more,
  });

describe('a prefix list of a configuration item', () => {
  const cases: [situation: string, files: Files, said: string[] | string][] = [
    ['alone', { [CONFIG]: snapshotFile(listItem(entries('10.0.0.0/8', '::/0'))) }, ['10.0.0.0/8', '::/0']],
    ['without entries in it', { [CONFIG]: snapshotFile(listItem({ Entries: [] })) }, []],
    ['that does not say its entries', { [CONFIG]: snapshotFile(listItem({})) }, /Entries is missing/.source],
    [
      'with an entry that is none',
      { [CONFIG]: snapshotFile(listItem({ Entries: [{ Cidr: '10.0.0.0/8' }, {}] })) },
      /Entries\[1\]\.Cidr is missing/.source,
    ],
    [
      'of another Region',
      { [CONFIG]: snapshotFile(listItem(entries('10.0.0.0/8'), { awsRegion: 'eu-west-1' })) },
      /was not collected/.source,
    ],
    [
      'that was deleted',
      { [CONFIG]: snapshotFile(listItem({}, gone('ResourceDeleted', LATER))) },
      /was not collected/.source,
    ],
    [
      'older than the reading',
      {
        ...COLLECTED,
        [CONFIG]: snapshotFile(listItem(entries('10.0.0.0/8'), OLDER)),
        [READ]: entries('0.0.0.0/0'),
      },
      ['0.0.0.0/0'],
    ],
    [
      'newer than the reading',
      {
        ...COLLECTED,
        [CONFIG]: snapshotFile(listItem(entries('0.0.0.0/0'), NEWER)),
        [READ]: entries('10.0.0.0/8'),
      },
      ['0.0.0.0/0'],
    ],
    [
      'the newer of two',
      {
        [CONFIG]: snapshotFile(listItem(entries('0.0.0.0/0'), NEWER), listItem(entries('10.0.0.0/8'), OLDER)),
      },
      ['0.0.0.0/0'],
    ],
    [
      'beside a reading that was denied',
      {
        ...COLLECTED,
        [CONFIG]: snapshotFile(listItem(entries('10.0.0.0/8'), OLDER)),
        'errors.json': [{ file: READ, code: 'UnauthorizedOperation' }],
      },
      ['10.0.0.0/8'],
    ],
  ];
  test.each(cases)('%s', async (_situation, files, said) => {
    const { account } = snapshotAccount(await accountFolder(files));
    const read = account.read(prefixListEntries, { region: 'us-east-1', id: 'pl-1' });
    if (typeof said === 'string') await expect(read).rejects.toThrow(new RegExp(said));
    else expect(await read).toEqual(said);
  });
});

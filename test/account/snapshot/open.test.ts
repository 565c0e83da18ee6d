import { symlinkSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { credentialReport, users } from '../../../account/services/iam/readings.ts';
import { credentialReportAccount } from '../../../account/snapshot/credential-report.ts';
import { spool } from '../../../account/snapshot/files.ts';
import { openSnapshot } from '../../../account/snapshot/open.ts';
import { sniff } from '../../../account/snapshot/sniff.ts';
import {
  ACCOUNT,
  accountFolder,
  type Files,
  folderOf,
  groupItem,
  removeFolders,
  snapshotFile,
} from './support.ts';

afterAll(removeFolders);

describe('finding accounts', () => {
  test('the account’s own folder', async () => {
    const folder = await accountFolder({ 'global/x.json': {} });
    expect(await openSnapshot(folder)).toEqual([folder]);
    expect(await openSnapshot(`${folder}/`)).toEqual([folder]);
  });

  test('a folder with several, and other things', async () => {
    const folder = await folderOf({
      '222222222222/global/x.json': {},
      '111111111111/global/x.json': {},
      '333333333333': 'a file',
      'README.md': '',
    });
    expect((await openSnapshot(folder)).map((path) => basename(path))).toEqual([
      '111111111111',
      '222222222222',
    ]);
  });

  const wrong: [situation: string, files: Files, path: string, code: string, message: RegExp][] = [
    ['no such path', {}, 'nowhere', 'NotFound', /nowhere: there is no such file or folder/],
    ['a file', { x: 'y' }, 'x', 'NotASnapshot', /is a file, where a snapshot folder is expected/],
    [
      'an empty folder',
      {},
      '.',
      'NotASnapshot',
      /expected folders named by their account id.* found nothing/,
    ],
    [
      'an account’s folder by another name beside an account’s',
      { '111122223333/global/x.json': {}, 'prod/eu-west-1/ec2/x.json': {} },
      '.',
      'NotASnapshot',
      /prod\/ is no account's folder, which is named by the twelve digits/,
    ],
    [
      'files of commands, in no account’s folder',
      { 'sg.json': {} },
      '.',
      'NotASnapshot',
      /found sg\.json\. Files of the "aws" command.* groundrules evaluate .*\*\.json/,
    ],
    ...['11112222333', '1111222233334', '1111-2222-3333', '111122223333-old', '111122223333 (1)'].map(
      (name): (typeof wrong)[number] => [
        `a folder ${name} beside an account’s`,
        { '111122223333/global/x.json': {}, [`${name}/global/x.json`]: {} },
        '.',
        'NotASnapshot',
        /is no account's folder, which is named by the twelve digits/,
      ],
    ),
    ['another folder', { 'a/b': '', c: '' }, '.', 'NotASnapshot', /found a\/, c\.$/],
    [
      'an account’s folder by another name',
      { 'mine/global/x.json': {} },
      'mine',
      'NotASnapshot',
      /has to be named by its account id/,
    ],
  ];
  test('an account’s folder with nothing in it', async () => {
    await expect(openSnapshot(await accountFolder({}))).rejects.toMatchObject({
      code: 'Empty',
      message: expect.stringMatching(
        /111122223333: an account's folder with nothing in it: run "groundrules collect"/,
      ),
    });
  });

  test('an account’s folder that is a link: followed within the snapshot, refused where it leads out', async () => {
    const folder = await folderOf({ 'in/kept/global/x.json': {}, 'out/global/x.json': {} });
    symlinkSync('kept', join(folder, 'in/111122223333'));
    expect(await openSnapshot(join(folder, 'in'))).toHaveLength(1);
    symlinkSync('../out', join(folder, 'in/444455556666'));
    await expect(openSnapshot(join(folder, 'in'))).rejects.toMatchObject({
      code: 'NotAFile',
      message: expect.stringMatching(/444455556666\/: a link that leads out of the snapshot/),
    });
  });

  test.each(wrong)('%s', async (_, files, path, code, message) => {
    const folder = await folderOf(files);
    await expect(openSnapshot(join(folder, path))).rejects.toMatchObject({
      name: 'SnapshotError',
      code,
      message: expect.stringMatching(message),
    });
  });
});

const REPORT = `user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_2_active,access_key_2_last_rotated
<root_account>,arn:aws:iam::${ACCOUNT}:root,2020-01-01T00:00:00+00:00,not_supported,true,false,N/A,false,N/A
`;
const item = groupItem('sg-1', 22);

describe('what a single file is', () => {
  const base64 = Buffer.from(REPORT).toString('base64');
  const kinds: [situation: string, content: unknown, kind: string][] = [
    ['a Config snapshot', snapshotFile(item), 'config-items'],
    ['a compressed one, whatever its name', gzipSync(JSON.stringify(snapshotFile(item))), 'config-items'],
    ['one without items', snapshotFile(), 'config-items'],
    [
      'with a byte order mark and space before it',
      `\uFEFF \n${JSON.stringify(snapshotFile(item))}`,
      'config-items',
    ],
    ['get-resource-config-history', { configurationItems: [item], nextToken: 'x' }, 'config-items'],
    [
      'batch-get-resource-config',
      { unprocessedResourceKeys: [], baseConfigurationItems: [item] },
      'config-items',
    ],
    ['a list of items', [item], 'config-items'],
    ['a credential report', REPORT, 'credential-report'],
    ['a credential report of Windows', `\uFEFF${REPORT.replaceAll('\n', '\r\n')}`, 'credential-report'],
    [
      'get-credential-report',
      { Content: base64, ReportFormat: 'text/csv', GeneratedTime: 'x' },
      'credential-report',
    ],
    ['its Content alone', base64, 'credential-report'],
    ['a Lambda event', { version: '1.0', invokingEvent: '{}', resultToken: 'x' }, 'event'],
    [
      'an invoking event',
      { configurationItem: item, messageType: 'ConfigurationItemChangeNotification' },
      'event',
    ],
    ['a configuration item', item, 'item'],
    ['a configuration item larger than a chunk', { filler: 'x'.repeat(3_000_000), ...item }, 'item'],
  ];
  test.each(kinds)('%s', async (_, content, kind) => {
    const folder = await folderOf({ file: content });
    expect(await sniff(join(folder, 'file'))).toBe(kind);
  });

  const others: [situation: string, content: unknown, code: string, message: RegExp][] = [
    ['nothing', '', 'Empty', /is empty: expected an AWS Config snapshot/],
    ['space', ' \n', 'Empty', /is empty/],
    [
      'another JSON object',
      { hello: 1, world: 2 },
      'NotASnapshot',
      /a JSON object with hello, world: expected/,
    ],
    ['another text', 'Dear Sir or Madam,', 'NotASnapshot', /neither JSON nor CSV/],
    ['another word', 'Hello', 'NotASnapshot', /neither JSON nor CSV/],
    ['another table', 'name,age\nkim,7\n', 'NotASnapshot', /neither JSON nor CSV/],
    ['JSON with an error', '{"a": }', 'Malformed', /where a value is expected at byte 6/],
    ['a broken gzip file', Buffer.from('\x1f\x8b no more gzip', 'latin1'), 'Malformed', /a broken gzip file/],
  ];
  test.each(others)('none of them: %s', async (_, content, code, message) => {
    const folder = await folderOf({ file: content });
    await expect(sniff(join(folder, 'file'), 'the file')).rejects.toMatchObject({
      name: 'SnapshotError',
      code,
      message: expect.stringMatching(message),
    });
  });
});

describe('standard input', () => {
  test('goes to a file that nobody else can read, and goes away', async () => {
    const spooled = await spool(Readable.from(['{"a":', '1}']));
    expect(await readFile(spooled.file, 'utf8')).toBe('{"a":1}');
    await spooled.remove();
    await expect(readdir(dirname(spooled.file))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a credential report by itself', () => {
  const open = async (content: unknown) =>
    credentialReportAccount(join(await folderOf({ file: content }), 'file'));

  test('is an account that knows nothing else', async () => {
    const account = await open(REPORT);
    expect(account.id).toBe(ACCOUNT);
    expect((await account.read(credentialReport)).map(({ user }) => user)).toEqual(['<root_account>']);
    await expect(account.read(users)).rejects.toMatchObject({ code: 'NotCollected', api: 'iam:ListUsers' });
  });

  test('as the command prints it', async () => {
    const printed = { Content: Buffer.from(REPORT).toString('base64'), ReportFormat: 'text/csv' };
    expect((await open(printed)).id).toBe(ACCOUNT);
  });

  test.each([
    ['columns missing', 'user,arn\nx,y\n', /lacks the column/],
    ['no row', REPORT.split('\n')[0] as string, /has no rows/],
    ['no account id', REPORT.replace(ACCOUNT, ''), /no ARN with an account id/],
    [
      'two accounts',
      `${REPORT}${(REPORT.split('\n')[1] as string).replace(ACCOUNT, '999999999999')}\n`,
      /several accounts/,
    ],
  ])('%s', async (_, content, message) => {
    await expect(open(content)).rejects.toMatchObject({
      code: 'Malformed',
      message: expect.stringMatching(message),
    });
  });
});

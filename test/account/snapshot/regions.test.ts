import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isRegion, regionFolders } from '../../../account/snapshot/regions.ts';
import { folderOf, removeFolders } from './support.ts';

afterAll(removeFolders);

test.each([
  ...['us-east-1', 'ap-northeast-2', 'us-gov-west-1', 'us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1'],
  ...[
    'us-isof-south-1',
    'eusc-de-east-1',
    'cn-northwest-1',
    'mx-central-1',
    'il-central-1',
    'ap-southeast-7',
  ],
])('%s is a Region’s name', (name) => {
  expect(isRegion(name)).toBe(true);
});

describe('what looks like a Region’s folder and is none', () => {
  test.each([
    ['EU-WEST-1', /^EU-WEST-1 is no Region's name: rename the folder to eu-west-1$/],
    ['us_east_1', /rename the folder to us-east-1$/],
    ['us-east-1 (copy)', /rename the folder to us-east-1$/],
    ['us-east-1.bak', /rename the folder to us-east-1$/],
    ['copy of us-east-1', /rename the folder to us-east-1$/],
    ['us-east', /^us-east looks like a Region's folder, and is no Region's name/],
    ['us-esat-1', /^us-esat-1 looks like/],
    ['eu-wst-1', /^eu-wst-1 looks like/],
    ['useast1', /^useast1 looks like/],
    ['ap-northeast-0', /^ap-northeast-0 looks like/],
  ])('%s', async (name, why) => {
    const { regions, wrong } = regionFolders(await folderOf({ [`${name}/x.json`]: '' }), 'it');
    expect([regions, [...wrong.keys()], [...wrong.values()].join()]).toEqual([
      [],
      [name],
      expect.stringMatching(why),
    ]);
  });

  test('beside the folder that is one', async () => {
    const folder = await folderOf({ 'US-EAST-1/x': '', 'us-east-1/x': '' });
    const { regions, wrong } = regionFolders(folder, 'it');
    expect(regions).toEqual(['us-east-1']);
    expect(wrong.get('US-EAST-1')).toMatch(
      /^US-EAST-1 is beside the folder of us-east-1: put what counts into/,
    );
  });

  test('a file, an archive, and links', async () => {
    const folder = await folderOf({ 'us-east-1': '', 'eu-west-1.zip': '', 'real/x': '' });
    symlinkSync('real', join(folder, 'eu-west-2'));
    symlinkSync('nowhere', join(folder, 'EU-WEST-3'));
    expect(Object.fromEntries(regionFolders(folder, 'it').wrong)).toEqual({
      'us-east-1': "us-east-1 is a file, where a Region's folder is expected",
      'eu-west-1.zip': "eu-west-1.zip is an archive: unpack it to a Region's folder",
      'eu-west-2': "eu-west-2 is a link, where a Region's folder is expected: copy what it leads to",
      'EU-WEST-3': "EU-WEST-3 is no Region's name: rename the folder to eu-west-3",
    });
  });
});

test('what nobody takes for a Region’s folder', async () => {
  const names = ['global', 'notes', 'us', 'usage-2026', 'me', 'archive-2026-11', 'eu notes', 'sandbox1'];
  const files = ['us-east-1-notes.md', 'errors.json'].map((name) => [name, '']);
  const folder = await folderOf(Object.fromEntries([...names.map((name) => [`${name}/x`, '']), ...files]));
  expect([...regionFolders(folder, 'it').wrong.keys()]).toEqual([]);
});

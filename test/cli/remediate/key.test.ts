import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { findKey, keyFile, openKey, type User } from '../../../cli/remediate/key.ts';
import { folderOf, removeFolders } from '../../account/snapshot/support.ts';

afterAll(removeFolders);
const fresh = async () => join(await folderOf({}), 'groundrules', 'record.key');
const HEX = '0f'.repeat(32);

describe('where it is', () => {
  const user = (env: User['env'], platform: NodeJS.Platform = 'linux'): User => ({
    env,
    platform,
    home: '/home/minseo',
  });
  const cases: [situation: string, user: User, file: string][] = [
    ['nothing set', user({}), '/home/minseo/.config/groundrules/record.key'],
    ['XDG_CONFIG_HOME', user({ XDG_CONFIG_HOME: '/etc/mine' }), '/etc/mine/groundrules/record.key'],
    [
      'one that is relative',
      user({ XDG_CONFIG_HOME: 'mine' }),
      '/home/minseo/.config/groundrules/record.key',
    ],
    ['one that is empty', user({ XDG_CONFIG_HOME: '' }), '/home/minseo/.config/groundrules/record.key'],
    ['macOS', user({}, 'darwin'), '/home/minseo/.config/groundrules/record.key'],
    [
      'APPDATA elsewhere than on Windows',
      user({ APPDATA: '/x' }),
      '/home/minseo/.config/groundrules/record.key',
    ],
    ['Windows', user({ APPDATA: '/x', XDG_CONFIG_HOME: '/y' }, 'win32'), '/x/groundrules/record.key'],
    ['Windows without APPDATA', user({}, 'win32'), '/home/minseo/AppData/Roaming/groundrules/record.key'],
  ];
  test.each(cases)('%s', (_situation, who, file) => {
    expect(keyFile(who)).toBe(file);
  });
});

describe('on first use', () => {
  test('it is made for its owner alone, and is the same ever after', async () => {
    const file = await fresh();
    expect(await findKey(file)).toBeUndefined();
    const key = await openKey(file);
    expect(await openKey(file)).toEqual(key);
    expect(await findKey(file)).toEqual(key);
    expect(key.bytes).toHaveLength(32);
    expect([statSync(file).mode & 0o777, statSync(dirname(file)).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(readdirSync(dirname(file))).toEqual(['record.key']);
    expect(readFileSync(file, 'utf8')).not.toContain(key.id);
  });

  test('no two users have the same', async () => {
    const [one, other] = [await openKey(await fresh()), await openKey(await fresh())];
    expect(one.id).not.toBe(other.id);
    expect(one.bytes.equals(other.bytes)).toBe(false);
  });

  test('of twenty at once one makes it, and all have its', async () => {
    const file = await fresh();
    const keys = await Promise.all(Array.from({ length: 20 }, () => openKey(file)));
    expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
    expect(readdirSync(dirname(file))).toEqual(['record.key']);
  });

  test('where it cannot be made, the run does not begin', async () => {
    const file = join(await folderOf({ groundrules: 'a file in the way' }), 'groundrules', 'record.key');
    await expect(openKey(file)).rejects.toMatchObject({
      code: 'Usage',
      message: expect.stringMatching(/cannot be made: .* Nothing was changed: set XDG_CONFIG_HOME/),
    });
  });
});

describe('what is no key is refused, and not replaced', () => {
  const cases: [situation: string, make: (file: string) => void, message: RegExp][] = [
    ['others may read it', (file) => write(file, undefined, 0o640), /its mode is 640/],
    ['others may write it', (file) => write(file, undefined, 0o602), /its mode is 602/],
    ['it is a folder', (file) => mkdirSync(file, { recursive: true, mode: 0o700 }), /no file|EISDIR/],
    ['it is empty', (file) => write(file, ''), /it is broken/],
    ['it is cut off', (file) => write(file, `${HEX.slice(2)}\n`), /it is broken/],
    ['it has no end of line', (file) => write(file, HEX), /it is broken/],
    ['it is too long', (file) => write(file, `${HEX}00\n`), /it is broken/],
    ['it is no hexadecimal number', (file) => write(file, `${'zz'.repeat(32)}\n`), /it is broken/],
    ['it is a link to a device', (file) => symlinkSync('/dev/null', file), /no file/],
  ];
  function write(file: string, text = `${HEX}\n`, mode = 0o600): void {
    writeFileSync(file, text);
    chmodSync(file, mode);
  }

  test.each(cases)('%s', async (_situation, make, message) => {
    const file = await fresh();
    mkdirSync(dirname(file), { recursive: true });
    make(file);
    for (const open of [findKey, openKey]) {
      await expect(open(file)).rejects.toMatchObject({
        code: 'Usage',
        message: expect.stringMatching(message),
      });
    }
  });
});

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { Both } from '../../report/both.ts';
import { UsageError } from '../program/errors.ts';

/** What records are signed with. Nobody but its user has it. */
export interface RecordKey {
  /** The beginning of the key's hash, which identifies the key without revealing it. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** Who asks, as the process knows it. */
export interface User {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}
const self = (): User => ({ env: process.env, platform: process.platform, home: homedir() });

const BYTES = 32;

/**
 * Where the key is: in the user's configuration folder. That is `%APPDATA%` on Windows, elsewhere `$XDG_CONFIG_HOME` or
 * `~/.config` (XDG Base Directory Specification 0.8, which has a relative path ignored).
 */
export function keyFile({ env, platform, home }: User = self()): string {
  const { APPDATA, XDG_CONFIG_HOME } = env;
  const folder =
    platform === 'win32'
      ? APPDATA || join(home, 'AppData', 'Roaming')
      : XDG_CONFIG_HOME && isAbsolute(XDG_CONFIG_HOME)
        ? XDG_CONFIG_HOME
        : join(home, '.config');
  return join(folder, 'groundrules', 'record.key');
}

/**
 * The user's key, if there is one.
 *
 * @throws {UsageError} when others may read it, or when it is none.
 */
export async function findKey(file = keyFile()): Promise<RecordKey | undefined> {
  const wrong = (what: Both, quotes?: string) =>
    new UsageError(
      {
        en: `the key that records are signed with, ${file}: ${what.en}`,
        ko: `기록에 서명하는 키 ${file}: ${what.ko}`,
      },
      { quotes },
    );
  let text: string;
  try {
    const handle = await open(file, 'r');
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw wrong({ en: 'it is no file', ko: '파일이 아닙니다' });
      const isOthers = process.getuid !== undefined && stats.uid !== process.getuid();
      if (isOthers)
        throw wrong({
          en: 'it belongs to another user: records are signed by whoever made them',
          ko: '다른 사용자의 것입니다. 기록은 만든 사람이 서명합니다',
        });
      if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) {
        throw wrong({
          en: `its mode is ${(stats.mode & 0o777).toString(8)}, so others can sign in your name: delete it, if anybody may have read it, or else chmod 600 it`,
          ko: `권한이 ${(stats.mode & 0o777).toString(8)}이라 다른 사람이 대신 서명할 수 있습니다. 누군가 읽었을 수 있으면 지우고, 아니면 chmod 600을 하십시오`,
        });
      }
      text = await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error instanceof UsageError ? error : wrong({ en: message, ko: message }, message);
  }
  const [, hex] = /^([0-9a-f]+)\n$/.exec(text) ?? [];
  if (hex?.length !== 2 * BYTES) {
    throw wrong({
      en: 'it is broken: delete it, and a new one is made; older records then need --trust-record',
      ko: '손상되었습니다. 지우면 새로 만들어지며, 전의 기록에는 --trust-record가 필요합니다',
    });
  }
  const bytes = Buffer.from(hex, 'hex');
  return { bytes, id: createHash('sha256').update(bytes).digest('hex').slice(0, 16) };
}

/**
 * The user's key, made when there is none. Of several processes that make it at once one wins, and all have its.
 *
 * @throws {UsageError} as {@link findKey}, and when it cannot be made: a run whose record nobody could believe does not begin.
 */
export async function openKey(file = keyFile()): Promise<RecordKey> {
  const found = await findKey(file);
  if (found) return found;
  const part = `${file}.${randomUUID()}.part`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(part, 'wx', 0o600);
    try {
      await handle.writeFile(`${randomBytes(BYTES).toString('hex')}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // Unlike rename, it never takes the place of a key that another process has made meanwhile.
    await link(part, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } catch (error) {
    const { message } = error as Error;
    const variable = process.platform === 'win32' ? 'APPDATA' : 'XDG_CONFIG_HOME';
    throw new UsageError(
      {
        en: `the key that records are signed with cannot be made: ${message}. Nothing was changed: set ${variable} to a folder of yours`,
        ko: `기록에 서명하는 키를 만들 수 없습니다: ${message}. 아무것도 바꾸지 않았습니다. 환경 변수 ${variable}에 쓸 수 있는 폴더를 지정하십시오`,
      },
      { quotes: message },
    );
  } finally {
    await rm(part, { force: true }).catch(() => undefined);
  }
  const made = await findKey(file);
  if (!made)
    throw new UsageError({
      en: `the key that records are signed with, ${file}: it was made, and is gone`,
      ko: `기록에 서명하는 키 ${file}: 만들었는데 사라졌습니다`,
    });
  return made;
}

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
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
  const wrong = (what: string) => new UsageError(`the key that records are signed with, ${file}: ${what}`);
  let text: string;
  try {
    const handle = await open(file, 'r');
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw wrong('it is no file');
      const isOthers = process.getuid !== undefined && stats.uid !== process.getuid();
      if (isOthers) throw wrong('it belongs to another user: records are signed by whoever made them');
      if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) {
        throw wrong(
          `its mode is ${(stats.mode & 0o777).toString(8)}, so others can sign in your name: delete it, if anybody may have read it, or else chmod 600 it`,
        );
      }
      text = await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error instanceof UsageError ? error : wrong(message);
  }
  const [, hex] = /^([0-9a-f]+)\n$/.exec(text) ?? [];
  if (hex?.length !== 2 * BYTES) {
    throw wrong('it is broken: delete it, and a new one is made; older records then need --trust-record');
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
    throw new UsageError(
      `the key that records are signed with cannot be made: ${(error as Error).message}. Nothing was changed: set ${process.platform === 'win32' ? 'APPDATA' : 'XDG_CONFIG_HOME'} to a folder of yours`,
    );
  } finally {
    await rm(part, { force: true }).catch(() => undefined);
  }
  const made = await findKey(file);
  if (!made) throw new UsageError(`the key that records are signed with, ${file}: it was made, and is gone`);
  return made;
}

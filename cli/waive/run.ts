import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { printable } from '../../report/printable.ts';
import { isSameSubject, type NewWaiver, withWaiver } from '../../waivers/edit.ts';
import { isExpired } from '../../waivers/waiver.ts';
import { followSettings } from '../options/settings.ts';
import { readWaiversFile, understood } from '../options/waivers.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import type { Arguments, Options } from './command.ts';

/**
 * `groundrules waive`: adds a waiver to the file.
 *
 * @throws {UsageError} where the waiver is wrong, or is there already: the file is as it was then.
 */
export async function run([rule, resource]: Arguments, options: Options, world: World): Promise<number> {
  const { waivers: file, account, region, kind, reason, ticket, until } = options;
  const now = world.now();
  const limits = { now, maxDays: (await followSettings(options))?.waivers.maxDays };
  const owner = options.owner ?? (await gitUser(world.folder));
  if (owner === undefined)
    throw new UsageError("--owner: say who answers for it; git's user.email is not set");
  const waiver: NewWaiver = { rule, resource, account, region, kind, reason, ticket, owner, until };
  const content = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const known = content?.trim() ? readWaiversFile(file, limits) : [];
  const same = known.find((one) => isSameSubject(one, waiver) && !isExpired(one, now));
  if (same) {
    throw new UsageError(
      `${file}:${same.line} waives that until ${same.until} (${same.ticket}): change it there`,
    );
  }
  const text = withWaiver(content, waiver);
  const { line } = understood(text, file, limits).at(-1) as { readonly line: number };
  if (isExpired(waiver, now)) throw new UsageError(`--until ${until} is over: a waiver ends in the future`);
  await writeFile(file, text);
  world.print(
    printable(`${file}:${line}: ${rule} ${resource} is waived until ${until} (${ticket})`).concat('\n'),
  );
  return 0;
}

async function gitUser(folder: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['config', 'user.email'], { cwd: folder });
    return stdout.trim() || undefined;
  } catch {
    // Without git, or without that setting, nobody is known.
    return undefined;
  }
}

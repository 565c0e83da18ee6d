import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { printable } from '../../report/printable.ts';
import { isSameSubject, type NewWaiver, withWaiver } from '../../waivers/edit.ts';
import { subjectText } from '../../waivers/text.ts';
import { isExpired, type WaivedTag } from '../../waivers/waiver.ts';
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
export async function run([rule, given]: Arguments, options: Options, world: World): Promise<number> {
  const { waivers: file, account, ou: organizationalUnit, region, kind, reason, ticket, until } = options;
  const now = world.now();
  const limits = { now, maxDays: (await followSettings(options))?.waivers.maxDays };
  const owner = options.owner ?? (await gitUser(world.folder));
  if (owner === undefined)
    throw new UsageError({
      en: "--owner: say who answers for it; git's user.email is not set",
      ko: '--owner: 담당자를 지정하십시오. git의 user.email이 설정되어 있지 않습니다',
    });
  const tag = options.tag === undefined ? undefined : tagOf(options.tag);
  if (given === undefined && tag === undefined)
    throw new UsageError({
      en: 'say what is waived: the id or the name of a resource, or --tag',
      ko: '예외로 둘 것을 지정하십시오: 리소스의 ID나 이름, 또는 --tag',
    });
  const resource = given ?? '*';
  const about = { rule, resource, tag, account, organizationalUnit, region, kind };
  const waiver: NewWaiver = { ...about, reason, ticket, owner, until };
  const content = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const known = content?.trim() ? readWaiversFile(file, limits) : [];
  const same = known.find((one) => isSameSubject(one, waiver) && !isExpired(one, now));
  if (same) {
    throw new UsageError({
      en: `${file}:${same.line} waives that until ${same.until} (${same.ticket}): change it there`,
      ko: `${file}:${same.line}에서 이미 ${same.until}까지 예외로 두었습니다 (${same.ticket}). 거기서 고치십시오`,
    });
  }
  const text = withWaiver(content, waiver);
  const { line } = understood(text, file, limits).at(-1) as { readonly line: number };
  if (isExpired(waiver, now))
    throw new UsageError({
      en: `--until ${until} is over: a waiver ends in the future`,
      ko: `--until ${until}: 지난 날짜입니다. 예외는 앞으로의 날에 끝나야 합니다`,
    });
  await writeFile(file, text);
  const said = {
    en: `${file}:${line}: ${rule} ${subjectText(waiver)} is waived until ${until} (${ticket})`,
    ko: `${file}:${line}: ${rule} ${subjectText(waiver, '태그')}, ${until}까지 예외로 둠 (${ticket})`,
  };
  world.print(`${printable(said[world.language])}\n`);
  return 0;
}

/** `Stage=dev`, `Stage=` (an empty value) or `Stage` (any). A key that has a = itself is for the file. */
function tagOf(text: string): WaivedTag {
  const [, key = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  return value === undefined ? { key } : { key, value };
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

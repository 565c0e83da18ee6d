/** What a command judges: a live account, files, or the sample. */
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readAccount } from '../../account/open.ts';
import type { SpooledFile } from '../../account/snapshot/files.ts';
import { someOf } from '../../account/some.ts';
import { PACKAGE_ROOT } from '../../package.ts';
import { type LiveOptions, openLive } from '../options/live.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import type { Input } from './input.ts';

export type { Input } from './input.ts';

export interface Inputs {
  readonly list: readonly Input[];
  /** Removes what was put aside for reading. */
  close(): Promise<void>;
}

/** What says what to judge. */
export interface InputOptions extends LiveOptions {
  /** What AWS Config delivered later is left alone. */
  readonly until?: Date;
  /** The account of answers that do not say it; of whatever else is given, the only ones to judge. */
  readonly account?: readonly string[];
  /** Values of the parameters that templates declare. */
  readonly overrides?: Readonly<Record<string, string>>;
}

const SAMPLE = join(PACKAGE_ROOT, 'examples', 'sample-account');

/**
 * Opens everything that is to be judged; the sample accounts, when nothing is named.
 *
 * @throws {UsageError} when it does not say what a verdict needs, and an option would.
 */
export async function openInputs(
  paths: readonly string[],
  live: boolean,
  options: InputOptions,
  world: World,
): Promise<Inputs> {
  const spooled: SpooledFile[] = [];
  // Whoever reads the report may end the process: what came in may be confidential, and must not stay behind.
  const removeAtOnce = () => {
    for (const { file } of spooled) rmSync(dirname(file), { recursive: true, force: true });
  };
  const release = paths.includes('-') ? world.onExit(removeAtOnce) : () => {};
  const close = async () => {
    for (const file of spooled) await file.remove();
    release();
  };

  try {
    const list = live ? [await liveInput(options, world)] : [];
    const given = paths.length > 0 || live ? paths : [SAMPLE];
    if (given.length > 0) {
      // With all that reads files, which a live account needs none of.
      const { openGiven } = await import('./given.ts');
      list.push(...(await openGiven(given, options, world, spooled)));
    }
    return { list: ofAccounts(list, options.account ?? []), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** `--account` with what says itself of which account it is. */
function ofAccounts(list: readonly Input[], accounts: readonly string[]): readonly Input[] {
  const missing = accounts.find((id) => !list.some(({ account }) => account.id === id));
  if (missing === undefined)
    return list.filter(({ account: { id } }) => accounts.length === 0 || accounts.includes(id));
  const ids = new Map<string, string[]>();
  for (const { label, account } of list) ids.set(label, [...(ids.get(label) ?? []), account.id]);
  const each = [...ids];
  const whose = {
    en: someOf(each.map(([label, of]) => `${label} is of account ${someOf(of)}`)),
    ko: someOf(each.map(([label, of]) => `${label}은(는) ${someOf(of)} 계정의 것입니다`)),
  };
  throw new UsageError({ en: `--account ${missing}: ${whose.en}`, ko: `--account ${missing}: ${whose.ko}` });
}

async function liveInput(options: LiveOptions, world: World): Promise<Input> {
  const { source, accountId } = await openLive(options, world);
  return { label: `account ${accountId}`, account: readAccount(source) };
}

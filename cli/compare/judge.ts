/** Either side of a comparison: results that `evaluate` wrote, or what it judges, judged now. */
import { stat } from 'node:fs/promises';
import { EvaluatedRows } from '../../report/compare-rows.ts';
import type { Header } from '../../report/result.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { eachAccountOnce, inRegionsOf } from '../evaluate/accounts.ts';
import { commonTime, settingsIn } from '../evaluate/header.ts';
import { askedOf, type Judging, saidBy } from '../evaluate/judge.ts';
import type { Waiving } from '../evaluate/waivers.ts';
import { openInputs } from '../inputs/open.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import type { Options } from './command.ts';
import { controlsOf, readSide } from './read.ts';

/** What an evaluation says, and when and of what. */
export interface Side {
  readonly rows: EvaluatedRows;
  readonly header: Header;
}

/** How to judge what is no results file. */
export interface SideOptions extends Judging {
  readonly options: Options;
  /** Without those that the settings turn off. */
  readonly rules: readonly AnyRule[];
  readonly regions: readonly string[];
  readonly accounts: readonly string[];
  readonly waiving: Waiving;
  /** Whether all of it is kept in memory as well, for the page. */
  readonly isWhole: boolean;
}

/**
 * @throws {UsageError} where it is neither results nor anything that can be judged.
 */
export async function openSide(path: string, how: SideOptions, world: World): Promise<Side> {
  if (path === '-') return read(path, how, world);
  if (await isFolder(path)) return judged(path, how, world);
  let wrong: unknown;
  try {
    return await read(path, how, world);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    wrong = error;
  }
  try {
    return await judged(path, how, world);
  } catch {
    throw wrong;
  }
}

const read = (path: string, how: SideOptions, { input }: World): Promise<Side> =>
  filled(how, (rows) => readSide(path, input, rows));

/** Rows of which nothing is left where they cannot be filled. */
async function filled(
  { isWhole }: SideOptions,
  fill: (rows: EvaluatedRows) => Promise<Header>,
): Promise<Side> {
  const rows = new EvaluatedRows({ isWhole });
  try {
    return { rows, header: await fill(rows) };
  } catch (error) {
    rows.close();
    throw error;
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const judged = (path: string, how: SideOptions, world: World): Promise<Side> =>
  filled(how, (rows) => judge(path, how, world, rows));

async function judge(path: string, how: SideOptions, world: World, rows: EvaluatedRows): Promise<Header> {
  const { options, rules, settings, regions, waiving } = how;
  const until = how.now && { until: how.now };
  const inputs = await openInputs([path], false, { region: regions, account: how.accounts, ...until }, world);
  try {
    const once = eachAccountOnce(inputs.list, world.progress);
    const isOurs = settings && regions.length === 0;
    const list = isOurs ? inRegionsOf(once, settings, world.progress) : once;
    const each = await askedOf(list, rules, options.rule !== undefined, world);
    const generatedAt = new Date();
    const judged = new Set<AnyRule>();
    for (const { input, asked } of each) {
      for (const rule of asked) {
        judged.add(rule);
        world.progress.step(
          { en: `${path}: ${rule.id}`, ko: `${path}: ${rule.id}` },
          { rule: rule.id, accountId: input.account.id },
        );
        for await (const said of saidBy(rule, input, how, generatedAt)) {
          if ('error' in said) rows.error(said.error);
          else rows.result(await waiving.waive(said.result, said.tags));
        }
      }
    }
    if (judged.size === 0) {
      throw new UsageError({
        en: `${path}: no rule reports on what is in it`,
        ko: `${path}: 들어 있는 것을 보고하는 규칙이 없습니다`,
      });
    }
    const ids = [...judged].map(({ id }) => id);
    return {
      generatedAt,
      accountIds: [...new Set(list.map(({ account }) => account.id))],
      rules: ids,
      ...commonTime(list, how.now, generatedAt),
      sample: false,
      settings: settingsIn(settings),
      controls: controlsOf(ids),
    };
  } finally {
    world.progress.done();
    await inputs.close();
  }
}

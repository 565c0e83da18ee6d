import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../package.ts';
import { CHANGES, type Change, type Difference, isWaived } from '../../report/compare.ts';
import { compareRows, DifferenceRows } from '../../report/compare-rows.ts';
import { writeComparison } from '../../report/comparison/index.ts';
import { SEVERITIES } from '../../report/result.ts';
import type { AnyRule, Severity } from '../../rules/rule.ts';
import { type Outputs, openOutputs, readFormats } from '../evaluate/output.ts';
import { openWaivers } from '../evaluate/waivers.ts';
import { applyLimits } from '../options/limit.ts';
import { checkEndpoint } from '../options/live.ts';
import { checkAccounts, checkRegions, chooseRules, readNow, readParameters } from '../options/read.ts';
import { followSettings } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import { oneOf } from '../program/one-of.ts';
import type { World } from '../program/world.ts';
import type { Arguments, Options } from './command.ts';
import { openSide, type SideOptions } from './judge.ts';

/** `groundrules compare`. Gives the exit status: 1 where something is as `--fail-on` says. */
export async function run([before, after]: Arguments, options: Options, world: World): Promise<number> {
  const fails = readFailOn(options.failOn);
  const formats = readFormats(options.format);
  if (before === '-' && after === '-') {
    throw new UsageError({
      en: 'there is one standard input: give one of the two as a file',
      ko: '표준 입력은 하나뿐입니다. 둘 중 하나는 파일로 주십시오',
    });
  }
  applyLimits(options.limit);
  checkEndpoint(options.endpointUrl, world.env);
  const how = { ...(await sideOptions(options, world)), isWhole: formats.includes('html') };
  const outputs = await openOutputs(formats, options.output, world, {
    name: 'comparison',
    ...(options.profile !== undefined && { profile: options.profile }),
    ...(options.endpointUrl !== undefined && { endpointUrl: options.endpointUrl }),
  });
  try {
    const isFailing = await compareInto(outputs, [before, after], how, fails, world);
    await outputs.finish();
    return isFailing ? 1 : 0;
  } catch (error) {
    throw outputs.discard(roomFor(error));
  }
}

/** Compares both and writes it. Gives whether something is as `--fail-on` says. */
async function compareInto(
  outputs: Outputs,
  [before, after]: Arguments,
  how: SideOptions,
  fails: (one: Difference) => boolean,
  world: World,
): Promise<boolean> {
  const differences = new DifferenceRows();
  const opened: { close(): void }[] = [differences];
  try {
    const was = await openSide(before, how, world);
    opened.push(was.rows);
    const is = await openSide(after, how, world);
    opened.push(is.rows);
    let isFailing = false;
    await compareRows(was.rows, is.rows, (one) => {
      differences.add(one);
      isFailing ||= fails(one);
    });
    const whole = was.rows.whole && is.rows.whole && { before: was.rows.whole, after: is.rows.whole };
    const comparison = { differences, fails, header: is.header, from: before, ...(whole && { whole }) };
    for (const [format, { out, isStdout }] of outputs.each) {
      await writeComparison(format, out, comparison, {
        ...world.screen(isStdout),
        language: world.language,
        pageText: (page) => readFileSync(join(PACKAGE_ROOT, page), 'utf8'),
      });
    }
    return isFailing;
  } finally {
    for (const one of opened) one.close();
  }
}

/** What is compared lies in the folder for temporary files, which is often small. */
function roomFor(error: unknown): unknown {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' || syscall !== 'write' || path !== undefined) return error;
  const folder = tmpdir();
  return new UsageError({
    en: `${folder}: there is no room left for what is compared, which takes about as much as both files: name another folder in TMPDIR`,
    ko: `${folder}: 비교할 내용을 둘 공간이 부족합니다. 두 파일을 합한 만큼의 공간이 필요하므로 TMPDIR에 다른 폴더를 지정하십시오`,
  });
}

/** How either side is judged, where it is no results file. */
async function sideOptions(options: Options, world: World): Promise<Omit<SideOptions, 'isWhole'>> {
  const split = (values: readonly string[] = []) => values.flatMap((value) => value.split(','));
  const [ids, regions, accounts] = [split(options.rule), split(options.region), split(options.account)];
  checkRegions(regions);
  checkAccounts(accounts);
  const given = await readParameters(options.parameters);
  const now = readNow(options.now);
  const settings = await followSettings(options);
  const isOn = ({ id }: AnyRule) => ids.length > 0 || !settings?.leftOut.includes(id);
  const rules = chooseRules(ids).filter(isOn);
  const limits = { now: now ?? world.now(), ...settings?.waivers };
  const waiving = await openWaivers(options.waivers, false, limits);
  return { options, rules, regions, accounts, waiving, given, settings, now };
}

/**
 * Reads `--fail-on`: changes, and a severity at most. What is waived does not count, as with `evaluate`.
 *
 * @throws {UsageError}
 */
function readFailOn(text: string): (one: Difference) => boolean {
  const words = text.split(',').map((word) => oneOf('--fail-on', word.trim(), [...CHANGES, ...SEVERITIES]));
  const isSeverity = (word: Change | Severity): word is Severity => SEVERITIES.some((one) => one === word);
  const [severity = 'LOW', second] = words.filter(isSeverity);
  if (second !== undefined)
    throw new UsageError({
      en: `--fail-on ${text}: one severity is enough, the least`,
      ko: `--fail-on ${text}: 심각도는 가장 낮은 것 하나만 적으십시오`,
    });
  const named = words.filter((word): word is Change => !isSeverity(word));
  const changes = named.length > 0 ? named : ['new'];
  return (one) =>
    changes.includes(one.change) &&
    !isWaived(one) &&
    SEVERITIES.indexOf(one.severity) <= SEVERITIES.indexOf(severity);
}

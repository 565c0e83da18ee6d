import { CHANGES, type Change, compare, type Difference } from '../../report/compare.ts';
import { jsonText } from '../../report/printable.ts';
import { SEVERITIES } from '../../report/result.ts';
import type { Severity } from '../../rules/rule.ts';
import { UsageError } from '../program/errors.ts';
import { oneOf } from '../program/one-of.ts';
import type { World } from '../program/world.ts';
import type { Arguments, Options } from './command.ts';
import { readEvaluated } from './read.ts';
import { markdownOf, tableText } from './text.ts';

/** `groundrules compare`. Gives the exit status: 1 where something is as `--fail-on` says. */
export async function run([before, after]: Arguments, options: Options, world: World): Promise<number> {
  const isWanted = readFailOn(options.failOn);
  if (before === '-' && after === '-') {
    throw new UsageError({
      en: 'there is one standard input: give one of the two as a file',
      ko: '표준 입력은 하나뿐입니다. 둘 중 하나는 파일로 주십시오',
    });
  }
  const differences = compare(
    await readEvaluated(before, world.input),
    await readEvaluated(after, world.input),
  );
  if (options.format === 'json') world.print(json(differences));
  else if (options.format === 'markdown') world.print(markdownOf(differences, world.language));
  else world.print(tableText(differences, world.screen(), world.language));
  return differences.some(isWanted) ? 1 : 0;
}

/**
 * Reads `--fail-on`: changes, and a severity at most.
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
    changes.includes(one.change) && SEVERITIES.indexOf(one.severity) <= SEVERITIES.indexOf(severity);
}

/** Fixed like the JSON of `evaluate`: fields are only added. */
function json(differences: readonly Difference[]): string {
  const counts = Object.fromEntries(
    CHANGES.map((wanted) => [wanted, differences.filter(({ change }) => change === wanted).length]),
  );
  const rows = differences.map(({ subject, ...rest }) => `\n${jsonText({ ...subject, ...rest })}`);
  return `{"schemaVersion":"1.0",\n"differences":[${rows.join(',')}\n],\n"summary":${jsonText(counts)}}\n`;
}

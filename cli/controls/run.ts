import {
  type Control,
  controls,
  FRAMEWORKS,
  type Framework,
  isOn,
  isPlanned,
} from '../../catalogue/index.ts';
import { closest } from '../../report/closest.ts';
import { jsonText } from '../../report/printable.ts';
import { chooseRules } from '../options/read.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import type { Arguments, Options } from './command.ts';
import { controlsText, controlText } from './text.ts';

/**
 * `groundrules controls`: the catalogue, or one control of it.
 *
 * @throws {UsageError} for a control, or a framework that there is not.
 */
export async function run(
  [id]: Arguments,
  options: Options,
  { language, print, screen }: World,
): Promise<number> {
  const { domain, format } = options;
  if (id !== undefined) {
    const given = Object.entries(options).find(([name]) =>
      ['framework', 'domain', 'planned', 'unjudged'].includes(name),
    );
    if (given)
      throw new UsageError({
        en: `--${given[0]} filters a list: leave it out, or leave ${id} out`,
        ko: `--${given[0]}은(는) 목록을 거르는 옵션입니다. 이 옵션이나 ${id}을(를) 빼십시오`,
      });
    const control = findControl(id);
    print(format === 'json' ? json([control]) : controlText(control, language, screen()));
    return 0;
  }
  const frameworks = options.framework === undefined ? [] : findFrameworks(options.framework);
  const judged = options.unjudged ? judgedBy(options.unjudged) : [];
  const chosen = controls.filter(
    (control) =>
      (domain === undefined || control.domain === domain) &&
      (!options.planned || isPlanned(control)) &&
      (!options.unjudged || !judged.includes(control)) &&
      (frameworks.length === 0 || frameworks.some((one) => control.frameworks[one])),
  );
  print(
    format === 'json' ? json(chosen) : controlsText(chosen, { language, frameworks, terminal: screen() }),
  );
  return 0;
}

/** The controls that an evaluation by these rules judges. */
function judgedBy(ids: readonly string[] | true): readonly Control[] {
  const chosen = chooseRules(ids === true ? [] : ids.flatMap((id) => id.split(',')).filter(Boolean));
  return controls.filter((one) => one.kind === 'custom' && chosen.some(({ id }) => id === one.rule));
}

const json = (chosen: readonly Control[]): string =>
  `${jsonText(
    {
      schemaVersion: '1.0',
      controls: chosen.map((control) => ({ ...control, on: isOn(control), planned: isPlanned(control) })),
    },
    2,
  )}\n`;

/** @throws {UsageError} that says what was probably meant. */
export function findControl(id: string, among: readonly Control[] = controls): Control {
  const found = among.find((control) => control.id === id);
  if (found) return found;
  const near = closest(
    id,
    among.map((control) => control.id),
  );
  throw new UsageError({
    en: `there is no control ${JSON.stringify(id)}${near ? `: did you mean ${near}?` : ' (see groundrules controls)'}`,
    ko: `${JSON.stringify(id)} 통제는 없습니다${near ? `. 혹시 ${near}?` : ' (groundrules controls 참고)'}`,
  });
}

/**
 * The frameworks that somebody means: by their own name, or by words of it and of its edition. `cis` is all three
 * editions, `cis 5.0` one of them.
 *
 * @throws {UsageError} that says what was probably meant, and what there is.
 */
export function findFrameworks(meant: string): Framework[] {
  const all = Object.keys(FRAMEWORKS) as Framework[];
  const exact = all.find((name) => name.toLowerCase() === meant.trim().toLowerCase());
  if (exact) return [exact];
  const wanted = words(meant);
  const found = all.filter((name) => {
    const known = words(`${name} ${FRAMEWORKS[name]}`);
    return wanted.length > 0 && wanted.every((word) => known.some((one) => one.startsWith(word)));
  });
  if (found.length > 0) return found;
  const near = closest(meant, all);
  throw new UsageError({
    en: `--framework ${meant}: there is no such framework${near ? `: did you mean ${near}?` : ''} (there is: ${all.join(', ')})`,
    ko: `--framework ${meant}: 그런 프레임워크는 없습니다${near ? `. 혹시 ${near}?` : ''} (있는 것: ${all.join(', ')})`,
  });
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d.]+/gu) ?? [];

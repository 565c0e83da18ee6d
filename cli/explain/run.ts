import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { type Control, controls, DOMAINS, type Domain, isPlanned } from '../../catalogue/index.ts';
import { PACKAGE_ROOT } from '../../package.ts';
import type { Language } from '../../report/both.ts';
import { closest } from '../../report/closest.ts';
import { readFindingId } from '../../report/finding-id.ts';
import { listing } from '../../report/listing.ts';
import { factsOf, pageIn } from '../../report/rule-facts.ts';
import { fixes, rules } from '../../rules/index.ts';
import { controlText } from '../controls/text.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import type { Arguments, Options } from './command.ts';
import { type ExplainStyle, findFinding, findingText } from './finding.ts';
import { pageText } from './page.ts';
import { explainWords } from './words.ts';

/** Lines of prose are no longer than people read. */
const WIDEST = 110;

/** Whatever has a page: the rules, and the fixes of what AWS managed rules report. */
const PAGED = [...rules, ...fixes];

/**
 * `groundrules explain`: a rule's page, a control, a finding, or the list of rules.
 *
 * @throws {UsageError} for what is none of them.
 */
export async function run([what]: Arguments, { results }: Options, world: World): Promise<number> {
  const { language, print } = world;
  const screen = world.screen();
  const style = { ...screen, width: Math.min(screen.width, WIDEST), language };
  if (results !== undefined && (what === undefined || !readFindingId(what))) {
    throw new UsageError({
      en: '--results goes with a findingId, as "evaluate --format json" has it',
      ko: '--results는 "evaluate --format json"에 있는 findingId와 함께 씁니다',
    });
  }
  if (what === undefined) print(`${listText({ ...style, width: screen.width })}\n`);
  else if (readFindingId(what)) print(`${await explained(what, results, style, world)}\n`);
  else if (PAGED.some(({ id }) => id === what)) print(`${pageText(pageOf(what, language), style)}\n`);
  else print(`${controlPage(controlNamed(what), style)}\n`);
  return 0;
}

const pageFile = (rule: string, language: Language): string => pageIn(factsOf(rule).page, language);
const pageOf = (rule: string, language: Language): string =>
  readFileSync(join(PACKAGE_ROOT, pageFile(rule, language)), 'utf8');

async function explained(
  id: string,
  results: string | undefined,
  style: ExplainStyle,
  { input }: World,
): Promise<string> {
  const found = await findFinding(id, results, input);
  const { rule } = 'result' in found ? found.result : found.error;
  if (!PAGED.some((one) => one.id === rule)) {
    throw new UsageError({
      en: `${rule} is no rule of this version: explain it with the version that wrote the results`,
      ko: `${rule}은(는) 이 버전에 없는 규칙입니다. 결과를 만든 버전으로 설명하십시오`,
    });
  }
  const { page } = explainWords[style.language];
  return [
    findingText(found, pageOf(rule, style.language), style),
    createColors(style.colour).dim(page(pageFile(rule, style.language))),
  ].join('\n\n');
}

/** @throws {UsageError} that says what was probably meant. */
function controlNamed(id: string): Control {
  const found = controls.find((control) => control.id === id);
  if (found) return found;
  const near = closest(
    id,
    [...PAGED, ...controls].map((one) => one.id),
  );
  throw new UsageError({
    en: `there is no rule and no control ${JSON.stringify(id)}${near ? `: did you mean ${near}?` : ' (see groundrules explain, and groundrules controls)'}`,
    ko: `${JSON.stringify(id)} 규칙이나 통제는 없습니다${near ? `. 혹시 ${near}?` : ' (groundrules explain, groundrules controls 참고)'}`,
  });
}

function controlPage(control: Control, style: ExplainStyle): string {
  const text = controlText(control, style.language, style).trimEnd();
  const rule = control.kind === 'custom' && !isPlanned(control) ? control.rule : undefined;
  return rule === undefined ? text : `${text}\n\n${explainWords[style.language].pageOf(rule)}`;
}

/** What has a page, a table a pack, and how many other controls there are. */
function listText({ colour, language, width }: ExplainStyle): string {
  const { bold, dim } = createColors(colour);
  const words = explainWords[language];
  const tableOf = (domain: Domain | undefined): string[] => {
    const rows = PAGED.filter(({ id }) => factsOf(id).controls[0]?.domain === domain).map(
      ({ id, severity, fix }) => [
        id,
        severity,
        factsOf(id).controls[0]?.title[language] ?? fix.summary.changes[language],
      ],
    );
    return rows.length > 0 ? [listing(words.head, rows, { colour, width })] : [];
  };
  const hasPage = (control: Control) =>
    PAGED.some(({ id }) => id === (control.kind === 'custom' ? control.rule : control.id));
  const parts = DOMAINS.map((domain) => {
    const others = controls.filter((one) => one.domain === domain && !hasPage(one));
    const kinds = (['managed', 'process-check', 'custom'] as const).flatMap((kind) => {
      const count = others.filter((one) => one.kind === kind).length;
      return count > 0 ? [words.kinds[kind](count)] : [];
    });
    const rest = kinds.length > 0 ? [dim(words.others(kinds, domain))] : [];
    return [bold(domain), ...tableOf(domain), ...rest].join('\n');
  });
  const more = tableOf(undefined).map((table) => `${bold(words.noPack)}\n${table}`);
  return [...parts, ...more, words.how].join('\n\n');
}

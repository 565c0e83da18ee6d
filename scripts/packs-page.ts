/** The tables of docs/packs.md, derived from the catalogue. */
import { type ManagedRule, managedRules, regions } from '../catalogue/availability.ts';
import { type Control, controls, DOMAINS, isOn, isPlanned } from '../catalogue/index.ts';
import { fixOf, placementOf, valuesOf } from '../deploy/packs/index.ts';
import { readSettings } from '../deploy/settings/index.ts';
import { code, table } from './markdown.ts';
import { fill } from './pages.ts';

export const PAGE = 'docs/packs.md';

/** The page with its tables as they should be. */
export function derivedPage(text: string): string {
  return Object.entries({ packs: packsTable(), regions: regionsTable() }).reduce((page, [name, table]) => {
    const filled = fill(page, name, table);
    if (filled === undefined) throw new Error(`${PAGE} lacks <!-- ${name} --> and <!-- /${name} -->`);
    return filled;
  }, text);
}

const PLACES = { regional: 'every Region', home: 'the home Region', 'us-east-1': 'us-east-1' } as const;

/** What is on unless told otherwise, by pack. */
function packsTable(): string {
  const settings = readSettings({});
  const rows = DOMAINS.flatMap((domain) => {
    const inPack = controls.filter((control) => control.domain === domain && isOn(control));
    if (domain === 'attestations') {
      return [['attestations', `${inPack.length} process checks`, 'the home Region', '', '']];
    }
    return inPack.map((control, at) => [
      at === 0 ? domain : '',
      `${code([control.id])}: ${sourceOf(control)}`,
      PLACES[placementOf(control)],
      code(Object.keys(valuesOf(control, settings, 'us-east-1'))),
      fixedBy(control),
    ]);
  });
  return table([['Pack', 'Rule', 'Judged in', 'Parameters', 'Fixed by'], ...rows]);
}

const sourceOf = (control: Control): string =>
  control.kind === 'managed' ? code([control.identifier]) : control.kind === 'custom' ? 'our function' : '';

function fixedBy(control: Control): string {
  if (fixOf(control)) return 'our document';
  return control.remediation.kind === 'aws-owned-document' ? code([control.remediation.document]) : '';
}

/** Where AWS Config lacks a rule that the catalogue has, off ones included. */
function regionsTable(): string {
  const rows = Object.entries(managedRules).flatMap(([identifier, rule]) => {
    const where = placesOf(rule);
    const ids = controls
      .filter(
        (control) => control.kind === 'managed' && control.identifier === identifier && !isPlanned(control),
      )
      .map(({ id }) => id);
    return where === '' ? [] : [[`[${identifier}](${rule.source})`, code(ids), where]];
  });
  return table([['Managed rule', 'Controls', 'Is not in'], ...rows]);
}

function placesOf(rule: ManagedRule): string {
  if (!('only' in rule)) return rule.missing.join(', ');
  return `any of the ${Object.keys(regions).length} Regions but ${rule.only.join(', ')}`;
}

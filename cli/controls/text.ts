import { createColors } from 'picocolors';
import widthOf from 'string-width';
import wrap from 'wrap-ansi';
import {
  type Control,
  DOMAINS,
  FRAMEWORKS,
  type Framework,
  isOn,
  isPlanned,
  ruleOf,
} from '../../catalogue/index.ts';
import { fixOf } from '../../deploy/packs/remediation.ts';
import { awsOwned } from '../../remediation-docs/aws-owned.ts';
import type { Language } from '../../report/both.ts';
import { type ListingOptions, listing } from '../../report/listing.ts';
import type { Parameters } from '../../rules/parameters.ts';
import { controlsWords } from './words.ts';

export interface ControlsTextOptions {
  readonly language: Language;
  /** Whose ids to show beside each control. */
  readonly frameworks: readonly Framework[];
  readonly terminal: ListingOptions;
}

/** The controls, a table a pack, and how many there are. */
export function controlsText(
  controls: readonly Control[],
  { language, frameworks, terminal }: ControlsTextOptions,
): string {
  const { bold, dim } = createColors(terminal.colour);
  const words = controlsWords[language];
  const parts = DOMAINS.flatMap((domain) => {
    const own = controls.filter((control) => control.domain === domain);
    if (own.length === 0) return [];
    const rows = own.map((control) => [
      control.id,
      control.severity,
      words.kinds[control.kind],
      ruleName(control),
      words.states[stateOf(control)],
      idsOf(control, frameworks),
      titleOf(control, language),
    ]);
    return [`${bold(domain)}\n${listing(words.head, rows, terminal)}`];
  });
  const named = frameworks.map((one) => `${one}: ${FRAMEWORKS[one]}`).join('; ');
  const legend = named && `\n${dim(wrap(named, terminal.width))}`;
  return `${[...parts, `${counts(controls, language)}${legend}`].join('\n\n')}\n`;
}

const ruleName = (control: Control): string =>
  control.kind === 'custom' ? control.rule : control.kind === 'managed' ? control.identifier : '';

const stateOf = (control: Control): 'on' | 'off' | 'planned' =>
  isPlanned(control) ? 'planned' : isOn(control) ? 'on' : 'off';

function idsOf(control: Control, frameworks: readonly Framework[]): string {
  return frameworks
    .flatMap((framework) => {
      const ids = control.frameworks[framework]?.ids.join(', ');
      return ids ? [frameworks.length > 1 ? `${framework}: ${ids}` : ids] : [];
    })
    .join('\n');
}

const titleOf = (control: Control, language: Language): string =>
  control.off ? `${control.title[language]}\n(${control.off[language]})` : control.title[language];

function counts(controls: readonly Control[], language: Language): string {
  const count = (state: 'on' | 'off' | 'planned') =>
    controls.filter((control) => stateOf(control) === state).length;
  return controlsWords[language].counts(controls.length, count('on'), count('off'), count('planned'));
}

/** One control whole, a line or paragraph a field. */
export function controlText(control: Control, language: Language, { colour, width }: ListingOptions): string {
  const { bold, dim } = createColors(colour);
  const words = controlsWords[language];
  const indent = 14;
  const field = (name: string, value: string) => {
    const lines = wrap(value, Math.max(40, width - indent)).split('\n');
    return `${dim(`${name}${' '.repeat(Math.max(0, indent - widthOf(name)))}`)}${lines.join(`\n${' '.repeat(indent)}`)}`;
  };
  const list = (name: string, values: readonly string[]) =>
    values.map((value, index) => field(index === 0 ? name : '', value));
  return `${[
    bold(control.id),
    field(words.title, control.title[language]),
    field(words.severity, control.severity),
    field(words.kind, kindText(control, language)),
    field(words.pack, `${control.domain}: ${whyState(control, language)}`),
    ...list(words.parameters, parametersOf(control)),
    ...(control.kind === 'process-check' ? attestationFields(control, language) : []).map(([name, value]) =>
      field(name, value),
    ),
    field(words.remediation, `${remediationName(control, language)}${whatItDoes(control, language)}`),
    ...list(words.frameworks, frameworkLines(control, language)),
    ...(control.notes ? [field(words.notes, control.notes)] : []),
  ].join('\n')}\n`;
}

function kindText(control: Control, language: Language): string {
  const words = controlsWords[language];
  if (control.kind === 'process-check') return words.attested;
  const types = control.resourceTypes?.join(', ');
  const about = types ? words.on(types) : '';
  if (control.kind === 'custom') return words.customRule(control.rule, about);
  const { identifier, trigger, placement, verified, identifierSource } = control;
  const source = `${verified ? words.seen : words.documented} (${identifierSource})`;
  return words.managedRule(identifier, about, trigger, words.where[placement], source);
}

function whyState(control: Control, language: Language): string {
  const words = controlsWords[language];
  if (isPlanned(control)) return words.notYet;
  return control.off ? words.off(control.off[language]) : words.isOn;
}

/** What a rule has of its own, and what the catalogue sets. */
function parametersOf(control: Control): string[] {
  if (control.kind === 'process-check') return [];
  const own: Parameters = control.kind === 'custom' ? (ruleOf(control)?.parameters ?? {}) : {};
  const defaults = Object.fromEntries(Object.entries(own).map(([name, one]) => [name, one.default]));
  return Object.entries({ ...defaults, ...control.parameters }).map(([name, value]) => `${name} = ${value}`);
}

function attestationFields(
  control: Extract<Control, { kind: 'process-check' }>,
  language: Language,
): [string, string][] {
  const words = controlsWords[language];
  return [
    [words.review, words.every(control.reviewEveryDays)],
    ...(control.evidence ? [[words.evidence, control.evidence] as [string, string]] : []),
    [words.attest, `groundrules attest ${control.id} --evidence <text|url>`],
  ];
}

function remediationName({ remediation }: Control, language: Language): string {
  const words = controlsWords[language];
  if (remediation.kind === 'aws-owned-document') return words.awsDocument(remediation.document);
  return words.remediations[remediation.kind];
}

/** The catalogue's sentence, which is English. In Korean what the fix changes, where it says so itself. */
function whatItDoes(control: Control, language: Language): string {
  const { remediation } = control;
  if (language === 'en') return remediation.why;
  const aws = remediation.kind === 'aws-owned-document' ? remediation.document : undefined;
  const summary = fixOf(control)?.fix?.summary ?? awsOwned.find(({ name }) => name === aws);
  return summary?.changes[language] ?? remediation.why;
}

function frameworkLines({ frameworks }: Control, language: Language): string[] {
  const lines = Object.entries(frameworks).map(
    ([framework, { ids, source }]) => `${framework}: ${ids.join(', ')} (${source})`,
  );
  return lines.length > 0 ? lines : [controlsWords[language].none];
}

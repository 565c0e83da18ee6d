import { createColors } from 'picocolors';
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
import { type ListingOptions, listing } from '../../report/listing.ts';
import type { Parameters } from '../../rules/parameters.ts';

type Language = 'en' | 'ko';

export interface ControlsTextOptions {
  readonly language: Language;
  /** Whose ids to show beside each control. */
  readonly frameworks: readonly Framework[];
  readonly terminal: ListingOptions;
}

const KINDS = { custom: 'custom', managed: 'managed', 'process-check': 'process check' } as const;

/** The controls, a table a pack, and how many there are. */
export function controlsText(
  controls: readonly Control[],
  { language, frameworks, terminal }: ControlsTextOptions,
): string {
  const { bold, dim } = createColors(terminal.colour);
  const parts = DOMAINS.flatMap((domain) => {
    const own = controls.filter((control) => control.domain === domain);
    if (own.length === 0) return [];
    const rows = own.map((control) => [
      control.id,
      control.severity,
      KINDS[control.kind],
      ruleName(control),
      stateOf(control),
      idsOf(control, frameworks),
      titleOf(control, language),
    ]);
    const head = ['CONTROL', 'SEVERITY', 'KIND', 'RULE', 'PACK', 'IDS', 'TITLE'];
    return [`${bold(domain)}\n${listing(head, rows, terminal)}`];
  });
  const named = frameworks.map((one) => `${one}: ${FRAMEWORKS[one]}`).join('; ');
  const legend = named && `\n${dim(wrap(named, terminal.width))}`;
  return `${[...parts, `${counts(controls)}${legend}`].join('\n\n')}\n`;
}

const ruleName = (control: Control): string =>
  control.kind === 'custom' ? control.rule : control.kind === 'managed' ? control.identifier : '';

const stateOf = (control: Control): string => (isPlanned(control) ? 'planned' : isOn(control) ? 'on' : 'off');

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

function counts(controls: readonly Control[]): string {
  const count = (state: string) => controls.filter((control) => stateOf(control) === state).length;
  const parts = ['on', 'off', 'planned'].map((state) => `${count(state)} ${state}`);
  return `${controls.length} ${controls.length === 1 ? 'control' : 'controls'}: ${parts.join(', ')}`;
}

/** One control whole, a line or paragraph a field. */
export function controlText(control: Control, language: Language, { colour, width }: ListingOptions): string {
  const { bold, dim } = createColors(colour);
  const indent = 14;
  const field = (name: string, value: string) => {
    const lines = wrap(value, Math.max(40, width - indent)).split('\n');
    return `${dim(name.padEnd(indent))}${lines.join(`\n${' '.repeat(indent)}`)}`;
  };
  const list = (name: string, values: readonly string[]) =>
    values.map((value, index) => field(index === 0 ? name : '', value));
  return `${[
    bold(control.id),
    field('Title', control.title[language]),
    field('Severity', control.severity),
    field('Kind', kindText(control)),
    field('Pack', `${control.domain}: ${whyState(control, language)}`),
    ...list('Parameters', parametersOf(control)),
    ...(control.kind === 'process-check' ? attestationFields(control) : []).map(([name, value]) =>
      field(name, value),
    ),
    field('Remediation', `${remediationName(control)}${control.remediation.why}`),
    ...list('Frameworks', frameworkLines(control)),
    ...(control.notes ? [field('Notes', control.notes)] : []),
  ].join('\n')}\n`;
}

function kindText(control: Control): string {
  if (control.kind === 'process-check') return 'process check: somebody attests it';
  const types = control.resourceTypes?.join(', ');
  const about = types ? `, on ${types}` : '';
  if (control.kind === 'custom') return `custom rule ${control.rule}${about}`;
  const { identifier, trigger, placement, verified, identifierSource } = control;
  const where = { regional: '', home: ', in the home Region alone', 'us-east-1': ', in us-east-1 alone' };
  const source = `${verified ? 'seen deployed' : 'known from documentation alone'} (${identifierSource})`;
  return `AWS managed rule ${identifier}${about}; runs: ${trigger}${where[placement]}; ${source}`;
}

function whyState(control: Control, language: Language): string {
  if (isPlanned(control)) return 'not yet: its rule is planned';
  return control.off ? `off unless turned on. ${control.off[language]}` : 'on';
}

/** What a rule has of its own, and what the catalogue sets. */
function parametersOf(control: Control): string[] {
  if (control.kind === 'process-check') return [];
  const own: Parameters = control.kind === 'custom' ? (ruleOf(control)?.parameters ?? {}) : {};
  const defaults = Object.fromEntries(Object.entries(own).map(([name, one]) => [name, one.default]));
  return Object.entries({ ...defaults, ...control.parameters }).map(([name, value]) => `${name} = ${value}`);
}

const attestationFields = (control: Extract<Control, { kind: 'process-check' }>): [string, string][] => [
  ['Review', `every ${control.reviewEveryDays} days`],
  ...(control.evidence ? [['Evidence', control.evidence] as [string, string]] : []),
  ['Attest', `groundrules attest ${control.id} --evidence <text|url>`],
];

function remediationName({ remediation }: Control): string {
  if (remediation.kind === 'aws-owned-document') return `AWS's document ${remediation.document}. `;
  return { 'own-document': 'a document of ours. ', 'notify-only': 'somebody is told. ', none: '' }[
    remediation.kind
  ];
}

function frameworkLines({ frameworks }: Control): string[] {
  const lines = Object.entries(frameworks).map(
    ([framework, { ids, source }]) => `${framework}: ${ids.join(', ')} (${source})`,
  );
  return lines.length > 0 ? lines : ['none'];
}

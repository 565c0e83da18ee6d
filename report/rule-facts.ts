/** What a report says of a rule beside its verdicts, out of the catalogue. */
import { type Control, controls, type Domain, type Framework } from '../catalogue/index.ts';
import { fixes, rules } from '../rules/index.ts';
import type { Language } from '../rules/language.ts';
import type { Severity } from '../rules/rule.ts';

export interface RuleFacts {
  readonly controls: readonly Control[];
  /** Of all of its controls: the ids of each framework that the rule helps with. */
  readonly frameworks: Readonly<Partial<Record<Framework, readonly string[]>>>;
  /** Its page, in the package and in the repository. */
  readonly page: string;
  /** Of its worst control; absent where the catalogue has none. */
  readonly severity?: Severity;
}

const known = new Map<string, RuleFacts>();

/** @param rule the rule's id, or that of a control. */
export function factsOf(rule: string): RuleFacts {
  const found = known.get(rule) ?? read(rule);
  known.set(rule, found);
  return found;
}

/** The domain of a rule, or of a control; of one that the catalogue does not know, the widest. */
export const domainOf = (rule: string): Domain => factsOf(rule).controls[0]?.domain ?? 'workloads';

/** The page in a language: a rule's page is there in each, others in English alone. */
export const pageIn = (page: string, language: Language): string =>
  language === 'ko' ? page.replace(/README\.md$/, 'README.ko.md') : page;

/** A managed rule and a process check have no page of their own, unless there is a fix of ours. */
function pageOf(id: string, control: Control | undefined): string {
  if (control?.kind === 'custom') return `rules/${control.rule}/README.md`;
  return [...rules, ...fixes].some((one) => one.id === id) ? `rules/${id}/README.md` : 'docs/packs.md';
}

function read(rule: string): RuleFacts {
  const own = controls.filter(
    (control) => control.id === rule || (control.kind === 'custom' && control.rule === rule),
  );
  const [first] = own;
  const frameworks: Partial<Record<Framework, readonly string[]>> = {};
  for (const [name, { ids }] of own.flatMap((control) => Object.entries(control.frameworks))) {
    const before = frameworks[name as Framework] ?? [];
    frameworks[name as Framework] = [...new Set([...before, ...ids])];
  }
  return {
    controls: own,
    frameworks,
    page: pageOf(rule, first),
    ...(first && { severity: first.severity }),
  };
}

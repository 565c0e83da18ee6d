/** What a report says of a rule beside its verdicts, out of the catalogue. */
import { type Control, controls, type Framework } from '../catalogue/index.ts';
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

/** @param rule the rule's id. */
export function factsOf(rule: string): RuleFacts {
  const found = known.get(rule) ?? read(rule);
  known.set(rule, found);
  return found;
}

function read(rule: string): RuleFacts {
  const own = controls.filter((control) =>
    control.kind === 'custom' ? control.rule === rule : control.id === rule,
  );
  const frameworks: Partial<Record<Framework, readonly string[]>> = {};
  for (const [name, { ids }] of own.flatMap((control) => Object.entries(control.frameworks))) {
    const before = frameworks[name as Framework] ?? [];
    frameworks[name as Framework] = [...new Set([...before, ...ids])];
  }
  const [first] = own;
  return {
    controls: own,
    frameworks,
    page: `rules/${rule}/README.md`,
    ...(first && { severity: first.severity }),
  };
}

/** Every control of the baseline. */
import { controlRows, fixes, rules } from '../rules/index.ts';
import { type Control, type CustomControl, DOMAINS, readControls, readOwnControls } from './control.ts';
import attestations from './controls/attestations.json' with { type: 'json' };
import cost from './controls/cost.json' with { type: 'json' };
import identity from './controls/identity.json' with { type: 'json' };
import logging from './controls/logging.json' with { type: 'json' };
import root from './controls/root.json' with { type: 'json' };
import workloads from './controls/workloads.json' with { type: 'json' };

export * from './control.ts';

const files = { root, identity, logging, cost, workloads, attestations };

const own = [...rules, ...fixes].flatMap((rule) =>
  controlRows.has(rule.id) ? readOwnControls(rule, controlRows.get(rule.id)) : [],
);

/** In the order of the packs. In each come first those that a rule or a fix of ours is for, worst first. */
export const controls: readonly Control[] = DOMAINS.flatMap((domain) => [
  ...own.filter((control) => control.domain === domain),
  ...readControls(domain, files[domain]),
]);

/** A custom control's rule; `undefined` while it is planned. */
export const ruleOf = (control: CustomControl) => rules.find(({ id }) => id === control.rule);

/** Whether the control's rule is still to be built: it stays out of the packs. */
export const isPlanned = (control: Control): boolean => control.kind === 'custom' && !ruleOf(control);

/** Whether a pack has the control unless told otherwise. */
export const isOn = (control: Control): boolean => !control.off && !isPlanned(control);

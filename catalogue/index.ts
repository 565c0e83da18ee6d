/** Every control of the baseline. */
import { rules } from '../rules/index.ts';
import type { Control, CustomControl } from './control.ts';

export type { Control, CustomControl, ManagedControl, ProcessCheck } from './control.ts';
export * from './domains.ts';
export { controls } from './every.ts';

/** A custom control's rule; `undefined` while it is planned. */
export const ruleOf = (control: CustomControl) => rules.find(({ id }) => id === control.rule);

/** Whether the control's rule is still to be built: it stays out of the packs. */
export const isPlanned = (control: Control): boolean => control.kind === 'custom' && !ruleOf(control);

/** Whether a pack has the control unless told otherwise. */
export const isOn = (control: Control): boolean => !control.off && !isPlanned(control);

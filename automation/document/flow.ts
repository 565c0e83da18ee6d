import type { Path, Report } from './error.ts';
import type { Step } from './schema.ts';

/** How an automation gets from one step to another. */
export interface Edge {
  readonly to: string;
  /** The path of the key that names the target, below the step's own; empty where the next step of the list follows. */
  readonly via: Path;
}

/** Actions that onCancel cannot move to ("Automation actions reference"). */
const NOT_AFTER_CANCEL = new Set([
  'aws:approve',
  'aws:copyImage',
  'aws:createImage',
  'aws:createStack',
  'aws:createTags',
  'aws:pause',
  'aws:runInstances',
  'aws:sleep',
]);

/** The step that follows when a step succeeds (or fails and continues), a branch's choices aside. */
export function successor(steps: readonly Step[], step: Step): string | undefined {
  if (step.isEnd) return undefined;
  return ('nextStep' in step ? step.nextStep : undefined) ?? steps[steps.indexOf(step) + 1]?.name;
}

/** The step that a `step:NAME` names; undefined for Abort, Continue and nothing. */
export const targetOf = (value: string | undefined): string | undefined =>
  value?.startsWith('step:') ? value.slice(5) : undefined;

function edgesOf(steps: readonly Step[], step: Step): Edge[] {
  const edges: Edge[] = [];
  const add = (to: string | undefined, ...via: (string | number)[]) => {
    if (to !== undefined) edges.push({ to, via });
  };
  if (step.action === 'aws:branch') {
    for (const [index, choice] of step.inputs.Choices.entries()) {
      if (typeof choice.NextStep === 'string') add(choice.NextStep, 'inputs', 'Choices', index, 'NextStep');
    }
    if (step.inputs.Default !== undefined) add(step.inputs.Default, 'inputs', 'Default');
    else add(successor(steps, step));
    // A branch that fails and continues goes where it goes when no choice is true.
    if (step.onFailure === 'Continue' && step.inputs.Default !== undefined) add(successor(steps, step));
  } else {
    add(successor(steps, step), ...('nextStep' in step && step.nextStep !== undefined ? ['nextStep'] : []));
  }
  add(targetOf(step.onFailure), 'onFailure');
  if ('onCancel' in step) add(targetOf(step.onCancel), 'onCancel');
  return edges;
}

/** Which steps may have run when a step begins: all from which there is a way to it. */
export function precedents(steps: readonly Step[]): ReadonlyMap<string, ReadonlySet<string>> {
  const reached = new Map<string, Set<string>>(steps.map(({ name }) => [name, new Set<string>()]));
  for (const { name } of steps) {
    for (const later of reachableFrom(steps, name)) reached.get(later)?.add(name);
  }
  return reached;
}

function reachableFrom(steps: readonly Step[], start: string): Set<string> {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const seen = new Set<string>();
  const queue = [start];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const step = byName.get(name);
    for (const { to } of step ? edgesOf(steps, step) : []) {
      if (!seen.has(to)) queue.push(to);
      seen.add(to);
    }
  }
  return seen;
}

/**
 * Checks that every target exists, that nothing is contradictory, that no way leads back ("If an infinite loop is
 * detected, Automation returns an error and a circle trace": a jump backwards that makes no circle is fine), and that every
 * step can be reached (unverified whether SSM minds).
 */
export function checkFlow(steps: readonly Step[], path: Path, report: Report): void {
  const byName = new Map(steps.map((step) => [step.name, step]));
  for (const [index, step] of steps.entries()) {
    const here = [...path, index];
    if (step.isEnd && 'nextStep' in step && step.nextStep !== undefined) {
      report(
        'Contradiction',
        [...here, 'nextStep'],
        'isEnd: true and nextStep in one step: take one of them away',
      );
    }
    if (step.isEnd && targetOf(step.onFailure)) {
      const message =
        'isEnd: true ends the automation "if the step execution failed or succeeded": no step follows';
      report('Contradiction', [...here, 'onFailure'], message);
    }
    for (const { to, via } of edgesOf(steps, step)) {
      const target = byName.get(to);
      if (!target)
        report('UnknownStep', [...here, ...via], `there is no step ${JSON.stringify(to)} in this list`);
      else if (via[0] === 'onCancel' && NOT_AFTER_CANCEL.has(target.action)) {
        report('Contradiction', [...here, ...via], `onCancel cannot move to ${target.action} (${to})`);
      }
    }
  }
  const circle = findCircle(steps);
  if (circle) {
    const [first] = circle;
    const index = steps.findIndex(({ name }) => name === first);
    report('InfiniteLoop', [...path, index], `these steps run in a circle: ${circle.join(' → ')}`);
    return;
  }
  const [start] = steps;
  // A wrong target leaves other steps unreached, so that only the target is reported.
  const isBroken = steps.some((step) => edgesOf(steps, step).some(({ to }) => !byName.has(to)));
  if (!start || isBroken) return;
  const reachable = reachableFrom(steps, start.name).add(start.name);
  for (const [index, { name }] of steps.entries()) {
    if (!reachable.has(name)) report('Unreachable', [...path, index], `no way leads to the step ${name}`);
  }
}

function findCircle(steps: readonly Step[]): string[] | undefined {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const done = new Set<string>();
  const walk = (name: string, trail: readonly string[]): string[] | undefined => {
    const at = trail.indexOf(name);
    if (at >= 0) return [...trail.slice(at), name];
    const step = byName.get(name);
    if (done.has(name) || !step) return undefined;
    for (const { to } of edgesOf(steps, step)) {
      const circle = walk(to, [...trail, name]);
      if (circle) return circle;
    }
    done.add(name);
    return undefined;
  };
  for (const { name } of steps) {
    const circle = walk(name, []);
    if (circle) return circle;
  }
  return undefined;
}

import type { Path, Report } from './error.ts';
import { precedents } from './flow.ts';
import { outputNames } from './outputs.ts';
import { eachText, type Part, parsePlaceholders, type Reference } from './placeholder.ts';
import type { DocumentFields, Step } from './schema.ts';

/** The steps whose outputs a placeholder may name, and why it may not name the others. */
interface Scope {
  readonly steps: ReadonlyMap<string, Step>;
  /** Names that the document has, but only after this place or inside a loop. */
  readonly elsewhere: ReadonlySet<string>;
}

/** Checks that every placeholder names something that exists, and that may have a value by then. */
export function checkReferences(document: DocumentFields, report: Report): void {
  const { mainSteps, parameters = {}, variables = {} } = document;
  const everyName = new Set(
    mainSteps.flatMap((step) => [
      step.name,
      ...(step.action === 'aws:loop' ? step.inputs.Steps.map(({ name }) => name) : []),
    ]),
  );

  function checkTexts(value: unknown, path: Path, scope: Scope): void {
    eachText(value, path, (text, at) => {
      for (const part of parts(text, at, report)) {
        if (typeof part !== 'string') checkReference(part, at, scope);
      }
    });
  }

  function checkReference(reference: Reference, at: Path, scope: Scope): void {
    const { kind } = reference;
    if (kind === 'parameter' && !Object.hasOwn(parameters, reference.name)) {
      report('UnknownReference', at, `the parameter ${reference.name} is not declared`);
    }
    if (kind === 'variable' && !Object.hasOwn(variables, reference.name)) {
      report('UnknownReference', at, `the variable ${reference.name} is not declared`);
    }
    if (kind === 'output') {
      const step = scope.steps.get(reference.step);
      if (step) checkOutput(step, reference.output, at, report);
      else if (scope.elsewhere.has(reference.step)) {
        const message = `the step ${reference.step} cannot have run before this (a loop keeps its steps' outputs to itself: carry them out in a variable)`;
        report('LaterReference', at, message);
      } else {
        report('UnknownReference', at, `there is no step ${reference.step}`);
      }
    }
  }

  function checkSteps(steps: readonly Step[], path: Path, outer: ReadonlyMap<string, Step>): void {
    const before = precedents(steps);
    for (const [index, step] of steps.entries()) {
      const known = new Map(outer);
      for (const other of steps) if (before.get(step.name)?.has(other.name)) known.set(other.name, other);
      const scope = { steps: known, elsewhere: everyName };
      const inputs: Path = [...path, index, 'inputs'];
      if (step.action !== 'aws:loop') {
        // Braces in a script belong to the script's language.
        const { Script: _script, ...texts } = step.inputs as Record<string, unknown>;
        checkTexts(texts, inputs, scope);
        continue;
      }
      const { Steps, LoopCondition, ...texts } = step.inputs;
      checkTexts(texts, inputs, scope);
      const inside = new Map(known).set(step.name, step);
      checkSteps(Steps, [...inputs, 'Steps'], inside);
      // "The condition is evaluated after the steps in the loop complete": it may use their outputs.
      const after = new Map([...inside, ...Steps.map((inner) => [inner.name, inner] as const)]);
      if (LoopCondition) {
        checkTexts(LoopCondition, [...inputs, 'LoopCondition'], { steps: after, elsewhere: everyName });
      }
    }
  }

  checkSteps(mainSteps, ['mainSteps'], new Map());
  checkTexts(document.assumeRole ?? '', ['assumeRole'], { steps: new Map(), elsewhere: everyName });
  const byName = new Map(mainSteps.map((step) => [step.name, step]));
  for (const [index, output] of (document.outputs ?? []).entries()) {
    const [stepName = '', name = ''] = output.split('.');
    const step = byName.get(stepName);
    if (step) checkOutput(step, name, ['outputs', index], report);
    else report('UnknownReference', ['outputs', index], `there is no step ${stepName} in mainSteps`);
  }
}

function parts(text: string, at: Path, report: Report): Part[] {
  try {
    return parsePlaceholders(text);
  } catch (error) {
    report('InvalidPlaceholder', at, (error as Error).message);
    return [];
  }
}

function checkOutput(step: Step, name: string, at: Path, report: Report): void {
  const names = outputNames(step);
  if (names.includes(name)) return;
  const has = names.length > 0 ? `it has ${names.join(', ')}` : 'it has none';
  report('UnknownReference', at, `the step ${step.name} has no output ${name} (${has})`);
}

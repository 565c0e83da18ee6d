/** Where a template says something of a resource, in one world: past the conditions that this world decides. */
import type { Bound } from './kinds/kind.ts';
import { countOf, type PolicyPlace } from './kinds/policy.ts';
import { isFields, type Json } from './parse.ts';
import type { Stack } from './stack.ts';
import type { Template, TemplateResource } from './template.ts';
import { isMap, isUnknown, type Value } from './unknown.ts';

export interface Spot {
  readonly line: number;
  readonly value: Value;
}

/** What leads from a resource's properties to a value; `*` is each element of a list. */
type Step = string;

export class Places {
  readonly stack: Stack;
  readonly bound: Bound;
  readonly #lineOf: Template['lineOf'];

  constructor(stack: Stack, bound: Bound, { lineOf }: Template) {
    this.stack = stack;
    this.bound = bound;
    this.#lineOf = lineOf;
  }

  /** What is at the end of these steps, in the order of the template; nothing where the template does not say it. */
  at({ path, properties }: TemplateResource, ...steps: readonly Step[]): Spot[] {
    return [...this.#walk(properties, [...path, 'Properties'], steps)];
  }

  /** The first of several places that the template has. */
  first(resource: TemplateResource, ...ways: readonly (readonly Step[])[]): Spot | undefined {
    for (const steps of ways) {
      const [spot] = this.at(resource, ...steps);
      if (spot) return spot;
    }
    return undefined;
  }

  /** The statement that is the one of this index in the policy that rules have got. */
  statement(policies: readonly TemplateResource[], index: number, place: PolicyPlace): Spot | undefined {
    let before = 0;
    return policies
      .flatMap((policy) => this.at(policy, 'PolicyDocument', 'Statement', '*'))
      .find(({ value }) => {
        before += countOf(value, this.bound, place);
        return index < before;
      });
  }

  *#walk(raw: Json, path: readonly (string | number)[], steps: readonly Step[]): Generator<Spot> {
    const branch = this.#branchOf(raw);
    if (branch) {
      yield* this.#walk(branch.raw, [...path, 'Fn::If', branch.index], steps);
      return;
    }
    const [step, ...others] = steps;
    if (step === undefined) yield* this.#spots(this.stack.resolver.resolve(raw), path);
    else if (step === '*' && Array.isArray(raw)) {
      for (const [index, one] of (raw as readonly Json[]).entries()) {
        yield* this.#walk(one, [...path, index], others);
      }
    } else if (step !== '*' && isFields(raw) && Object.hasOwn(raw, step)) {
      yield* this.#walk(raw[step] as Json, [...path, step], others);
    } else yield* this.#computed(this.stack.resolver.resolve(raw), path, steps);
  }

  /** What a function makes stands where the function does. */
  *#computed(
    value: Value | undefined,
    path: readonly (string | number)[],
    steps: readonly Step[],
  ): Generator<Spot> {
    const [step, ...others] = steps;
    if (value === undefined) return;
    if (step === undefined || isUnknown(value)) yield* this.#spots(value, path);
    else if (step === '*') {
      for (const one of Array.isArray(value) ? (value as readonly Value[]) : [value]) {
        yield* this.#computed(one, path, others);
      }
    } else if (isMap(value)) yield* this.#computed(value[step], path, others);
  }

  *#spots(value: Value, path: readonly (string | number)[]): Generator<Spot> {
    // AWS::NoValue.
    if (value !== null) yield { line: this.#lineOf(path), value };
  }

  /** The branch of an Fn::If that this world takes. */
  #branchOf(raw: Json): { readonly raw: Json; readonly index: number } | undefined {
    const chosen = isFields(raw) && Object.keys(raw).length === 1 ? raw['Fn::If'] : undefined;
    if (!Array.isArray(chosen) || typeof chosen[0] !== 'string') return undefined;
    const holds = this.stack.resolver.conditions.holds(chosen[0]);
    if (holds === undefined) return undefined;
    const index = holds ? 1 : 2;
    return { raw: chosen[index] ?? null, index };
  }
}

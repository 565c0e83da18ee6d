import type { Account, ResourceRef } from '../account/account.ts';
import type { Reading } from '../account/reading.ts';
import type { Parameters, ParameterValues } from './parameters.ts';
import type { Finding, Verdict } from './rule.ts';

/** What a fix would do, as data: the same findings that the verdict rests on, turned into API calls. */
export interface Plan<Inputs extends object = object> {
  /** In the order in which they are safe. Empty: nothing is changed. */
  readonly steps: readonly PlanStep[];
  /** The same for the document's selectors, by names of its own. What is left out is as in {@link Fix.inputs}. */
  readonly inputs?: Partial<Inputs>;
  /** What Undo has to know of the state that is about to change, as JSON. */
  readonly before?: unknown;
  /** What may not be changed, each with the reason. */
  readonly refusals?: readonly string[];
  /** What the change does besides, each a sentence. */
  readonly warnings?: readonly string[];
  /** Who uses what is about to change, or is refused, as far as the plan's own readings tell; each a sentence. */
  readonly uses?: readonly string[];
  /** What a person has to do because no API can, or may. */
  readonly manual?: readonly string[];
  /** Where a run is under way: which of its changes are made by now, each as the step's {@link PlanStep.why} said it. */
  readonly made?: readonly string[];
}

export interface PlanStep {
  /** `ec2:RevokeSecurityGroupIngress`: service and operation as the document names them, or the function's own. */
  readonly api: string;
  /** The operation's input. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly why: string;
}

/** What a plan may look at. */
export interface FixContext<Values, Options extends Parameters, R extends Reading = never> {
  /** Read afresh for this plan. */
  readonly account: Account<R>;
  /** The rule's parameters. */
  readonly parameters: Values;
  /** The document's own. */
  readonly options: ParameterValues<Options>;
  /** The unique id (`AIDA…`, `AROA…:session`) of who runs the document; empty where it does not say. */
  readonly caller: string;
  readonly now: Date;
  /** Set where the plan is made again, immediately before the change: see {@link Agreed}. */
  readonly agreed?: Agreed<R>;
}

/**
 * What an earlier plan of the same run said. The plan that is made again goes by the state of that moment, so that what
 * others did meanwhile stays; it changes no more than was agreed, and its `before` holds what is still to be changed.
 */
export interface Agreed<R extends Reading = never> {
  /** The `before` of that plan. */
  readonly before: unknown;
  /** Reads again what the verdict rests on: for what the change is about to overwrite, as the last thing before it. */
  readonly account: Account<R>;
  /** Whether the run has changed something since. */
  readonly isUnderWay: boolean;
  /** Only this one of what was agreed, for a document that walks a list of ids. */
  readonly part?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: whoever makes a plan gives it accounts that may be asked for anything.
export type AnyAgreed = Agreed<any>;

/** What a run finds after its changes. */
export interface Verified {
  /** The `before` of what is in effect now as the run made it: all that Undo may take back. */
  readonly before: unknown;
  /** Of the run's changes those that show. */
  readonly made: readonly string[];
  /** What is neither as the run found it nor as it made it, each a sentence: somebody else did that meanwhile. */
  readonly others: readonly string[];
}

export interface UndoContext<R extends Reading = never> {
  readonly account: Account<R>;
  readonly resource: ResourceRef;
  readonly now: Date;
  /** From 1: give only this part of what there is to bring back, for a document that has to walk a list. */
  readonly part?: number;
}

/**
 * How a rule's remediation document changes a resource, and takes that back: the document's other half, which runs in
 * the rule's own function.
 */
export interface Fix<
  F extends Finding = Finding,
  Values = unknown,
  Options extends Parameters = Parameters,
  Inputs extends object = object,
  R extends Reading = Reading,
> {
  /** What can be set beside the rule's parameters (`Scope`, `Force`). */
  readonly options: Options;
  /** The document's names for parameters of the rule whose own would clash there: `mode` beside `Mode`. */
  readonly names?: Readonly<Record<string, string>>;
  /** All that it asks the account for, what the rule asks for included. */
  readonly reads: readonly R[];
  /** What the document's selectors find where a plan has nothing for them: a selector that finds nothing fails its step. */
  readonly inputs: Inputs;
  /** Set where the fix only tells someone: the resource stays NON_COMPLIANT, and that is no failure. */
  readonly notifies?: true;
  /**
   * Set where no step of an SSM document could make the changes: the function makes them, in the order of the plan, when
   * the document asks it to (tasks/carry-out.ts).
   */
  readonly byFunction?: true;
  /** Why a NOT_APPLICABLE resource that someone wants fixed must not be changed; none where nothing is wrong with it. */
  refuses?(verdict: Verdict<F>): readonly string[];
  /** For a NON_COMPLIANT verdict only. */
  plan(verdict: Verdict<F>, context: FixContext<Values, Options, R>): Promise<Plan<Inputs>> | Plan<Inputs>;
  /**
   * What brings back what an earlier run changed, and no more: what is so already is left out, what others have changed
   * since stays.
   *
   * @param before the earlier plan's.
   */
  undo(before: never, context: UndoContext<R>): Promise<Plan<Inputs>> | Plan<Inputs>;
  /**
   * Holds the state after the changes against what the run found and what it meant to change.
   *
   * @param before of the plan that was made immediately before the changes.
   * @param changes the sentences of its steps, those that do not show already left out.
   */
  verify(before: never, changes: readonly string[], context: UndoContext<R>): Promise<Verified> | Verified;
  /** For a document that walks a list: of a `before` only what is in these, which a run got to. */
  begun?(before: never, parts: readonly never[]): unknown;
}

/**
 * Declares a fix: type inference only.
 *
 * @example
 * export const fix = defineFix<Exposure, Values>()({ options: {}, reads: [], inputs: {}, plan, undo, verify });
 */
export const defineFix =
  <F extends Finding, Values>() =>
  <Options extends Parameters, Inputs extends object, R extends Reading>(
    fix: Fix<F, Values, Options, Inputs, R>,
  ) =>
    fix;

/** A fix whose findings, parameters and inputs are of no concern. */
// biome-ignore lint/suspicious/noExplicitAny: the type parameters are invariant, and nobody here looks inside.
export type AnyFix = Fix<any, any, any, any, any>;

/** The document's name for a parameter of the rule. */
export const documentParameter = ({ names }: Pick<AnyFix, 'names'>, name: string): string =>
  names?.[name] ?? name;

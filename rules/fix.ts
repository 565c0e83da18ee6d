import type { Account, ResourceRef } from '../account/account.ts';
import type { Reading, Scope } from '../account/reading.ts';
import type { Parameters, ParameterValues, Text } from './parameters.ts';
import type { AnyRule, Finding, Verdict } from './rule.ts';
import type { Notifies } from './shared/notify/fix.ts';

/** What a fix would do, as data: API calls made from the findings of the verdict. */
export interface Plan<Inputs extends object = object> {
  /** In a safe order. Empty if nothing is changed. */
  readonly steps: readonly PlanStep[];
  /** The same for the document's selectors, by names of its own. What is left out is as in {@link Fix.inputs}. */
  readonly inputs?: Partial<Inputs>;
  /** What Undo has to know of the state that is about to change, as JSON. */
  readonly before?: unknown;
  /** What may not be changed, each with the reason. */
  readonly refusals?: readonly string[];
  /** Side effects of the change, each a sentence. */
  readonly warnings?: readonly string[];
  /** Who uses what is about to change, or is refused, as far as the plan's own readings tell; each a sentence. */
  readonly uses?: readonly string[];
  /** What a person has to do because no API can, or may. */
  readonly manual?: readonly string[];
  /** In a run that is under way: the changes that it has made, each by the {@link PlanStep.why} of its step. */
  readonly made?: readonly string[];
}

export interface PlanStep {
  /** `ec2:RevokeSecurityGroupIngress`: service and operation as the document names them, or the function's own. */
  readonly api: string;
  /** The operation's input. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly why: string;
  /** Of a change that the function makes: the Region of the call, where that is not the function's own. */
  readonly region?: string;
}

/** Changes that a rule's function makes itself (tasks/carry-out.ts). */
export interface ByFunction {
  /**
   * Whether somebody else than the starter has to approve each run. Only what harms nobody goes without: new resources
   * with a name of the fix's own, and what an Undo takes back of them.
   */
  readonly approval: boolean;
  /** Where the changes are made: in the Region of the global services alone, or in any that the rule looks at. */
  readonly regions: 'global' | 'any';
  /**
   * All that it changes: each API as the plan's steps name it, and what the function's policy holds the IAM action of the
   * same name to. None where the permissions of its readings are enough.
   */
  readonly changes: Readonly<Record<string, Scope>>;
  /** Options that hold the ARN of what is changed as well, with those changes: deployed, what the settings name. */
  readonly named?: Readonly<Record<string, readonly string[]>>;
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
  /** The rule's sentences in Korean, for a fix that tells people. */
  readonly korean?: AnyRule['messages'] | undefined;
  /** Set where the plan is made again, immediately before the change: see {@link Agreed}. */
  readonly agreed?: Agreed<R>;
}

/**
 * What an earlier plan of the same run said. The new plan is made from the state of that moment, so that changes of
 * others stay. It changes no more than was agreed, and its `before` holds what is still to be changed.
 */
export interface Agreed<R extends Reading = never> {
  /** The `before` of that plan. */
  readonly before: unknown;
  /** An account that reads everything afresh, for the state that the change is about to overwrite: read it last. */
  readonly account: Account<R>;
  /** Whether the run has changed something since. */
  readonly isUnderWay: boolean;
  /** The one element of the plan that comes next, for a document that walks a list of ids. */
  readonly part?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: whoever makes a plan gives it accounts that may be asked for anything.
export type AnyAgreed = Agreed<any>;

/** What a run finds after its changes. */
export interface Verified {
  /** The `before` of those changes of the run that are in effect: Undo may take back these alone. */
  readonly before: unknown;
  /** The changes of the run that AWS shows. */
  readonly made: readonly string[];
  /** What somebody else changed meanwhile, each a sentence: it is neither as the run found it nor as the run left it. */
  readonly others: readonly string[];
}

export interface UndoContext<R extends Reading = never> {
  readonly account: Account<R>;
  readonly resource: ResourceRef;
  readonly now: Date;
  /** Which part of the undo to plan, from 1, for a document that walks a list. */
  readonly part?: number;
}

/** What a fix does, for whoever decides whether it runs by itself: a line in the index of fixes. Its page says it in full. */
export interface FixSummary {
  readonly changes: Text;
  readonly breaks: Text;
  readonly undo: Text;
  /** Whether it is sensible to let AWS Config start it by itself, and why. */
  readonly automatic: { readonly sensible: boolean; readonly why: Text };
}

/** An option, or several of which one is needed. */
type Needed<Name extends string> = Name | readonly Name[];

/** Plans the changes that a rule's document makes, and what takes them back. It runs in the rule's own function. */
export interface Fix<
  F extends Finding = Finding,
  Values = unknown,
  Options extends Parameters = Parameters,
  Inputs extends object = object,
  R extends Reading = Reading,
> {
  readonly summary: FixSummary;
  /** What can be set beside the rule's parameters (`Scope`, `Force`). */
  readonly options: Options;
  /** Those of the options that it cannot do without, and that nobody but the user knows. Of a list, one is enough. */
  readonly needs?: readonly Needed<keyof Options & string>[];
  /** The document's names for those parameters of the rule whose own names would clash there, as `mode` with `Mode`. */
  readonly names?: Readonly<Record<string, string>>;
  /** All that it asks the account for, what the rule asks for included. */
  readonly reads: readonly R[];
  /** Values for the document's selectors where a plan has none, because a selector that finds nothing fails its step. */
  readonly inputs: Inputs;
  /** Set where the fix only tells someone. The resource then stays NON_COMPLIANT without the run failing. */
  readonly notifies?: Notifies;
  /**
   * Set where no step of an SSM document could make the changes, because a step has neither the credentials nor another
   * Region than its own: the function makes them, in the order of the plan, when the document asks it to.
   */
  readonly byFunction?: ByFunction;
  /**
   * Why a NOT_APPLICABLE resource must not be changed even if somebody asks for it; empty where nothing is wrong with
   * it.
   */
  refuses?(verdict: Verdict<F>): readonly string[];
  /** For a resource that passes, or is not there any more: clears away what an earlier run left that says otherwise. */
  passed?(verdict: Verdict<F>, context: FixContext<Values, Options, R>): Promise<Plan<Inputs>> | Plan<Inputs>;
  /** For a NON_COMPLIANT verdict only. */
  plan(verdict: Verdict<F>, context: FixContext<Values, Options, R>): Promise<Plan<Inputs>> | Plan<Inputs>;
  /**
   * Plans the calls that bring back what an earlier run changed. It leaves out what is back already, and what others
   * have changed since.
   *
   * @param before the earlier plan's.
   */
  undo(before: never, context: UndoContext<R>): Promise<Plan<Inputs>> | Plan<Inputs>;
  /**
   * Compares the state after the changes with what the run found and what it meant to change.
   *
   * @param before of the plan that was made immediately before the changes.
   * @param changes the sentences of those steps whose changes AWS shows.
   */
  verify(before: never, changes: readonly string[], context: UndoContext<R>): Promise<Verified> | Verified;
  /**
   * Of changes that the function makes: the part of a `before` that the run itself made, by the sentences of the steps that
   * it carried out. What it found done by then, another run did. Nothing where all of it was.
   */
  carried?(before: never, carriedOut: readonly string[]): unknown;
  /** For a document that walks a list: the part of a `before` that is about the elements which the run reached. */
  begun?(before: never, parts: readonly never[]): unknown;
}

/**
 * Declares a fix: type inference only.
 *
 * @example
 * export const fix = defineFix<Exposure, Values>()({ summary, options: {}, reads: [], inputs: {}, plan, undo, verify });
 */
export const defineFix =
  <F extends Finding, Values>() =>
  <Options extends Parameters, Inputs extends object, R extends Reading>(
    fix: Fix<F, Values, Options, Inputs, R>,
  ) =>
    fix;

/** Any fix, whatever its findings, parameters and inputs are. */
// biome-ignore lint/suspicious/noExplicitAny: the type parameters are invariant, and this code reads none of them.
export type AnyFix = Fix<any, any, any, any, any>;

/** Which of the options that a fix {@link Fix.needs} are not given: `MonthlyLimit`, `EmailAddress or TopicArn`. */
export const missingOptions = (
  needs: readonly Needed<string>[],
  isGiven: (name: string) => boolean,
): string[] =>
  needs
    .map((one) => [one].flat())
    .filter((names) => !names.some(isGiven))
    .map((names) => names.join(' or '));

/** The document's name for a parameter of the rule. */
export const documentParameter = ({ names }: Pick<AnyFix, 'names'>, name: string): string =>
  names?.[name] ?? name;

import type { Account, ResourceRef, Tags } from '../account/account.ts';
import type { Reading } from '../account/reading.ts';
import type { AnyFix } from './fix.ts';
import type { Parameters, ParameterValues } from './parameters.ts';

export type Severity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';
export type Compliance = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';

/** How often AWS Config runs a periodic rule (`MaximumExecutionFrequency`). */
export type Frequency = 'One_Hour' | 'Three_Hours' | 'Six_Hours' | 'Twelve_Hours' | 'TwentyFour_Hours';

export type Trigger =
  | { readonly kind: 'change' }
  | { readonly kind: 'periodic'; readonly frequency: Frequency };
/** Judge a resource when its configuration item changes. */
export const onChange = (): Trigger => ({ kind: 'change' });
/** Judge all resources every so often. */
export const every = (frequency: Frequency): Trigger => ({ kind: 'periodic', frequency });

/** Why a resource has its verdict. `kind` picks the message; the rest is the evidence, and what a fix acts on. */
export interface Finding {
  readonly kind: string;
}

/** The sentence for each kind of finding, short enough for an annotation. */
export type Messages<F extends Finding> = {
  readonly [Kind in F['kind']]: (finding: Extract<F, { kind: Kind }>) => string;
};

/** The sentences of a rule: `MessagesOf<typeof rule>`. */
export type MessagesOf<R extends AnyRule> = R['messages'];

export interface Verdict<F extends Finding = Finding> {
  readonly resource: ResourceRef;
  readonly compliance: Compliance;
  /** Worst first. A NON_COMPLIANT verdict has at least one. */
  readonly findings: readonly F[];
  /** Of a failure whose tags can be known: asked where a waiver hangs on them, because AWS may take a call for it. */
  readonly tags?: () => Promise<Tags> | Tags;
}

/** "Could not tell": never COMPLIANT, and never a reason to lose the other resources of the same run. */
export interface Unjudged {
  readonly resource: ResourceRef;
  readonly compliance?: never;
  /** AccountErrors name the API; anything else is a bug, and is reported as one. */
  readonly error: Error;
}

export type Judgement<F extends Finding = Finding> = Verdict<F> | Unjudged;

export interface Context {
  /** The time of the judgement, because a rule does not read the clock. */
  readonly now: Date;
  /** Judge this resource only (it may not exist any more). All resources in view, when absent. */
  readonly resource?: ResourceRef;
}

/** Which Regions there are, when a rule says which of them it looks into. */
export interface KnownRegions {
  /** The Regions in view. */
  readonly view: readonly string[];
  /** Those that the account has enabled: only where the rule reads `ec2:DescribeRegions`, and that could be read. */
  readonly enabled?: readonly string[];
}

/**
 * The Regions that a rule looks into, in view or not, for a verdict that is not about a resource there. `collect` asks there,
 * and the function's policy lets it read in every Region; other rules judge nothing there.
 */
export interface Beyond<P extends Parameters, R extends Reading> {
  /** What it reads there. */
  readonly reads: readonly R[];
  regions(parameters: ParameterValues<P>, known: KnownRegions): readonly string[];
}

/** What a rule's function gets, unless the settings say otherwise. */
export interface Size {
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
}

/**
 * A rule is one value; the Lambda function's policy, the Config trigger, the pack entry, the report and the header of
 * the rule's page are derived from it.
 */
export interface Rule<
  P extends Parameters = Parameters,
  F extends Finding = Finding,
  R extends Reading = Reading,
> {
  /** The name everywhere: folder, function, document, test, page. */
  readonly id: string;
  readonly severity: Severity;
  /** What the rule reports on, as AWS Config names types. */
  readonly resourceTypes: readonly string[];
  /** `global` resources are the same in every Region, and judged in one only. */
  readonly scope: 'regional' | 'global';
  readonly triggers: readonly Trigger[];
  /** The AWS managed rule that reports on the resource. This rule then has no triggers, and only fixes. */
  readonly detectedBy?: string;
  readonly parameters: P;
  /** All that it asks the account for, and can ask for; the function's least-privilege policy and `collect` follow from it. */
  readonly reads: readonly R[];
  /** Set where it looks into Regions that may not be in view. */
  readonly beyond?: Beyond<P, NoInfer<R>>;
  /** In English, for AWS Config. `findings.ko.ts` beside the rule has the same in Korean, which no function carries. */
  readonly messages: Messages<F>;
  /** The properties of its findings that are dates, which JSON has as texts. */
  readonly dates?: readonly string[];
  judge(account: Account<R>, parameters: ParameterValues<P>, context: Context): AsyncIterable<Judgement<F>>;
  /** Makes a resource COMPLIANT, and takes that back. */
  readonly fix: AnyFix;
  /** Where the usual size of a function is too little (deploy/sizes.ts). */
  readonly size?: Size;
  /** AWS calls of a periodic run: so many, and so many a resource (`npm run bench -- calls asked`). */
  readonly calls?: { readonly fixed: number; readonly each: number };
  /** Set where it reports on the account only if there is nothing else to report on. */
  readonly accountInstead?: true;
  /** Set where only what fails has a result, and the account where nothing does: costs are reckoned with one result a Region. */
  readonly onlyWhatFails?: true;
}

/** A rule as its folder declares it. A fix that tells people what the rule says is a function of the rest of the rule. */
type RuleWords<P extends Parameters, F extends Finding, R extends Reading> = Omit<Rule<P, F, R>, 'fix'> & {
  readonly fix: AnyFix | ((rule: Omit<Rule<P, F, R>, 'fix'>) => AnyFix);
};

/**
 * Declares a rule.
 *
 * @example
 * export default defineRule<typeof parameters, Finding>()({ id: 'sg-open-ports', reads: [securityGroups], … });
 */
export const defineRule =
  <P extends Parameters, F extends Finding>() =>
  <R extends Reading>(rule: RuleWords<P, F, R>): Rule<P, F, R> => ({
    ...rule,
    fix: typeof rule.fix === 'function' ? rule.fix(rule) : rule.fix,
  });

/** Any rule, whatever its parameters, findings and readings are. */
// biome-ignore lint/suspicious/noExplicitAny: the type parameters are invariant, and this code reads none of them.
export type AnyRule = Rule<any, any, any>;

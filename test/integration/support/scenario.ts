/** What a test says of a document: how accounts are found, what a run makes of them, and who else is at work. */
import type { AnyRule } from '../../../rules/rule.ts';
import type { Acts } from '../../support/aws/stand-in.ts';
import type { ANYBODY } from './moto.ts';
import type { Picture } from './picture.ts';

export interface Refusal {
  readonly situation: string;
  /**
   * Makes the account so, and gives the resource's id.
   *
   * @param client configuration of an SDK client of moto.
   * @param readings of what moto has not got (`lacking`): what the `aws` command prints, by its path in a snapshot.
   */
  readonly found: (client: object, readings: Record<string, unknown>) => Promise<string>;
  /** The document's parameters, beside Mode and the resource. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** What Message says. */
  readonly message: RegExp;
  /** Whose keys the automation runs with: anybody's, unless told otherwise. */
  readonly runBy?: () => typeof ANYBODY;
}

export interface Scenario extends Omit<Refusal, 'message'> {
  /** The things in the picture that Apply changes, and no others. */
  readonly changes: RegExp;
  readonly message?: RegExp;
  /** What only a run gets to know, and what stands in the plan for it. */
  readonly toCome?: { readonly is: RegExp; readonly said: string };
  /** Set where the resource passes only once a person has done what this says; Message says it. */
  readonly awaits?: RegExp;
  /** Set where the resource passes, and the run is for what an earlier one left. */
  readonly passes?: true;
  /** Whether faults are tried on it, too: on the first scenario only, unless told otherwise. */
  readonly faults?: boolean;
  /** What must hold in whatever state a run stops: allowed traffic is not cut, nothing is less safe. */
  readonly safe?: (before: Picture, now: Picture) => void;
  /** Set where Undo can't bring everything back: these things in the picture stay changed. */
  readonly stays?: RegExp;
  /** What Undo says, where it refuses as long as the change is there. */
  readonly undoRefuses?: RegExp;
  /** Who else is at work, at every single call. */
  readonly rivals?: readonly Rival[];
  /** Before each fault: brings back what Undo can't. */
  readonly again?: (client: object) => unknown;
}

/** Somebody who changes the same resource for the better while a document is at work on it. */
export interface Rival {
  /** What they do: `turns another flag on`. */
  readonly does: string;
  /** Does it, if it is not so already. @returns whether it was theirs to do. */
  readonly strike: (client: object, id: string, readings: Record<string, unknown>) => Promise<boolean>;
  /** That it is still so. */
  readonly holds: (now: Picture) => void;
  /** Whether they strike during Undo as well: not where that would only be what Undo does. */
  readonly duringUndo?: boolean;
}

export interface Remediation {
  readonly rule: AnyRule;
  readonly scenarios: readonly Scenario[];
  readonly refusals?: readonly Refusal[];
  /** What moto has not got: a stand-in answers it, in the service's own protocol. */
  readonly lacking?: {
    /** As requests are signed for. */
    readonly services: readonly string[];
    /** What calls change, in the readings that a scenario made. */
    readonly acts: Acts;
  };
  /** Where the document runs, where that is not where the scenarios are. */
  readonly region?: string;
  /** Python that mends what moto does unlike AWS. */
  readonly mend?: string;
  /** What no record of a run may have in it, no message and no OpsItem. */
  readonly secrets?: readonly string[];
  /** The clock: keys and trails on moto are as young as the test. */
  readonly now?: () => Date;
}

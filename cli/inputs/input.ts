import type { AnyAccount, ResourceRef } from '../../account/account.ts';
import type { Reading } from '../../account/reading.ts';
import type { AnyRule, Context, Judgement } from '../../rules/rule.ts';

/** Something to judge: an account, and what is special about where it came from. */
export interface Input {
  /** How messages call it. */
  readonly label: string;
  readonly account: AnyAccount;
  /** Whether the input has what the rule reports on; a folder or a live account is taken to have everything. */
  answers?(rule: AnyRule): boolean;
  /** What is in it, for the message that no rule is about that. */
  readonly holds?: string;
  /** The readings of which answers are in it, where it is made of answers. */
  readonly reads?: ReadonlySet<Reading>;
  /** Resources that it says are gone. */
  deleted?(types: readonly string[]): AsyncIterable<ResourceRef>;
  /** The time that it shows the account at. */
  readonly asOf?: Date;
  /** The only resource to judge. */
  readonly resource?: ResourceRef;
  /** What it tells without the rule: that resource is gone, not the rule's business, or cannot be read; nothing is recorded. */
  readonly tells?: ((rule: AnyRule) => Judgement | undefined) | undefined;
  /** Why no rule can tell anything of it. */
  readonly why?: Error;
  /** Runs a rule over what is not one account: a template, which says where its resources are declared. */
  judge?(rule: AnyRule, parameters: object, context: Context): AsyncIterable<Judgement>;
  /** The parameters that came along with the event. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

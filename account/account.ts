import type { AnyTarget, Element, Reading, TargetOf, Value } from './reading.ts';

/**
 * The account as a rule sees it: lazy, memoised, typed, and only as far as these readings tell of it, so that a rule can
 * ask for nothing that it does not declare. Where the answers come from (AWS, files, a configuration item) is a
 * {@link Source}'s business; `open.ts` turns any source into an account.
 *
 * Whoever asks gets an {@link AccountError} for what cannot be told. A configuration that does not exist is `null`. A
 * list of which only a part can be read is an `IncompleteListError`, which has that part.
 */
export interface Account<R extends Reading = never> {
  /** Twelve digits. */
  readonly id: string;
  /** The Regions in view. A rule judges resources of these Regions, and global ones. */
  readonly regions: readonly string[];
  /** The answers take their time, so that Regions are better asked side by side; else one at a time needs less memory. */
  readonly isAfar?: boolean;
  /** Whether a resource that a global list shows is in view, by its Region: a bucket. */
  inView(region: string): boolean;
  /**
   * What a reading says.
   *
   * @example
   * await account.read(bucketPolicy, { id: 'my-bucket' }); // the policy's text, or null
   */
  read<One extends R>(reading: One, ...target: TargetOf<One>): Promise<Value<One>>;
  /**
   * A list's elements one by one, so that a million need no more memory than one; at its end the
   * `IncompleteListError`, where there is one.
   */
  each<One extends R>(list: One, ...target: TargetOf<One>): AsyncIterable<Element<One>>;
  /** The element with this `key`; `null` when there is none (any more). */
  one<One extends R>(list: One, key: string, ...target: TargetOf<One>): Promise<Element<One> | null>;
  /**
   * No account has this property: it only makes the compiler refuse an account of fewer readings where more are
   * needed.
   */
  readonly reads?: (reading: R) => void;
}

/** An account that may be asked for anything. */
// biome-ignore lint/suspicious/noExplicitAny: what a rule declares is its own concern; whoever opens an account does not ask.
export type AnyAccount = Account<any>;

/** What an account is made of: `each` and `one` follow from what it reads. */
export type Read = (reading: Reading, target?: AnyTarget) => Promise<unknown>;

export type Tags = Readonly<Record<string, string>>;

/** A resource by the names that AWS Config uses. */
export interface ResourceRef {
  /** `AWS::EC2::SecurityGroup`; `AWS::::Account` for the account itself. */
  readonly type: string;
  /** `sg-…`, a bucket's name, a trail's name, a user's unique id (`AIDA…`), the account id. */
  readonly id: string;
  readonly name?: string;
  /** The Region, or `global`. */
  readonly region: string;
  /** Where a template declares it, or what is wrong with it. */
  readonly location?: Location;
}

/** A place in a file, as SARIF has it. */
export interface Location {
  /** As it was given. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

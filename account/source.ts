import type { AnyTarget, Reading } from './reading.ts';

/** What a change is about, and where it is made. */
export interface ChangePlace {
  readonly id: string;
  readonly region?: string | undefined;
}

/**
 * Where an account's readings come from. A source speaks the `aws` command line's JSON: `read` gives what the
 * command would print (all pages as one answer; the rows of the credential report), `null` where AWS
 * says the configuration does not exist, and rejects with an AccountError otherwise.
 */
export interface Source {
  readonly accountId: string;
  /** The Regions in view. */
  readonly regions: readonly string[];
  /** Buckets of other Regions are in view too: a snapshot holds them all. */
  readonly everyRegion?: boolean;
  /** Its answers take their time: AWS has them. */
  readonly isAfar?: boolean;
  read(reading: Reading, target?: AnyTarget): Promise<unknown>;
  /**
   * The same page by page, of a reading whose answer is large (`whole`). A source without it has the answer in memory
   * already.
   */
  pages?(reading: Reading, target?: AnyTarget): AsyncIterable<unknown>;
  /**
   * Makes a change that no step of an SSM document can make. Only a live source can.
   *
   * @param api as a plan's step names it: `root:DeleteLoginProfile`.
   * @param place the resource, and the Region of the call where that is not the source's own.
   */
  change?(api: string, place: ChangePlace, input: Readonly<Record<string, unknown>>): Promise<void>;
}

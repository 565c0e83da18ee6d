/**
 * What a rule is tested on: one file a rule, `test/rules/<id>/situations.ts`. Each situation is judged from what is printed, in
 * every form in which Groundrules can meet it (test/rules/situations.test.ts), and on moto (test/integration/situations.test.ts).
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyRule, Compliance } from '../../rules/rule.ts';
import type { Readings } from './aws/stand-in.ts';

/** A verdict, and what is said: the annotation; of a resource that could not be judged, the error's code. */
export type Says =
  | readonly [compliance: Compliance, annotation?: string | RegExp]
  | readonly ['UNKNOWN', code: string];

export interface Situation {
  /** In words, so that a title says what is so: `a bucket whose ACL lets anyone list it`. */
  readonly situation: string;
  /** What the `aws` command prints, by its path in a snapshot; `fails(code)` for an error. What is not there was not collected. */
  readonly readings: Readings;
  readonly parameters?: Readonly<Record<string, string>>;
  /** The Regions in view: us-east-1, unless told. */
  readonly regions?: readonly string[];
  /** What is said of the one resource that there is, or of each, by id; of none, when empty. */
  readonly says: Says | Readonly<Record<string, Says>>;
  /** Configuration items, and the readings that they stand in for. */
  readonly recorded?: {
    readonly items: readonly Readonly<Record<string, unknown>>[];
    readonly insteadOf: readonly string[];
  };
  /** Why a live account cannot be so: nobody has to collect it first, or AWS has no such answer. */
  readonly filesOnly?: string;
}

export interface Situations {
  readonly rule: AnyRule;
  readonly situations: readonly Situation[];
}

const FOLDER = join(__dirname, '../rules');

/** Of every rule that has some. */
export const allSituations: readonly Situations[] = readdirSync(FOLDER)
  .filter((id) => existsSync(join(FOLDER, id, 'situations.ts')))
  .map((id) => {
    const { default: situations } = require(join(FOLDER, id, 'situations.ts'));
    if (situations.rule.id !== id)
      throw new Error(`test/rules/${id}/situations.ts is about ${situations.rule.id}`);
    return situations;
  });

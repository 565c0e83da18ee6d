/** What the page has as JSON, and its client reads. Shared by both: it imports types alone. */
import type { ClientWords } from './words.ts';

/** Of a row of the table. `fail` is not waived; `unknown` could not be judged. In the order of their urgency. */
export const STATUSES = ['fail', 'unknown', 'waived', 'pass', 'notApplicable'] as const;
export type Status = (typeof STATUSES)[number];

export const SEVERITY_NAMES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;

/** What a row says beyond its place; left out of rows that have nothing to say. */
export interface RowMore {
  /** Why, a sentence each. */
  readonly why?: readonly string[];
  /** The findings as data. */
  readonly evidence?: readonly Readonly<Record<string, unknown>>[];
  /** The command that shows what a fix would change. */
  readonly fix?: string;
  readonly findingId?: string;
  readonly waivers?: readonly {
    readonly reason: string;
    readonly ticket: string;
    readonly owner: string;
    readonly until: string;
  }[];
  /** When AWS Config recorded it, where it is its verdict and not one of this run. */
  readonly recordedAt?: string;
  /** What AWS Config has instead: the verdict (none is empty), when it recorded that, and why it differs. */
  readonly stored?: {
    readonly status: Status | '';
    readonly recordedAt: string;
    readonly why: 'parameters' | 'older' | 'noResult';
  };
  /** Where a template declares it: `template.yaml:12`. */
  readonly location?: string;
  /** Of what could not be judged. */
  readonly code?: string;
  readonly api?: string;
}

/** A result, or what could not be judged. Numbers are places in the lists of {@link PageData}. */
export type Row = readonly [
  status: number,
  severity: number,
  rule: number,
  account: number,
  region: number,
  type: number,
  id: string,
  /** Empty where it is the id, or there is none. */
  name: string,
  more?: RowMore,
];

export interface PageRule {
  readonly id: string;
  readonly domain: string;
  readonly title: string;
  readonly controls: readonly string[];
  readonly frameworks: readonly (readonly [name: string, ids: readonly string[]])[];
  readonly page: string;
  readonly fix?: {
    readonly changes: string;
    readonly breaks: string;
    readonly undo: string;
    readonly automatic: string;
  };
}

export interface PageData {
  readonly rows: readonly Row[];
  readonly language: string;
  readonly words: ClientWords;
  readonly rules: readonly PageRule[];
  readonly accounts: readonly string[];
  /** At the same places, as people call them: set where one has a name. */
  readonly accountNames?: readonly string[];
  readonly regions: readonly string[];
  readonly types: readonly string[];
  /** The words of the domains, by their ids. */
  readonly domains: Readonly<Record<string, string>>;
  /** Set where there is a baseline: the keys of what is new and what has changed, as `keyOf` makes them. */
  readonly changes?: { readonly new: readonly string[]; readonly changed: readonly string[] };
}

/** What a comparison knows a row by. */
export const keyOf = (rule: string, account: string, region: string, type: string, id: string): string =>
  JSON.stringify([rule, account, region, type, id]);

/**
 * What a reading is: one question to one API of AWS's, declared as a plain value in `account/services/<service>/readings.ts`.
 * Its path in a snapshot, its IAM permissions, the `aws` command that prints its answer and what `collect` asks all derive
 * from the declaration. It is a literal without calls, so that a bundle keeps only the readings that something names.
 */
import type * as z from 'zod/mini';
import { isOneOf, OWN_CODES } from './errors.ts';

/** A service, as readings name it. */
export interface Service {
  /** The name that readings begin with: `s3`. */
  readonly name: string;
  /** The name of the `aws` command, where that is another: `s3api`. It is also the folder in a snapshot. */
  readonly cli?: string;
  /** The prefix of its IAM actions, where that is another: `elasticloadbalancing`. */
  readonly iam?: string;
}

/** What an IAM action can be held to: `*`, or ARNs with `{partition}`, `{region}` and `{account}` to be filled in. */
export type Scope = '*' | readonly string[];

/** A list whose answer names what another reading is asked about. */
export interface List {
  readonly reading: Reading;
  /** The member of each element that is the id; or what finds the ids in the answer as the `aws` command prints it. */
  readonly id: string | ((answer: never, where: Where) => readonly (string | Elsewhere | undefined)[]);
}

/** Where a list's answer is from. */
export interface Where {
  readonly accountId: string;
  /** Absent for a list of the whole account. */
  readonly region: string | undefined;
  /** What the list itself was asked about, if anything. */
  readonly id: string | undefined;
}

/** An id that is to be asked about in another Region than that of its list. */
export interface Elsewhere {
  readonly id: string;
  readonly region: string;
}

/** Of a reading that is asked about one resource: what that is. */
export interface About {
  /**
   * How the `aws` command names it. Two options: the id has two parts, `detector/filter`. Where it takes an ARN, the ARN with
   * `{id}` in it, and `{partition}`, `{region}` and `{account}`.
   */
  readonly options: readonly [string] | readonly [string, string];
  /**
   * The lists that name them, of which those count that the rule reads as well, else the first; or all ids that there are;
   * or `fix` where only fixes ask, and only a live account.
   */
  readonly from: readonly [List, ...List[]] | { readonly ids: readonly string[] } | 'fix';
}

export interface Reading {
  readonly service: Service;
  /** As AWS names the operation: `DescribeDBInstances`. */
  readonly api: string;
  /** Asked in each Region, rather than once an account. */
  readonly regional?: true;
  /** Of a reading that is not regional: the one Region that has it, by partition. A partition that is left out has none. */
  readonly askedIn?: Readonly<Record<string, string>>;
  readonly about?: About;
  /** What the `aws` command is given besides: `--filter SERVICE_CONTROL_POLICY`. */
  readonly options?: string;
  /** Part of the answer's path, where the same operation is asked in several ways: `SERVICE_CONTROL_POLICY`. */
  readonly variant?: string;
  /** The IAM action, where AWS does not name it like the operation: `s3:ListAllMyBuckets`. */
  readonly action?: string;
  /** What AWS lets the action be held to (the service authorization reference). */
  readonly scope: Scope;
  /** Other actions that it needs, and what they can be held to. */
  readonly needs?: Readonly<Record<string, Scope>>;
  /** Nobody asks AWS for it, neither a function nor `collect`: only a snapshot has it, where a person saved it. */
  readonly byHand?: true;
  /** What AWS takes for each request, where it takes something: a row of catalogue/prices.json. */
  readonly price?: 'cost-explorer-request';
  /** Error codes that mean "there is none", with or without the ending `Exception`: the value is then `null`. */
  readonly none?: readonly string[];
  /**
   * Error codes with which AWS answers for good that this account cannot ask, by its place in the organization or its support
   * plan: no permission would change that. Each with words of AWS's message; `''`, whatever it says. For a rule they are
   * errors, of which it makes what it likes; for `collect` they are answers.
   */
  readonly settled?: Readonly<Record<string, string>>;
  /**
   * What a denial may mean besides a missing permission, as what to do about it: by words of AWS's message, which then say
   * it all; by `''`, whatever the message says.
   */
  readonly denied?: Readonly<Record<string, string>>;
  /** Members with which the answer repeats a filter of the request: it is not all there is, then. */
  readonly filters?: readonly string[];
  /** What `collect` keeps of an answer that may hold secrets, unless it is told to keep them. Nothing quotes the answer. */
  readonly keeps?: (answer: object) => object;
  /** A function may remember the answer from one change event to the next, for a few minutes. */
  readonly remembered?: true;
  /** Of an answer that is text: how to read it. Its file in a snapshot is a CSV file. */
  readonly text?: (text: string) => unknown;
  /**
   * Of a list: the answer's member that holds it. The value is the list, and `shape` is that of one element: a broken one
   * costs no other.
   */
  readonly member?: string;
  /** Of a list that AWS leaves out where there is nothing in it; `mayBeEmpty` holds of its answer, too. */
  readonly sparse?: true;
  /**
   * Its answer may have no member at all, of which the `aws` command prints nothing (`if response != {}` in awscli/formatter.py): a file
   * without a letter is that answer.
   */
  readonly mayBeEmpty?: true;
  /** Where each element of it holds a list of its own, of which the list is made: that member. */
  readonly within?: string;
  /** Of a list of resources: AWS Config's type, and the members of an element that hold its id, name and Region. */
  readonly resource?: {
    readonly type: string;
    readonly id: string;
    readonly name: string;
    readonly region?: string;
  };
  /** Of a list: the property of its values that `account.one` looks for. */
  readonly key?: string;
  /**
   * Of an answer of many megabytes: `shape` is then that of a page, so that a live account needs the memory of one page at a
   * time, and this makes the value of all pages. A file is one page.
   */
  readonly whole?: (pages: readonly never[]) => unknown;
  /** How the answer becomes the value. In a thunk, because a cold start should make no shape that nobody reads. */
  readonly shape: (target: AnyTarget) => z.ZodMiniType;
}

/** What a reading gives: its shape's output, or the list of them; `null` where AWS says that there is none. */
export type Value<R extends Reading> =
  | (R extends { whole: (pages: never) => infer Whole }
      ? Whole
      : R extends { member: string }
        ? readonly z.output<ReturnType<R['shape']>>[]
        : z.output<ReturnType<R['shape']>>)
  | (R extends { none: readonly string[] } ? null : never);

/** One value of a reading that is a list. */
export type Element<R extends Reading> = Value<R> extends readonly (infer One)[] | null ? One : never;

/** What a reading has to be told: the Region of a regional one, the id of one that is about a resource. */
export type Target<R extends Reading> = (R extends { regional: true }
  ? { readonly region: string }
  : unknown) &
  (R extends { about: { options: infer Options } }
    ? { readonly id: Options extends readonly [string, string] ? `${string}/${string}` : string }
    : unknown);

/** Nothing to be told is nothing to be given. */
export type TargetOf<R extends Reading> = keyof Target<R> extends never ? [] : [Target<R>];

export interface AnyTarget {
  readonly region?: string;
  readonly id?: string;
}

/** `rds:DescribeDBInstances`: its name in errors, reports and `collected.json`. */
export const nameOf = ({ service, api }: Reading): string => `${service.name}:${api}`;

/** Its IAM action. */
export const actionOf = ({ service, api, action }: Reading): string =>
  action ?? `${service.iam ?? service.name}:${api}`;

/** All IAM actions that it needs. */
export const actionsOf = (reading: Reading): string[] =>
  reading.byHand ? [] : [...Object.keys(reading.needs ?? {}), actionOf(reading)];

/** Its answer's place in a snapshot, relative to the account's folder: `eu-west-1/rds/describe-db-instances.json`. */
export function pathOf(reading: Reading, { region, id }: AnyTarget = {}): string {
  const { regional, variant, text, about } = reading;
  const parts = [regional ? region : 'global', ...commandOf(reading)];
  if (variant !== undefined) parts.push(variant);
  if (about) parts.push(id);
  return `${parts.join('/')}.${text ? 'csv' : 'json'}`;
}

/** How the `aws` command names the service and the operation: `rds`, `describe-db-instances`. */
export const commandOf = ({ service, api }: Reading): [service: string, operation: string] => [
  service.cli ?? service.name,
  api.replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3-$2').toLowerCase(),
];

/** What to do about a denial, by AWS's message; nothing, where the permission is all that there is to say. */
export function adviceOf(
  { denied = {} }: Reading,
  message: string,
): { readonly advice: string; readonly isAll: boolean } | undefined {
  const said = message.toLowerCase();
  const words = Object.keys(denied).find((one) => one !== '' && said.includes(one));
  const advice = denied[words ?? ''];
  return advice === undefined ? undefined : { advice, isAll: words !== undefined };
}

/** Whether AWS has answered for good, though with an error: there is none, or this account cannot ask. */
export function answersBy(
  { none = [], settled = {} }: Reading,
  { code, message }: { readonly code: string; readonly message: string },
): 'none' | 'settled' | undefined {
  // A bucket may be gone by the time that it is asked about.
  if (code === 'NoSuchBucket' || isOneOf(none, code)) return 'none';
  const [, words] = Object.entries(settled).find(([one]) => isOneOf([one], code)) ?? [];
  const isSettled = code === OWN_CODES.notInPartition || (words !== undefined && message.includes(words));
  return isSettled ? 'settled' : undefined;
}

/** What it was asked about, in an error's words: ` of my-bucket`. */
export const ofWhat = ({ variant }: Reading, { id }: AnyTarget): string =>
  [variant, id].flatMap((one) => (one === undefined ? [] : [` of ${one}`])).join('');

/** The parts of the id, each of which is a file's or a folder's name in a snapshot. */
export const idParts = ({ about }: Reading, { id }: AnyTarget): readonly string[] =>
  id === undefined ? [] : about?.options.length === 2 ? id.split('/') : [id];

/** Whether the id has as many parts as it should, and none that would lead elsewhere as a file's name. */
export function isId(reading: Reading, id: string): boolean {
  const parts = idParts(reading, { id });
  return (
    parts.length === (reading.about?.options.length ?? 1) &&
    parts.every((part) => part !== '' && !/[\\/]|^\.\.?$/.test(part))
  );
}

/** The Region to ask a reading in that only one Region of a partition has; `undefined` where the partition has none. */
export function fixedRegion({ askedIn }: Reading, home: string): string | undefined {
  return askedIn?.[partitionOf(home)];
}

/**
 * The Region in which a partition's global services (IAM, the console's sign-in) have their events, by a Region of the
 * partition. That of China and of the closed partitions is unverified.
 */
export const globalRegionOf = (region: string): string => GLOBAL_REGIONS[partitionOf(region)] ?? 'us-east-1';

const GLOBAL_REGIONS: Readonly<Record<string, string>> = {
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
  'aws-eusc': 'eusc-de-east-1',
};

/** Every partition that is known. */
export const PARTITIONS: readonly string[] = ['aws', ...Object.keys(GLOBAL_REGIONS)];

/** `aws-us-gov` */
export const partitionOf = (region: string): string => {
  const [, part, isolated] = /^(cn|us-gov|eusc|(?:us|eu)-iso([a-z]?))-/.exec(region) ?? [];
  if (part === undefined) return 'aws';
  if (isolated === undefined) return `aws-${part}`;
  return isolated === '' ? 'aws-iso' : `aws-iso-${isolated}`;
};

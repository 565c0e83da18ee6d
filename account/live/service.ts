import type { IAMClientConfig } from '@aws-sdk/client-iam';
import { goesOn, isPaging } from '../cut.ts';
import { untilRepeated } from '../pages.ts';
import type { Reading } from '../reading.ts';

/** What every client is made with. All else is the SDK's default, environment variables included. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: NonNullable<IAMClientConfig['credentials']>;
  readonly profile?: string;
  readonly maxAttempts?: number;
  readonly retryMode?: 'standard' | 'adaptive';
  readonly requestHandler?: object;
}

/** What a reading uses to ask AWS. */
export interface Ask<Client> {
  /** For the Region that was asked for; a global service's lies in the Region that the source calls home. */
  readonly client: Client;
  readonly accountId: string;
  /** The bucket, user, trail or prefix list; empty for an API that is asked about no resource. */
  readonly id: string;
  /** What an answer of the service's has told in this Region: the ARN of what has the name (`names`). */
  known(name: string): string | undefined;
  /** The page size to ask for: the API's largest, or less where the source was told so. */
  pageSize(largest: number): number;
  sleep(milliseconds: number): Promise<unknown>;
}

/** One AWS service as the live source sees it. */
// biome-ignore lint/suspicious/noExplicitAny: a list of services mixes client types, and only a service's own asks see its client.
export interface LiveService<Client = any> {
  /** Calls in flight at a time, where it answers more, or fewer, than most. */
  readonly atATime?: number;
  connect(config: ClientConfig): Client;
}

/**
 * How a reading is asked of AWS: a plain value of the same name as the reading, in the service's `live.ts`, so that a
 * function's bundle holds the asks that its rule needs and no other.
 */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export interface LiveAsk<Client = any> {
  readonly service: LiveService<Client>;
  readonly reading: Reading;
  /** Calls in flight at a time, for an API that AWS throttles early. */
  readonly atATime?: number;
  /** Asks the API, all pages of it. `$metadata` may stay in the answer: the source takes it out. */
  ask(ask: Ask<Client>): Promise<object | string>;
  /** The same page by page, of a reading whose answer is large (`whole`). */
  pages?(ask: Ask<Client>): AsyncIterable<object>;
  /** From the answer: ARNs by name, where another API takes the one and a snapshot's file is named by the other. */
  names?(answer: object): Iterable<readonly [name: string, arn: string]>;
  /** From the answer: in which Region to ask about a resource from now on, where that saves a redirect. */
  homes?(answer: object): Iterable<readonly [id: string, region: string]>;
}

/**
 * How a rule's function makes a change itself (rules/fix.ts, `byFunction`): a plain value in the service's `changes.ts`, so
 * that a function's bundle holds the changes that its fix makes and no other.
 */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export interface LiveChange<Client = any> {
  readonly service: LiveService<Client>;
  /** As a plan's step names it. */
  readonly api: string;
  /** The IAM action that it needs, where that has another name. */
  readonly action?: string;
  /** Makes it. That it is made already is no failure. */
  make(ask: Ask<Client>, input: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/**
 * All pages of a list as one answer, as the `aws` command prints them: without what says where a page begins. If the
 * pages end although the last one says that there is more, the answer keeps its token (see cut.ts). If no page has
 * the list, the answer has none.
 */
export async function allPages<Page extends object>(
  paginator: AsyncIterable<Page>,
  list: keyof Page & string,
): Promise<object> {
  let items: unknown[] | undefined = [];
  let rest: object | undefined;
  let next: object = {};
  for await (const page of untilRepeated(paginator)) {
    rest ??= Object.fromEntries(Object.entries(page).filter(([name]) => !isPaging(name)));
    const some = page[list] as unknown[] | null | undefined;
    if (!some) items = undefined;
    else for (const item of some) items?.push(item);
    next = Object.fromEntries(goesOn(page));
  }
  const { [list]: _, ...others } = (rest ?? {}) as Record<string, unknown>;
  return { ...others, ...next, ...(items && { [list]: items }) };
}

/** The same of an answer of several lists, of which a page may lack some. */
export async function joined<Page extends object>(
  paginator: AsyncIterable<Page>,
  lists: readonly (keyof Page & string)[],
): Promise<object> {
  const items: Partial<Record<string, unknown[]>> = {};
  let next: object = {};
  for await (const page of untilRepeated(paginator)) {
    for (const list of lists) {
      const some = page[list] as unknown[] | null | undefined;
      if (some) items[list] = [...(items[list] ?? []), ...some];
    }
    next = Object.fromEntries(goesOn(page));
  }
  return { ...items, ...next };
}

/** Lists that AWS gives in pages. */
import { isDeepStrictEqual } from 'node:util';
import { goesOn } from './cut.ts';
import { AccountError, OWN_CODES } from './errors.ts';

/** The pages, unless they go on for ever, with the same token again: these end there, and say that they go on. */
export async function* untilRepeated<Page extends object>(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  let last: object = {};
  for await (const page of pages) {
    yield page;
    const next = Object.fromEntries(goesOn(page));
    if (Object.keys(next).length > 0 && isDeepStrictEqual(next, last)) break;
    last = next;
  }
}

/**
 * The pages of a list that the SDK has no paginator for.
 *
 * @param token the member that says where the next page begins.
 *
 * @example
 * allPages(pagesBy('NextPageToken', (NextPageToken) => client.send(new GetAnomalyMonitorsCommand({ NextPageToken }))), 'AnomalyMonitors')
 */
export async function* pagesBy<Page extends object>(
  token: keyof Page & string,
  ask: (from: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let from: string | undefined;
  do {
    const page = await ask(from);
    yield page;
    from = (page[token] as string | null | undefined) || undefined;
  } while (from !== undefined);
}

/**
 * The pages of a list that is of use only where it is whole, to the last one. (Those of readings say themselves where they are not:
 * cut.ts.)
 *
 * @param api as errors name it: `iam:ListUsers`.
 * @throws {AccountError} `IncompleteAnswer` where the last page says that there are more.
 */
export async function* whole<Page extends object>(
  api: string,
  pages: AsyncIterable<Page>,
): AsyncGenerator<Page> {
  let more: readonly string[] = [];
  for await (const page of untilRepeated(pages)) {
    yield page;
    more = goesOn(page).map(([member]) => member);
  }
  if (more.length === 0) return;
  const said = more.join(', ');
  throw new AccountError(
    OWN_CODES.incomplete,
    api,
    `${api}: the answer goes on (${said}), and does not say where: run this again`,
  );
}

import { checkComplete, IncompleteListError } from '../errors.ts';
import type { FileAccount } from './overlay.ts';

/** What files say of these Regions, as a live account shows no others; of all, when none is named. */
export function inView(
  { account, deleted }: FileAccount,
  regions: readonly string[],
  known = account.regions,
): FileAccount {
  if (regions.length === 0) return { account, deleted };
  const isInView = ({ region }: { readonly region: string }) =>
    region === 'global' || regions.includes(region);
  return {
    account: {
      ...account,
      regions: regions.filter((region) => known.includes(region)),
      inView: (region) => isInView({ region }) && account.inView(region),
    },
    deleted: (types) => filtered(deleted(types), isInView),
  };
}

async function* filtered<T extends { readonly region: string }>(
  values: AsyncIterable<T>,
  isWanted: (value: { readonly region: string }) => boolean,
): AsyncGenerator<T> {
  try {
    for await (const value of values) if (isWanted(value)) yield value;
  } catch (error) {
    if (!(error instanceof IncompleteListError)) throw error;
    checkComplete(error.errors.filter(({ about }) => !about || isWanted(about)));
  }
}

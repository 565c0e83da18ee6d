/** A verdict on the account that hangs on several Regions: one result, whatever the number of Regions. */
import pMap from 'p-map';
import type { AnyAccount, ResourceRef } from '../../account/account.ts';
import { AccountError } from '../../account/errors.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, nonCompliant, unjudged } from '../judgement.ts';
import type { Finding, Judgement } from '../rule.ts';
import { settle } from './settle.ts';

/** Regions that are asked at the same time. */
const CONCURRENCY = 8;

export interface RegionAnswer<T> {
  readonly region: string;
  /** What the Region says, or why it could not be read. */
  readonly said: T | AccountError;
}

/** What each Region says, in the Regions' order. What is not an AccountError is a bug, and goes on as an exception. */
export const inEachRegion = <T>(
  regions: readonly string[],
  look: (region: string) => Promise<T>,
): Promise<RegionAnswer<T>[]> =>
  pMap([...new Set(regions)], async (region) => ({ region, said: await settle(look(region)) }), {
    concurrency: CONCURRENCY,
  });

/**
 * NON_COMPLIANT with what is wrong in any Region. Otherwise a Region that could not be read is an error on the account in that
 * Region, and keeps the account from COMPLIANT.
 */
export function* everyRegion<F extends Finding>(
  account: Pick<AnyAccount, 'id'>,
  answers: readonly RegionAnswer<readonly F[]>[],
): Generator<Judgement<F>> {
  const resource = accountResource(account);
  const wrong = answers.flatMap(({ said }) => (said instanceof AccountError ? [] : said));
  const unread = answers.flatMap(({ region, said }) =>
    said instanceof AccountError ? [{ region, error: said }] : [],
  );
  if (wrong.length > 0) yield nonCompliant(resource, wrong);
  else if (unread.length > 0) yield* inRegions(resource, unread);
  else if (answers.length > 0) yield compliant(resource);
}

/**
 * COMPLIANT if one Region suffices, whatever the others are. Otherwise a Region that could not be read might have been the one.
 *
 * @param lacking what is wrong when no Region suffices, by those that could be read.
 */
export function* anyRegion<T, F extends Finding>(
  account: Pick<AnyAccount, 'id'>,
  answers: readonly RegionAnswer<T>[],
  suffices: (said: T, region: string) => boolean,
  lacking: (read: readonly T[]) => readonly F[],
): Generator<Judgement<F>> {
  const resource = accountResource(account);
  const read: T[] = [];
  const unread: { region: string; error: AccountError }[] = [];
  for (const { region, said } of answers) {
    if (said instanceof AccountError) unread.push({ region, error: said });
    else if (suffices(said, region)) return yield compliant(resource);
    else read.push(said);
  }
  if (unread.length > 0) yield* inRegions(resource, unread);
  else if (answers.length > 0) yield nonCompliant(resource, lacking(read));
}

const inRegions = (
  resource: ResourceRef,
  unread: readonly { readonly region: string; readonly error: AccountError }[],
) => unread.flatMap(({ region, error }) => unjudged({ ...resource, region }, error));

/** Lists of a bucket's objects. */
import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { AccountError, OWN_CODES } from '../errors.ts';
import { pagesBy, whole } from '../pages.ts';

/**
 * The pages of a list of objects.
 *
 * @throws {AccountError} `IncompleteAnswer` where it is not whole, and where something else than S3 answered: a proxy's page would be an empty bucket.
 */
export async function* objectPages(
  api: string,
  ask: (from: string | undefined) => Promise<ListObjectsV2CommandOutput>,
): AsyncGenerator<ListObjectsV2CommandOutput> {
  yield* whole(
    api,
    pagesBy('NextContinuationToken', async (from) => {
      // S3 repeats the token that it was asked with.
      const { ContinuationToken: _, ...page } = await ask(from);
      if (page.IsTruncated !== undefined) return page;
      throw new AccountError(
        OWN_CODES.incomplete,
        api,
        `${api}: the answer is no list of objects. Something other than S3 may have answered, such as a proxy: look at what is between here and S3`,
      );
    }),
  );
}

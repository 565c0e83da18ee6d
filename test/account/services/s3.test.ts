import { readAccount } from '../../../account/open.ts';
import type { Reading } from '../../../account/reading.ts';
import { everyBucket } from '../../../account/services/s3/buckets.ts';
import { ACCOUNT, memorySource } from '../../support/memory.ts';

test('buckets are asked for their Region side by side where the list does not say it, and come in its order', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `bucket-${index}`);
  const region = (index: number) => (index % 2 === 0 ? 'eu-west-1' : 'us-west-2');
  const source = memorySource({
    'global/s3api/list-buckets.json': { Buckets: names.map((Name) => ({ Name })) },
    ...Object.fromEntries(
      names.map((name, index) => [
        `global/s3api/get-bucket-location/${name}.json`,
        { LocationConstraint: region(index) },
      ]),
    ),
  });
  let underWay = 0;
  let most = 0;
  const account = readAccount({
    ...source,
    async read(reading: Reading, target) {
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      underWay--;
      return source.read(reading, target);
    },
  });
  const found = [];
  for await (const bucket of everyBucket(account)) found.push(bucket);
  expect(account.id).toBe(ACCOUNT);
  expect(found).toEqual(names.map((name, index) => ({ name, region: region(index) })));
  expect(most).toBe(32);
});

import { pagesBy, whole } from '../../account/pages.ts';

async function* given(...pages: readonly object[]): AsyncGenerator<object> {
  yield* pages;
}
async function readAll(pages: AsyncIterable<object>): Promise<object[]> {
  const all: object[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

test.each([
  ['one page', [{ Users: [1] }]],
  [
    'several',
    [{ NextToken: 'a' }, { Marker: 'b', IsTruncated: true }, { IsTruncated: false, NextToken: '' }],
  ],
  ['none', []],
])('a list is whole: %s', async (_, pages) => {
  expect(await readAll(whole('iam:ListUsers', given(...pages)))).toEqual(pages);
});

test.each([
  ['the last page says that there are more', [{ NextToken: 'a' }, { NextToken: 'b' }], 'NextToken'],
  ['it does not say where', [{ IsTruncated: true }], 'IsTruncated'],
])('a list is not whole: %s', async (_, pages, member) => {
  await expect(readAll(whole('iam:ListUsers', given(...pages)))).rejects.toMatchObject({
    ...{ code: 'IncompleteAnswer', api: 'iam:ListUsers' },
    message: `iam:ListUsers: the answer goes on (${member}), and does not say where: run this again`,
  });
});

test('a list that goes on for ever ends', async () => {
  let asked = 0;
  const ask = async () => ({ NextToken: ++asked < 9 ? 'same' : '' });
  await expect(readAll(whole('iam:ListUsers', pagesBy('NextToken', ask)))).rejects.toThrow(
    'goes on (NextToken)',
  );
  expect(asked).toBe(2);
});

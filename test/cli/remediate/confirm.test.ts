import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { askOn } from '../../../cli/remediate/confirm.ts';

/** Asks, and gives the answer that comes of these keys. */
async function asked(keys: string, isEnd = false) {
  const input = new PassThrough();
  const output = new PassThrough();
  const onInterrupt = jest.fn();
  const answer = askOn({ input, output, onInterrupt })('Apply?', new AbortController().signal);
  if (isEnd) input.end(keys);
  else input.write(keys);
  const said = await answer;
  output.end();
  return { said, shown: await text(output), onInterrupt };
}

test.each([
  ['y\n', true],
  ['YES\n', true],
  [' yes \n', true],
  ['\n', false],
  ['n\n', false],
  ['yeah\n', false],
  ['ja\n', false],
])('%j', async (keys, expected) => {
  expect((await asked(keys)).said).toBe(expected);
});

test('shows what the default is', async () => {
  expect((await asked('n\n')).shown).toMatch(/^Apply\? \[y\/N\] /);
});

test('an input that ends says no', async () => {
  expect((await asked('', true)).said).toBe(false);
});

test('a question that is called off says no', async () => {
  const call = new AbortController();
  const ask = askOn({ input: new PassThrough(), output: new PassThrough(), onInterrupt() {} });
  const answer = ask('Apply?', call.signal);
  call.abort();
  expect(await answer).toBe(false);
});

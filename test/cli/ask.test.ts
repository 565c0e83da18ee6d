import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { askOn } from '../../cli/program/ask.ts';

/** Asks, and gives the answer that comes of these keys. */
async function asked(keys: string, isEnd = false) {
  const input = new PassThrough();
  const output = new PassThrough();
  const onInterrupt = jest.fn();
  const answer = askOn({ input, output, onInterrupt, language: 'en' }).confirm(
    'Apply?',
    new AbortController().signal,
  );
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
  const ask = askOn({
    input: new PassThrough(),
    output: new PassThrough(),
    onInterrupt() {},
    language: 'en',
  });
  const answers = [ask.confirm('Apply?', call.signal), ask.choose('1 of 2: apply?', call.signal)];
  call.abort();
  expect(await Promise.all(answers)).toEqual([false, 'quit']);
});

describe('about one of several', () => {
  async function chosen(keys: string, isEnd = true) {
    const input = new PassThrough();
    const output = new PassThrough();
    const ask = askOn({ input, output, onInterrupt() {}, language: 'en' });
    const answer = ask.choose('1 of 2: apply?', new AbortController().signal);
    if (isEnd) input.end(keys);
    else input.write(keys);
    const said = await answer;
    output.end();
    return { said, shown: await text(output) };
  }

  test.each([
    ['y\n', 'yes'],
    ['YES\n', 'yes'],
    [' all \n', 'all'],
    ['a\n', 'all'],
    ['n\n', 'no'],
    ['no\n', 'no'],
    ['\n', 'no'],
    ['q\n', 'quit'],
    ['quit\n', 'quit'],
    ['', 'quit'],
  ])('%j', async (keys, expected) => {
    expect((await chosen(keys)).said).toBe(expected);
  });

  test('shows what can be answered', async () => {
    expect((await chosen('n\n')).shown).toMatch(/^1 of 2: apply\? \[y\/N\/all\/quit\] /);
  });

  test('what is no answer is asked again, with what each answer means, and changes nothing', async () => {
    const { said, shown } = await chosen('yeah\n');
    expect(said).toBe('quit');
    expect(shown).toMatch(/y: change it\. n: leave it\. all: .* quit: /);
    expect(shown.match(/1 of 2: apply\?/g)).toHaveLength(2);
  });

  test('what was typed ahead answers no question that was not there yet', async () => {
    const { said } = await chosen('what?\ny\n');
    expect(said).toBe('quit');
  });
});

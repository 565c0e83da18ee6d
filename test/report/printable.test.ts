import { isPrintable, jsonText, printable, screenText } from '../../report/printable.ts';
import { ALL_HOSTILE, HOSTILE, harmIn } from '../support/hostile.ts';

test.each(HOSTILE)('%s is shown, not obeyed', (_name, text) => {
  expect(harmIn(text).length + (text.includes('\n') ? 1 : 0)).toBeGreaterThan(0);
  for (const shown of [printable(text), screenText(text)]) expect(harmIn(shown)).toEqual([]);
  expect(printable(text)).not.toContain('\n');
  expect(isPrintable(text)).toBe(false);
});

test('what is shown says which character it is', () => {
  expect(printable('a\u001B[2J\u202E\u{E0041}')).toBe('a\\u{1b}[2J\\u{202e}\\u{e0041}');
});

test('every other character stays: Korean, accents, emoji, the box that stands for a missing sign', () => {
  const text = '문자열 Ünïcödé 日本 😀 \uFFFD « » – … ~';
  expect(printable(text)).toBe(text);
  expect(screenText(text)).toBe(text);
  expect(isPrintable(text)).toBe(true);
});

test('a text of several lines keeps its line breaks, and loses none to a carriage return', () => {
  expect(printable('a\r\nb', '\n')).toBe('a\\u{d}\nb');
});

test('the gate lets the command’s own colours through, and no other sequence', () => {
  const own = '\u001B[1m\u001B[31mCRITICAL\u001B[39m\u001B[22m\n';
  expect(screenText(own)).toBe(own);
  for (const other of ['\u001B[8m', '\u001B[31;8m', '\u001B[48m', '\u001B[m', '\u001B[31', '\u001B[3J']) {
    expect(screenText(other)).toBe(other.replace('\u001B', '\\u{1b}'));
  }
});

describe('JSON', () => {
  test.each([...HOSTILE, ['all of it', ALL_HOSTILE] as const])(
    '%s is the same value, escaped',
    (_name, text) => {
      for (const indent of [undefined, 2]) {
        const value = { [text]: [text, { text }] };
        expect(harmIn(jsonText(value, indent))).toEqual([]);
        expect(JSON.parse(jsonText(value, indent))).toEqual(value);
      }
    },
  );

  test('is otherwise what JSON.stringify makes', () => {
    const value = { a: ['문', 1, null, true, { b: '"\\n' }] };
    expect(jsonText(value, 2)).toBe(JSON.stringify(value, undefined, 2));
    expect(jsonText(value)).toBe(JSON.stringify(value));
  });
});

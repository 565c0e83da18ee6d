import { Writable } from 'node:stream';
import { progressTo } from '../../cli/program/progress.ts';
import { ALL_HOSTILE, harmIn } from '../support/hostile.ts';

const spinner = { text: '', start: () => spinner, stop: () => spinner };
// ora is an ES module with many of them below it, and what it draws is its own; the text in it is ours.
jest.mock('ora', () => ({ __esModule: true, default: () => spinner }));

function stream(isTTY: boolean) {
  const chunks: string[] = [];
  const out = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  const terminal = Object.assign(out, { isTTY, columns: 80 }) as unknown as NodeJS.WriteStream;
  return { terminal, text: () => chunks.join('') };
}

const inBoth = (text: string) => ({ en: text, ko: text });

test('a note is one line, whatever is in it', () => {
  const { terminal, text } = stream(false);
  progressTo(terminal, 'en').note(inBoth(`could not read ${ALL_HOSTILE}`));
  expect(harmIn(text())).toEqual([]);
  expect(text().match(/\n/g)).toHaveLength(1);
});

test('what was made to be looked at keeps its lines and colours, and nothing else', () => {
  const { terminal, text } = stream(false);
  progressTo(terminal, 'en').show(`\u001B[1mtitle\u001B[22m\n${ALL_HOSTILE}`);
  expect(text().startsWith('\u001B[1mtitle\u001B[22m\n')).toBe(true);
  expect(harmIn(text(), { colours: true })).toEqual([]);
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what goes on now is obeyed by no terminal', async () => {
  progressTo(stream(true).terminal, 'en').step(inBoth(`looking at ${ALL_HOSTILE}`));
  await turn();
  expect(spinner.text).toContain('looking at \\u{1b}[2J');
  expect(harmIn(spinner.text)).toEqual([]);
});

test('what has ended before the moving line is loaded has none', async () => {
  spinner.text = '';
  const progress = progressTo(stream(true).terminal, 'en');
  progress.step(inBoth('looking'));
  progress.done();
  await turn();
  expect(spinner.text).toBe('');
});

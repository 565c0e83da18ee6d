import type { Language } from '../../report/both.ts';
import { printable, screenText } from '../../report/printable.ts';
import { messageIn } from './errors.ts';

/** What `--format` knows, unless a command knows others. */
export const FORMATS = ['table', 'json'] as const;

/** With less, a terminal folds: no word would be left whole. */
const NARROWEST = 40;

/**
 * How to print on standard output: colour only on a terminal, unless the usual variables say otherwise.
 *
 * @param isStdout false where the output goes to a file, which is never coloured.
 * @param otherwise the width where nobody says it.
 */
export function terminal(
  isStdout = true,
  otherwise = 140,
): { readonly colour: boolean; readonly width: number } {
  const { NO_COLOR, FORCE_COLOR, COLUMNS } = process.env;
  const isTerminal = isStdout && process.stdout.isTTY === true;
  const colour = FORCE_COLOR !== undefined && FORCE_COLOR !== '0' ? isStdout : isTerminal && !NO_COLOR;
  const width = (isTerminal && process.stdout.columns) || Number(COLUMNS) || otherwise;
  return { colour, width: Math.max(NARROWEST, width) };
}

/** Prints on standard output: all that a command prints goes this way, or through report/lines.ts. */
export const print = (text: string): void => void process.stdout.write(screenText(text));

/** Prints a text of the command's own, of several lines, on standard error. */
export const complain = (text: string): void => void process.stderr.write(screenText(text));

/** What went wrong, on standard error: in one line, but for the stack of what nobody foresaw. */
export async function complainOf(error: unknown, language: Language): Promise<void> {
  const { message, stack = message, code } = error as Error & { readonly code?: unknown };
  const line = (await messageIn(error as Error, language)).replace(/\s+/g, ' ');
  const text = typeof code === 'string' ? printable(line) : printable(stack, '\n');
  complain(`groundrules: ${text}\n`);
}

let whenUnread: (() => void) | undefined;
let wasTaken = false;
let statusUnread = 2;

/** What the status is when the reader has gone: 0 for who wants 0 whatever was found. */
export function exitUnreadWith(status: number): void {
  statusUnread = status;
}

/**
 * Ends the process when standard output takes no more, because nobody reads it (`… | head`) or the disk is full. The
 * status is then 2, never 1, because the output is not whole.
 */
export function endWhenUnread(language: Language): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' && whenUnread) {
      wasTaken = true;
      return whenUnread();
    }
    // Each line that is still written fails again: the command knows, and ends with a status of its own.
    if (error.code === 'EPIPE' && wasTaken) return;
    const gone = { en: 'nobody reads it any more', ko: '읽는 쪽이 닫혔습니다' };
    const why = printable(error.code === 'EPIPE' ? gone[language] : error.message);
    const said = {
      en: `standard output: ${why}: not all was printed`,
      ko: `표준 출력: ${why}: 전부 출력하지 못했습니다`,
    };
    complain(`groundrules: ${said[language]}\n`);
    process.exit(error.code === 'EPIPE' ? statusUnread : 2);
  });
  // Nobody is left to be told.
  process.stderr.on('error', () => {});
  process.on('uncaughtException', (error) => {
    complainOf(error, language).finally(() => process.exit(2));
  });
}

/** Has `take` called instead, for what must not end halfway, until the function that it gives is called. */
export function takeUnread(take: () => void): () => void {
  whenUnread = take;
  return () => {
    whenUnread = undefined;
  };
}

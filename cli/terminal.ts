import { printable, screenText } from '../report/printable.ts';

/** What `--format` knows, unless a command knows others. */
export const FORMATS = ['table', 'json'] as const;

/**
 * How to print on standard output: colour only on a terminal, unless the usual variables say otherwise.
 *
 * @param isStdout false where the output goes to a file, which is never coloured.
 */
export function terminal(isStdout = true): { readonly colour: boolean; readonly width: number } {
  const { NO_COLOR, FORCE_COLOR, COLUMNS } = process.env;
  const isTerminal = isStdout && process.stdout.isTTY === true;
  const colour = FORCE_COLOR !== undefined && FORCE_COLOR !== '0' ? isStdout : isTerminal && !NO_COLOR;
  return { colour, width: (isTerminal && process.stdout.columns) || Number(COLUMNS) || 140 };
}

/** Prints on standard output: all that a command prints goes this way, or through report/lines.ts. */
export const print = (text: string): void => void process.stdout.write(screenText(text));

/** Prints a text of the command's own, of several lines, on standard error. */
export const complain = (text: string): void => void process.stderr.write(screenText(text));

/** What went wrong, on standard error: in one line, but for the stack of what nobody foresaw. */
export function complainOf(error: unknown): void {
  const { message, stack = message, code } = error as Error & { readonly code?: unknown };
  const text = typeof code === 'string' ? printable(message.replace(/\s+/g, ' ')) : printable(stack, '\n');
  complain(`groundrules: ${text}\n`);
}

let whenUnread: (() => void) | undefined;

/** Ends the process when nobody reads standard output any more (`… | head`): whoever did may have seen enough. */
export function endWhenUnread(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (whenUnread) whenUnread();
    else process.exit();
  });
}

/** Has `take` called instead, for what must not end halfway, until the function that it gives is called. */
export function takeUnread(take: () => void): () => void {
  whenUnread = take;
  return () => {
    whenUnread = undefined;
  };
}

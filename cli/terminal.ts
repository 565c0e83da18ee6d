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

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

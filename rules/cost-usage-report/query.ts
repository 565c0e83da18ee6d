/** The tables that the SQL of a data export takes its columns from, as far as AWS Data Exports takes SQL: one SELECT. */
export function tablesOf(statement: string): string[] {
  // Texts and comments may hold the word, too.
  const bare = statement
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/\/\*.*?\*\//gs, ' ')
    .replace(/--[^\n]*/g, ' ');
  return [...bare.matchAll(/\bFROM\s+(?:["`]([^"`]+)["`]|([\w.]+))/gi)].map(
    ([, quoted, plain]) => (quoted ?? plain ?? '').split('.').at(-1) ?? '',
  );
}

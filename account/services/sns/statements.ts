/** Statements of a topic's policy, compared by what they say. */

export type Statement = Readonly<Record<string, unknown>>;

/** @throws {SyntaxError} when it is no JSON. */
export function statementsOf(policy: string): readonly Statement[] {
  const { Statement = [] } = JSON.parse(policy) as { Statement?: Statement | Statement[] };
  return [Statement].flat();
}

export const isSame = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

/** AWS may write a list of one as its element, and the name of an action in other letters. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? canonical(value[0]) : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(JSON.stringify(value)).toLowerCase();
  const members = Object.entries(value).map(([name, one]) => `${name}:${canonical(one)}`);
  return `{${members.sort().join()}}`;
}

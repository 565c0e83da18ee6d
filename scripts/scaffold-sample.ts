/** What `examples/README.md` says of a new rule, until it judges anything. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Severity } from '../rules/rule.ts';

const PAGE = 'examples/README.md';
const SANDBOX = '\n## 210987654321';
const BECAUSE = 'it does not judge anything yet';

export function insertSample(id: string, severity: Severity, root: string): Record<string, string> {
  const text = readFileSync(join(root, PAGE), 'utf8');
  const [shop, sandbox] = text.split(SANDBOX);
  if (sandbox === undefined) throw new Error(`${PAGE} has no section${SANDBOX}`);
  const table = `
**${id}** (${severity})

| resource    | verdict        | because                        |
| ----------- | -------------- | ------------------------------ |
| the account | could not tell | ${BECAUSE} |
`;
  const row = `| ${id} | the account | could not tell | ${BECAUSE} |\n`;
  return { [PAGE]: `${shop}${table}${SANDBOX}${sandbox.trimEnd()}\n${row}` };
}

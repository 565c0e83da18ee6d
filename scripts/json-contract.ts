/** The fields of what commands print as JSON, read from the source: TypeScript holds what is printed to these types. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type SyntaxNode, type SyntaxTree, syntaxOf } from './syntax.ts';

/** The interfaces of the parts, by file. `evaluate` has a schema of its own: groundrules.results.schema.json. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'automation/run/execution.ts': ['Execution', 'Failure', 'StepExecution'],
  'cli/cost/estimate.ts': ['Amount', 'ControlCost', 'Estimate', 'ItemCost'],
  'cli/cost/print.ts': ['CostReport', 'UnknownType'],
  'cli/remediate/outcome.ts': ['Item'],
  'cli/remediate/record.ts': ['ExecutionRecord'],
  'config/attestations/standing.ts': ['Standing'],
  'deploy/preflight/finding.ts': ['Checked', 'Finding'],
};

export const jsonContract = (root = '.') => ({ printed: printed(root), parts: parts(root) });

const nameOf = (node: unknown): string => {
  const value = (node as { value?: unknown } | undefined)?.value;
  return typeof value === 'string' ? value : '';
};

/** The fields of each object with a `schemaVersion` that a command prints or reads, by the folder of the command. */
function printed(root: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const path of readdirSync(join(root, 'cli'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (!path.endsWith('.ts')) continue;
    const tree = syntaxOf(root, `cli/${path.replaceAll('\\', '/')}`);
    for (const node of tree.nodes.filter(({ type }) => type === 'ObjectExpression')) {
      const fields = fieldsOf(node, tree);
      const [command = ''] = path.split(/[\\/]/);
      if (fields.includes('schemaVersion')) found[command] = [...(found[command] ?? []), fields.join(', ')];
    }
  }
  return found;
}

const fieldsOf = ({ properties }: SyntaxNode, { textOf }: SyntaxTree): string[] =>
  (properties as SyntaxNode[]).map((property) => {
    if (property.type === 'SpreadElement') return `...${textOf(property.arguments as SyntaxNode)}`;
    return nameOf(property) || nameOf(property.key);
  });

/** The fields of the interfaces in {@link PARTS}, each with its type. */
function parts(root: string): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(PARTS).flatMap(([file, names]) => {
      const tree = syntaxOf(root, file);
      return names.map((name) => {
        const found = tree.nodes.find(
          ({ type, id }) => type === 'TsInterfaceDeclaration' && nameOf(id) === name,
        );
        if (!found) throw new Error(`${file} has no interface ${name}`);
        return [name, membersOf(found, tree)];
      });
    }),
  );
}

function membersOf({ body, extends: bases }: SyntaxNode, { textOf }: SyntaxTree): Record<string, string> {
  const inherited = (bases as SyntaxNode[]).map((base) => ['extends', textOf(base)] as const);
  const members = (body as { body: SyntaxNode[] }).body.map((member) => {
    const { typeAnnotation: type } = member.typeAnnotation as { typeAnnotation: SyntaxNode };
    const name = `${nameOf(member.key)}${member.optional ? '?' : ''}`;
    return [name, textOf(type).replace(/\s+/g, ' ')] as const;
  });
  return Object.fromEntries([...inherited, ...members]);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

/** A node of a file's syntax tree, as swc names them. */
export interface SyntaxNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

export interface SyntaxTree {
  /** Every node, a parent before its children. */
  readonly nodes: readonly SyntaxNode[];
  /** The lines from a node's first to its last, from 1. */
  linesOf(node: SyntaxNode): readonly [first: number, last: number];
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';

function* walk(value: unknown): Generator<SyntaxNode> {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) yield value;
  for (const child of Object.values(value)) yield* walk(child);
}

/** The text as a syntax tree. */
export function parse(text: string): SyntaxTree {
  const bytes = Buffer.from(text);
  const module = parseSync(text, { syntax: 'typescript', target: 'es2022' });
  // swc counts bytes from 1, through all texts of the process: the end of the module is the end of this one.
  const begin = module.span.end - bytes.length;
  const lineAt = (position: number) =>
    bytes
      .subarray(0, position - begin)
      .toString()
      .split('\n').length;
  return {
    nodes: [...walk(module.body)],
    linesOf(node) {
      const { start, end } = node.span as { start: number; end: number };
      return [lineAt(start), lineAt(end)];
    },
  };
}

export const syntaxOf = (root: string, file: string): SyntaxTree =>
  parse(readFileSync(join(root, file), 'utf8'));

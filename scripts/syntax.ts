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
  /** A node's text, as it is written. */
  textOf(node: SyntaxNode): string;
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';

function* walk(value: unknown): Generator<SyntaxNode> {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) yield value;
  for (const child of Object.values(value)) yield* walk(child);
}

const spanOf = (node: SyntaxNode) => node.span as { start: number; end: number };

/** The text as a syntax tree. */
export function parse(text: string): SyntaxTree {
  // swc counts bytes through all texts of the process, and a module ends with its last token: this one is known.
  const bytes = Buffer.from(`${text}\n;`);
  const module = parseSync(bytes.toString(), { syntax: 'typescript', target: 'es2022' });
  const begin = module.span.end - bytes.length;
  const lineAt = (position: number) =>
    bytes
      .subarray(0, position - begin)
      .toString()
      .split('\n').length;
  return {
    nodes: [...walk(module.body)],
    linesOf(node) {
      const { start, end } = spanOf(node);
      return [lineAt(start), lineAt(end)];
    },
    textOf(node) {
      const { start, end } = spanOf(node);
      return bytes.subarray(start - begin, end - begin).toString();
    },
  };
}

export const syntaxOf = (root: string, file: string): SyntaxTree =>
  parse(readFileSync(join(root, file), 'utf8'));

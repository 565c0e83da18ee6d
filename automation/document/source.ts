import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { DocumentError, formatPath, type Path, type Problem, type ProblemCode } from './error.ts';

/**
 * 64 KB: the most that CreateDocument takes, and StartAutomationExecution with the parameters' values ("Data elements
 * and parameters").
 */
export const MAX_DOCUMENT_BYTES = 64 * 1024;

/** A document's text, read: its value, and where in the text each part of it stands. */
export interface Source {
  readonly value: unknown;
  problem(code: ProblemCode, path: Path, message: string): Problem;
}

/**
 * Words that YAML 1.1 (which AWS's parser speaks: unverified) reads as something else than YAML 1.2 does: `no` is false,
 * `2012-10-17` a date, `1:30` the number 90.
 */
const OTHERWISE_IN_YAML_1_1 =
  /^(?:yes|no|on|off|[+-]?0[\d_]+|[+-]?0b[01_]+|[+-]?\d[\d_]*_[\d_]*|[+-]?\d+(?::[0-5]?\d)+(?:\.\d*)?|\d{4}-\d\d?-\d\d?(?:[Tt\s].*)?)$/i;

/**
 * Reads YAML or JSON text.
 *
 * @throws {DocumentError} for text over 64 KB, bad syntax, a key twice, anchors, tags, and words that are read differently
 * by YAML 1.1 and 1.2.
 */
export function readSource(text: string, where: string): Source {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const refuse = (...problems: Problem[]) => {
    const [first, ...rest] = problems;
    if (first) throw new DocumentError(where, [first, ...rest]);
  };

  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_DOCUMENT_BYTES) {
    const message = `the document has ${bytes} bytes, SSM takes 65536: shorten descriptions, or split it with aws:executeAutomation`;
    refuse({ code: 'TooLarge', path: '', line: 1, column: 1, message });
  }
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true });
  // Only the first mistake is reported, because later ones mostly follow from it.
  refuse(
    ...[...document.errors, ...document.warnings].slice(0, 1).map(
      (error): Problem => ({
        code: error.code === 'DUPLICATE_KEY' ? 'Duplicate' : 'Syntax',
        path: '',
        ...at(error.pos[0]),
        message: error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? error.message,
      }),
    ),
  );

  const problems: Problem[] = [];
  visit(document, {
    Pair: (_key, { key }) => {
      if (isScalar(key) && typeof key.value === 'string') return;
      const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
      problems.push({ code: 'Syntax', path: '', ...at(offset), message: 'a key that is no text: quote it' });
    },
    Node: (_key, node, ancestors) => {
      const blame = (code: ProblemCode, message: string) => {
        const path = formatPath(pathTo(node, ancestors));
        problems.push({ code, path, ...at(node.range?.[0] ?? 0), message });
      };
      // Unverified whether SSM resolves anchors.
      if (isAlias(node) || node.anchor) blame('Syntax', 'anchors and aliases: write the value out');
      else if (node.tag) blame('Syntax', `the tag ${node.tag}: write a plain value`);
      else if (isScalar(node) && node.type === 'PLAIN' && OTHERWISE_IN_YAML_1_1.test(node.source ?? '')) {
        const message = `${node.source} means one thing in YAML 1.1 and another in 1.2: quote it`;
        blame('AmbiguousScalar', message);
      }
    },
  });
  refuse(...problems);

  return {
    value: document.toJS(),
    problem: (code, path, message) => ({
      code,
      path: formatPath(path),
      ...at(offsetOf(document.contents, path)),
      message,
    }),
  };
}

/** The keys and indexes that lead to a node. */
function pathTo(node: Node, ancestors: readonly unknown[]): Path {
  return [...ancestors, node].flatMap((ancestor, depth, all): (string | number)[] => {
    if (isPair(ancestor) && isScalar(ancestor.key)) return [String(ancestor.key.value)];
    return isSeq(ancestor) && depth < all.length - 1 ? [ancestor.items.indexOf(all[depth + 1])] : [];
  });
}

/** Where a path begins: at its key in a map, at the item in a list; where it would have been, when it is missing. */
function offsetOf(root: Node | null, path: Path): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const part of path) {
    if (!isCollection(node)) break;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else {
      node = node.items[Number(part)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    }
  }
  return offset;
}

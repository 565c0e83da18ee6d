import { join } from 'node:path';
import { parse, type SyntaxNode, type SyntaxTree, syntaxOf } from '../../scripts/syntax.ts';
import { sourceFiles } from './source.ts';

const ROOT = join(__dirname, '../..');
const MAX_LINES = 80;

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'Constructor',
  'ClassMethod',
  'PrivateMethod',
  'MethodProperty',
  'GetterProperty',
  'SetterProperty',
]);

/** Where a function begins that is longer than {@link MAX_LINES}, from its first line to its last, and how long it is. */
function tooLong({ nodes, linesOf }: SyntaxTree): string[] {
  return nodes
    .filter(({ type }) => FUNCTIONS.has(type))
    .flatMap((node) => {
      const [first, last] = linesOf(spanned(node));
      const lines = last - first + 1;
      return lines > MAX_LINES ? [`line ${first}: ${lines} lines`] : [];
    });
}

/** A class's method has its span with its function. */
const spanned = (node: SyntaxNode) => (node.span === undefined ? (node.function as SyntaxNode) : node);

test('no function is over 80 lines', () => {
  const found = sourceFiles(ROOT).flatMap((file) =>
    tooLong(syntaxOf(ROOT, file)).map((what) => `${file}, ${what}`),
  );
  expect(found).toEqual([]);
});

const body = (lines: number) => Array.from({ length: lines }, () => '  call();').join('\n');

test.each([
  ['a function', (inner: string) => `// 한국어\nfunction f() {\n${inner}\n}`],
  ['an arrow function', (inner: string) => `\nconst f = () => {\n${inner}\n};`],
  ['a method of an object', (inner: string) => `\nconst o = { f() {\n${inner}\n} };`],
  ['a method of a class', (inner: string) => `class C {\nf() {\n${inner}\n}\n}`],
  ['a constructor', (inner: string) => `class C {\nconstructor() {\n${inner}\n}\n}`],
  ['a private method', (inner: string) => `class C {\n#f() {\n${inner}\n}\n}`],
])('%s may have 80 lines and no more', (_, around) => {
  expect(tooLong(parse(around(body(MAX_LINES - 2))))).toEqual([]);
  expect(tooLong(parse(around(body(MAX_LINES - 1))))).toEqual([`line 2: ${MAX_LINES + 1} lines`]);
});

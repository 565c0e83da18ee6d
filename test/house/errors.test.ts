import { join } from 'node:path';
import { parse, type SyntaxNode, type SyntaxTree, syntaxOf } from '../../scripts/syntax.ts';
import { sourceFiles } from './source.ts';

const ROOT = join(__dirname, '../..');

interface ErrorClass {
  readonly name: string;
  readonly parent: string;
  readonly hasCode: boolean;
}

const nameOf = (node: unknown) => (node as { value?: string } | undefined)?.value ?? '';

/** Every class that extends another one. */
function classesOf({ nodes }: SyntaxTree): ErrorClass[] {
  return nodes
    .filter(({ type, superClass }) => /^Class(Declaration|Expression)$/.test(type) && superClass)
    .map(({ identifier, superClass, body }) => ({
      name: nameOf(identifier),
      parent: nameOf(superClass),
      hasCode: (body as SyntaxNode[]).some(({ key }) => nameOf(key) === 'code'),
    }));
}

/** Those that are errors, and have no code of their own or of an error that they extend. */
function withoutCode(classes: readonly ErrorClass[]): string[] {
  const byName = new Map(classes.map((one) => [one.name, one]));
  const chain = (name: string): ErrorClass[] => {
    const found = byName.get(name);
    return found ? [found, ...chain(found.parent)] : [];
  };
  return classes
    .filter(({ name }) => chain(name).at(-1)?.parent === 'Error')
    .filter(({ name }) => !chain(name).some(({ hasCode }) => hasCode))
    .map(({ name }) => name);
}

test('every error class has a code', () => {
  const classes = sourceFiles(ROOT).flatMap((file) => classesOf(syntaxOf(ROOT, file)));
  expect(withoutCode(classes)).toEqual([]);
  expect(classes.filter(({ hasCode }) => hasCode).length).toBeGreaterThan(20);
});

test.each([
  ["class A extends Error { readonly code = 'A'; }", []],
  ['class A extends Error { readonly code: string; constructor(c: string) { super(); this.code = c; } }', []],
  ["class A extends Error { readonly code = 'A'; } class B extends A {}", []],
  ['class A extends Error {} class B extends A {}', ['A', 'B']],
  ["class A extends Error { readonly name = 'A'; }", ['A']],
  ['class A extends Construct {} class B {}', []],
])('%s', (text, expected) => {
  expect(withoutCode(classesOf(parse(text)))).toEqual(expected);
});

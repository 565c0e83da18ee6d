/** What the documents have in common, said once in remediation-skeleton.txt, and put between marks in each of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyFix, documentParameter } from '../rules/fix.ts';
import { documentName, functionName } from '../rules/names.ts';
import type { Parameters } from '../rules/parameters.ts';
import type { AnyRule } from '../rules/rule.ts';

/** What a document says of its rule. */
export interface SkeletonRule {
  readonly id: string;
  readonly parameters: Parameters;
  readonly fix: Pick<AnyFix, 'options' | 'names' | 'notifies'>;
}

const SKELETON = 'scripts/remediation-skeleton.txt';
/** The parts that a document may have marks for. */
export const MARKS = [
  'head',
  'plan',
  'confirm',
  'decide',
  'apply',
  'report',
  'decide-undo',
  'restore',
  'end',
  'notice',
  'deactivate-keys',
  'activate-keys',
] as const;
type Mark = (typeof MARKS)[number];

/** Between `# <name word="…">` and `# </name>`. */
const BLOCK = /^ *# <([a-z-]+)((?: [a-z]+="[^"]*")*)>\n([\s\S]*?)^ *# <\/\1>$/gm;

/**
 * A document with all that its marks stand for.
 *
 * @param text of `rules/<id>/remediation.yaml`; what is between its marks does not count.
 * @throws {Error} for a mark that there is not, and for what a mark has to say.
 */
export function filledDocument(text: string, rule: SkeletonRule, root = '.'): string {
  const parts = partsOf(readFileSync(join(root, SKELETON), 'utf8'));
  const where = documentName(rule.id);
  const filled = text.replace(BLOCK, (block, name: string, said: string) => {
    if (!MARKS.includes(name as Mark)) {
      throw new Error(`${where}: there is no mark <${name}>: ${MARKS.join(', ')}`);
    }
    const words = wordsOf(said, rule, text);
    const [open] = block.split('\n');
    return `${open}\n${part(name, parts, words, where)}\n# </${name}>`;
  });
  return indented(filled.split('\n')).join('\n');
}

/** Marks as far in as what follows them, which is where the formatter wants comments. */
function indented(lines: readonly string[]): string[] {
  let depth = 0;
  return lines
    .toReversed()
    .map((line) => {
      const mark = /^ *(# <.*>)$/.exec(line)?.[1];
      if (mark !== undefined) return `${' '.repeat(depth)}${mark}`;
      if (line !== '') depth = /^ */.exec(line)?.[0].length ?? 0;
      return line;
    })
    .toReversed();
}

/** A rule's document as a generated file. */
export function documentPage(rule: AnyRule, root = '.') {
  const path = `rules/${rule.id}/remediation.yaml`;
  const file = join(root, path);
  if (!existsSync(file)) throw new Error(`${path} is missing`);
  const text = readFileSync(file, 'utf8');
  return { path, text, derived: filledDocument(text, rule, root) };
}

const partsOf = (skeleton: string): ReadonlyMap<string, string> =>
  new Map([...skeleton.matchAll(BLOCK)].map(([, name = '', , body = '']) => [name, body.trimEnd()]));

/** What `%WORD%` and, by its name in small letters, a `+part` made here stand for. */
interface Words {
  readonly texts: Readonly<Record<string, string | undefined>>;
  readonly parts: Readonly<Record<string, string>>;
}

const SAYS: Readonly<Record<string, string>> = {
  plan: "The rule's own function judges the resource afresh and plans the fix.",
  confirm: 'Plans once more where something is to be changed, so that what others did meanwhile stays.',
  apply: 'The function makes the changes, in the Region that counts, where no step of a document can.',
  restore: 'The function takes the changes back, in the Region that counts, where no step of a document can.',
};

function part(name: string, parts: ReadonlyMap<string, string>, words: Words, where: string): string {
  const body = words.parts[name] ?? parts.get(name);
  if (body === undefined) throw new Error(`${SKELETON} has no part ${name}`);
  return body
    .split('\n')
    .flatMap((line) => {
      const other = /^\+([a-z-]+)$/.exec(line)?.[1];
      if (other === undefined) return [line];
      const text = part(other, parts, words, where);
      return text === '' ? [] : [text];
    })
    .join('\n')
    .replace(/%([A-Z]+)%/g, (_, word: string) => {
      const text = word === 'SAYS' ? (words.texts.SAYS ?? SAYS[name]) : words.texts[word];
      if (text === undefined) throw new Error(`${where}: <${name}> has to say ${word.toLowerCase()}="…"`);
      return text;
    });
}

/** @param said of the mark: ` next="Block"`. */
function wordsOf(said: string, rule: SkeletonRule, text: string): Words {
  const { notifies, options } = rule.fix;
  const marked = Object.fromEntries(
    [...said.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, word = '', value = '']) => [
      word.toUpperCase(),
      value,
    ]),
  );
  const caller = marked.CALLER;
  return {
    texts: {
      FUNCTION: functionName(rule.id),
      RESOURCE: resourceOf(text, rule.id),
      FIRST: caller ?? 'Plan',
      NAME: 'Confirm',
      FROM: 'Plan',
      ...(notifies && {
        NEXT: 'Way',
        CATEGORY: notifies.category,
        SEVERITY: notifies.severity,
        FOUNDAT: notifies.foundAt,
      }),
      ...marked,
    },
    parts: {
      parameters: [...(notifies ? ['+notice-parameters'] : []), ...parameterLines(rule)].join('\n'),
      asked: [
        ...(caller === undefined ? [] : [`        caller: "{{ ${caller}.UserId }}"`]),
        ...handed('parameters', rule.parameters, rule.fix),
        ...handed('options', options),
      ].join('\n'),
      ...(caller === undefined && { 'who-am-i': '' }),
    },
  };
}

/** The document's first parameter of its own, which is the resource. */
function resourceOf(text: string, id: string): string {
  const own = text.slice(text.indexOf('# </head>'));
  const [, name] = /^ {2}(\w+):$/m.exec(own) ?? [];
  if (name === undefined)
    throw new Error(`${documentName(id)} has no parameter for the resource after its head`);
  return name;
}

const parameterLines = ({ parameters, fix }: SkeletonRule): string[] =>
  Object.entries(parameters).flatMap(([name, { default: value }]) => [
    `  ${documentParameter(fix, name)}:`,
    '    type: String',
    '    description: As the parameter of the rule.',
    `    default: ${JSON.stringify(value)}`,
  ]);

function handed(what: string, parameters: Parameters, fix: Pick<AnyFix, 'names'> = {}): string[] {
  const lines = Object.keys(parameters).map(
    (name) => `          ${name}: "{{ ${documentParameter(fix, name)} }}"`,
  );
  return lines.length > 0 ? [`        ${what}:`, ...lines] : [];
}

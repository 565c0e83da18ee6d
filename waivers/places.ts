import { type Document, isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** Where in the text of a file its values stand. JSON is read by the same parser, because every JSON text is YAML. */
export interface Places {
  readonly document: Document.Parsed;
  /** `3:12`, of an offset into the text. */
  at(offset: number): string;
  lineOf(path: readonly PropertyKey[]): number;
  /** Of what a path leads to, or of the nearest above it that is there. */
  of(path: readonly PropertyKey[]): string;
  /** The same of a path as a text: `controls.s3-public.parameters`. A key may have dots itself. */
  ofKeys(keys: string): string;
  /** Keys that an object has had before: JSON.parse takes the last one, and says nothing. */
  readonly repeated: readonly { readonly key: string; readonly at: string }[];
}

export function placesIn(content: string): Places {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const startOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as Node | undefined;
      if (node?.range) return node.range[0];
    }
    return document.contents?.range?.[0] ?? 0;
  };
  return {
    document,
    at,
    lineOf: (path) => lines.linePos(startOf(path)).line,
    of: (path) => at(startOf(path)),
    ofKeys: (keys) => at(startOf(pathOf(document.contents, keys.split('.')))),
    repeated: document.errors
      .filter(({ code }) => code === 'DUPLICATE_KEY')
      .map(({ pos: [start] }) => ({ key: keyAt(content, start), at: at(start) })),
  };
}

/** As it is written, without its quotes. */
const keyAt = (content: string, start: number): string => {
  const [, quoted, plain = ''] = /^(?:"((?:[^"\\]|\\.)*)"|([^\s:]*))/.exec(content.slice(start)) ?? [];
  return quoted ?? plain;
};

/** As far as there is something. */
function pathOf(node: unknown, parts: readonly string[]): readonly PropertyKey[] {
  for (let length = 1; length <= parts.length; length++) {
    const word = parts.slice(0, length).join('.');
    const key = isSeq(node) ? Number(word) : word;
    const inside = isMap(node) || isSeq(node) ? node.get(key, true) : undefined;
    if (inside !== undefined) return [key, ...pathOf(inside, parts.slice(length))];
  }
  return [];
}

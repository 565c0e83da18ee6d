import { Marked } from 'marked';
import { escaped, Html } from './escape.ts';

/** The sections of a rule's page that a report shows. */
export interface RulePage {
  readonly why?: Html;
  readonly changes?: Html;
  readonly undo?: Html;
}

const HEADS = {
  why: /^(?:Why|왜 필요한가)$/,
  changes: /^(?:What the fix changes and breaks|수정하면 바뀌는 것과 깨질 수 있는 것)$/,
  undo: /^(?:Undo|되돌리기)$/,
} as const;

const marked = new Marked({
  renderer: {
    // A page links to its neighbours, which a report does not have.
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      return href.startsWith('https://')
        ? `<a href="${escaped(href)}" rel="noreferrer noopener" target="_blank">${text}</a>`
        : text;
    },
    heading: ({ text }) => `<p><strong>${escaped(text)}</strong></p>`,
    image: ({ text }) => escaped(text),
    html: ({ text }) => escaped(text),
    // What is wider than its place scrolls, also by keyboard.
    code: ({ text }) => `<pre tabindex="0"><code>${escaped(text)}</code></pre>`,
  },
});

/** Reads a rule's page, in either language. */
export function rulePage(markdown: string): RulePage {
  const sections = markdown.split(/^## /m).slice(1);
  const found: { why?: Html; changes?: Html; undo?: Html } = {};
  for (const section of sections) {
    const at = section.indexOf('\n');
    const head = section.slice(0, at).trim();
    for (const name of ['why', 'changes', 'undo'] as const) {
      if (HEADS[name].test(head))
        found[name] = new Html(marked.parse(section.slice(at + 1), { async: false }));
    }
  }
  return found;
}

import { Marked } from 'marked';
import type { Language } from '../../language.ts';
import { SECTIONS, sectionOf } from '../../sections.ts';
import { escaped, Html } from './escape.ts';

/** The sections of a rule's page that a report shows. */
export interface RulePage {
  readonly why?: Html;
  readonly changes?: Html;
  readonly undo?: Html;
}

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

/** Reads a rule's page, which is in that language. */
export function rulePage(markdown: string, language: Language): RulePage {
  const shown = (name: keyof RulePage): { readonly [name: string]: Html } => {
    const section = sectionOf(markdown, SECTIONS[language][name]);
    return section === undefined ? {} : { [name]: new Html(marked.parse(section, { async: false })) };
  };
  return { ...shown('why'), ...shown('changes'), ...shown('undo') };
}

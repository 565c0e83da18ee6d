/** The sections of a rule's page that findings are explained with. */
import { lexer, type Tokens } from 'marked';
import type { Language } from '../rules/language.ts';

/** Their headings, in the page of each language. */
export const SECTIONS = {
  en: { why: 'Why', changes: 'What the fix changes and breaks', undo: 'Undo' },
  ko: { why: '왜 필요한가', changes: '수정하면 바뀌는 것과 깨질 수 있는 것', undo: '되돌리기' },
} satisfies Record<Language, object>;

/** What stands below a heading, without it; `undefined` where there is no such heading. */
export function sectionOf(markdown: string, title: string): string | undefined {
  const tokens = lexer(markdown);
  const start = tokens.findIndex((token) => token.type === 'heading' && token.text === title);
  if (start < 0) return undefined;
  const { depth } = tokens[start] as Tokens.Heading;
  const rest = tokens.slice(start + 1);
  const end = rest.findIndex((token) => token.type === 'heading' && token.depth <= depth);
  return (end < 0 ? rest : rest.slice(0, end)).map(({ raw }) => raw).join('');
}

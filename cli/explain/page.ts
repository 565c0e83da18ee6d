/** Pages of Markdown, for a terminal. */
import { lexer, type Token, type Tokens } from 'marked';
import { createColors } from 'picocolors';
import wrap from 'wrap-ansi';
import { type ListingOptions, listing } from '../../report/listing.ts';

/** A page as lines that are no longer than the terminal's, but for what is to be copied. */
export function pageText(markdown: string, style: ListingOptions): string {
  return blocksText(lexer(markdown), style);
}

function blocksText(tokens: readonly Token[], style: ListingOptions, gap = '\n\n'): string {
  return tokens
    .map((token) => blockText(token as Block, style))
    .filter((text) => text !== '')
    .join(gap);
}

/** What our pages are made of; anything else is shown as it is written. */
type Block =
  | Tokens.Heading
  | Tokens.Paragraph
  | Tokens.Text
  | Tokens.List
  | Tokens.Table
  | Tokens.Code
  | Tokens.Blockquote
  | Tokens.HTML
  | Tokens.Space;

function blockText(token: Block, style: ListingOptions): string {
  const { width, colour } = style;
  const paint = createColors(colour);
  switch (token.type) {
    case 'heading': {
      const text = inlineText(token.tokens, false);
      return folded(paint.bold(token.depth === 2 ? text.toUpperCase() : text), width);
    }
    case 'paragraph':
    case 'text':
      return folded(inlineText(token.tokens ?? [token], colour).replace(/\n/g, ' '), width);
    case 'list':
      return listText(token, style);
    case 'table':
      return tableText(token, style);
    case 'code':
      return indented(paint.cyan(token.text), 2);
    case 'blockquote':
      return indented(blocksText(token.tokens, { colour, width: width - 2 }), 2);
    case 'html':
    case 'space':
      return '';
    default:
      return folded((token as Token).raw.trim(), width);
  }
}

function listText({ items, ordered, start, loose }: Tokens.List, { colour, width }: ListingOptions): string {
  return items
    .map(({ tokens }, index) => {
      const mark = ordered ? `${Number(start) + index}. ` : '- ';
      const text = blocksText(tokens, { colour, width: width - mark.length }, '\n');
      return `${mark}${indented(text, mark.length).trimStart()}`;
    })
    .join(loose ? '\n\n' : '\n');
}

function tableText({ header, rows }: Tokens.Table, style: ListingOptions): string {
  const cell = ({ tokens }: Tokens.TableCell) => inlineText(tokens, style.colour);
  return listing(
    header.map(({ tokens }) => inlineText(tokens, false)),
    rows.map((row) => row.map(cell)),
    style,
  );
}

function inlineText(tokens: readonly Token[], colour: boolean): string {
  const paint = createColors(colour);
  const within = ({ tokens: inner, text }: Tokens.Text | Tokens.Strong | Tokens.Em | Tokens.Link): string =>
    inner ? inlineText(inner, colour) : text;
  return tokens
    .map((token) => {
      switch (token.type) {
        case 'codespan':
          return paint.cyan(token.text);
        case 'strong':
          return paint.bold(within(token as Tokens.Strong));
        case 'link': {
          const { href } = token as Tokens.Link;
          const text = within(token as Tokens.Link);
          // What a link within the repository leads to is named by its words.
          return /^https?:/.test(href) && href !== text ? `${text} (${href})` : text;
        }
        case 'br':
          return ' ';
        case 'html':
          return /^<br/i.test(token.raw) ? '\n' : '';
        default:
          return within(token as Tokens.Text);
      }
    })
    .join('');
}

const folded = (text: string, width: number): string => wrap(text, Math.max(20, width), { hard: true });

const indented = (text: string, by: number): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? line : `${' '.repeat(by)}${line}`))
    .join('\n');

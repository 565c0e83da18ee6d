import { type Html, html, type Part } from '../escape.ts';

export interface Column {
  readonly head: string;
  /** Numbers stand to the right. */
  readonly isNumber?: true;
  readonly kind?: string;
}

/**
 * A table that becomes a list of cards where it is narrow: its roles are said, because a browser may drop them then.
 *
 * @param caption what it is, for who does not see it.
 */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Part[])[]): Html {
  const classOf = ({ isNumber, kind }: Column) => [isNumber && 'number', kind].filter(Boolean).join(' ');
  const heads = columns.map(
    (column) => html`<th role="columnheader" scope="col" class="${classOf(column)}">${column.head}</th>`,
  );
  const body = rows.map(([first, ...rest]) => {
    const [lead, ...others] = columns as [Column, ...Column[]];
    const cells = rest.map((cell, at) => {
      const column = others[at] as Column;
      return html`<td role="cell" class="${classOf(column)}" data-label="${column.head}">${cell}</td>`;
    });
    return html`<tr role="row"><th role="rowheader" scope="row" class="${classOf(lead)}">${first}</th>${cells}</tr>\n`;
  });
  return html`<table role="table" class="cards"><caption class="unseen">${caption}</caption><thead role="rowgroup"><tr role="row">${heads}</tr></thead><tbody role="rowgroup">${body}</tbody></table>`;
}

/**
 * Code as coloured spans.
 */
import { paintSql } from '../../workbench/index.js';
import { asHtml, escapeHtml, type Html } from './html.js';

type PieceToken = ReturnType<typeof paintSql>[number][number]['token'];

/** One letter a class: a page holds tens of thousands of spans. */
const CLASSES: Readonly<Partial<Record<PieceToken, string>>> = {
  keyword: 'k',
  string: 's',
  number: 'n',
  comment: 'c',
  jinja: 'j',
  function: 'f',
};

/** SQL with Jinja, escaped, its words in `<b class>`: keyword, string, number, comment, jinja, function. */
export function highlightSqlHtml(sql: string): Html {
  const lines = paintSql(sql).map((pieces) =>
    pieces
      .map(({ text, token }) => {
        const name = CLASSES[token];
        return name === undefined ? escapeHtml(text) : `<b class="${name}">${escapeHtml(text)}</b>`;
      })
      .join(''),
  );
  return asHtml(lines.join('\n'));
}

/**
 * CSV as Python's csv module reads it: quotes doubled inside quotes, any line ending, a byte-order mark skipped.
 */

/**
 * Reads rows of text.
 *
 * @returns the header and the rows; a row may be shorter or longer than the header. Blank lines are skipped.
 */
export function readCsv(
  text: string,
  delimiter: string = ',',
): { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const rows: string[][] = [];
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  let row: string[] = [];
  let field = '';
  let isQuoted = false;
  let hasContent = false;

  const endField = (): void => {
    row.push(field);
    field = '';
  };
  const endRow = (): void => {
    if (hasContent || row.length > 0) {
      endField();
      rows.push(row);
    }
    row = [];
    field = '';
    hasContent = false;
  };

  for (let index = 0; index < body.length; index += 1) {
    const character = body.charAt(index);
    if (isQuoted) {
      if (character !== '"') field += character;
      else if (body.charAt(index + 1) === '"') {
        field += '"';
        index += 1;
      } else isQuoted = false;
    } else if (character === '"' && field === '') {
      isQuoted = true;
      hasContent = true;
    } else if (character === delimiter) {
      endField();
      hasContent = true;
    } else if (character === '\n' || character === '\r') {
      if (character === '\r' && body.charAt(index + 1) === '\n') index += 1;
      endRow();
    } else {
      field += character;
      hasContent = true;
    }
  }
  endRow();
  const [header = [], ...rest] = rows;
  return { header, rows: rest };
}

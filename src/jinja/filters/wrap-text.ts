/**
 * Wrapping one paragraph, as Python's textwrap does with `expand_tabs` and `replace_whitespace` off.
 */

export interface WrapOptions {
  readonly width: number;
  readonly breaksWords: boolean;
  readonly breaksHyphens: boolean;
}

/** The lines of a paragraph, none longer than the width unless a word is and may not be broken. */
export function wrapText(text: string, options: WrapOptions): string[] {
  const { width } = options;
  const chunks = splitChunks(text, options.breaksHyphens).reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    if (lines.length > 0 && isBlank(chunks.at(-1))) chunks.pop();
    const line: string[] = [];
    let length = 0;
    for (let chunk = chunks.at(-1); chunk !== undefined; chunk = chunks.at(-1)) {
      if (length + chunk.length > width) break;
      line.push(chunk);
      length += chunk.length;
      chunks.pop();
    }
    const long = chunks.at(-1);
    if (long !== undefined && long.length > width) {
      breakLong(chunks, line, long, width - length, options);
    }
    if (isBlank(line.at(-1))) line.pop();
    if (line.length > 0) lines.push(line.join(''));
  }
  return lines;
}

function isBlank(chunk: string | undefined): boolean {
  return chunk !== undefined && chunk.trim() === '';
}

function breakLong(
  chunks: string[],
  line: string[],
  long: string,
  room: number,
  options: WrapOptions,
): void {
  if (options.breaksWords) {
    const space = Math.max(1, room);
    chunks.pop();
    let cut = space;
    if (options.breaksHyphens && long.length > space) {
      const hyphen = long.lastIndexOf('-', space - 1);
      if (hyphen > 0 && /[^-]/u.test(long.slice(0, hyphen))) cut = hyphen + 1;
    }
    line.push(long.slice(0, cut));
    chunks.push(long.slice(cut));
  } else if (line.length === 0) {
    chunks.pop();
    line.push(long);
  }
}

/** Words, blanks between them, and the parts of hyphenated words. */
function splitChunks(text: string, breaksHyphens: boolean): string[] {
  const chunks = text.split(/([\t\n\v\f\r ]+)/u);
  const parts = breaksHyphens
    ? chunks.flatMap((chunk) =>
        chunk.split(
          /(?<=[^\W\d_]{2}-|[^\W\d_]-[^\W\d_]-)(?=[^\W\d_]-?[^\W\d_])|(?<=[\w!"'&.,?])(?=-{2,}\w)|(?<=[\w!"'&.,?]-{2,})(?=\w)/u,
        ),
      )
    : chunks;
  return parts.filter((part) => part !== '');
}

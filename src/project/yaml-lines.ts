/**
 * The lines of a YAML text as PyYAML's emitter lays them out: indentation, white space, folding after 80 columns.
 */
const BEST_WIDTH = 80;
const INDENT = 2;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\0', '0'],
  ['\u0007', 'a'],
  ['\b', 'b'],
  ['\t', 't'],
  ['\n', 'n'],
  ['\v', 'v'],
  ['\f', 'f'],
  ['\r', 'r'],
  ['\u001b', 'e'],
  ['"', '"'],
  ['\\', '\\'],
  ['\u0085', 'N'],
  ['\u00a0', '_'],
  ['\u2028', 'L'],
  ['\u2029', 'P'],
]);

/** Written from top to bottom. */
export class YamlLines {
  #text = '';
  #column = 0;
  /** True after white space, so that an indicator needs none before it. */
  #isSpaced = true;
  /** True while the line holds only indentation and indicators such as `- `. */
  #isIndention = true;
  #isOpenEnded = false;
  #indent: number | null = null;
  readonly #indents: (number | null)[] = [];

  /** The whole; a bare text alone is followed by the mark of a document's end. */
  text(): string {
    return `${this.#text}\n${this.#isOpenEnded ? '...\n' : ''}`;
  }

  get isAtIndicator(): boolean {
    return this.#isIndention;
  }

  enter(options: { readonly isFlow: boolean; readonly isIndentless: boolean }): void {
    this.#indents.push(this.#indent);
    if (this.#indent === null) this.#indent = options.isFlow ? INDENT : 0;
    else if (!options.isIndentless) this.#indent += INDENT;
  }

  leave(): void {
    this.#indent = this.#indents.pop() ?? null;
  }

  /** `-`, `:`, `?`, brackets, anchors. */
  indicator(sign: string, needsSpace: boolean, isIndention: boolean = false): void {
    const data = this.#isSpaced || !needsSpace ? sign : ` ${sign}`;
    this.#isSpaced = false;
    this.#isIndention &&= isIndention;
    this.#put(data);
  }

  /** Goes to the indentation, on a line of its own unless nothing but that stands on this one. */
  newLine(): void {
    const indent = this.#indent ?? 0;
    const isFree = this.#column === indent ? this.#isSpaced : this.#column < indent;
    if (!this.#isIndention || !isFree) this.#break();
    if (this.#column < indent) {
      this.#isSpaced = true;
      this.#put(' '.repeat(indent - this.#column));
    }
  }

  plain(text: string, options: { readonly isRoot: boolean; readonly splits: boolean }): void {
    if (options.isRoot) this.#isOpenEnded = true;
    if (text === '') return;
    if (!this.#isSpaced) this.#put(' ');
    this.#isSpaced = false;
    this.#isIndention = false;
    for (const part of text.split(/( +)/u)) {
      if (part === ' ' && this.#column > BEST_WIDTH && options.splits) {
        this.newLine();
        this.#isSpaced = false;
        this.#isIndention = false;
      } else this.#put(part);
    }
  }

  singleQuoted(text: string, splits: boolean): void {
    this.indicator("'", true);
    let at = 0;
    for (const part of text.split(/( +|\n+|')/u)) {
      const isInside = at !== 0 && at + part.length !== text.length;
      if (part === ' ' && this.#column > BEST_WIDTH && splits && isInside) this.newLine();
      else if (part.startsWith('\n')) {
        for (let count = 0; count <= part.length; count += 1) this.#break();
        this.newLine();
      } else this.#put(part === "'" ? "''" : part);
      at += part.length;
    }
    this.indicator("'", false);
  }

  doubleQuoted(text: string, splits: boolean): void {
    this.indicator('"', true);
    const characters = Array.from(text);
    const { length } = characters;
    let pending = '';
    for (let at = 0; at <= length; at += 1) {
      const character = characters[at];
      const isPlain = character !== undefined && /[ !#-[\]-~]/u.test(character);
      if (!isPlain) {
        this.#put(pending);
        pending = '';
        if (character !== undefined) this.#put(escaped(character));
      }
      const mayFold = at > 0 && at < length - 1 && (character === ' ' || pending === '');
      const ahead = isPlain ? pending.length : -1;
      if (mayFold && this.#column + ahead > BEST_WIDTH && splits) {
        this.#put(`${pending}\\`);
        pending = '';
        this.newLine();
        this.#isSpaced = false;
        this.#isIndention = false;
        if (isPlain ? character === ' ' : characters[at + 1] === ' ') this.#put('\\');
      }
      if (isPlain) pending += character;
    }
    this.indicator('"', false);
  }

  #break(): void {
    this.#text += '\n';
    this.#column = 0;
    this.#isSpaced = true;
    this.#isIndention = true;
  }

  #put(data: string): void {
    this.#text += data;
    this.#column += data.length;
  }
}

function escaped(character: string): string {
  const short = ESCAPES.get(character);
  if (short !== undefined) return `\\${short}`;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

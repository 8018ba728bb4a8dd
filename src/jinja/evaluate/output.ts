/**
 * What a template or macro writes.
 */
import { typeError } from '../error.js';
import type { Value } from '../value.js';
import { toText, typeName } from '../values/describe.js';
import { MAX_TEXT, tooBig } from '../values/size.js';
import { asText } from '../values/text.js';

/**
 * `text` prints values at once; `pieces` keeps them, and accepts texts only when they are joined (what macros of yaml
 * do); `native` keeps the only one, and prints all as soon as there are two.
 */
export type OutputKind = 'text' | 'pieces' | 'native';

/** A buffer of what is written. */
export class Output {
  #text = '';
  #pieceCount = 0;
  #fault: string | undefined;
  readonly #pieces: Value[] | undefined;
  readonly #isRoot: boolean;

  constructor(kind: OutputKind) {
    this.#pieces = kind === 'text' ? undefined : [];
    this.#isRoot = kind === 'native';
  }

  /** The kind of a buffer inside this one. */
  get innerKind(): OutputKind {
    return this.#pieces === undefined ? 'text' : 'pieces';
  }

  get isNative(): boolean {
    return this.#pieces !== undefined;
  }

  /** Text of the template, and constants. */
  writeText(text: string): void {
    if (this.#pieces === undefined) {
      this.#text += text;
      this.#pieceCount += 1;
      if (this.#text.length > MAX_TEXT) throw tooBig('The output');
    } else this.#keep(text, this.#pieces);
  }

  #keep(value: Value, pieces: Value[]): void {
    pieces.push(value);
    if (!this.#isRoot || pieces.length < 2) return;
    // Python prints the first two when the second is there, and each later one as it comes.
    const first = pieces.length === 2 ? 0 : pieces.length - 1;
    for (let at = first; at < pieces.length; at += 1) pieces[at] = toText(pieces[at] ?? null);
  }

  /** An expression's value. */
  write(value: Value): void {
    if (this.#pieces === undefined) this.writeText(toText(value));
    else this.#keep(value, this.#pieces);
  }

  /** What a call block or filter block gave: Jinja2 does not make it a text, and fails at the end if it is none. */
  writeRaw(value: Value): void {
    if (this.#pieces !== undefined) {
      this.#keep(value, this.#pieces);
      return;
    }
    const text = asText(value);
    if (text === undefined) {
      this.#fault ??= notText(this.#pieceCount, value);
      this.#pieceCount += 1;
    } else this.writeText(text);
  }

  /** Everything as one text. @throws TypeError if a piece is no text. */
  finish(): string {
    if (this.#fault !== undefined) throw typeError(this.#fault);
    if (this.#pieces === undefined) return this.#text;
    return this.#pieces
      .map((piece, index) => {
        const text = asText(piece);
        if (text === undefined) throw typeError(notText(index, piece));
        return text;
      })
      .join('');
  }

  /** The pieces of a native render. */
  get pieces(): readonly Value[] {
    return this.#pieces ?? [this.#text];
  }
}

function notText(index: number, value: Value): string {
  return `sequence item ${index}: expected str instance, ${typeName(value)} found`;
}

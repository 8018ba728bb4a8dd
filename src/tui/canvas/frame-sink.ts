/**
 * Stands where Ink expects the terminal: hears whole frames, has a size, and writes nothing anywhere.
 */
import { Writable } from 'node:stream';

export class FrameSink extends Writable {
  columns: number;
  rows: number;
  readonly isTTY = true;
  readonly #onFrame: (frame: string) => void;

  constructor(
    size: { readonly columns: number; readonly rows: number },
    onFrame: (frame: string) => void,
  ) {
    super({ decodeStrings: false });
    this.columns = size.columns;
    this.rows = size.rows;
    this.#onFrame = onFrame;
  }

  /** Tells Ink that the terminal has another size. */
  resize(size: { readonly columns: number; readonly rows: number }): void {
    this.columns = size.columns;
    this.rows = size.rows;
    this.emit('resize');
  }

  override _write(chunk: unknown, _encoding: BufferEncoding, done: () => void): void {
    if (typeof chunk === 'string' && chunk !== '') this.#onFrame(chunk);
    done();
  }
}

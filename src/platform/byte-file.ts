/**
 * A file that is open to be copied from, range by range.
 */
import { closeSync, openSync, readSync } from 'node:fs';

const PIECE_BYTES = 1 << 20;

/** An open file. What another process puts in its place is not seen. */
export class ByteFile {
  readonly #handle: number;

  /** @throws Error if it cannot be opened. */
  constructor(file: string) {
    this.#handle = openSync(file, 'r');
  }

  /** The bytes of a range, at the most a megabyte at a time, each piece in the place of the one before. @throws Error if the file ends before. */
  *pieces(offset: number, length: number): Generator<Uint8Array> {
    const bytes = Buffer.allocUnsafe(Math.min(PIECE_BYTES, length));
    for (let at = 0; at < length;) {
      const wanted = Math.min(bytes.length, length - at);
      const read = readSync(this.#handle, bytes, 0, wanted, offset + at);
      if (read === 0) throw new Error('the file ends before the range');
      yield bytes.subarray(0, read);
      at += read;
    }
  }

  close(): void {
    closeSync(this.#handle);
  }
}

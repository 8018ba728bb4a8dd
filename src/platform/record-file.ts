/**
 * A file of records that are read one by one, each with a checksum: nothing is read before it is asked for.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** Where a record is: its first byte, its length in bytes, and the CRC-32 of its bytes. */
export type RecordPlace = readonly [offset: number, length: number, checksum: number];

/** CRC-32 of bytes, as an unsigned integer. */
export function checksumOf(bytes: Uint8Array | string): number {
  return crc32(bytes);
}

const BLOCK_BYTES = 1 << 16;
const MAX_BLOCKS = 64;

const openFiles = new FinalizationRegistry((handle: number) => closeSync(handle));

/** An open file; closed when nothing refers to it any more. What another process puts in its place is not seen. */
export class RecordFile {
  readonly #handle: number;
  readonly #blocks = new Map<number, Buffer>();

  /** @throws Error if the file cannot be opened or has not the size that is expected. */
  constructor(file: string, sizeBytes: number) {
    this.#handle = openSync(file, 'r');
    openFiles.register(this, this.#handle);
    if (fstatSync(this.#handle).size !== sizeBytes) throw new Error(`${file} has another size.`);
  }

  /** The text of a record. @throws Error if it is not what was written. */
  read([offset, length, checksum]: RecordPlace): string {
    const number = Math.floor(offset / BLOCK_BYTES);
    const start = offset - number * BLOCK_BYTES;
    const bytes =
      start + length <= BLOCK_BYTES
        ? this.#block(number).subarray(start, start + length)
        : this.#bytes(offset, length);
    if (bytes.length !== length || crc32(bytes) !== checksum)
      throw new Error('a record is damaged');
    return bytes.toString('utf8');
  }

  /** A part of the file that starts at a multiple of its length: neighbours are mostly read after each other. */
  #block(number: number): Buffer {
    let block = this.#blocks.get(number);
    if (block === undefined) {
      block = this.#bytes(number * BLOCK_BYTES, BLOCK_BYTES);
      const [oldest] = this.#blocks.keys();
      if (this.#blocks.size >= MAX_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest);
      this.#blocks.set(number, block);
    }
    return block;
  }

  #bytes(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(this.#handle, bytes, 0, length, offset));
  }
}

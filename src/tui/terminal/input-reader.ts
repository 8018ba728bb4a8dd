/**
 * Reads the terminal's input stream: raw mode, the wait that tells a lone ESC from a sequence, nothing left behind.
 */
import { decodeInput } from './decode-input.js';
import type { InputEvent } from './input-event.js';

/** What we need of `process.stdin`. */
export interface InputStream {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  setEncoding(encoding: 'utf8'): unknown;
  on(event: 'data', listener: (chunk: string) => void): unknown;
  off(event: 'data', listener: (chunk: string) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  off(event: 'end', listener: () => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

// A paste that never ends must not swallow keys for ever.
const MAX_PENDING = 4 * 1024 * 1024;
// A sequence arrives in one piece on any link that can be typed on; longer would be felt as lag of Esc.
const ESCAPE_WAIT_MS = 25;

/**
 * Starts reading.
 *
 * @param onEnd called once if the stream ends: the terminal is gone.
 * @returns stops reading and leaves raw mode. Safe to call twice.
 */
export function readInput(
  stream: InputStream,
  onEvent: (event: InputEvent) => void,
  onEnd: () => void,
): () => void {
  let rest = '';
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;

  const take = (text: string, isFinal: boolean): void => {
    const decoded = decodeInput(rest + text, isFinal);
    rest = decoded.rest.length > MAX_PENDING ? '' : decoded.rest;
    for (const event of decoded.events) if (!isStopped) onEvent(event);
  };
  const onData = (chunk: string): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    take(chunk, false);
    if (rest === '' || isStopped) return;
    timer = setTimeout(() => {
      timer = null;
      take('', true);
    }, ESCAPE_WAIT_MS);
  };

  stream.setEncoding('utf8');
  if (stream.isTTY === true) stream.setRawMode?.(true);
  stream.on('data', onData);
  stream.on('end', onEnd);
  stream.resume();

  return () => {
    if (isStopped) return;
    isStopped = true;
    if (timer !== null) clearTimeout(timer);
    stream.off('data', onData);
    stream.off('end', onEnd);
    if (stream.isTTY === true) stream.setRawMode?.(false);
    stream.pause();
  };
}

/**
 * Where commands read and write: results to stdout, everything else to stderr.
 */
import { displayOutput, hidingSecrets } from '../base/index.js';
import type { Warehouse } from '../warehouse/index.js';
import { type Style, styleOf } from './style.js';

export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly style: Style;
  readonly errorStyle: Style;
  /** Aborted when nobody reads the results any more. */
  readonly unread?: AbortSignal;
  /** Opens the warehouse of every command, instead of what its target names. */
  readonly openWarehouse?: () => Promise<Warehouse>;
  /** Writes a line of a result. */
  print(text: string): void;
  /** Writes a line beside the result. */
  note(text: string): void;
}

export function processIo(): Io {
  const { stdin, stdout, stderr } = process;
  const env = { ...process.env };
  const hide = hidingSecrets(env);
  const shown = stdout.isTTY ? displayOutput : (text: string): string => text;
  const unread = new AbortController();
  // A reader that went away (`| head -1`) is no error of ours; what runs for it is ended.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') unread.abort();
  });
  return {
    stdin,
    stdout,
    stderr,
    env,
    unread: unread.signal,
    cwd: process.cwd(),
    style: styleOf(stdout, env),
    errorStyle: styleOf(stderr, env),
    print: (text) => void stdout.write(`${shown(hide(text))}\n`),
    note: (text) => void stderr.write(`${hide(text)}\n`),
  };
}

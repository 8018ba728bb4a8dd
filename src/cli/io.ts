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
  // A reader that went away (`| head -1`) is no error of ours.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
  return {
    stdin,
    stdout,
    stderr,
    env,
    cwd: process.cwd(),
    style: styleOf(stdout, env),
    errorStyle: styleOf(stderr, env),
    print: (text) => void stdout.write(`${shown(hide(text))}\n`),
    note: (text) => void stderr.write(`${hide(text)}\n`),
  };
}

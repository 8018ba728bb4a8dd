/** Runs `docs generate` as the command line does, and takes its page apart. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocsFlags, docsCommand } from '../../src/cli/commands/docs.js';
import type { Io } from '../../src/cli/io.js';
import { styleOf } from '../../src/cli/style.js';
import { scriptsOf } from './html-tags.js';

export interface Outcome {
  readonly exitCode: number;
  readonly printed: readonly string[];
  readonly notes: readonly string[];
}

export async function generate(dir: string, flags: DocsFlags = {}): Promise<Outcome> {
  const printed: string[] = [];
  const notes: string[] = [];
  const { stdin, stdout, stderr } = process;
  const io: Io = {
    stdin,
    stdout,
    stderr,
    env: { NO_COLOR: '1' },
    cwd: dir,
    style: styleOf({}, {}),
    errorStyle: styleOf({}, {}),
    print: (text) => void printed.push(text),
    note: (text) => void notes.push(text),
  };
  return { exitCode: await docsCommand(io, { projectDir: dir, ...flags }), printed, notes };
}

export function read(dir: string, path: string): string {
  return readFileSync(join(dir, path), 'utf8');
}

/** Pages by unique_id. */
export function pagesOf(html: string): ReadonlyMap<string, string> {
  return new Map(
    scriptsOf(html)
      .filter(({ type }) => type === 'text/plain')
      .map(({ attributes, text }) => [attributes.get('data-page') ?? '', text]),
  );
}

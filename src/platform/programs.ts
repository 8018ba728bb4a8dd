/**
 * Other programs, run to their end: git, where a project asks for what lies in a repository; the user's editor.
 */
import { spawn, spawnSync } from 'node:child_process';
import { DagbookError } from '../base/index.js';
import type { Environment } from './env.js';

const MAX_OUTPUT_BYTES = 1024 * 1024 * 1024;

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: Environment;
  /** Milliseconds after which it is ended. */
  readonly timeoutMs: number;
}

/**
 * Runs a program without a shell and without a terminal to ask at.
 *
 * @returns what it wrote to stdout.
 * @throws DagbookError program/missing, program/timeout, or program/failed with the last line that it wrote to stderr.
 */
export function runProgram(
  name: string,
  args: readonly string[],
  { cwd, env, timeoutMs }: ProgramOptions,
): Uint8Array {
  const done = spawnSync(name, [...args], {
    cwd,
    env: { ...env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  const code = done.error !== undefined && 'code' in done.error ? done.error.code : undefined;
  if (code === 'ENOENT') {
    throw new DagbookError('program/missing', `${name} is not installed, or not on the PATH.`, {
      cause: done.error,
      exitCode: 2,
    });
  }
  if (code === 'ETIMEDOUT') {
    throw new DagbookError(
      'program/timeout',
      `${name} ${args[0] ?? ''} did not end within ${Math.round(timeoutMs / 1000)} s.`,
      { cause: done.error, exitCode: 2 },
    );
  }
  if (done.error !== undefined || done.status !== 0) {
    const said = new TextDecoder().decode(done.stderr).trim().split('\n').at(-1) ?? '';
    throw new DagbookError(
      'program/failed',
      `${name} ${args[0] ?? ''} failed: ${said === '' ? (done.error?.message ?? `exit ${String(done.status)}`) : said}`,
      { cause: done.error, exitCode: 2 },
    );
  }
  return done.stdout;
}

/**
 * Lends the terminal to a program until it ends.
 *
 * @returns its exit code; 1 if a signal ended it.
 * @throws DagbookError program/missing; program/failed if it cannot be started.
 */
export async function runOnTerminal(
  name: string,
  args: readonly string[],
  { cwd, env }: Omit<ProgramOptions, 'timeoutMs'>,
): Promise<number> {
  return await new Promise((resolve, reject) => {
    const child = spawn(name, [...args], { cwd, env: { ...env }, stdio: 'inherit' });
    child.once('error', (error) => {
      const isMissing = 'code' in error && error.code === 'ENOENT';
      const message = isMissing
        ? `${name} is not installed, or not on the PATH.`
        : `${name} cannot be started: ${error.message}`;
      const code = isMissing ? 'program/missing' : 'program/failed';
      reject(new DagbookError(code, message, { cause: error, exitCode: 2 }));
    });
    child.once('exit', (exitCode) => resolve(exitCode ?? 1));
  });
}

/** Whether a process of this machine still runs. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Somebody else's process runs, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The id of this process. */
export function ownProcessId(): number {
  return process.pid;
}

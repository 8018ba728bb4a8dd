/**
 * A small project whose target is the protocol server, and the built program run on it as a process that can be killed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from './project-copy.js';
import { type Ended, writeFiles } from './run-program.js';
import type { SnowflakeServer } from './snowflake-server/server.js';

const PROGRAM = join(process.cwd(), 'dist', 'dagbook.js');

export interface WireProjectOptions {
  readonly server: SnowflakeServer;
  /** Files by their paths; models and whatever else. */
  readonly files: Readonly<Record<string, string>>;
  readonly threads?: number;
  /** More fields of the target. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Writes the project; its targets `dev` and `prod` are the same place. */
export function wireProject({
  server,
  files,
  threads = 1,
  fields = {},
}: WireProjectOptions): ProjectCopy {
  const copy = emptyFolder();
  const output = { ...server.fields, database: 'DB', schema: 'DEV', threads, ...fields };
  writeFiles(copy.dir, {
    'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\n",
    'profiles.yml': JSON.stringify({
      shop: { target: 'dev', outputs: { dev: output, prod: output } },
    }),
    ...files,
  });
  return copy;
}

export function wireSession(projectDir: string): ProjectSession {
  return openSession({ projectDir }, { env: {} });
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended & { readonly signal: NodeJS.Signals | null }>;
  /** What it has written to stderr so far. */
  stderr(): string;
}

/** Starts the program, as its own process without the launcher's. */
export function startProgram(args: readonly string[], cwd: string): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended & { readonly signal: NodeJS.Signals | null }>(
    (resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr }));
    },
  );
  return { child, ended, stderr: () => stderr };
}

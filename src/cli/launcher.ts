#!/usr/bin/env node
/**
 * What the bin starts: finds a Node that is new enough, then the program.
 *
 * Must stay readable by old versions of Node, and must import nothing of ours.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = [22, 12] as const;

/** Whether a version such as `v20.20.2` is new enough. */
function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** A newer Node that npm has put beside the program or above it. */
function newerNode(): string | undefined {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', 'node', 'bin', name);
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

function startWith(node: string): never {
  const started = spawnSync(node, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, DAGBOOK_RELAUNCHED: '1' },
  });
  if (started.signal !== null) process.kill(process.pid, started.signal);
  process.exit(started.status ?? 2);
}

if (isNewEnough(process.version)) {
  module.enableCompileCache?.();
  const program = './main.js';
  await import(program);
} else {
  const node = process.env['DAGBOOK_RELAUNCHED'] === '1' ? undefined : newerNode();
  if (node !== undefined) startWith(node);
  process.stderr.write(
    `dagbook needs Node ${NEEDED.join('.')} or newer; this is Node ${process.version}.\n` +
      'Install a newer Node (https://nodejs.org), then start dagbook again.\n',
  );
  process.exit(2);
}

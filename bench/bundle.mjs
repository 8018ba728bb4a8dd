/**
 * Makes one of the TypeScript entries beside this file runnable.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** @param name of the entry without `.ts`. @returns the path of a module, which is removed when the process ends. */
export async function bundle(name) {
  const folder = join(root, 'node_modules', '.cache', `bench-${process.pid}`);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(root, 'bench', `${name}.ts`)],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
    outdir: folder,
  });
  return join(folder, `${name}.js`);
}

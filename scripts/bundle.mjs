/**
 * Makes TypeScript that scripts and benches run runnable.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param url of a `.ts` file.
 * @returns the path of a module, inside of the package so that what is not bundled is found; removed when the process ends.
 */
export async function bundle(url) {
  const path = fileURLToPath(url);
  const folder = join(root, 'node_modules', '.cache', `bundle-${process.pid}`);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [path],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
    outdir: folder,
  });
  return join(folder, `${basename(path, '.ts')}.js`);
}

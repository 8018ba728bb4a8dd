/**
 * Builds `dist/`: a launcher that any Node can read, and the program as one split bundle.
 *
 * Natives stay outside of the bundle; everything else is in it, so that a start reads a handful of files.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** ink asks for this only in development, which the bundle never is. */
const withoutDevtools = {
  name: 'without-devtools',
  setup(builder) {
    builder.onResolve({ filter: /^react-devtools-core$/ }, () => ({
      path: 'empty',
      namespace: 'empty',
    }));
    builder.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({
      contents: 'export default {};',
    }));
  },
};

/** A hash of the source: what an older program kept is not taken for what this one would have made. */
function sourceHash() {
  const hash = createHash('sha256');
  for (const path of readdirSync('src', { recursive: true }).toSorted((a, b) => (a < b ? -1 : 1))) {
    if (/\.tsx?$/u.test(path)) hash.update(`${path}\n`).update(readFileSync(join('src', path)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Built aside and put in place at the end, so that a failed build leaves the last good one. */
const draft = `dist.${process.pid}`;

const shared = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  outdir: draft,
  logLevel: 'warning',
  legalComments: 'none',
  sourcemap: false,
};

process.on('exit', () => rmSync(draft, { recursive: true, force: true }));
await build({
  ...shared,
  entryPoints: { dagbook: 'src/cli/launcher.ts' },
  external: ['./main.js'],
  target: 'node16',
});
const result = await build({
  ...shared,
  entryPoints: {
    main: 'src/cli/main.ts',
    'snowflake-driver': 'src/warehouse/snowflake/host/driver-worker.ts',
  },
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  target: 'node22',
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    DAGBOOK_BUILD: JSON.stringify(sourceHash()),
  },
  external: ['@duckdb/node-api', 'snowflake-sdk'],
  plugins: [withoutDevtools],
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
});
// What went into which file: a test reads it to know what a command loads.
writeFileSync(
  `${draft}/meta.json`,
  JSON.stringify(result.metafile).replaceAll(`"${draft}/`, '"dist/'),
);
rmSync('dist', { recursive: true, force: true });
renameSync(draft, 'dist');

/**
 * Compares our column lineage with sqlglot's, over every model of a project.
 *
 * usage: judge-lineage.mjs PYTHON PROJECT_DIR ... [--show N] [--catalog]
 *
 * PYTHON is one that has sqlglot. Models are compiled with no warehouse, or with --catalog in the project's own target, which is
 * also asked for the columns of sources. Both are told the same columns of the same tables. A
 * column is equal if both say it comes from the same columns of the same tables.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    show: { type: 'string', default: '10' },
    catalog: { type: 'boolean', default: false },
  },
});
const [python, ...projects] = positionals;
if (python === undefined || projects.length === 0) {
  console.error('usage: npm run -s judge:lineage -- PYTHON PROJECT_DIR ... [--show N]');
  process.exit(2);
}

const { dump } = await import(
  pathToFileURL(await bundle(new URL('../test/lineage-judge/dump.ts', import.meta.url))).href
);

const judge = fileURLToPath(new URL('judge-lineage.py', import.meta.url));
const env = { ...process.env, TZ: 'UTC', DAGBOOK_NOW: '2026-01-15T12:00:00Z' };
for (const projectDir of projects) {
  const profilesDir = join(projectDir, '.profiles');
  const models = await dump({
    projectDir,
    env,
    asksWarehouse: options.catalog,
    ...(existsSync(profilesDir) ? { profilesDir } : {}),
  });
  const times = models.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const input = models.map((model) => JSON.stringify(model)).join('\n');
  const { stdout, stderr, status } = spawnSync(python, [judge, options.show], {
    input,
    env: { ...process.env, PYTHONHASHSEED: '0' },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  console.log(`${basename(projectDir)}: ${models.length} models`);
  console.log(stdout.trimEnd());
  if (status !== 0) console.error(stderr);
  const at = (share) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1);
  console.log(`  ours, ms a model: p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)}\n`);
}

/**
 * Holds projects against recordings of real dbt: what they parse to, what they compile to, what selectors select.
 *
 * usage: parity.mjs PROJECT_DIR GOLDEN.jsonl.gz [--profiles-dir DIR] [--show N] [--now MOMENT] [--out DIR]
 *        parity.mjs FOLDER_OF_PROJECTS FOLDER_OF_GOLDENS [--markdown FILE]
 *
 * Compiles with no warehouse and the recording's clock. The profile is in DIR, else in the project's `.profiles` or the
 * project. `--out` writes compiled SQL, one file a node; `--markdown` puts the table between the marks in FILE. The last
 * line counts nodes by their compiled SQL: `N passed, M failed`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { bundle } from './bundle.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'profiles-dir': { type: 'string' },
    show: { type: 'string', default: '5' },
    now: { type: 'string', default: '2026-01-15T12:00:00Z' },
    out: { type: 'string' },
    markdown: { type: 'string' },
  },
});
const [project, golden] = positionals;
if (project === undefined || golden === undefined) {
  console.error(
    'usage: npm run -s parity -- PROJECT_DIR GOLDEN.jsonl.gz [--profiles-dir DIR] [--show N] [--out DIR]',
  );
  process.exit(2);
}

const { measure, normalized, printAspect, readGolden, score } = await import(
  pathToFileURL(await bundle(new URL('../test/parity/measure.ts', import.meta.url))).href
);

const SUFFIX = '.jsonl.gz';
const pairs = statSync(golden).isDirectory()
  ? readdirSync(golden)
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => ({
        projectDir: join(project, name.slice(0, -SUFFIX.length)),
        file: join(golden, name),
      }))
      .filter(({ projectDir }) => existsSync(projectDir))
  : [{ projectDir: project, file: golden }];

const env = { ...process.env, TZ: 'UTC', DAGBOOK_NOW: options.now };
const rows = [];
let passed = 0;
let failed = 0;
for (const { projectDir, file } of pairs) {
  const recorded = readGolden(gunzipSync(readFileSync(file)).toString('utf8').split('\n'));
  const ownProfiles = join(projectDir, '.profiles');
  const profilesDir =
    options['profiles-dir'] ?? (existsSync(ownProfiles) ? ownProfiles : undefined);
  const measured = await measure(
    { projectDir, env, ...(profilesDir === undefined ? {} : { profilesDir }) },
    recorded.selections.map(({ args }) => args),
  );
  const aspects = score(recorded, measured.facts);
  if (pairs.length > 1) console.log(`\n== ${basename(projectDir)}`);
  for (const aspect of aspects) console.log(printAspect(aspect, Number(options.show)));
  const exact = aspects.find(({ name }) => name === 'compiled.exact');
  for (const id of exact.wrong) {
    const why = measured.failures.get(id);
    if (why !== undefined) console.log(`\n${id} does not compile:\n${why}`);
  }
  passed += exact.compared - exact.wrong.length;
  failed += exact.wrong.length;
  rows.push({ name: basename(projectDir), aspects });
  if (options.out !== undefined) writeCompiled(measured, options.out);
}
if (options.markdown !== undefined) writeTable(options.markdown, rows);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function writeCompiled({ compiled, manifest }, folder) {
  mkdirSync(folder, { recursive: true });
  for (const [id, sql] of compiled) {
    writeFileSync(
      join(folder, `${id.slice(0, 200)}.sql`),
      normalized(sql, manifest.metadata.invocation_id),
    );
  }
}

/** Replaces what stands between the marks. */
function writeTable(file, measured) {
  const names = measured[0].aspects.map(({ name }) => name);
  const table = [
    `| aspect | ${measured.map(({ name }) => name).join(' | ')} |`,
    `|---|${measured.map(() => '---:').join('|')}|`,
    ...names.map((name) => {
      const cells = measured.map(({ aspects }) => {
        const { compared, wrong } = aspects.find((one) => one.name === name);
        return `${compared - wrong.length}/${compared}`;
      });
      return `| ${name} | ${cells.join(' | ')} |`;
    }),
  ].join('\n');
  const [start, end] = ['<!-- parity:start -->', '<!-- parity:end -->'];
  const text = readFileSync(file, 'utf8');
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf(end);
  if (from < start.length || to < from) throw new Error(`${file} has no ${start} and ${end}`);
  writeFileSync(file, `${text.slice(0, from)}\n\n${table}\n\n${text.slice(to)}`);
}

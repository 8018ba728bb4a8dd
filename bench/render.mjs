/**
 * Time of one render of a compiled template, over the models of the bundled project, beside Jinja2 in dbt's environment.
 *
 * usage: node bench/render.mjs [PYTHON]     PYTHON belongs to an environment with dbt-core
 *
 * Prints medians of CPU microseconds a model. Fails if the two do not render the same text.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROUNDS = 400;
const PEER = `
import json, sys, time
import dbt_common.clients.jinja as J
ctx = {"ref": lambda *a, **k: "REF_" + "_".join(map(str, a)), "source": lambda *a: "SRC_" + "_".join(map(str, a)),
  "var": lambda name, default="v": default, "config": lambda **k: "", "is_incremental": lambda: True,
  "this": "db.schema.this", "execute": True}
env = J.get_environment(None, capture_macros=True)
rounds, out = int(sys.argv[2]), []
for source in json.load(open(sys.argv[1])):
    template = env.from_string(source)
    started = time.process_time()
    for _ in range(rounds): text = template.render(ctx)
    out.append({"text": text, "microseconds": (time.process_time() - started) / rounds * 1e6})
print(json.dumps(out))
`;

const [python] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'dagbook-render-'));
const outfile = join(folder, 'entry.mjs');
await build({
  entryPoints: [fileURLToPath(new URL('render-entry.ts', import.meta.url))],
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'error',
  outfile,
});
const { timed } = await import(outfile);

const root = fileURLToPath(new URL('../models', import.meta.url));
const texts = readdirSync(root, { recursive: true })
  .filter((path) => path.endsWith('.sql'))
  .map((path) => readFileSync(join(root, path), 'utf8').trim())
  // Models that call the project's own macros need more than a template.
  .filter((text) => !/\{[{%][^}]*\b(?:hash_pii|ai_|telemetry_|incident_)\w*\(/u.test(text));
const ours = timed(texts, ROUNDS);
const report = (name, rows) => {
  const sorted = rows.map((row) => row.microseconds).toSorted((left, right) => left - right);
  const at = (share) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  console.log(`${name.padEnd(10)} median ${at(0.5)} us   p90 ${at(0.9)} us   max ${at(1)} us`);
  return Number(at(0.5));
};
console.log(`${texts.length} models, ${ROUNDS} renders each, load ${loadavg()[0]?.toFixed(1)}`);
const median = report('dagbook', ours);
if (python !== undefined) {
  const input = join(folder, 'texts.json');
  writeFileSync(input, JSON.stringify(texts));
  const theirs = JSON.parse(
    execFileSync(python, ['-c', PEER, input, String(ROUNDS)], { encoding: 'utf8', maxBuffer: 1e9 }),
  );
  const peer = report('Jinja2', theirs);
  console.log(`ratio ${(peer / median).toFixed(1)}`);
  const differing = ours.filter((row, index) => row.text !== theirs[index]?.text).length;
  console.log(`${ours.length - differing} of ${ours.length} texts equal`);
  if (differing > 0) process.exitCode = 1;
}
rmSync(folder, { recursive: true });

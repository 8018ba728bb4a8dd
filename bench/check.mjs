/**
 * Holds what a side found against what the project's generator says must be there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Compares target/manifest.json with expected.json: every model's parents, materialization and path.
 *
 * @throws Error if a model is missing or read wrongly.
 */
export function checkManifest(side, project, expected) {
  const { nodes } = JSON.parse(readFileSync(join(project, 'target', 'manifest.json'), 'utf8'));
  const faults = models(expected)
    .filter(([id, { parents, materialized, path }]) => {
      const node = nodes[id];
      if (node === undefined) return true;
      const found = [...new Set(node.depends_on.nodes)].toSorted(byCodePoint);
      return (
        JSON.stringify(found) !== JSON.stringify([...parents].toSorted(byCodePoint)) ||
        node.config.materialized !== materialized ||
        node.original_file_path !== path
      );
    })
    .map(([id]) => id);
  if (faults.length > 0)
    throw new Error(`${side} read ${faults.length} models wrongly, ${faults[0]} first.`);
}

/** Every model must be among the lines that `ls` printed. @throws Error if one is not. */
export function checkList(side, stdout, expected) {
  const names = new Set(stdout.split('\n').map((line) => line.trim().split('.').at(-1)));
  const missing = models(expected)
    .map(([id]) => id.split('.').at(-1))
    .filter((name) => !names.has(name));
  if (missing.length > 0)
    throw new Error(`${side} did not list ${missing.length} models, ${missing[0]} first.`);
}

function models(expected) {
  return Object.entries(expected.nodes).filter(([id]) => id.startsWith('model.'));
}

function byCodePoint(left, right) {
  return left < right ? -1 : Number(left > right);
}

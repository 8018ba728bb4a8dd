/**
 * `ls`: the nodes that a selection means.
 */
import { display, displayLines, formatDiagnostic, type NodeId } from '../../base/index.js';
import { nodeDict } from '../../compile/index.js';
import type { Manifest, ManifestNode } from '../../manifest/index.js';
import type { Io } from '../io.js';
import {
  type OutputFlags,
  type ProjectFlags,
  type SelectionFlags,
  selectionOf,
} from '../options.js';
import { withSession } from '../with-session.js';

export type LsFlags = ProjectFlags &
  SelectionFlags &
  OutputFlags & { readonly outputKeys?: readonly string[] };

const DEFAULT_KEYS = [
  'alias',
  'name',
  'package_name',
  'depends_on',
  'tags',
  'config',
  'resource_type',
  'source_name',
  'original_file_path',
  'unique_id',
];

export async function lsCommand(io: Io, flags: LsFlags): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: false }, ({ session }) => {
    const { ids, warnings } = session.select({ ...selectionOf(flags), command: 'ls' });
    for (const warning of warnings)
      io.note(io.errorStyle.yellow(displayLines(formatDiagnostic(warning))));
    const nodes = nodesOf(session.manifest, ids);
    if (nodes.length === 0) io.note(io.errorStyle.yellow('No nodes selected!'));
    else
      io.print(
        nodes
          .map((node) => lineOf(node, flags))
          .toSorted()
          .join('\n'),
      );
    // What could be read is listed; what could not has been told, and makes the command fail.
    const isClean = session.diagnostics.every((one) => one.severity !== 'error');
    return Promise.resolve(isClean ? 0 : 1);
  });
}

function nodesOf(manifest: Manifest, ids: readonly NodeId[]): readonly ManifestNode[] {
  return ids.flatMap((id) => manifest.nodes.get(id) ?? []);
}

function lineOf(node: ManifestNode, flags: LsFlags): string {
  switch (flags.output) {
    case 'name':
      return display(node.name);
    case 'path':
      return display(node.originalFilePath);
    case 'json': {
      const dict = nodeDict(node);
      const keys = flags.outputKeys ?? DEFAULT_KEYS;
      return JSON.stringify(
        Object.fromEntries(keys.filter((key) => key in dict).map((key) => [key, dict[key]])),
      );
    }
    default:
      return display(selectorText(node));
  }
}

/** What dbt prints: the fqn, with the kind in front where it is not a model, seed, snapshot or test. */
function selectorText(node: ManifestNode): string {
  const fqn = node.fqn.join('.');
  switch (node.resourceType) {
    case 'source':
      return `source:${node.packageName}.${node.sourceName}.${node.name}`;
    case 'exposure':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
      return `${node.resourceType}:${node.packageName}.${node.name}`;
    case 'unit_test':
      return `unit_test:${node.packageName}.${node.name}`;
    default:
      return fqn;
  }
}

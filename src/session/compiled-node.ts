import { type NodeId, nodeId, toDiagnostic } from '../base/index.js';
import type { ManifestNode } from '../manifest/index.js';
import type { CompiledNode } from './api.js';

/** The id of what was typed, not written in a file. */
const INLINE = nodeId('sql_operation.inline');

/** A node that compiled. */
export function compiledNode(id: NodeId | null, sql: string): CompiledNode {
  return { nodeId: id ?? INLINE, compiledSql: sql, diagnostics: [] };
}

/** A node that did not compile, with the place in its file where the error does not know a better one. */
export function compileFailure(error: unknown, node: ManifestNode | null): CompiledNode {
  const id = node?.id ?? INLINE;
  const found = toDiagnostic(error, 'compile/failed', id);
  const position =
    found.position ??
    (node === null ? undefined : { file: node.originalFilePath, line: 1, column: 1 });
  return {
    nodeId: id,
    compiledSql: null,
    diagnostics: [position === undefined ? found : { ...found, position }],
  };
}

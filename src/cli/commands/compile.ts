/**
 * `parse` and `compile`.
 */
import { displayLines, formatDiagnostic, type NodeId } from '../../base/index.js';
import type { Io } from '../io.js';
import {
  type OutputFlags,
  type ProjectFlags,
  type SelectionFlags,
  selectionOf,
} from '../options.js';
import { withSession } from '../with-session.js';

export type CompileFlags = ProjectFlags &
  SelectionFlags &
  OutputFlags & { readonly inline?: string };

export async function parseCommand(io: Io, flags: ProjectFlags): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: false }, ({ session }) => {
    const errors = session.diagnostics.filter((one) => one.severity === 'error');
    if (errors.length === 0) session.writeParsedManifest();
    io.note(`${session.manifest.nodes.size} nodes parsed, ${errors.length} errors.`);
    return Promise.resolve(errors.length === 0 ? 0 : 1);
  });
}

/** Compiles a selection; goes on past what does not compile, and prints the SQL of a single node. */
export async function compileCommand(io: Io, flags: CompileFlags): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: false }, async ({ session, signal }) => {
    if (flags.inline !== undefined) {
      const inline = await session.compileInline(flags.inline, { signal });
      for (const diagnostic of inline.diagnostics)
        io.note(io.errorStyle.red(displayLines(formatDiagnostic(diagnostic))));
      if (inline.compiledSql !== null) io.print(displayLines(inline.compiledSql));
      return inline.compiledSql === null ? 1 : 0;
    }
    const { ids, warnings } = session.select({ ...selectionOf(flags), command: 'compile' });
    for (const warning of warnings)
      io.note(io.errorStyle.yellow(displayLines(formatDiagnostic(warning))));
    const compiled = new Map<NodeId, string>();
    let failed = 0;
    for (const id of session.inOrder(ids)) {
      const result = await session.compile(id, { signal, selected: ids });
      if (result.compiledSql === null) {
        failed += 1;
        for (const one of result.diagnostics)
          io.note(io.errorStyle.red(displayLines(formatDiagnostic(one))));
      } else {
        compiled.set(id, result.compiledSql);
        if (flags.output === 'json') {
          const name = session.manifest.nodes.get(id)?.name ?? id;
          io.print(JSON.stringify({ node: name, unique_id: id, compiled: result.compiledSql }));
        }
      }
    }
    session.writeManifest(compiled);
    const only = ids.length === 1 ? ids[0] : undefined;
    const sql = only === undefined ? undefined : compiled.get(only);
    if (sql !== undefined && flags.output !== 'json') io.print(displayLines(sql));
    else
      io.note(`${compiled.size} nodes compiled, ${failed} failed. The SQL is in target/compiled.`);
    return failed === 0 ? 0 : 1;
  });
}

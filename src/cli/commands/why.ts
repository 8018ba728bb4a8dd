/**
 * `why`: what `build --reuse` would build, and why, and what it would leave as it is.
 */
import { display, displayLines, formatDiagnostic } from '../../base/index.js';
import { reasonText } from '../../run/index.js';
import type { BuildVerdict } from '../../session/index.js';
import type { Io } from '../io.js';
import {
  type OutputFlags,
  type ProjectFlags,
  type RunFlags,
  runRequest,
  type SelectionFlags,
} from '../options.js';
import { withSession } from '../with-session.js';

export type WhyFlags = ProjectFlags & SelectionFlags & RunFlags & OutputFlags;

/** @param specs nodes, in dbt's selection syntax. */
export async function whyCommand(
  io: Io,
  specs: readonly string[],
  flags: WhyFlags,
): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: true }, async ({ session, signal }) => {
    const select = [...specs, ...(flags.select ?? [])];
    const asked = runRequest('build', flags);
    // A name means that node; its tests are asked for with `+` or by `--indirect-selection`.
    const request = {
      indirectSelection: 'empty',
      ...asked,
      ...(select.length === 0 ? {} : { select }),
    } as const;
    const { ids, warnings } = session.select(request);
    for (const warning of warnings)
      io.note(io.errorStyle.yellow(displayLines(formatDiagnostic(warning))));
    const verdicts = await session.explain(request, { signal });
    if (flags.output === 'json') io.print(JSON.stringify(verdicts));
    else for (const verdict of verdicts) printVerdict(verdict, io);
    if (verdicts.length === 0) {
      const why =
        ids.length === 0
          ? 'Check the selection with `dagbook ls`.'
          : 'What is selected is not built.';
      io.note(io.errorStyle.yellow(`Nothing to tell. ${why}`));
    }
    return 0;
  });
}

function printVerdict({ nodeId, reasons, builtAtMs }: BuildVerdict, io: Io): void {
  const { style } = io;
  const when = builtAtMs === null ? '' : style.dim(`  built ${new Date(builtAtMs).toISOString()}`);
  const verdict = reasons.length === 0 ? style.green('would be reused') : style.yellow('would run');
  io.print(`${style.bold(display(nodeId))}  ${verdict}${when}`);
  if (reasons.length === 0) io.print('  nothing that it is made of has changed');
  for (const reason of reasons) io.print(`  ${display(reasonText(reason))}`);
}

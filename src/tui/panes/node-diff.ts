/**
 * What is compiled now against what the relation was last built from.
 */
import {
  type DiffLine,
  diffLines,
  type SkippedLines,
  withContext,
  type Workbench,
} from '../../workbench/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import { BLANK, piece, type Row, row, wrapped } from './rows.js';
import { agoText, plural } from './words.js';

const CONTEXT = 4;
const LOOKS = {
  same: { sign: ' ', token: 'muted' },
  removed: { sign: '-', token: 'fail' },
  added: { sign: '+', token: 'ok' },
} as const;

export function diffRows(
  workbench: Workbench,
  node: ManifestNode,
  now: string,
  width: number,
): readonly Row[] {
  const { builtSql } = workbench.store.get().node;
  if (builtSql === null) {
    return wrapped(
      'What it was built from is not known here: nothing has built it in this target since this was kept. r runs it.',
      width,
      'muted',
    );
  }
  const lines = linesOf(builtSql, now);
  const when = builtWhen(workbench, node);
  const count = (kind: DiffLine['kind']): number =>
    lines.filter((line) => line.kind === kind).length;
  const [added, removed] = [count('added'), count('removed')];
  if (added + removed === 0) {
    return wrapped(`What is compiled now is what was built last${when}.`, width, 'ok');
  }
  const digits = String(lines.length).length;
  return [
    [
      piece(`+${added}`, 'ok'),
      piece(' '),
      piece(`-${removed}`, 'fail'),
      piece(`  of what was built last${when}`, 'muted'),
    ],
    BLANK,
    ...withContext(lines, CONTEXT).map((line) => lineRow(line, digits)),
  ];
}

/** A line of a comparison with its sign, without its number. */
export function changedLine(line: DiffLine | SkippedLines): Row {
  if (line.kind === 'skipped') return row(`·· ${plural(line.count, 'line')} the same`, 'muted');
  const { sign, token } = LOOKS[line.kind];
  return row(
    `${sign} ${line.text.replaceAll('\t', '    ')}`,
    line.kind === 'same' ? 'text' : token,
  );
}

function lineRow(line: DiffLine | SkippedLines, digits: number): Row {
  if (line.kind === 'skipped') {
    return row(`${'·'.repeat(digits)}  ${plural(line.count, 'line')} the same`, 'muted');
  }
  const number = String(line.after ?? line.before ?? '').padStart(digits);
  return [piece(`${number} `, 'muted'), ...changedLine(line)];
}

function builtWhen(workbench: Workbench, { id }: ManifestNode): string {
  const { lastResult } = workbench.states.stateOf(id);
  if (lastResult === null) return '';
  const endedAtMs = lastResult.startedAtMs + lastResult.durationMs;
  // After a failed run what was built last is older than the last result.
  if (lastResult.status !== 'success') return ', before the run that failed';
  return `, ${agoText(endedAtMs, workbench.store.get().nowMs)}`;
}

let compared: {
  readonly before: string;
  readonly after: string;
  readonly lines: readonly DiffLine[];
} = { before: '', after: '', lines: [] };

/** Compared once, as long as both texts stay. */
function linesOf(before: string, after: string): readonly DiffLine[] {
  if (compared.before !== before || compared.after !== after) {
    compared = { before, after, lines: diffLines(before, after) };
  }
  return compared.lines;
}

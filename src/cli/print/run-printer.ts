/**
 * Tells a run on the command line: one line a node as it ends, then the failures, then dbt's summary.
 */
import { display, displayLines, formatDiagnostic, formatPosition } from '../../base/index.js';
import type { DagbookEvent, NodeResult, NodeStatus, RunSummary } from '../../events/index.js';
import type { Manifest, ManifestNode } from '../../manifest/index.js';
import type { Io } from '../io.js';

const MARK: Readonly<Record<NodeStatus, string>> = {
  success: '✓',
  pass: '✓',
  warn: '!',
  error: '✗',
  'runtime error': '✗',
  fail: '✗',
  skipped: '⊘',
  'no-op': '·',
  reused: '=',
  'partial success': '!',
};

export interface RunPrinterOptions {
  readonly io: Io;
  readonly manifest: Manifest;
  readonly format: 'text' | 'json';
  readonly isQuiet: boolean;
}

/** Makes the listener of a run's events. */
export function runPrinter({
  io,
  manifest,
  format,
  isQuiet,
}: RunPrinterOptions): (event: DagbookEvent) => void {
  return (event) => {
    switch (event.type) {
      case 'node_finished':
        if (format === 'json')
          io.print(JSON.stringify({ event: 'node_finished', ...event.result }));
        else if (!isQuiet || isBad(event.result)) io.print(resultLine(event, manifest, io));
        break;
      case 'log':
        if (event.level === 'info' && !isQuiet) io.note(displayLines(event.message));
        if (event.level === 'warn')
          io.note(io.errorStyle.yellow(`warning: ${displayLines(event.message)}`));
        if (event.level === 'error') io.note(io.errorStyle.red(displayLines(event.message)));
        break;
      default:
        break;
    }
  };
}

/** dbt's line: `Done. PASS=3 WARN=0 ERROR=0 SKIP=0 NO-OP=0 TOTAL=3`, with the failures before it. */
export function printSummary(summary: RunSummary, options: RunPrinterOptions): void {
  const { io, manifest, format } = options;
  if (format === 'json') {
    io.print(
      JSON.stringify({
        event: 'run_finished',
        ...summary,
        results: undefined,
        counts: counts(summary),
      }),
    );
    return;
  }
  const { style } = io;
  for (const result of summary.results.filter((one) => isBad(one) || one.status === 'warn')) {
    io.print('');
    io.print(failureText(result, manifest, io));
  }
  for (const diagnostic of summary.diagnostics) {
    io.print('');
    io.print(style.red(displayLines(formatDiagnostic(diagnostic))));
  }
  const total = counts(summary);
  // dbt's line has no such count: it is there where something was reused.
  const reused = total.reused > 0 ? `REUSED=${total.reused} ` : '';
  const seconds = (summary.durationMs / 1000).toFixed(2);
  io.print('');
  if (summary.isCancelled) io.print(style.yellow('Cancelled before the end.'));
  io.print(
    `Done in ${seconds}s. PASS=${total.pass} WARN=${total.warn} ERROR=${total.error} SKIP=${total.skip} NO-OP=${total.noOp} ${reused}TOTAL=${summary.results.length}`,
  );
}

/** How many nodes ended how, in the groups of dbt's summary. */
export function counts(summary: RunSummary): {
  readonly pass: number;
  readonly warn: number;
  readonly error: number;
  readonly skip: number;
  readonly noOp: number;
  readonly reused: number;
} {
  const count = (...statuses: readonly NodeStatus[]): number =>
    summary.results.filter((result) => statuses.includes(result.status)).length;
  return {
    pass: count('success', 'pass'),
    warn: count('warn'),
    error: count('error', 'fail', 'runtime error', 'partial success'),
    skip: count('skipped'),
    noOp: count('no-op'),
    reused: count('reused'),
  };
}

/** 0 if all went well, 1 if something failed, 2 if it was cancelled. */
export function exitCodeOf(summary: RunSummary): number {
  if (summary.isCancelled) return 2;
  return counts(summary).error > 0 || summary.diagnostics.some((one) => one.severity === 'error')
    ? 1
    : 0;
}

function isBad(result: NodeResult): boolean {
  return result.status === 'error' || result.status === 'fail' || result.status === 'runtime error';
}

function paint(status: NodeStatus, io: Io): (text: string) => string {
  const { style } = io;
  if (status === 'success' || status === 'pass') return style.green;
  if (status === 'error' || status === 'fail' || status === 'runtime error') return style.red;
  return status === 'skipped' || status === 'reused' ? style.dim : style.yellow;
}

function resultLine(
  event: Extract<DagbookEvent, { type: 'node_finished' }>,
  manifest: Manifest,
  io: Io,
): string {
  const { result, index, total } = event;
  const node = manifest.nodes.get(result.nodeId);
  const width = String(total).length;
  const position = `${String(index).padStart(width)}/${total}`;
  const mark = paint(result.status, io)(`${MARK[result.status]} ${result.status.padEnd(7)}`);
  const what = kindOf(node).padEnd(11);
  const time = ['skipped', 'reused'].includes(result.status)
    ? ''
    : `${(result.durationMs / 1000).toFixed(2)}s`;
  const name = display(node?.name ?? result.nodeId);
  return `${io.style.dim(position)} ${mark} ${io.style.dim(what)} ${name}  ${io.style.dim(`${detail(result, manifest)} ${time}`.trim())}`;
}

function detail(result: NodeResult, manifest: Manifest): string {
  if (result.status === 'skipped') {
    if (result.skippedBecause === null) return display(result.message ?? '');
    return `because ${display(manifest.nodes.get(result.skippedBecause)?.name ?? result.skippedBecause)} failed`;
  }
  if (result.failures !== null && result.failures > 0) return `${result.failures} rows`;
  if (isBad(result)) return '';
  return display(result.message ?? '');
}

function kindOf(node: ManifestNode | undefined): string {
  if (node === undefined) return '';
  if (node.resourceType === 'model') return node.materialized;
  return node.resourceType === 'unit_test' ? 'unit test' : node.resourceType;
}

function failureText(result: NodeResult, manifest: Manifest, io: Io): string {
  const node = manifest.nodes.get(result.nodeId);
  const isWarning = result.status === 'warn';
  const title = `${isWarning ? 'Warning' : 'Failure'} in ${node?.resourceType ?? 'node'} ${node?.name ?? result.nodeId}`;
  const position = result.failure?.position;
  const where = position === undefined ? (node?.originalFilePath ?? '') : formatPosition(position);
  const message = result.failure?.message ?? result.message ?? '';
  const hint = result.failure?.hint;
  const lines = [
    (isWarning ? io.style.yellow : io.style.red)(display(title)),
    `  ${io.style.dim(`at ${display(where)}`)}`,
    ...displayLines(message)
      .split('\n')
      .map((text) => `  ${text}`),
    ...(hint === undefined ? [] : [`  hint: ${display(hint)}`]),
  ];
  return lines.join('\n');
}

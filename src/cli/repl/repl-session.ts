/**
 * One session of the REPL on the command line: prints what comes of each entry.
 */
import { assertNever, display, displayLines, formatDiagnostic } from '../../base/index.js';
import type { ProjectSession } from '../../session/index.js';
import {
  allCommands,
  csvLines,
  Desk,
  type DiffLine,
  type Entry,
  type OutputForm,
  type ReplAnswer,
  ReplEngine,
  rowObjects,
  type SkippedLines,
} from '../../workbench/index.js';
import { printNodePlan } from '../commands/plan.js';
import type { Io } from '../io.js';
import { counted } from '../notebook/outcome-words.js';
import { printSummary, runPrinter } from '../print/run-printer.js';
import { renderGlance, renderResult, renderTable } from '../print/table.js';

const COMMANDS = allCommands();

export interface ReplOptions {
  readonly session: ProjectSession;
  readonly io: Io;
  readonly output: OutputForm;
  /** Rows to read of a query. */
  readonly maxRows: number;
}

type Rows = Extract<ReplAnswer, { kind: 'rows' }>;

export class ReplSession {
  readonly #session: ProjectSession;
  readonly #io: Io;
  readonly #desk: Desk;
  readonly #engine: ReplEngine;
  #output: OutputForm;

  constructor({ session, io, output, maxRows }: ReplOptions) {
    this.#session = session;
    this.#io = io;
    this.#desk = new Desk(session, { mayWrite: true });
    this.#output = output;
    this.#engine = new ReplEngine({
      session,
      desk: this.#desk,
      commands: COMMANDS,
      place: 'shell',
      cwd: io.cwd,
      maxRows,
      tell: (answer) => this.#print(answer),
      emit: (event) => runPrinter(this.#printing())(event),
    });
  }

  /**
   * Does one entry, and prints what came of it.
   *
   * @returns `leave` to end the session, `failed` for a run with failures.
   * @throws DagbookError if it cannot be done; the session goes on.
   */
  async do(entry: Entry, signal: AbortSignal): Promise<'done' | 'failed' | 'leave'> {
    return await this.#engine.do(entry, signal);
  }

  async close(): Promise<void> {
    await this.#desk.close();
  }

  #printing(): Parameters<typeof runPrinter>[0] {
    const { manifest } = this.#session;
    return { io: this.#io, manifest, format: 'text', isQuiet: false };
  }

  #print(answer: ReplAnswer): void {
    const io = this.#io;
    switch (answer.kind) {
      case 'rows':
        this.#printRows(answer);
        return;
      case 'table':
        io.print(
          renderTable(
            answer.titles.map((title) => ({ title })),
            answer.rows,
            io,
          ),
        );
        return;
      case 'lines':
        for (const line of answer.lines) io.print(display(line));
        return;
      case 'sql':
        io.print(displayLines(answer.sql));
        return;
      case 'diff':
        for (const line of answer.lines) io.print(diffText(line, io));
        return;
      case 'note':
        io.note(display(answer.text));
        return;
      case 'problem':
        io.note(displayLines(formatDiagnostic(answer.diagnostic)));
        return;
      case 'form':
        this.#output = answer.form;
        return;
      case 'plan':
        printNodePlan(answer.plan, io);
        return;
      case 'run':
        printSummary(answer.summary, this.#printing());
        return;
      default:
        assertNever(answer);
    }
  }

  #printRows({ page, durationMs }: Rows): void {
    const io = this.#io;
    // A program reads the bytes as they are; a terminal must not act on them.
    const safe = io.stdout.isTTY ? displayLines : (text: string): string => text;
    if (page.columns.length > 0) {
      if (this.#output === 'csv') {
        for (const line of csvLines(page)) io.print(safe(line));
      } else if (this.#output === 'json') {
        io.print(safe(JSON.stringify(rowObjects(page))));
      } else {
        const width = io.stdout.isTTY ? io.stdout.columns : undefined;
        io.print(width === undefined ? renderResult(page, io) : renderGlance(page, io, { width }));
      }
    }
    const rows = `${page.isCut ? 'first ' : ''}${counted(page.rows.length, 'row')}`;
    const more = page.isCut ? ' · :limit reads more' : '';
    io.note(io.errorStyle.dim(`${rows} · ${(durationMs / 1000).toFixed(2)}s${more}`));
  }
}

function diffText(line: DiffLine | SkippedLines, { style }: Io): string {
  if (line.kind === 'skipped') return style.dim(`@@ ${counted(line.count, 'line')} the same @@`);
  const text = display(line.text);
  if (line.kind === 'same') return `  ${text}`;
  return line.kind === 'added' ? style.green(`+ ${text}`) : style.red(`- ${text}`);
}

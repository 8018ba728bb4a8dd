/**
 * One session of the REPL: does what an entry says, and prints what came of it.
 */
import { DagbookError, display, displayLines, formatDiagnostic } from '../../base/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import { absolutePath, isFile, writeAtomic } from '../../platform/index.js';
import type { ProjectSession } from '../../session/index.js';
import type { ResultPage } from '../../warehouse/index.js';
import {
  type Asked,
  allCommands,
  csvLines,
  Desk,
  type Entry,
  exportRows,
  formatOf,
  METADATA_TABLES,
  type OutputForm,
  readVerb,
  rowObjects,
  sessionNotebook,
  typeText,
  type Verb,
  verbsOf,
} from '../../workbench/index.js';
import { printNodePlan } from '../commands/plan.js';
import type { Io } from '../io.js';
import { counted } from '../notebook/outcome-words.js';
import { exitCodeOf, printSummary, runPrinter } from '../print/run-printer.js';
import { renderGlance, renderResult, renderTable } from '../print/table.js';

const LONGEST_DESCRIPTION = 80;
const PAGE_ROWS = 5000;
const COMMANDS = allCommands();

export interface ReplOptions {
  readonly session: ProjectSession;
  readonly io: Io;
  readonly output: OutputForm;
  /** Rows to read of a query. */
  readonly maxRows: number;
}

export class ReplSession {
  readonly #session: ProjectSession;
  readonly #io: Io;
  readonly #desk: Desk;
  readonly #asked: Asked[] = [];
  #output: OutputForm;
  #maxRows: number;
  #lastSql: string | null = null;

  constructor({ session, io, output, maxRows }: ReplOptions) {
    this.#session = session;
    this.#io = io;
    this.#desk = new Desk(session);
    this.#output = output;
    this.#maxRows = maxRows;
  }

  /**
   * Does one entry.
   *
   * @returns `leave` to end the session, `failed` for a run with failures.
   * @throws DagbookError if it cannot be done; the session goes on.
   */
  async do(entry: Entry, signal: AbortSignal): Promise<'done' | 'failed' | 'leave'> {
    if (entry.kind === 'sql') {
      await this.#ask(entry.sql, signal);
      return 'done';
    }
    const verb = readVerb(COMMANDS, entry.line, 'shell');
    if (verb.kind === 'quit') return 'leave';
    return await this.#doVerb(verb, signal);
  }

  async close(): Promise<void> {
    await this.#desk.close();
  }

  async #ask(sql: string, signal: AbortSignal): Promise<void> {
    const startedAtMs = performance.now();
    const compiled = await this.#compiled(sql, signal);
    const answer = await this.#desk.ask(compiled, { signal, maxRows: this.#maxRows });
    this.#lastSql = compiled;
    this.#asked.push({ kind: 'sql', sql });
    this.#printRows(answer);
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(2);
    const rows = `${answer.isCut ? 'first ' : ''}${counted(answer.rows.length, 'row')}`;
    const more = answer.isCut ? ' · :limit reads more' : '';
    this.#io.note(this.#io.errorStyle.dim(`${rows} · ${seconds}s${more}`));
  }

  /** SQL without Jinja is sent as it is. */
  async #compiled(sql: string, signal: AbortSignal): Promise<string> {
    if (!/\{[{%#]/u.test(sql)) return sql;
    const { compiledSql, diagnostics } = await this.#session.compileInline(sql, { signal });
    if (compiledSql !== null) return compiledSql;
    const [first] = diagnostics;
    throw new DagbookError(
      first?.code ?? 'compile/failed',
      first?.message ?? 'It does not compile.',
      {
        ...(first?.hint === undefined ? {} : { hint: first.hint }),
        ...(first?.position === undefined ? {} : { position: first.position }),
        exitCode: 1,
      },
    );
  }

  #printRows(page: ResultPage): void {
    const io = this.#io;
    if (page.columns.length === 0) return;
    // A program reads the bytes as they are; a terminal must not act on them.
    const safe = io.stdout.isTTY ? displayLines : (text: string): string => text;
    if (this.#output === 'csv') {
      for (const line of csvLines(page)) io.print(safe(line));
    } else if (this.#output === 'json') {
      io.print(safe(JSON.stringify(rowObjects(page))));
    } else {
      const width = io.stdout.isTTY ? io.stdout.columns : undefined;
      io.print(width === undefined ? renderResult(page, io) : renderGlance(page, io, { width }));
    }
  }

  async #doVerb(
    verb: Exclude<Verb, { kind: 'quit' }>,
    signal: AbortSignal,
  ): Promise<'done' | 'failed'> {
    const { io, session } = { io: this.#io, session: this.#session };
    switch (verb.kind) {
      case 'run':
        return await this.#run(verb, signal);
      case 'plan': {
        const plan = await session.plan(verb.request, { signal });
        for (const node of plan.nodes) printNodePlan(node, io);
        break;
      }
      case 'ls': {
        const select = verb.select.length === 0 ? {} : { select: verb.select };
        const { ids } = session.select({ ...select, command: 'ls' });
        for (const id of ids) io.print(display(session.manifest.nodes.get(id)?.name ?? id));
        break;
      }
      case 'compile':
        await this.#compile(verb.name, signal);
        break;
      case 'columns':
        await this.#columns(this.#nodeCalled(verb.name), signal);
        break;
      case 'tables':
        io.print(
          renderTable(
            [{ title: 'table' }, { title: 'what' }, { title: 'columns' }],
            METADATA_TABLES.map(({ name, title, columns }) => [
              `dbt.${name}`,
              title,
              String(Object.keys(columns).length),
            ]),
            io,
          ),
        );
        break;
      case 'limit':
        this.#maxRows = verb.rows;
        break;
      case 'output':
        this.#output = verb.form;
        break;
      case 'export':
        await this.#export(verb.words, signal);
        break;
      case 'save':
        this.#save(verb.path ?? 'notebooks/session.sql');
        break;
      case 'open':
      case 'notebook':
      case 'compare':
        throw new Error(`${verb.kind} is read only on the screen.`);
      case 'reload':
        session.reload();
        for (const one of session.diagnostics) io.note(displayLines(formatDiagnostic(one)));
        io.note(`${counted(session.manifest.nodes.size, 'node')} read.`);
        break;
      case 'help':
        io.print(
          renderTable(
            [{ title: 'verb' }, { title: 'what it does' }],
            verbsOf(COMMANDS, 'shell').map(({ usage, title }) => [usage, title]),
            io,
          ),
        );
        io.print('Anything else is SQL with ref() and source(); it ends at ; or at an empty line.');
        break;
    }
    return 'done';
  }

  async #run(
    { request, command }: Extract<Verb, { kind: 'run' }>,
    signal: AbortSignal,
  ): Promise<'done' | 'failed'> {
    const { ids } = this.#session.select(request);
    if (ids.length === 0) {
      throw new DagbookError('repl/nothing-to-run', 'The selection matches nothing.', {
        hint: 'Check it with :ls.',
        exitCode: 1,
      });
    }
    const printing = {
      io: this.#io,
      manifest: this.#session.manifest,
      format: 'text',
      isQuiet: false,
    } as const;
    const summary = await this.#session.run(request, { signal, emit: runPrinter(printing) });
    printSummary(summary, printing);
    this.#asked.push({ kind: 'run', command });
    return exitCodeOf(summary) === 0 ? 'done' : 'failed';
  }

  async #compile(name: string | null, signal: AbortSignal): Promise<void> {
    if (name === null) {
      if (this.#lastSql === null)
        throw new DagbookError('repl/no-query', 'Nothing was asked yet.', { exitCode: 1 });
      this.#io.print(displayLines(this.#lastSql));
      return;
    }
    const { compiledSql, diagnostics } = await this.#session.compile(this.#nodeCalled(name).id, {
      signal,
    });
    for (const one of diagnostics)
      this.#io.note(this.#io.errorStyle.red(displayLines(formatDiagnostic(one))));
    if (compiledSql !== null) this.#io.print(displayLines(compiledSql));
  }

  async #columns(node: ManifestNode, signal: AbortSignal): Promise<void> {
    const described = 'columns' in node ? node.columns : new Map<string, never>();
    const byName = new Map([...described].map(([name, column]) => [name.toLowerCase(), column]));
    const built = await this.#session.columns(node.id, { signal });
    if (built.length === 0) this.#io.note(`${display(node.name)} is not built; as described:`);
    const rows =
      built.length > 0
        ? built.map(({ name, typeName }) => [
            name,
            typeText(typeName),
            glimpse(byName.get(name.toLowerCase())?.description ?? ''),
          ])
        : [...described.values()].map(({ name, dataType, description }) => [
            name,
            dataType ?? '',
            glimpse(description),
          ]);
    const titles = [{ title: 'column' }, { title: 'type' }, { title: 'description' }];
    this.#io.print(renderTable(titles, rows, this.#io));
  }

  /** @throws DagbookError repl/unknown-node. */
  #nodeCalled(name: string): ManifestNode {
    const named = [...this.#session.manifest.nodes.values()].filter(
      (node) => node.name === name || node.id === name,
    );
    const node = named.find(({ resourceType }) => resourceType === 'model') ?? named[0];
    if (node !== undefined) return node;
    throw new DagbookError('repl/unknown-node', `There is no node named ${name}.`, {
      hint: 'Tab completes names; :ls lists them.',
      exitCode: 1,
    });
  }

  /** Writes all rows of the last query, whatever the limit. */
  async #export(words: readonly string[], signal: AbortSignal): Promise<void> {
    const path = words.find((word) => !word.startsWith('--')) ?? '';
    const format = formatOf(path);
    const file = absolutePath(path, this.#io.cwd);
    if (this.#lastSql === null)
      throw new DagbookError('repl/no-query', 'Nothing was asked yet.', { exitCode: 1 });
    if (isFile(file) && !words.includes('--replace')) {
      throw new DagbookError('repl/file-exists', `${file} is there already.`, {
        hint: 'Choose another name, or write over it with --replace.',
        exitCode: 1,
      });
    }
    const pages = this.#desk.stream(this.#lastSql, { signal, pageRows: PAGE_ROWS });
    const isSafe = words.includes('--csv-safe');
    const { rowCount, formulaCount } = await exportRows(pages, { file, format, isSafe, signal });
    this.#io.note(`Wrote ${counted(rowCount, 'row')} to ${display(file)}.`);
    if (formulaCount > 0) {
      this.#io.note(
        `${counted(formulaCount, 'cell')} with the beginning of a formula: for a spreadsheet write it with --csv-safe.`,
      );
    }
  }

  #save(path: string): void {
    const file = absolutePath(path.endsWith('.sql') ? path : `${path}.sql`, this.#io.cwd);
    if (this.#asked.length === 0)
      throw new DagbookError('repl/no-query', 'Nothing was asked yet.', { exitCode: 1 });
    if (isFile(file)) {
      throw new DagbookError('repl/file-exists', `${file} is there already.`, {
        hint: 'Choose another name.',
        exitCode: 1,
      });
    }
    const title = `Asked of ${this.#session.facts.projectName}`;
    writeAtomic(file, sessionNotebook(this.#asked, title));
    this.#io.note(`Wrote ${display(file)}: run it with \`dagbook notebook run\`.`);
  }
}

/** The beginning of a description, on one line. */
function glimpse(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > LONGEST_DESCRIPTION ? `${line.slice(0, LONGEST_DESCRIPTION - 1)}…` : line;
}

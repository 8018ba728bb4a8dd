/**
 * One session of the REPL: does what an entry says and tells what came of it. Who shows it, `dagbook repl` or the workbench,
 * decides how.
 */
import { DagbookError, type Diagnostic } from '../../base/index.js';
import type { Emit, RunSummary } from '../../events/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import type { NodePlan } from '../../plan/index.js';
import type { Session } from '../../session/index.js';
import type { Command } from '../command.js';
import { dialectOf } from '../dialect-of.js';
import { typeText } from '../grid/cell-text.js';
import type { Answer, Desk } from '../metadata/ask.js';
import { METADATA_TABLES } from '../metadata/metadata-rows.js';
import { cteNamed, countSql, queryStepsOf } from '../node/cte-list.js';
import { diffLines, type DiffLine, type SkippedLines, withContext } from '../node/line-diff.js';
import type { Entry } from './entry-reader.js';
import { exportAsked, saveAsked } from './repl-files.js';
import type { Asked } from './session-notebook.js';
import { type OutputForm, readVerb, type Verb, type VerbPlace, verbsOf } from './verb.js';

/** What came of an entry; an entry may have several answers. */
export type ReplAnswer =
  | {
      readonly kind: 'rows';
      readonly page: Answer;
      readonly sql: string;
      readonly durationMs: number;
    }
  | {
      readonly kind: 'table';
      readonly titles: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'sql'; readonly sql: string }
  | { readonly kind: 'diff'; readonly lines: readonly (DiffLine | SkippedLines)[] }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'problem'; readonly diagnostic: Diagnostic }
  | { readonly kind: 'form'; readonly form: OutputForm }
  | { readonly kind: 'plan'; readonly plan: NodePlan }
  | { readonly kind: 'run'; readonly summary: RunSummary };

export interface ReplOptions {
  readonly session: Session;
  readonly desk: Desk;
  readonly commands: readonly Command[];
  readonly place: VerbPlace;
  /** Folder that files are named from. */
  readonly cwd: string;
  /** Rows to read of a query. */
  readonly maxRows: number;
  readonly tell: (answer: ReplAnswer) => void;
  /** Hears of what happens in a run. */
  readonly emit: Emit;
}

const LONGEST_DESCRIPTION = 80;
const CONTEXT = 3;

export class ReplEngine {
  readonly #options: ReplOptions;
  readonly #asked: Asked[] = [];
  #maxRows: number;
  #lastSql: string | null = null;

  constructor(options: ReplOptions) {
    this.#options = options;
    this.#maxRows = options.maxRows;
  }

  /**
   * Does one entry.
   *
   * @returns `leave` to end the session, `failed` for a run with failures.
   * @throws DagbookError if it cannot be done; the session goes on.
   */
  async do(entry: Entry, signal: AbortSignal): Promise<'done' | 'failed' | 'leave'> {
    if (entry.kind === 'sql') {
      await this.#ask(entry.sql, await this.#compiled(entry.sql, signal), signal);
      return 'done';
    }
    const { commands, place } = this.#options;
    const verb = readVerb(commands, entry.line, place);
    return verb.kind === 'quit' ? 'leave' : await this.doVerb(verb, signal);
  }

  /** Does one verb that was read. @throws as `do`. */
  async doVerb(
    verb: Exclude<Verb, { kind: 'quit' }>,
    signal: AbortSignal,
  ): Promise<'done' | 'failed'> {
    const { session, tell, commands, place, cwd, desk } = this.#options;
    switch (verb.kind) {
      case 'run':
        return await this.#run(verb, signal);
      case 'plan': {
        const plan = await session.plan(verb.request, { signal });
        for (const node of plan.nodes) tell({ kind: 'plan', plan: node });
        break;
      }
      case 'ls': {
        const select = verb.select.length === 0 ? {} : { select: verb.select };
        const { ids } = session.select({ ...select, command: 'ls' });
        const lines = ids.map((id) => session.manifest.nodes.get(id)?.name ?? id);
        tell({ kind: 'lines', lines });
        break;
      }
      case 'compile':
        tell({ kind: 'sql', sql: await this.#compiledNode(verb.name, signal) });
        break;
      case 'columns':
        await this.#columns(this.#nodeCalled(verb.name), signal);
        break;
      case 'ctes':
        await this.#ctes(verb.name, verb.cte, signal);
        break;
      case 'diff':
        await this.#diff(this.#nodeCalled(verb.name), signal);
        break;
      case 'tables':
        tell({
          kind: 'table',
          titles: ['table', 'what', 'columns'],
          rows: METADATA_TABLES.map(({ name, title, columns }) => [
            `dbt.${name}`,
            title,
            String(Object.keys(columns).length),
          ]),
        });
        break;
      case 'limit':
        this.#maxRows = verb.rows;
        break;
      case 'output':
        tell({ kind: 'form', form: verb.form });
        break;
      case 'export': {
        const sql = this.#lastQuery();
        for (const text of await exportAsked({ desk, sql, cwd, words: verb.words, signal }))
          tell({ kind: 'note', text });
        break;
      }
      case 'save': {
        const title = `Asked of ${session.facts.projectName}`;
        const file = saveAsked(this.#asked, {
          title,
          cwd,
          path: verb.path ?? 'notebooks/session.sql',
        });
        tell({ kind: 'note', text: `Wrote ${file}: run it with \`dagbook notebook run\`.` });
        break;
      }
      case 'open':
      case 'notebook':
      case 'compare':
        throw new Error(`${verb.kind} is of the screen.`);
      case 'reload':
        session.reload();
        for (const diagnostic of session.diagnostics) tell({ kind: 'problem', diagnostic });
        tell({ kind: 'note', text: `${counted(session.manifest.nodes.size, 'node')} read.` });
        break;
      case 'help':
        tell({
          kind: 'table',
          titles: ['verb', 'what it does'],
          rows: verbsOf(commands, place).map(({ usage, title }) => [usage, title]),
        });
        tell({
          kind: 'lines',
          lines: [
            'Anything else is SQL with ref() and source(); it ends at ; or at an empty line.',
            place === 'screen'
              ? 'What writes is sent by `dagbook repl`.'
              : session.facts.isProtected
                ? 'What writes is sent once the name of the target is typed, or after `dagbook repl --yes`.'
                : 'What writes is sent, too.',
          ],
        });
        break;
    }
    return 'done';
  }

  async #ask(sql: string, compiled: string, signal: AbortSignal): Promise<void> {
    const startedAtMs = performance.now();
    const { desk, tell } = this.#options;
    const page = await desk.ask(compiled, { signal, maxRows: this.#maxRows });
    this.#lastSql = compiled;
    this.#asked.push({ kind: 'sql', sql });
    tell({ kind: 'rows', page, sql: compiled, durationMs: performance.now() - startedAtMs });
  }

  /** SQL without Jinja is sent as it is. */
  async #compiled(sql: string, signal: AbortSignal): Promise<string> {
    if (!/\{[{%#]/u.test(sql)) return sql;
    const { compiledSql, diagnostics } = await this.#options.session.compileInline(sql, { signal });
    if (compiledSql !== null) return compiledSql;
    throw failureOf(diagnostics);
  }

  async #run(
    { request, command }: Extract<Verb, { kind: 'run' }>,
    signal: AbortSignal,
  ): Promise<'done' | 'failed'> {
    const { session, emit, tell } = this.#options;
    const { ids } = session.select(request);
    if (ids.length === 0) {
      throw new DagbookError('repl/nothing-to-run', 'The selection matches nothing.', {
        hint: 'Check it with :ls.',
        exitCode: 1,
      });
    }
    const summary = await session.run(request, { signal, emit });
    tell({ kind: 'run', summary });
    this.#asked.push({ kind: 'run', command });
    return hasFailed(summary) ? 'failed' : 'done';
  }

  /** @param name of a node; null for the last query. */
  async #compiledNode(name: string | null, signal: AbortSignal): Promise<string> {
    if (name === null) return this.#lastQuery();
    const { id } = this.#nodeCalled(name);
    const { compiledSql, diagnostics } = await this.#options.session.compile(id, { signal });
    if (compiledSql !== null) return compiledSql;
    throw failureOf(diagnostics);
  }

  async #columns(node: ManifestNode, signal: AbortSignal): Promise<void> {
    const { session, tell } = this.#options;
    const described = 'columns' in node ? node.columns : new Map<string, never>();
    const byName = new Map([...described].map(([name, column]) => [name.toLowerCase(), column]));
    const built = await session.columns(node.id, { signal });
    if (built.length === 0) {
      tell({ kind: 'note', text: `${node.name} is not built; as described:` });
    }
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
    tell({ kind: 'table', titles: ['column', 'type', 'description'], rows });
  }

  async #ctes(name: string, cte: string | null, signal: AbortSignal): Promise<void> {
    const { session, desk, tell } = this.#options;
    const sql = await this.#compiledNode(name, signal);
    const dialect = dialectOf(session);
    if (cte !== null) {
      const step = cteNamed(sql, dialect, cte);
      await this.#ask(step.sql, step.sql, signal);
      return;
    }
    const rows: (readonly string[])[] = [];
    for (const step of queryStepsOf(sql, dialect)) {
      const answer = await desk.ask(countSql(step), { signal, maxRows: 1 });
      const line = String(step.line);
      rows.push([step.name ?? '(the query itself)', String(answer.rows[0]?.[0] ?? ''), line]);
    }
    tell({ kind: 'table', titles: ['cte', 'rows', 'line'], rows });
  }

  async #diff(node: ManifestNode, signal: AbortSignal): Promise<void> {
    const { session, tell } = this.#options;
    const built = session.builtSql(node.id);
    if (built === null) {
      throw new DagbookError('repl/not-built', `What ${node.name} was built from is not known.`, {
        hint: 'It is kept from its next build on: :run it.',
        exitCode: 1,
      });
    }
    const lines = diffLines(built, await this.#compiledNode(node.id, signal));
    if (lines.every(({ kind }) => kind === 'same')) {
      tell({ kind: 'note', text: 'What is compiled now is what was built last.' });
    } else tell({ kind: 'diff', lines: withContext(lines, CONTEXT) });
  }

  /** @throws DagbookError repl/no-query. */
  #lastQuery(): string {
    if (this.#lastSql !== null) return this.#lastSql;
    throw new DagbookError('repl/no-query', 'Nothing was asked yet.', { exitCode: 1 });
  }

  /** @throws DagbookError repl/unknown-node. */
  #nodeCalled(name: string): ManifestNode {
    const named = [...this.#options.session.manifest.nodes.values()].filter(
      (node) => node.name === name || node.id === name,
    );
    const node = named.find(({ resourceType }) => resourceType === 'model') ?? named[0];
    if (node !== undefined) return node;
    throw new DagbookError('repl/unknown-node', `There is no node named ${name}.`, {
      hint: 'Tab completes names; :ls lists them.',
      exitCode: 1,
    });
  }
}

function failureOf(diagnostics: readonly Diagnostic[]): DagbookError {
  const [first] = diagnostics;
  return new DagbookError(
    first?.code ?? 'compile/failed',
    first?.message ?? 'It does not compile.',
    {
      ...(first?.hint === undefined ? {} : { hint: first.hint }),
      ...(first?.position === undefined ? {} : { position: first.position }),
      exitCode: 1,
    },
  );
}

const BAD: ReadonlySet<string> = new Set(['error', 'fail', 'runtime error', 'partial success']);

function hasFailed({ isCancelled, results, diagnostics }: RunSummary): boolean {
  return (
    isCancelled ||
    results.some(({ status }) => BAD.has(status)) ||
    diagnostics.some(({ severity }) => severity === 'error')
  );
}

/** `1 row`, `3 rows`. */
function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The beginning of a description, on one line. */
function glimpse(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > LONGEST_DESCRIPTION ? `${line.slice(0, LONGEST_DESCRIPTION - 1)}…` : line;
}

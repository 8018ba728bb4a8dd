/** A session over a hand-made manifest: answers what a test tells it, runs nothing. */
import { DagbookError, type NodeId } from '../../src/base/index.js';
import type { DagbookEvent, NodeResult, RunSummary } from '../../src/events/index.js';
import type { Manifest } from '../../src/manifest/index.js';
import type { NodeState, Session } from '../../src/session/index.js';
import type { ResultPage } from '../../src/warehouse/index.js';

export interface SessionParts {
  readonly manifest: Manifest;
  readonly states?: ReadonlyMap<NodeId, NodeState['state']>;
  /** Pages that a preview yields. */
  readonly pages?: readonly ResultPage[];
  readonly compiledSql?: string;
  /** What everything was last built from. */
  readonly builtSql?: string;
  /** Result of each node of a run, by name; success where none is given. */
  readonly results?: ReadonlyMap<NodeId, Partial<NodeResult>>;
  readonly isMetered?: boolean;
  /** Takes the statements that are sent. */
  readonly asked?: string[];
}

type Listener = Parameters<Session['subscribe']>[0];

/** The moment at which everything happens in tests. */
export const NOW_MS: number = Date.UTC(2026, 10, 24, 12, 0, 0);

export function sessionOf(parts: SessionParts): Session & { send(event: DagbookEvent): void } {
  const { manifest } = parts;
  const listeners = new Set<Listener>();
  const send = (event: DagbookEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const select = (words: readonly string[]): readonly NodeId[] => {
    const wanted = new Set(words.flatMap((word) => matching(manifest, word)));
    return [...manifest.nodes.keys()].filter((id) => wanted.has(id));
  };
  return {
    send,
    manifest,
    macros: [],
    options: { projectDir: '/shop' },
    diagnostics: [],
    facts: {
      projectName: manifest.projectName,
      targetName: 'local',
      engine: 'embedded',
      isMetered: parts.isMetered ?? false,
      threads: 4,
      projectDir: '/shop',
      targetSchema: 'main',
      targetDatabase: 'db',
      isProtected: false,
    },
    confirm: async () => {},
    confirmThrough: () => {},
    reload() {
      for (const listener of listeners) listener({ type: 'manifest_changed' });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    select: (request) => ({
      ids: request.select === undefined ? [...manifest.nodes.keys()] : select(request.select),
      warnings: [],
    }),
    selectorOf: (ids) => ids.map((id) => manifest.nodes.get(id)?.name ?? id).join(' '),
    compile: async (id) => ({
      nodeId: id,
      compiledSql: parts.compiledSql ?? 'select 1 as id\nfrom db.main.orders',
      diagnostics: [],
    }),
    lineage: async (nodeId) => ({
      nodeId,
      columns: [],
      filters: [],
      open: [],
      doubt: null,
      isComplete: true,
    }),
    compileInline: async () => {
      throw new Error('Not asked in tests.');
    },
    plan: async ({ command, isFullRefresh, select: words }) => ({
      command,
      isFullRefresh: isFullRefresh === true,
      nodes: select(words ?? []).map((nodeId) => planOf(manifest, nodeId)),
    }),
    planNode: async (id) => planOf(manifest, id),
    explain: async () => [],
    async run(request, { signal }) {
      const ids =
        request.select === undefined ? [...manifest.nodes.keys()] : select(request.select);
      const runId = 'run-1';
      const { command } = request;
      send({ type: 'run_started', runId, command, nodeIds: ids, threads: 4, atMs: NOW_MS });
      const results: NodeResult[] = [];
      for (const [place, nodeId] of ids.entries()) {
        await Promise.resolve();
        if (signal.aborted) break;
        const index = place + 1;
        const total = ids.length;
        send({
          type: 'node_started',
          nodeId,
          thread: 'Thread-1',
          index,
          total,
          atMs: NOW_MS + place * 500,
        });
        const result = { ...resultOf(nodeId, place), ...parts.results?.get(nodeId) };
        results.push(result);
        send({ type: 'node_finished', result, index, total });
      }
      const summary: RunSummary = {
        runId,
        command,
        startedAtMs: NOW_MS,
        durationMs: ids.length * 500,
        results,
        isCancelled: signal.aborted,
        diagnostics: [],
      };
      send({ type: 'run_finished', summary });
      return summary;
    },
    runOperation: async () => {},
    freshness: async () => [],
    previewSql: async (request) =>
      request.kind === 'sql'
        ? request.sql
        : `select * from db.main.${nameOf(manifest, request.nodeId)}`,
    async *preview(request, { signal }) {
      if (request.kind === 'sql') parts.asked?.push(request.sql);
      if (request.kind === 'sql' && request.sql.startsWith('select count(*) as row_count')) {
        const columns = [{ name: 'ROW_COUNT', kind: 'integer', typeName: 'NUMBER' }] as const;
        yield { columns, rows: [[1200]] };
        return;
      }
      for (const page of parts.pages ?? []) {
        await Promise.resolve();
        if (signal.aborted) throw new DOMException('The query was cancelled.', 'AbortError');
        yield page;
      }
    },
    columns: async (id) => {
      const node = manifest.nodes.get(id);
      if (node === undefined) throw new DagbookError('graph/unknown-node', `No node named ${id}.`);
      return [
        { name: 'ID', typeName: 'NUMBER(38,0)' },
        { name: 'NAME', typeName: 'VARCHAR' },
      ];
    },
    stateOf: (id) => ({
      state: parts.states?.get(id) ?? 'never',
      lastResult: null,
      reason: null,
    }),
    builtSql: () => parts.builtSql ?? null,
    sourceFile: (id) => `/shop/models/${nameOf(manifest, id)}.sql`,
    sourceText: (id) => {
      const node = manifest.nodes.get(id);
      return node !== undefined && 'rawCode' in node ? node.rawCode : null;
    },
    close: async () => {},
  };
}

/** `name`, `+name`, `name+`, `tag:x` and `*`: enough to see that the workbench asks. */
function matching(manifest: Manifest, word: string): readonly NodeId[] {
  const name = word.replaceAll('+', '');
  if (name.includes('!')) throw new DagbookError('selector/unreadable', `Cannot read ${name}.`);
  const start = [...manifest.nodes.values()]
    .filter(
      (node) => node.name === name || node.tags.includes(name.replace('tag:', '')) || name === '*',
    )
    .map(({ id }) => id);
  const reach = (edges: ReadonlyMap<NodeId, readonly NodeId[]>): readonly NodeId[] => {
    const seen = new Set(start);
    for (const id of seen) for (const next of edges.get(id) ?? []) seen.add(next);
    return [...seen];
  };
  return [
    ...(word.startsWith('+') ? reach(manifest.dag.parents) : start),
    ...(word.endsWith('+') ? reach(manifest.dag.children) : start),
  ];
}

function nameOf(manifest: Manifest, id: NodeId): string {
  return manifest.nodes.get(id)?.name ?? id;
}

function planOf(manifest: Manifest, nodeId: NodeId): Awaited<ReturnType<Session['planNode']>> {
  const name = nameOf(manifest, nodeId);
  return {
    nodeId,
    action: 'view',
    reason: 'first run: the relation does not exist',
    relationName: `db.main.${name}`,
    warehouse: null,
    replaces: [`db.main.${name}`],
    steps: [
      {
        sql: `create or replace view db.main.${name} as (select 1 as id)`,
        isWrite: true,
        purpose: 'creates the view',
        certainty: 'exact',
      },
    ],
    error: null,
  };
}

function resultOf(nodeId: NodeId, place: number): NodeResult {
  return {
    nodeId,
    status: 'success',
    message: 'SUCCESS 1',
    failures: null,
    rowsAffected: 1,
    startedAtMs: NOW_MS + place * 500,
    durationMs: 400,
    thread: 'Thread-1',
    relationName: null,
    compiledSql: null,
    failure: null,
    skippedBecause: null,
    queryId: null,
  };
}

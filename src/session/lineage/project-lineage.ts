/**
 * Column lineage of the project's nodes: compiled when asked for, each after those it reads, and kept.
 *
 * What was traced of a text with the same columns beneath it is never traced again, in this project or the next reload.
 */
import type { NodeId } from '../../base/index.js';
import type { Manifest, ManifestNode } from '../../manifest/index.js';
import { sha256 } from '../../platform/index.js';
import { columnLineage, foldIdentifier, type SqlDialect } from '../../sql/index.js';
import type { CompiledNode, Signal } from '../api.js';
import {
  declaredColumns,
  seedColumns,
  snapshotColumns,
  type StoredColumns,
} from './known-columns.js';
import type { LineageColumn, NodeLineage } from './node-lineage.js';
import { EPHEMERAL_PREFIX, RelationIndex } from './relation-index.js';
import { inProjectWords, shownName } from './in-project-words.js';

export interface ProjectLineageInput {
  readonly manifest: () => Manifest;
  readonly dialect: () => SqlDialect;
  readonly compile: (id: NodeId, options: Signal) => Promise<CompiledNode>;
  readonly builtColumns: (
    id: NodeId,
    options: Signal,
  ) => Promise<readonly { readonly name: string }[]>;
}

export interface LineageOptions extends Signal {
  /** Asks the warehouse for the columns of sources; without it only what yaml declares is known of them. */
  readonly asksWarehouse?: boolean;
}

interface Known {
  readonly lineage: NodeLineage;
  readonly columns: StoredColumns;
}

export class ProjectLineage {
  readonly #input: ProjectLineageInput;
  #manifest: Manifest | null = null;
  #index: RelationIndex | null = null;
  /** Of this manifest. */
  readonly #known = new Map<NodeId, Known>();
  /** By what it was made of. */
  readonly #traced = new Map<string, Known>();
  readonly #built = new Map<NodeId, StoredColumns>();

  constructor(input: ProjectLineageInput) {
    this.#input = input;
  }

  /** Forgets what may have changed with a run: compiled SQL asks what exists. */
  forget(): void {
    this.#known.clear();
    this.#built.clear();
  }

  /** The lineage of a node, after that of everything upstream. Yields between nodes, so that keys are answered. */
  async of(id: NodeId, options: LineageOptions): Promise<NodeLineage> {
    const manifest = this.#input.manifest();
    if (manifest !== this.#manifest) {
      this.#manifest = manifest;
      this.#index = new RelationIndex(manifest);
      this.forget();
    }
    for (const next of upstreamFirst(manifest, id, this.#known)) {
      options.signal.throwIfAborted();
      await new Promise((resolve) => setImmediate(resolve));
      const node = manifest.nodes.get(next);
      if (node !== undefined) this.#known.set(next, await this.#trace(node, options));
    }
    const known = this.#known.get(id);
    if (known === undefined) throw new Error(`no lineage of ${id}`);
    return known.lineage;
  }

  async #trace(node: ManifestNode, options: LineageOptions): Promise<Known> {
    const dialect = this.#input.dialect();
    switch (node.resourceType) {
      case 'source':
        return plain(node.id, await this.#sourceColumns(node, options), dialect);
      case 'seed':
        return plain(
          node.id,
          seedColumns(node, dialect) ?? declaredColumns(node, dialect),
          dialect,
        );
      case 'model':
      case 'snapshot':
      case 'test':
      case 'analysis':
        return await this.#traceCode(node, options);
      default:
        return plain(node.id, { names: [], isComplete: false }, dialect);
    }
  }

  async #sourceColumns(node: ManifestNode, options: LineageOptions): Promise<StoredColumns> {
    const dialect = this.#input.dialect();
    if (options.asksWarehouse !== true) return declaredColumns(node, dialect);
    const known = this.#built.get(node.id);
    if (known !== undefined) return known;
    const built = await this.#input.builtColumns(node.id, options);
    const columns =
      built.length === 0
        ? declaredColumns(node, dialect)
        : { names: built.map(({ name }) => name), isComplete: true };
    this.#built.set(node.id, columns);
    return columns;
  }

  async #traceCode(
    node: Extract<ManifestNode, { readonly rawCode: string }>,
    options: LineageOptions,
  ): Promise<Known> {
    const dialect = this.#input.dialect();
    const declared = declaredColumns(node, dialect);
    const give = (doubt: string): Known => plain(node.id, declared, dialect, doubt);
    if (node.language === 'python') return give('a Python model: its columns are made by its code');
    const { compiledSql, diagnostics } = await this.#input.compile(node.id, options);
    if (compiledSql === null)
      return give(`it does not compile: ${diagnostics[0]?.message ?? 'no reason given'}`);
    const key = this.#keyOf(node, compiledSql, dialect);
    const traced = this.#traced.get(key);
    if (traced !== undefined) return traced;
    const known = this.#traceSql(node, compiledSql, declared);
    this.#traced.set(key, known);
    return known;
  }

  #keyOf(node: ManifestNode, sql: string, dialect: SqlDialect): string {
    const beneath = node.dependsOn.map((id) => {
      const columns = this.#known.get(id)?.columns;
      return `${id}:${columns?.isComplete === true ? '' : '?'}${columns?.names.join(',') ?? ''}`;
    });
    return sha256([node.id, dialect, JSON.stringify(node.config), sql, ...beneath].join('\0'));
  }

  #traceSql(
    node: Extract<ManifestNode, { readonly rawCode: string }>,
    sql: string,
    declared: StoredColumns,
  ): Known {
    const dialect = this.#input.dialect();
    const nodeOf = (parts: readonly string[]): NodeId | null => this.#index?.find(parts) ?? null;
    const raw = columnLineage(sql, {
      dialect,
      isRelationCte: (name) =>
        name.toLowerCase().startsWith(EPHEMERAL_PREFIX) && nodeOf([name]) !== null,
      columnsOf: (parts) => {
        const id = nodeOf(parts);
        return id === null ? null : (this.#known.get(id)?.columns ?? null);
      },
    });
    const made = inProjectWords(raw, { node, sql, dialect, nodeOf });
    const lineage =
      node.resourceType === 'snapshot'
        ? { ...made, columns: [...made.columns, ...snapshotColumns(node, made.columns)] }
        : made;
    const added = lineage.columns
      .slice(made.columns.length)
      .map(({ name }) => foldIdentifier(name, dialect));
    const names = [...raw.columns.map(({ name }) => name), ...added];
    if (lineage.isComplete) return { lineage, columns: { names, isComplete: true } };
    const seen = new Set(names);
    return {
      lineage,
      columns: {
        names: [...names, ...declared.names.filter((name) => !seen.has(name))],
        isComplete: declared.isComplete,
      },
    };
  }
}

function plain(
  id: NodeId,
  columns: StoredColumns,
  dialect: SqlDialect,
  doubt: string | null = null,
): Known {
  const shown = columns.names.map((name): LineageColumn => ({
    name: shownName(name, dialect),
    inputs: [],
    unresolved: doubt === null ? [] : [{ text: shownName(name, dialect), reason: doubt }],
    expression: null,
  }));
  const { isComplete } = columns;
  return {
    lineage: { nodeId: id, columns: shown, filters: [], open: [], doubt, isComplete },
    columns,
  };
}

/** A node and what it reads that is not known yet, parents before children. Chains may be longer than the call stack. */
function upstreamFirst(
  manifest: Manifest,
  id: NodeId,
  known: ReadonlyMap<NodeId, unknown>,
): readonly NodeId[] {
  const order: NodeId[] = [];
  const seen = new Set<NodeId>();
  const stack: { readonly id: NodeId; readonly isDone: boolean }[] = [{ id, isDone: false }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.isDone) {
      order.push(next.id);
      continue;
    }
    if (seen.has(next.id) || known.has(next.id)) continue;
    seen.add(next.id);
    stack.push({ id: next.id, isDone: true });
    for (const parent of manifest.dag.parents.get(next.id) ?? [])
      stack.push({ id: parent, isDone: false });
  }
  return order;
}

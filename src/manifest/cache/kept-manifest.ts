/**
 * A manifest as it was kept: the graph is there at once, what a node holds is read when somebody looks.
 */
import { type NodeId, nodeId } from '../../base/index.js';
import type { RecordFile, RecordPlace } from '../../platform/index.js';
import type { Dag, DocBlock, Group, Manifest } from '../manifest.js';
import type { ManifestNode } from '../node.js';
import { exactValue } from './exact-json.js';
import { keptDag } from './kept-dag.js';
import type { KeptIndex } from './kept-index.js';
import { keptNode } from './kept-node.js';
import type { NodeRecord, NodeStore } from './outline.js';

/** Records that stay decoded: what is looked at is looked at more than once. */
const MAX_DECODED = 512;

export class KeptManifest implements Manifest, NodeStore {
  readonly projectName: string;
  readonly nodes: ReadonlyMap<NodeId, ManifestNode>;
  readonly disabled: ReadonlyMap<NodeId, readonly ManifestNode[]>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly #nodes = new Map<NodeId, ManifestNode>();
  #index: KeptIndex;
  readonly #records: RecordFile;
  /** Parses the project anew: for when a record turns out to be damaged. */
  readonly #parseAnew: () => Manifest;
  #anew: Manifest | null = null;
  readonly #ids: readonly NodeId[];
  #amended: ReadonlyMap<number, string>;
  readonly #decoded = new Map<number, NodeRecord>();
  readonly #shared = new Map<number, NodeRecord['config']>();
  #dag: Dag | null = null;
  #docs: ReadonlyMap<string, DocBlock> | null = null;

  constructor(index: KeptIndex, records: RecordFile, parseAnew: () => Manifest) {
    this.#index = index;
    this.#records = records;
    this.#parseAnew = parseAnew;
    this.projectName = index.projectName;
    this.groups = new Map(index.groups);
    this.#amended = new Map(index.amended);
    const { columns, enabledCount } = index;
    const disabled = new Map<NodeId, ManifestNode[]>();
    const ids: NodeId[] = [];
    for (const at of columns.name.keys()) {
      const node = this.#node(at);
      ids.push(node.id);
      if (at < enabledCount) this.#nodes.set(node.id, node);
      else disabled.set(node.id, [...(disabled.get(node.id) ?? []), node]);
    }
    this.#ids = ids;
    this.nodes = this.#nodes;
    this.disabled = disabled;
  }

  /** True once something was not what was written. */
  get isDamaged(): boolean {
    return this.#anew !== null;
  }

  /** Takes on an index that differs in a few nodes. Only while nobody else has seen this manifest. */
  amend(index: KeptIndex, ids: Iterable<NodeId>): void {
    this.#index = index;
    this.#amended = new Map(index.amended);
    this.#decoded.clear();
    this.#dag = null;
    const changed = new Set(ids);
    for (const [at, id] of this.#ids.entries())
      if (at < index.enabledCount && changed.has(id)) this.#nodes.set(id, this.#node(at));
  }

  get dag(): Dag {
    const { columns, enabledCount } = this.#index;
    return (this.#dag ??= keptDag(this.#ids.slice(0, enabledCount), columns.parents));
  }

  get docs(): ReadonlyMap<string, DocBlock> {
    return (this.#docs ??= this.#readDocs());
  }

  parents(at: number): readonly NodeId[] {
    return (this.#index.columns.parents[at] ?? []).map((parent) =>
      typeof parent === 'string' ? nodeId(parent) : item(this.#ids, parent),
    );
  }

  fqn(at: number): readonly string[] {
    const { columns } = this.#index;
    const folder = item(columns.folders, item(columns.folder, at));
    return [...folder, columns.last[at] ?? item(columns.name, at)];
  }

  record(at: number): NodeRecord {
    let record = this.#decoded.get(at);
    if (record === undefined) {
      record = this.#read(at);
      const [oldest] = this.#decoded.keys();
      if (this.#decoded.size >= MAX_DECODED && oldest !== undefined) this.#decoded.delete(oldest);
      this.#decoded.set(at, record);
    }
    return record;
  }

  #read(at: number): NodeRecord {
    try {
      const { places } = this.#index.columns;
      const place: RecordPlace = [
        places[at * 3] ?? 0,
        places[at * 3 + 1] ?? 0,
        places[at * 3 + 2] ?? 0,
      ];
      const { columns, ...written } = exactValue(
        this.#amended.get(at) ?? this.#records.read(place),
      );
      return {
        ...written,
        ...(columns === undefined ? {} : { columns: columnsByName(columns) }),
        config: this.#config(written.config),
        unrenderedConfig: this.#config(written.unrenderedConfig),
      };
    } catch {
      return this.#nodeAnew(at);
    }
  }

  /** @param number of a shared config, or the config itself. */
  #config(number: number | NodeRecord['config']): NodeRecord['config'] {
    if (typeof number !== 'number') return number;
    let config = this.#shared.get(number);
    if (config === undefined) {
      const read: NodeRecord['config'] = exactValue(
        this.#records.read(item(this.#index.shared, number)),
      );
      this.#shared.set(number, read);
      config = read;
    }
    return config;
  }

  #readDocs(): ReadonlyMap<string, DocBlock> {
    try {
      const docs: readonly (readonly [string, DocBlock])[] = JSON.parse(
        this.#records.read(this.#index.docs),
      );
      return new Map(docs);
    } catch {
      return (this.#anew ??= this.#parseAnew()).docs;
    }
  }

  /** The node as a new parse has it. */
  #nodeAnew(at: number): NodeRecord {
    const manifest = (this.#anew ??= this.#parseAnew());
    const id = item(this.#ids, at);
    const { enabledCount } = this.#index;
    const nth = this.#ids.slice(enabledCount, at).filter((one) => one === id).length;
    const found: unknown =
      at < enabledCount ? manifest.nodes.get(id) : manifest.disabled.get(id)?.[nth];
    if (!isRecord(found)) throw new Error(`${id} was kept, but a new parse does not know it`);
    return found;
  }

  #node(at: number): ManifestNode {
    const { columns } = this.#index;
    const resourceType = item(columns.types, item(columns.type, at));
    const packageName = item(columns.packages, item(columns.package, at));
    const name = item(columns.name, at);
    const tail = item(columns.id, at);
    return keptNode(this, at, {
      resourceType,
      id: nodeId(
        tail.startsWith('=') ? tail.slice(1) : `${resourceType}.${packageName}.${name}${tail}`,
      ),
      name,
      packageName,
      originalFilePath: item(columns.files, item(columns.file, at)),
      tags: item(columns.tagLists, item(columns.tags, at)),
      extra: item(columns.extras, item(columns.extra, at)),
    });
  }
}

function columnsByName(
  columns: readonly { readonly name: string }[],
): ReadonlyMap<string, unknown> {
  return new Map(columns.map((column) => [column.name, column]));
}

/** A node of any kind has the fields that its kind is asked for. */
function isRecord(node: unknown): node is NodeRecord {
  return typeof node === 'object' && node !== null && 'config' in node;
}

/** An item that must be there. @throws Error if the index is not what was written. */
function item<Item>(items: readonly Item[], at: number): Item {
  const found = items[at];
  if (found === undefined) throw new Error('the index of the kept manifest is broken');
  return found;
}

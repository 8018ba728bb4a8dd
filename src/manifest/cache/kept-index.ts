/**
 * The index of a kept manifest: names and edges in columns, and where on the disk the record of each node is.
 */
import type { Diagnostic, NodeId } from '../../base/index.js';
import { checksumOf, type FileStamp, type RecordPlace } from '../../platform/index.js';
import type { DocBlock, Group, Manifest } from '../manifest.js';
import type { ManifestNode, ResourceType } from '../node.js';
import { exactText, Oddities } from './exact-json.js';
import { extraOf, type OutlineExtra } from './outline.js';

/** Columns have one item for each node: those that are enabled in the manifest's order, then the disabled ones. */
export interface NodeColumns {
  readonly types: readonly ResourceType[];
  readonly packages: readonly string[];
  readonly files: readonly string[];
  readonly folders: readonly (readonly string[])[];
  readonly tagLists: readonly (readonly string[])[];
  readonly extras: readonly OutlineExtra[];
  readonly type: number[];
  readonly package: number[];
  readonly file: number[];
  /** The fqn without its last part. */
  readonly folder: number[];
  /** The last part of the fqn, or null where it is the name. */
  readonly last: (string | null)[];
  readonly name: string[];
  /** What the id has behind `type.package.name`; the whole id, after `=`, where it does not begin so. */
  readonly id: string[];
  readonly tags: number[];
  readonly extra: number[];
  /** Numbers of nodes; unique_ids of what is not among the nodes. */
  readonly parents: (readonly (number | string)[])[];
  /** Offset, length and checksum of each record, one after the other. */
  readonly places: number[];
}

/** All that is kept of a parse but the records. */
export interface KeptIndex {
  /** Names this content: another has another name. */
  readonly name: string;
  readonly recordsFile: string;
  readonly recordsBytes: number;
  readonly projectName: string;
  readonly enabledCount: number;
  readonly columns: NodeColumns;
  /** Records that were made anew since the file was written, by the numbers of their nodes. */
  readonly amended: readonly (readonly [at: number, record: string])[];
  /** What became of it since the file was written, the oldest first. */
  readonly steps: readonly KeptStep[];
  /** Configs, which many nodes share. */
  readonly shared: readonly RecordPlace[];
  readonly docs: RecordPlace;
  readonly groups: readonly (readonly [string, Group])[];
  readonly diagnostics: readonly Diagnostic[];
  readonly validity: Validity;
}

/** Steps that are remembered: who knows of an older content looks at everything. */
const MAX_STEPS = 100;

/** A few nodes that were read anew. */
export interface KeptStep {
  /** The name of the content before. */
  readonly before: string;
  readonly ids: readonly NodeId[];
  /** True if one of them depends on others than before. */
  readonly hasNewEdges: boolean;
}

/** For how long the rest of the index counts. */
export interface Validity {
  /** Hash of everything that concerns all nodes. */
  readonly fingerprint: string;
  /** Milliseconds since the epoch at which the stamps were taken. */
  readonly stampedAtMs: number;
  /** Of every file of the project, in its order. */
  readonly stamps: readonly (FileStamp | null)[];
  readonly hashes: readonly string[];
  /** Names of environment variables that templates read, with a hash of their values. */
  readonly env: readonly (readonly [name: string, hash: string])[];
  readonly salt: string;
  /** Nodes whose templates read the clock, each by the file that it is alone in: they are read at every start. */
  readonly moments: readonly MomentNode[];
}

export interface MomentNode {
  /** Absolute. */
  readonly file: string;
  readonly id: NodeId;
  /** Checksum of what was read of it. */
  readonly content: number;
}

/** Checksum of all that is kept of a node, which is of a new parse. */
export function contentOf(node: ManifestNode): number {
  const { config, unrenderedConfig, tags, dependsOn } = node;
  const record = recordText(node, { config, unrenderedConfig }, new Oddities());
  return checksumOf(JSON.stringify([record, tags, dependsOn, extraOf(node)]));
}

/** Numbers the distinct values of a column by their text. */
class Numbering<Value> {
  readonly values: Value[] = [];
  readonly #numbers = new Map<string, number>();

  of(value: Value, key: string): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.values.push(value) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}

/** Gathers the bytes of records. */
class RecordWriter {
  readonly chunks: Uint8Array[] = [];
  sizeBytes = 0;

  write(text: string): RecordPlace {
    const bytes = Buffer.from(text, 'utf8');
    const place: RecordPlace = [this.sizeBytes, bytes.length, checksumOf(bytes)];
    this.chunks.push(bytes);
    this.sizeBytes += bytes.length;
    return place;
  }
}

/** A manifest as an index and the bytes of its records. */
export function indexOf(
  manifest: Manifest,
  diagnostics: readonly Diagnostic[],
  recordsFile: string,
  validity: Validity,
): { readonly index: KeptIndex; readonly records: readonly Uint8Array[] } {
  const enabled = [...manifest.nodes.values()];
  const nodes = [...enabled, ...[...manifest.disabled.values()].flat()];
  const writer = new RecordWriter();
  const shared = new SharedRecords(writer);
  const columns = columnsOf(nodes, enabled, writer, shared);
  const docs: readonly (readonly [string, DocBlock])[] = [...manifest.docs];
  return {
    records: writer.chunks,
    index: {
      docs: writer.write(JSON.stringify(docs)),
      name: recordsFile,
      recordsFile,
      amended: [],
      steps: [],
      recordsBytes: writer.sizeBytes,
      projectName: manifest.projectName,
      enabledCount: enabled.length,
      columns,
      shared: shared.places,
      groups: [...manifest.groups],
      diagnostics,
      validity,
    },
  };
}

/** Configs by their text: nodes of a folder mostly have the same. */
class SharedRecords {
  readonly places: RecordPlace[] = [];
  readonly odd: Oddities = new Oddities();
  readonly #writer: RecordWriter;
  readonly #numbers = new Map<string, number>();
  readonly #known = new WeakMap<object, number>();

  constructor(writer: RecordWriter) {
    this.#writer = writer;
  }

  of(value: object): number {
    let number = this.#known.get(value);
    if (number !== undefined) return number;
    const text = exactText(value, this.odd);
    number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.places.push(this.#writer.write(text)) - 1;
      this.#numbers.set(text, number);
    }
    this.#known.set(value, number);
    return number;
  }
}

function columnsOf(
  nodes: readonly ManifestNode[],
  enabled: readonly ManifestNode[],
  writer: RecordWriter,
  shared: SharedRecords,
): NodeColumns {
  const numbers = new Map<NodeId, number>(enabled.map((node, at) => [node.id, at]));
  const types = new Numbering<ResourceType>();
  const packages = new Numbering<string>();
  const files = new Numbering<string>();
  const folders = new Numbering<readonly string[]>();
  const tagLists = new Numbering<readonly string[]>();
  const extras = new Numbering<OutlineExtra>();
  const columns: NodeColumns = {
    types: types.values,
    packages: packages.values,
    files: files.values,
    folders: folders.values,
    tagLists: tagLists.values,
    extras: extras.values,
    type: [],
    package: [],
    file: [],
    folder: [],
    last: [],
    name: [],
    id: [],
    tags: [],
    extra: [],
    parents: [],
    places: [],
  };
  for (const node of nodes) {
    const folder = node.fqn.slice(0, -1);
    const last = node.fqn.at(-1) ?? null;
    const extra = extraOf(node);
    const start = `${node.resourceType}.${node.packageName}.${node.name}`;
    columns.type.push(types.of(node.resourceType, node.resourceType));
    columns.package.push(packages.of(node.packageName, node.packageName));
    columns.file.push(files.of(node.originalFilePath, node.originalFilePath));
    columns.folder.push(folders.of(folder, folder.join('\u0000')));
    columns.last.push(last === node.name ? null : last);
    columns.name.push(node.name);
    columns.id.push(node.id.startsWith(start) ? node.id.slice(start.length) : `=${node.id}`);
    columns.tags.push(tagLists.of(node.tags, node.tags.join('\u0000')));
    columns.extra.push(extras.of(extra, JSON.stringify(extra)));
    columns.parents.push(node.dependsOn.map((id) => numbers.get(id) ?? id));
    const configs = {
      config: shared.of(node.config),
      unrenderedConfig: shared.of(node.unrenderedConfig),
    };
    columns.places.push(...writer.write(recordText(node, configs, shared.odd)));
  }
  return columns;
}

/** The record of a node: what its outline does not hold, configs in it or by their numbers. */
function recordText(
  node: ManifestNode,
  configs: { readonly config: unknown; readonly unrenderedConfig: unknown },
  oddities: Oddities,
): string {
  const {
    resourceType: _type,
    id: _id,
    name: _name,
    packageName: _package,
    originalFilePath: _file,
    fqn: _fqn,
    tags: _tags,
    dependsOn: _parents,
    ...rest
  } = node;
  return exactText(
    {
      ...rest,
      ...('columns' in rest ? { columns: [...rest.columns.values()] } : {}),
      ...configs,
    },
    oddities,
  );
}

/** The index with other nodes in the place of those of the same id; names, kinds and files stay. */
export function amendedIndex(
  index: KeptIndex,
  before: Manifest,
  nodes: ReadonlyMap<NodeId, ManifestNode>,
  name: string,
  validity: Validity,
): KeptIndex {
  const { columns } = index;
  const numbers = new Map<NodeId, number>([...before.nodes.keys()].map((id, at) => [id, at]));
  const amended = new Map(index.amended);
  const tagLists = [...columns.tagLists];
  const extras = [...columns.extras];
  const tags = [...columns.tags];
  const extra = [...columns.extra];
  const parents = [...columns.parents];
  const oddities = new Oddities();
  let hasNewEdges = false;
  for (const [id, node] of nodes) {
    const at = numbers.get(id);
    if (at === undefined) throw new Error(`${id} is not in the index`);
    tags[at] = tagLists.push(node.tags) - 1;
    extra[at] = extras.push(extraOf(node)) - 1;
    const edges = node.dependsOn.map((parent) => numbers.get(parent) ?? parent);
    hasNewEdges ||= String(edges) !== String(parents[at]);
    parents[at] = edges;
    const { config, unrenderedConfig } = node;
    amended.set(at, recordText(node, { config, unrenderedConfig }, oddities));
  }
  return {
    ...index,
    name,
    amended: [...amended],
    steps: [
      ...index.steps.slice(1 - MAX_STEPS),
      { before: index.name, ids: [...nodes.keys()], hasNewEdges },
    ],
    columns: { ...columns, tagLists, extras, tags, extra, parents },
    validity,
  };
}

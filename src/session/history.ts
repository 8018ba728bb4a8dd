/**
 * What happened to each node last, in this target: kept on disk, so that the next start knows what is built.
 */
import type { Json, NodeId } from '../base/index.js';
import type { NodeResult } from '../events/index.js';
import type { Manifest, ManifestNode } from '../manifest/index.js';
import {
  type FileStamp,
  isFile,
  isSameStamp,
  joinPath,
  md5,
  readText,
  removePath,
  stampOf,
  writeAtomic,
} from '../platform/index.js';
import type { Build } from '../run/index.js';
import type { NodeState } from './api.js';

interface Entry {
  readonly result: NodeResult;
  /** Hash of the node's code and config when it was last run. */
  readonly codeHash: string;
  /** Milliseconds since the epoch of the last success; null if it never succeeded. */
  readonly builtAtMs: number | null;
  /** What the last run built, if it ended well and nothing has been begun since. */
  readonly build?: Build;
}

/** A build as it is written: sets of macros are many nodes' own, and each is written once. */
type WrittenBuild = Omit<Build, 'facts'> & {
  readonly facts: Omit<Build['facts'], 'macros'> & { readonly macros: number };
};

const VERSION = 1;

/** One target's history. A file that cannot be read counts as none. */
export class History {
  readonly #file: string;
  /** Names the nodes of runs that are going on: what a run that was cut off had begun is not known to be built. */
  readonly #openFile: string;
  #entries: Map<string, Entry>;
  /** Nodes that ended since the file was written: another process may write others meanwhile. */
  readonly #own = new Map<string, Entry>();
  #stamp: FileStamp | null;
  /** Nodes of runs of this process: other processes have their own in the same file. */
  readonly #begun = new Set<string>();
  readonly #running = new Set<NodeId>();
  /** Worked out when asked for; forgotten when a node ends. */
  readonly #rowTimes = new Map<NodeId, number>();

  constructor(projectDir: string, targetName: string) {
    const name = targetName.replaceAll(/[^\w.-]/gu, '_');
    this.#file = joinPath(projectDir, '.dagbook', `history-${name}.json`);
    this.#openFile = joinPath(projectDir, '.dagbook', `building-${name}.json`);
    this.#stamp = stampOf(this.#file);
    this.#entries = readEntries(this.#file);
    this.#forgetOpen();
  }

  /** Takes in what other processes have written since. */
  refresh(): void {
    const stamp = stampOf(this.#file);
    if (isSameStamp(stamp, this.#stamp)) return;
    this.#stamp = stamp;
    this.#entries = readEntries(this.#file);
    this.#forgetOpen();
    for (const [id, entry] of this.#own) this.#entries.set(id, entry);
    this.#rowTimes.clear();
  }

  /** Notes on the disk that these nodes will be built. */
  begin(ids: readonly NodeId[]): void {
    this.refresh();
    for (const id of ids) this.#begun.add(id);
    const open = [...new Set([...readOpen(this.#openFile), ...ids])];
    writeAtomic(this.#openFile, JSON.stringify(open), { isPrivate: true });
  }

  /** The last build of a node; null if it was never built, or is not known to have ended well. */
  buildOf(id: NodeId): Build | null {
    return this.#entries.get(id)?.build ?? null;
  }

  /** Milliseconds since the epoch at which a node ended well; null if it never did. */
  builtAtMs(id: NodeId): number | null {
    return this.#entries.get(id)?.builtAtMs ?? null;
  }

  /** Whether the node was ever run. */
  knows(id: NodeId): boolean {
    return this.#entries.has(id);
  }

  #forgetOpen(): void {
    for (const id of readOpen(this.#openFile)) {
      const entry = this.#entries.get(id);
      if (entry?.build === undefined) continue;
      this.#entries.set(id, withoutBuild(entry));
    }
  }

  started(id: NodeId): void {
    this.#running.add(id);
  }

  /** @param build what was built; null if it did not end well. */
  finished(node: ManifestNode, result: NodeResult, build: Build | null): void {
    const wasBegun = this.#running.delete(node.id);
    if (result.status === 'reused') return;
    this.#rowTimes.clear();
    const isBuilt = ['success', 'pass', 'warn'].includes(result.status);
    const before = this.#entries.get(node.id);
    if (result.status === 'skipped' && before !== undefined) {
      if (wasBegun) this.#put(node.id, withoutBuild(before));
      return;
    }
    this.#put(node.id, {
      // The compiled text is large and can be made again.
      result: { ...result, compiledSql: null },
      codeHash: codeHash(node),
      builtAtMs: isBuilt ? result.startedAtMs + result.durationMs : (before?.builtAtMs ?? null),
      ...(build === null ? {} : { build }),
    });
  }

  #put(id: NodeId, entry: Entry): void {
    this.#entries.set(id, entry);
    this.#own.set(id, entry);
  }

  /** Writes it, whole or not at all. */
  save(): void {
    this.refresh();
    const sets = new Map<string, number>();
    const nodes = Object.fromEntries(
      [...this.#entries].map(([id, entry]) => [id, written(entry, sets)]),
    );
    const macros = [...sets.keys()].map((text): Json => JSON.parse(text));
    writeAtomic(this.#file, `${JSON.stringify({ version: VERSION, macros, nodes })}\n`, {
      isPrivate: true,
    });
    this.#stamp = stampOf(this.#file);
    this.#own.clear();
    const left = readOpen(this.#openFile).filter((id) => !this.#begun.has(id));
    this.#begun.clear();
    if (left.length === 0) removePath(this.#openFile);
    else writeAtomic(this.#openFile, JSON.stringify(left), { isPrivate: true });
  }

  stateOf(id: NodeId, manifest: Manifest): NodeState {
    const entry = this.#entries.get(id);
    const lastResult = entry?.result ?? null;
    if (this.#running.has(id)) return { state: 'running', lastResult, reason: null };
    if (entry === undefined) return { state: 'never', lastResult: null, reason: null };
    const { status } = entry.result;
    if (status === 'error' || status === 'fail')
      return { state: 'failed', lastResult, reason: entry.result.message };
    if (status === 'skipped') return { state: 'skipped', lastResult, reason: entry.result.message };
    const reason = this.#staleness(id, entry, manifest);
    return { state: reason === null ? 'built' : 'stale', lastResult, reason };
  }

  #staleness(id: NodeId, entry: Entry, manifest: Manifest): string | null {
    const node = manifest.nodes.get(id);
    if (node !== undefined && codeHash(node) !== entry.codeHash) return 'its code changed';
    // A unit test reads given rows, and runs before its model is built.
    if (node?.resourceType === 'unit_test') return null;
    const builtAtMs = entry.builtAtMs ?? 0;
    if (isView(node)) return null;
    for (const parent of manifest.dag.parents.get(id) ?? []) {
      if (this.#rowsAtMs(parent, manifest) > builtAtMs) {
        return `${manifest.nodes.get(parent)?.name ?? parent} was built later`;
      }
    }
    return null;
  }

  /** When a node's rows last changed, as far as is known: a view or an ephemeral model shows its parents' rows as they are. */
  #rowsAtMs(id: NodeId, manifest: Manifest): number {
    const known = this.#rowTimes.get(id);
    if (known !== undefined) return known;
    const parents = isView(manifest.nodes.get(id)) ? (manifest.dag.parents.get(id) ?? []) : null;
    const time =
      parents === null
        ? (this.#entries.get(id)?.builtAtMs ?? 0)
        : Math.max(0, ...parents.map((parent) => this.#rowsAtMs(parent, manifest)));
    this.#rowTimes.set(id, time);
    return time;
  }
}

type WrittenEntry = Omit<Entry, 'build'> & { readonly build?: WrittenBuild };

/** @param sets numbers of the sets of macros by their text; what is not there yet is added. */
function written({ build, ...entry }: Entry, sets: Map<string, number>): WrittenEntry {
  if (build === undefined) return entry;
  const text = JSON.stringify(build.facts.macros);
  const macros = sets.get(text) ?? sets.size;
  sets.set(text, macros);
  return { ...entry, build: { ...build, facts: { ...build.facts, macros } } };
}

function read({ build, ...entry }: WrittenEntry, sets: readonly Build['facts']['macros'][]): Entry {
  const macros = build === undefined ? undefined : sets[build.facts.macros];
  if (build === undefined || macros === undefined) return entry;
  return { ...entry, build: { ...build, facts: { ...build.facts, macros } } };
}

function withoutBuild(entry: Entry): Entry {
  const { build: _, ...rest } = entry;
  return rest;
}

/** Ids of nodes that were begun and are not known to have ended. */
function readOpen(file: string): readonly string[] {
  if (!isFile(file)) return [];
  try {
    const ids: Json = JSON.parse(readText(file));
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    // Written whole or not at all: then another program has been at it, and no more is known than before.
    return [];
  }
}

function isView(node: ManifestNode | undefined): boolean {
  return node?.resourceType === 'model' && ['view', 'ephemeral'].includes(node.materialized);
}

function codeHash(node: ManifestNode): string {
  const code = 'rawCode' in node ? node.rawCode : 'checksum' in node ? node.checksum : '';
  return md5(`${code}\u0000${JSON.stringify(node.config)}`);
}

function readEntries(file: string): Map<string, Entry> {
  if (!isFile(file)) return new Map();
  try {
    const content = JSON.parse(readText(file)) as {
      readonly version?: Json;
      readonly macros?: readonly Build['facts']['macros'][];
      readonly nodes?: Record<string, WrittenEntry>;
    };
    const { version, nodes, macros = [] } = content;
    if (version !== VERSION || nodes === undefined) return new Map();
    return new Map(
      Object.entries(nodes)
        .filter(([, entry]) => typeof entry?.codeHash === 'string')
        .map(([id, entry]) => [id, read(entry, macros)]),
    );
  } catch {
    // The history can always be made again by running: a broken one is no reason to stop.
    return new Map();
  }
}

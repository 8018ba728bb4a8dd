/**
 * What happened to each node last, in this target: kept on disk, so that the next start knows what is built.
 */
import type { Json, NodeId } from '../base/index.js';
import type { NodeResult } from '../events/index.js';
import type { Manifest, ManifestNode } from '../manifest/index.js';
import { isFile, joinPath, md5, readText, writeAtomic } from '../platform/index.js';
import type { NodeState } from './api.js';

interface Entry {
  readonly result: NodeResult;
  /** Hash of the node's code and config when it was last run. */
  readonly codeHash: string;
  /** Milliseconds since the epoch of the last success; null if it never succeeded. */
  readonly builtAtMs: number | null;
}

const VERSION = 1;

/** One target's history. A file that cannot be read counts as none. */
export class History {
  readonly #file: string;
  readonly #entries: Map<string, Entry>;
  readonly #running = new Set<NodeId>();
  /** Worked out when asked for; forgotten when a node ends. */
  readonly #rowTimes = new Map<NodeId, number>();

  constructor(projectDir: string, targetName: string) {
    this.#file = joinPath(
      projectDir,
      '.dagbook',
      `history-${targetName.replaceAll(/[^\w.-]/gu, '_')}.json`,
    );
    this.#entries = readEntries(this.#file);
  }

  started(id: NodeId): void {
    this.#running.add(id);
  }

  finished(node: ManifestNode, result: NodeResult): void {
    this.#running.delete(node.id);
    this.#rowTimes.clear();
    const isBuilt = ['success', 'pass', 'warn'].includes(result.status);
    const before = this.#entries.get(node.id);
    if (result.status === 'skipped' && before !== undefined) return;
    this.#entries.set(node.id, {
      // The compiled text is large and can be made again.
      result: { ...result, compiledSql: null },
      codeHash: codeHash(node),
      builtAtMs: isBuilt ? result.startedAtMs + result.durationMs : (before?.builtAtMs ?? null),
    });
  }

  /** Writes it, whole or not at all. */
  save(): void {
    const nodes = Object.fromEntries(this.#entries);
    writeAtomic(this.#file, `${JSON.stringify({ version: VERSION, nodes })}\n`, {
      isPrivate: true,
    });
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
      readonly nodes?: Record<string, Entry>;
    };
    if (content.version !== VERSION || content.nodes === undefined) return new Map();
    return new Map(
      Object.entries(content.nodes).filter(([, entry]) => typeof entry?.codeHash === 'string'),
    );
  } catch {
    // The history can always be made again by running: a broken one is no reason to stop.
    return new Map();
  }
}

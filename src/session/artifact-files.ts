/**
 * What a command leaves in the target folder: manifest.json, run_results.json, sources.json and compiled SQL.
 */
import {
  compiledPath,
  type FreshnessEntry,
  isSemantic,
  manifestSegments,
  type ManifestSegment,
  runResultsJson,
  semanticManifestJson,
  sourcesJson,
} from '../artifacts/index.js';
import { type JsonObject, type NodeId, textOfJson } from '../base/index.js';
import type { CalledMacros } from '../compile/index.js';
import type { ProjectFacts } from '../context/index.js';
import type { RunSummary } from '../events/index.js';
import type { Manifest } from '../manifest/index.js';
import { isFile, joinPath, writeAtomic } from '../platform/index.js';
import { writeSegments } from './manifest-segments.js';
import type { Parsed } from './parsed.js';
import { loadedUntil } from './reuse/loaded-until.js';

/** Kinds that semantic_manifest.json is made of. */
const SEMANTIC: ReadonlySet<string> = new Set(['metric', 'semantic_model', 'saved_query']);

export class ArtifactFiles {
  readonly #targetDir: string;
  readonly #facts: ProjectFacts;
  readonly #compiled = new Map<NodeId, string>();

  readonly #calledMacros: CalledMacros;

  constructor(targetDir: string, facts: ProjectFacts, calledMacros: CalledMacros) {
    this.#targetDir = targetDir;
    this.#facts = facts;
    this.#calledMacros = calledMacros;
  }

  get compiled(): ReadonlyMap<NodeId, string> {
    return this.#compiled;
  }

  /** The text as it is, below `target/compiled/<package>`. */
  writeCompiled(manifest: Manifest, id: NodeId, sql: string): void {
    const node = manifest.nodes.get(id);
    if (node === undefined) return;
    this.#compiled.set(id, sql);
    writeAtomic(joinPath(this.#targetDir, compiledPath(node)), sql, { isDurable: false });
  }

  writeManifest(parsed: Parsed): void {
    const file = joinPath(this.#targetDir, 'manifest.json');
    const semanticFile = joinPath(this.#targetDir, 'semantic_manifest.json');
    const { manifest } = parsed;
    const hasSemantics =
      !isFile(semanticFile) ||
      [...manifest.nodes.values()].some(({ resourceType }) => SEMANTIC.has(resourceType));
    let semantic: Record<string, Record<string, JsonObject>> = {};
    const segments = (): Iterable<ManifestSegment> => {
      semantic = {};
      return manifestSegments(
        {
          manifest,
          macros: () => parsed.registry.all(),
          adapterType: this.#facts.dialect,
          target: this.#facts.target,
          targetPath: textOfJson(this.#facts.settings['target_path']) ?? 'target',
          compiled: this.#compiled,
          calledMacros: this.#calledMacros,
          ...this.#common(),
        },
        (section, id, dict) => {
          if (isSemantic(section, dict)) (semantic[section] ??= {})[id] = dict;
        },
      );
    };
    const special = [...new Set([...this.#compiled.keys(), ...this.#calledMacros.keys()])];
    const isMostlyCopied = writeSegments({
      parsed,
      file,
      segments,
      special,
      isPartialEnough: () => !hasSemantics && Object.keys(semantic).length === 0,
    });
    if (!isMostlyCopied) this.#write('semantic_manifest.json', semanticManifestJson(semantic));
  }

  writeRunResults(summary: RunSummary, args: JsonObject): void {
    this.#write('run_results.json', runResultsJson(summary, { ...this.#common(), args }));
  }

  /** `max_loaded_at` of sources, as the last `source freshness` wrote it. */
  loadedUntil(): ReadonlyMap<NodeId, string> {
    return loadedUntil(joinPath(this.#targetDir, 'sources.json'));
  }

  writeSources(entries: readonly FreshnessEntry[], elapsedMs: number): void {
    this.#write('sources.json', sourcesJson(entries, { ...this.#common(), args: {}, elapsedMs }));
  }

  #common(): {
    readonly dbtVersion: string;
    readonly invocationId: string;
    readonly generatedAt: Date;
  } {
    return {
      dbtVersion: this.#facts.dbtVersion,
      invocationId: this.#facts.invocationId,
      generatedAt: new Date(this.#facts.now()),
    };
  }

  #write(name: string, content: JsonObject): void {
    writeAtomic(joinPath(this.#targetDir, name), JSON.stringify(content));
  }
}

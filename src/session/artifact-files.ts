/**
 * What a command leaves in the target folder: manifest.json, run_results.json, sources.json and compiled SQL.
 */
import {
  compiledPath,
  type FreshnessEntry,
  isSemantic,
  manifestText,
  runResultsJson,
  semanticManifestJson,
  sourcesJson,
} from '../artifacts/index.js';
import { type JsonObject, type NodeId, textOfJson } from '../base/index.js';
import type { CalledMacros } from '../compile/index.js';
import type { MacroRegistry, ProjectFacts } from '../context/index.js';
import type { RunSummary } from '../events/index.js';
import type { Manifest } from '../manifest/index.js';
import { joinPath, writeAtomic } from '../platform/index.js';
import { loadedUntil } from './reuse/loaded-until.js';

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

  writeManifest(manifest: Manifest, registry: MacroRegistry): void {
    const semantic: Record<string, Record<string, JsonObject>> = {};
    const text = manifestText(
      {
        manifest,
        macros: registry.all(),
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
    // It can be made again from the project.
    writeAtomic(joinPath(this.#targetDir, 'manifest.json'), text, { isDurable: false });
    this.#write('semantic_manifest.json', semanticManifestJson(semantic));
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

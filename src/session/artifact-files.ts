/**
 * What a command leaves in the target folder: manifest.json, run_results.json, sources.json and compiled SQL.
 */
import {
  type FreshnessEntry,
  manifestJson,
  runResultsJson,
  sourcesJson,
} from '../artifacts/index.js';
import type { JsonObject, NodeId } from '../base/index.js';
import type { MacroRegistry, ProjectFacts } from '../context/index.js';
import type { RunSummary } from '../events/index.js';
import type { Manifest } from '../manifest/index.js';
import { joinPath, writeAtomic } from '../platform/index.js';

export class ArtifactFiles {
  readonly #targetDir: string;
  readonly #facts: ProjectFacts;
  readonly #compiled = new Map<NodeId, string>();

  constructor(targetDir: string, facts: ProjectFacts) {
    this.#targetDir = targetDir;
    this.#facts = facts;
  }

  get compiled(): ReadonlyMap<NodeId, string> {
    return this.#compiled;
  }

  /** `target/compiled/<package>/<path>`. */
  writeCompiled(manifest: Manifest, id: NodeId, sql: string): void {
    const node = manifest.nodes.get(id);
    if (node === undefined) return;
    this.#compiled.set(id, sql);
    const folder =
      node.resourceType === 'test'
        ? `${node.originalFilePath}/${node.path}`
        : node.originalFilePath;
    const file = /\.(?:yml|yaml)$/u.test(folder) ? `${folder}/${node.name}.sql` : folder;
    writeAtomic(joinPath(this.#targetDir, 'compiled', node.packageName, file), `${sql}\n`, {
      isDurable: false,
    });
  }

  writeManifest(manifest: Manifest, registry: MacroRegistry): void {
    const content = manifestJson({
      manifest,
      macros: registry.all(),
      adapterType: this.#facts.dialect,
      target: this.#facts.target,
      compiled: this.#compiled,
      ...this.#common(),
    });
    this.#write('manifest.json', content);
  }

  writeRunResults(summary: RunSummary, args: JsonObject): void {
    this.#write('run_results.json', runResultsJson(summary, { ...this.#common(), args }));
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

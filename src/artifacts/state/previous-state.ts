/**
 * An earlier state of a project, read from artifacts: dbt's or ours.
 */
import { DagbookError, isJsonObject, type Json, type JsonObject } from '../../base/index.js';
import { mappings, member, textAt } from './compared-json.js';

/** What the files of a state hold. Each may be missing. */
export interface StateFiles {
  readonly manifest: Json | null;
  readonly runResults: Json | null;
  readonly sources: Json | null;
  /** sources.json of now, to compare with. */
  readonly currentSources: Json | null;
}

export interface PreviousState {
  /** Where it came from, as messages show it. */
  readonly origin: string;
  /** Nodes of all kinds by unique_id, as manifest.json has them; null if there is no manifest. */
  readonly nodes: ReadonlyMap<string, JsonObject> | null;
  /** Texts of macros by unique_id. */
  readonly macros: ReadonlyMap<string, string>;
  /** Statuses of the last run by unique_id; null if there are none. */
  readonly statuses: ReadonlyMap<string, string> | null;
  readonly freshness: Freshness | null;
  readonly currentFreshness: Freshness | null;
}

/** When sources were last loaded, by unique_id; null where that could not be told. */
export type Freshness = ReadonlyMap<string, string | null>;

const SECTIONS = [
  'nodes',
  'sources',
  'exposures',
  'metrics',
  'semantic_models',
  'unit_tests',
  'saved_queries',
  'functions',
];
/** Earlier ones have other names for what is compared. */
const OLDEST_MANIFEST = 7;
const NEWEST_MANIFEST = 12;

/** Reads a state. @throws DagbookError state/bad-artifact for a file of another kind or version. */
export function previousState(files: StateFiles, origin: string): PreviousState {
  return {
    origin,
    nodes: files.manifest === null ? null : nodesOf(files.manifest, origin),
    macros: files.manifest === null ? new Map() : macrosOf(files.manifest),
    statuses: files.runResults === null ? null : statusesOf(files.runResults),
    freshness: files.sources === null ? null : freshnessOf(files.sources),
    currentFreshness: files.currentSources === null ? null : freshnessOf(files.currentSources),
  };
}

function nodesOf(manifest: Json, origin: string): ReadonlyMap<string, JsonObject> {
  const file = isJsonObject(manifest) ? manifest : {};
  const schema = textAt(member(file, 'metadata'), 'dbt_schema_version');
  const version = Number(/\/manifest\/v(?<version>\d+)\.json$/u.exec(schema)?.groups?.['version']);
  if (!(version >= OLDEST_MANIFEST && version <= NEWEST_MANIFEST)) {
    throw new DagbookError(
      'state/bad-artifact',
      `The manifest.json of ${origin} cannot be compared with: ${schema === '' ? 'it does not say what version it is' : `its schema is ${schema}`}.`,
      {
        exitCode: 2,
        hint: `Write it anew with dbt 1.3 or later, or with dagbook: manifests of versions ${OLDEST_MANIFEST} to ${NEWEST_MANIFEST} are read.`,
      },
    );
  }
  const nodes = new Map<string, JsonObject>();
  for (const section of SECTIONS) {
    for (const [id, node] of Object.entries(member(file, section))) {
      if (isJsonObject(node)) nodes.set(id, node);
    }
  }
  return nodes;
}

function macrosOf(manifest: Json): ReadonlyMap<string, string> {
  const macros = isJsonObject(manifest) ? member(manifest, 'macros') : {};
  return new Map(Object.keys(macros).map((id) => [id, textAt(member(macros, id), 'macro_sql')]));
}

function statusesOf(results: Json): ReadonlyMap<string, string> {
  return new Map(
    (isJsonObject(results) ? mappings(results, 'results') : []).map((result) => [
      textAt(result, 'unique_id'),
      textAt(result, 'status'),
    ]),
  );
}

function freshnessOf(sources: Json): Freshness {
  return new Map(
    (isJsonObject(sources) ? mappings(sources, 'results') : []).map((result) => {
      const at = result['max_loaded_at'];
      return [textAt(result, 'unique_id'), typeof at === 'string' ? at : null];
    }),
  );
}

export { type CatalogEntry, catalogJson } from './catalog-json.js';
export {
  compiledPath,
  manifestJson,
  type ManifestJsonInput,
  type ManifestSegment,
  manifestSegments,
} from './manifest-json.js';
export {
  type FreshnessEntry,
  type ResultsInput,
  runResultsJson,
  sourcesJson,
} from './run-results-json.js';
export { isSemantic, semanticManifestJson } from './semantic-manifest-json.js';
export { StateComparison } from './state/compare-state.js';
export { type PreviousState, previousState, type StateFiles } from './state/previous-state.js';

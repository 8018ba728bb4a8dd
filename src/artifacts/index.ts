export { type CatalogEntry, catalogJson } from './catalog-json.js';
export { manifestJson, type ManifestJsonInput } from './manifest-json.js';
export {
  type FreshnessEntry,
  type ResultsInput,
  runResultsJson,
  sourcesJson,
} from './run-results-json.js';

export { readCsv } from './csv.js';
export {
  assertNever,
  DagbookError,
  type DagbookErrorOptions,
  type Diagnostic,
  formatDiagnostic,
  messageOf,
  toDiagnostic,
} from './errors.js';
export { display, displayLines, displayOutput } from './display.js';
export { type HideSecrets, hideInJson, hidingSecrets, isHidden } from './hide-secrets.js';
export { type Branded, nodeId, type NodeId, type SafeText } from './ids.js';
export { ExactNumber, isJsonObject, type Json, type JsonObject, textOfJson } from './json.js';
export { type MappingKey, membersOf, noteKeys, spelledKey } from './mapping-keys.js';
export { formatPosition, type Position, positionAt } from './position.js';
export { Secret } from './secret.js';

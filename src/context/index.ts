export { PyAdapter, relationArgument } from './adapter.js';
export { AttributeDict, baseEntries } from './base-entries.js';
export { columnFromDescription, PyColumn } from './column.js';
export { DbtContext, MOMENTS } from './context.js';
export type { ProjectFacts, QuotePolicy, Watch } from './facts.js';
export { type MacroDefinition, readMacroFile, templateOf } from './macro.js';
export { MacroRegistry, type RegistryFacts } from './macro-registry.js';
export { callNameMacro, type NameMacro, type NameScope } from './names.js';
export {
  type CaptureOptions,
  type Captures,
  captureTemplate,
  type RefCall,
  refCall,
  sharedEntries,
} from './parse-context.js';
export {
  createRelation,
  ephemeralName,
  PyRelation,
  quoted,
  type RelationFields,
  relationNamed,
  type RelationType,
} from './relation.js';
export { renderText, type TextScope } from './render-text.js';
export { PyRow, PyTable, tableOf } from './table.js';
export { envVarFunction, PyVar, type VarOptions } from './variables.js';

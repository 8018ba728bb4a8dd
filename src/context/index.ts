export { PyAdapter, relationArgument, relationClass } from './adapter.js';
export { AttributeDict, baseEntries, pythonJson } from './base-entries.js';
export { columnClass, columnFromDescription, PyColumn } from './column.js';
export { DbtContext, describeStack, MacroReturn } from './context.js';
export type { DispatchRule, ProjectFacts, QuotePolicy } from './facts.js';
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
  type RelationType,
} from './relation.js';
export { renderText, renderTree, type TextScope } from './render-text.js';
export { cellValue, PyMappedSequence, PyRow, PyTable, tableOf } from './table.js';
export { envVarFunction, PyValidation, PyVar, type VarOptions } from './variables.js';

export { classifyStatement, selectOfCreate, type StatementClass } from './classify-statement.js';
export { highlightSql } from './highlight-sql.js';
export { foldIdentifier, quoteIdentifier, type SqlDialect } from './identifiers.js';
export { injectCtes } from './inject-ctes.js';
export { type ColumnLineage, columnLineage, type QueryLineage } from './lineage/column-lineage.js';
export type { KnownColumns } from './lineage/analysis.js';
export type { FilterUse, Transformation } from './lineage/shape.js';
export { listCtes } from './list-ctes.js';
export { splitStatements, splitWithEnds } from './split-statements.js';
export {
  type FileChoice,
  type StageOptions,
  type StageReference,
} from './translate/stage-options.js';
export { type Token, tokenize } from './tokens.js';
export { toArray } from './translate/casts.js';
export { textLengthCheck } from './translate/columns.js';
export { NUMBER_MACRO } from './translate/number-macro.js';
export { translate } from './translate/translate.js';
export { type ResolvedRelation, type TranslateOptions } from './translate/scope.js';
export { type ShowRequest, type TableChange, type Translation } from './translate/translation.js';
export { SNOWFLAKE_FUNCTIONS } from './translate/function-names.js';
export { snowflakeTypeName } from './translate/types.js';

export {
  classifyStatement,
  type DdlEffect,
  type StatementClass,
  type StatementKind,
} from './classify-statement.js';
export { foldIdentifier, quoteIdentifier, type SqlDialect } from './identifiers.js';
export { injectCtes, type InjectedCte } from './inject-ctes.js';
export { splitStatements } from './split-statements.js';
export { type Token, tokenize, type TokenKind } from './tokens.js';
export { translate } from './translate/translate.js';
export { type ResolvedRelation, type TranslateOptions } from './translate/scope.js';
export {
  type Guard,
  type ShowRequest,
  type TableChange,
  type Translation,
} from './translate/translation.js';
export { snowflakeTypeName } from './translate/types.js';

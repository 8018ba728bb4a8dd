export { type Block, type BlockKind, splitBlocks, type SplitOptions } from './blocks.js';
export type {
  ArgumentsNode,
  CallNode,
  Expression,
  MacroDefinition,
  ParameterNode,
  Statement,
  Template,
} from './language/ast.js';
export {
  createEnvironment,
  type Environment,
  type EnvironmentOptions,
} from './evaluate/environment.js';
export { JinjaError, type JinjaErrorOptions, type JinjaFrame } from './error.js';
export { makeMacro, render, renderEffects, renderNative } from './evaluate/render.js';
export { parseTemplate, type ParseOptions } from './language/parse.js';
export { PyDate } from './modules/date.js';
export { PyDateTime } from './modules/datetime.js';
export { datetimeModule } from './modules/datetime-module.js';
export { itertoolsModule } from './modules/itertools-module.js';
export { pytzModule } from './modules/pytz-module.js';
export { reModule } from './modules/re-module.js';
export { PyTime } from './modules/time.js';
export { PyTimeDelta } from './modules/timedelta.js';
export { PyTimeZone } from './modules/timezone.js';
export { bindArguments, type Parameter, type Signature, signature } from './values/arguments.js';
export {
  argumentsOf,
  callValue,
  callValueEffects,
  EffectfulObject,
  NO_ARGUMENTS,
} from './values/call.js';
export { equals } from './values/compare.js';
export { PyDecimal } from './values/decimal.js';
export { isTruthy, toRepr, toText, typeName } from './values/describe.js';
export { PyDict } from './values/dict.js';
export { PyFloat } from './values/float.js';
export { iterable, iterate, toList } from './values/iterate.js';
export { PyIterator } from './values/iterator.js';
export { fromJson, type JsonOptions, printJson, sortedKeys, toJson } from './values/json.js';
export { readJson } from './values/read-json.js';
export { PyRange } from './values/range.js';
export { PySet } from './values/set.js';
export { asText, PyText } from './values/text.js';
export { PyTuple } from './values/tuple.js';
export { Undefined, type UndefinedMode } from './values/undefined.js';
export {
  type CallArguments,
  type CallResult,
  type Context,
  type EffectGenerator,
  isEffectGenerator,
  type Operator,
  PyFunction,
  PyObject,
  type Value,
} from './value.js';

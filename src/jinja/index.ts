export {
  type CallArguments,
  type CallResult,
  type Context,
  type EffectGenerator,
  isEffectGenerator,
  PyFunction,
  PyObject,
  type Value,
} from './value.js';

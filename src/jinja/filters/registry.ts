/**
 * All filters and tests by name, and how they are applied.
 */
import type { Environment } from '../evaluate/environment.js';
import { JinjaError } from '../error.js';
import type { CallArguments, Value } from '../value.js';
import { bindArguments } from '../values/arguments.js';
import { isTruthy } from '../values/describe.js';
import type { Filter, FilterScope } from './filter.js';
import { MARKUP_FILTERS } from './markup-filters.js';
import { NUMBER_FILTERS } from './number-filters.js';
import { SELECTION_FILTERS } from './selection-filters.js';
import { SEQUENCE_FILTERS } from './sequence-filters.js';
import { TESTS } from './tests.js';
import { TEXT_FILTERS } from './text-filters.js';

const FILTERS: ReadonlyMap<string, Filter> = withAliases(
  new Map([
    ...TEXT_FILTERS,
    ...NUMBER_FILTERS,
    ...SEQUENCE_FILTERS,
    ...SELECTION_FILTERS,
    ...MARKUP_FILTERS,
  ]),
);

function withAliases(filters: Map<string, Filter>): Map<string, Filter> {
  const length = filters.get('length');
  return length === undefined ? filters : filters.set('count', length);
}

/** Applies a filter. @throws TemplateRuntimeError if there is none of that name. */
export function applyFilter(
  name: string,
  value: Value,
  call: CallArguments,
  environment: Environment,
): Value {
  return apply(FILTERS, 'filter', name, value, call, environment);
}

/** Asks a test. @throws TemplateRuntimeError if there is none of that name. */
export function applyTest(
  name: string,
  value: Value,
  call: CallArguments,
  environment: Environment,
): boolean {
  return isTruthy(apply(TESTS, 'test', name, value, call, environment));
}

function apply(
  table: ReadonlyMap<string, Filter>,
  kind: 'filter' | 'test',
  name: string,
  value: Value,
  call: CallArguments,
  environment: Environment,
): Value {
  const one = table.get(name);
  if (one === undefined) {
    throw new JinjaError('TemplateRuntimeError', `No ${kind} named '${name}' found.`);
  }
  const args = bindArguments(one.signature, { args: [value, ...call.args], kwargs: call.kwargs });
  return one.body(args, scopeOf(environment));
}

const scopes = new WeakMap<Environment, FilterScope>();

function scopeOf(environment: Environment): FilterScope {
  const known = scopes.get(environment);
  if (known !== undefined) return known;
  const scope: FilterScope = {
    environment,
    // Inside `map` and `select`, Jinja2 words the error without "found".
    applyFilter: (name, value, call) => nested(FILTERS, 'filter', name, value, call, environment),
    applyTest: (name, value, call) =>
      isTruthy(nested(TESTS, 'test', name, value, call, environment)),
  };
  scopes.set(environment, scope);
  return scope;
}

function nested(
  table: ReadonlyMap<string, Filter>,
  kind: 'filter' | 'test',
  name: string,
  value: Value,
  call: CallArguments,
  environment: Environment,
): Value {
  if (!table.has(name)) {
    throw new JinjaError('TemplateRuntimeError', `No ${kind} named '${name}'.`);
  }
  return apply(table, kind, name, value, call, environment);
}

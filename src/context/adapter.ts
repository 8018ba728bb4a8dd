/**
 * `{{ adapter }}`: what needs no warehouse. Parsing and running each add their own answers to the rest.
 */
import {
  fromJson,
  iterable,
  JinjaError,
  PyDate,
  PyDateTime,
  PyDecimal,
  PyDict,
  PyFunction,
  PyObject,
  PyTuple,
  toList,
  toText,
  type Value,
} from '../jinja/index.js';
import { catalogRelationOf } from './catalog-relation.js';
import { columnClass } from './column.js';
import type { DbtContext } from './context.js';
import type { ProjectFacts } from './facts.js';
import {
  createRelation,
  ephemeralName,
  PyRelation,
  quoted,
  type RelationType,
} from './relation.js';
import { quotePolicy } from './relation-parts.js';
import { PyTable } from './table.js';

/** Answers one adapter method by name, or undefined where there is no such method. */
export type AdapterMethods = (name: string) => Value | undefined;

export class PyAdapter extends PyObject {
  readonly typeName = 'DatabaseWrapper';
  readonly #context: DbtContext;
  readonly #facts: ProjectFacts;
  readonly #methods: AdapterMethods;

  constructor(context: DbtContext, facts: ProjectFacts, methods: AdapterMethods) {
    super();
    this.#context = context;
    this.#facts = facts;
    this.#methods = methods;
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'Relation':
        return relationClass(this.#facts);
      case 'Column':
        return columnClass(this.#facts.dialect);
      case 'behavior':
        return new Behavior();
      case 'type':
        return new PyFunction(name, () => this.#facts.dialect);
      case 'nothing':
      case 'commit':
      case 'cache_added':
      case 'cache_dropped':
      case 'cache_renamed':
        return this.#methods(name) ?? new PyFunction(name, () => '');
      case 'dispatch':
        return new PyFunction(name, ({ args, kwargs }) => {
          const macro = toText(args[0] ?? kwargs.get('macro_name') ?? '');
          const namespace = args[1] ?? kwargs.get('macro_namespace') ?? null;
          if (Array.isArray(namespace) || namespace instanceof PyTuple) {
            throw new JinjaError(
              'CompilationError',
              `In adapter.dispatch, got a list macro_namespace argument, but macro_namespace should be None or a string.`,
            );
          }
          return this.#context.dispatch(macro, namespace === null ? null : toText(namespace));
        });
      case 'quote':
        return new PyFunction(name, ({ args }) => quoted(toText(args[0] ?? '')));
      case 'quote_as_configured':
        return new PyFunction(name, ({ args }) => {
          const part = toText(args[1] ?? 'identifier');
          const text = toText(args[0] ?? '');
          const policy = this.#facts.quoting;
          const isQuoted =
            part === 'database'
              ? policy.database
              : part === 'schema'
                ? policy.schema
                : policy.identifier;
          return isQuoted ? quoted(text) : text;
        });
      case 'quote_seed_column':
        return new PyFunction(name, ({ args }) => {
          const text = toText(args[0] ?? '');
          // Snowflake's default is to leave seeds' columns bare, DuckDB's to quote them.
          const isQuoted =
            args[1] === true || (args[1] !== false && this.#facts.dialect === 'duckdb');
          return isQuoted ? quoted(text) : text;
        });
      case 'convert_type':
        return new PyFunction(name, ({ args }) => {
          const [table, index] = args;
          return table instanceof PyTable && typeof index === 'number'
            ? seedType(table, index)
            : null;
        });
      case 'build_catalog_relation':
        return new PyFunction(name, ({ args }) =>
          this.#facts.dialect === 'snowflake' ? catalogRelationOf(args[0] ?? null) : null,
        );
      case 'get_catalog_integration':
      case 'batch_id_for_model':
        return new PyFunction(name, () => null);
      case 'is_motherduck':
      case 'is_ducklake':
      case 'use_ducklake_table_workarounds':
      case 'disable_transactions':
        return new PyFunction(name, () => false);
      case 'catalog_supports_foreign_keys':
        return new PyFunction(name, () => true);
      case 'existing_key_constraint_types':
        return new PyFunction(name, () => []);
      case 'escape_sql_string':
        return new PyFunction(name, ({ args }) => toText(args[0] ?? '').replaceAll("'", "''"));
      case 'get_binding_char':
        return new PyFunction(name, () => (this.#facts.dialect === 'duckdb' ? '?' : '%s'));
      case 'external_root':
        return new PyFunction(name, () => '.');
      case 'convert_datetimes_to_strs':
      case 'normalize_show_objects_result':
        return new PyFunction(name, ({ args }) => args[0] ?? null);
      case 'warn_once':
        return new PyFunction(name, ({ args }) => {
          this.#facts.log('warn', toText(args[0] ?? ''));
          return '';
        });
      case 'config':
        return PyDict.fromObject({ flags: fromJson(this.#facts.flags) });
      case 'standardize_grants_dict':
        return new PyFunction(name, ({ args }) => grantsOf(args[0] ?? null));
      case 'render_raw_columns_constraints':
        return new PyFunction(name, ({ args, kwargs }) =>
          columnDefinitions(args[0] ?? kwargs.get('raw_columns') ?? null, this.#facts),
        );
      case 'render_raw_model_constraints':
        return new PyFunction(name, ({ args, kwargs }) =>
          modelConstraints(args[0] ?? kwargs.get('raw_constraints') ?? null),
        );
      default:
        return this.#methods(name);
    }
  }
}

/** dbt's behaviour flags: all at their defaults for adapters, which is off. */
class Behavior extends PyObject {
  readonly typeName = 'Behavior';

  override getAttribute(): Value {
    return new BehaviorFlag();
  }
}

class BehaviorFlag extends PyObject {
  readonly typeName = 'BehaviorFlagRendered';

  override isTruthy(): boolean {
    return false;
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'no_warn' || name === 'setting') return false;
    return undefined;
  }
}

/** `api.Relation`: the class with its static methods. */
export function relationClass(facts: ProjectFacts): PyObject {
  return new RelationClass(facts);
}

class RelationClass extends PyObject {
  readonly typeName = 'RelationProxy';
  readonly #facts: ProjectFacts;

  constructor(facts: ProjectFacts) {
    super();
    this.#facts = facts;
  }

  override getAttribute(name: string): Value | undefined {
    const facts = this.#facts;
    switch (name) {
      case 'create':
        return new PyFunction(name, ({ args, kwargs }) => {
          const text = (key: string, index: number): string | null => {
            const value = kwargs.get(key) ?? args[index] ?? null;
            return value === null ? null : toText(value);
          };
          const type = kwargs.get('type') ?? args[3] ?? null;
          return createRelation({
            dialect: facts.dialect,
            database: text('database', 0),
            schema: text('schema', 1),
            identifier: text('identifier', 2),
            type: type === null ? null : (toText(type) as RelationType),
            quote: policyOf(kwargs.get('quote_policy') ?? null, facts),
            ...(toText(kwargs.get('table_format') ?? '').toUpperCase() === 'ICEBERG'
              ? { isIceberg: true }
              : {}),
          });
        });
      case 'create_from':
        throw new JinjaError(
          'NotImplementedError',
          'Relation.create_from is not available in macros.',
        );
      case 'add_ephemeral_prefix':
        return new PyFunction(name, ({ args }) => ephemeralName(toText(args[0] ?? '')));
      case 'scd_args':
        return new PyFunction(name, ({ args }) => {
          const [key, updatedAt] = args;
          const keys = Array.isArray(key) ? key : [key ?? null];
          return [...keys, updatedAt ?? null];
        });
      case 'get_default_quote_policy':
        return new PyFunction(name, () => {
          const isQuoted = facts.dialect === 'duckdb';
          const policy = { database: isQuoted, schema: isQuoted, identifier: isQuoted };
          return quotePolicy(facts.dialect, policy);
        });
      case 'Table':
      case 'View':
      case 'CTE':
      case 'External':
      case 'DynamicTable':
      case 'MaterializedView':
        return createRelation({
          dialect: facts.dialect,
          database: null,
          schema: null,
          identifier: null,
        }).getAttribute(name);
      default:
        return undefined;
    }
  }
}

function policyOf(value: Value, facts: ProjectFacts): ProjectFacts['quoting'] {
  if (!(value instanceof PyDict)) return facts.quoting;
  const pick = (key: keyof ProjectFacts['quoting']): boolean => {
    const given = value.get(key);
    return given === undefined || given === null ? facts.quoting[key] : given === true;
  };
  return { database: pick('database'), schema: pick('schema'), identifier: pick('identifier') };
}

/** The SQL type that a loaded seed's column is made with; null if only a caller's `column_types` can say. */
function seedType(table: PyTable, index: number): string | null {
  const kinds = new Set(
    table.rows.map((row) => kindOf(row.values[index] ?? null)).filter((kind) => kind !== null),
  );
  if (kinds.size === 0) return 'integer';
  if (kinds.size === 1) return [...kinds][0] ?? 'text';
  return kinds.has('integer') && kinds.has('float8') && kinds.size === 2 ? 'float8' : 'text';
}

function kindOf(value: Value): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number' || typeof value === 'bigint') return 'integer';
  if (value instanceof PyDecimal) return 'float8';
  if (value instanceof PyDateTime) return 'timestamp without time zone';
  return value instanceof PyDate ? 'date' : 'text';
}

/** `show grants` as {privilege: [grantee]}; ownership and shares do not count. */
function grantsOf(table: Value): PyDict {
  const grants = new PyDict();
  if (!(table instanceof PyTable)) return grants;
  for (const row of table.rows) {
    const read = (name: string): string =>
      toText(row.getItem(name) ?? row.getItem(name.toUpperCase()) ?? '');
    const privilege = read('privilege');
    const kind = read('granted_to');
    if (privilege === 'OWNERSHIP' || kind === 'SHARE' || kind === 'DATABASE_ROLE') continue;
    const grantees = grants.get(privilege);
    if (Array.isArray(grantees)) grantees.push(read('grantee_name'));
    else grants.set(privilege, [read('grantee_name')]);
  }
  return grants;
}

/** Constraint kinds that a create statement may carry, in the words of each dialect. */
const CONSTRAINTS: Readonly<Record<string, string>> = {
  not_null: 'not null',
  unique: 'unique',
  primary_key: 'primary key',
};

function columnDefinitions(columns: Value, facts: ProjectFacts): Value[] {
  if (!(columns instanceof PyDict)) return [];
  return [...columns.entries()].map(([, column]) => {
    if (!(column instanceof PyDict))
      throw new JinjaError('TypeError', 'A column of a contract must be a dict.');
    const name = toText(column.get('name') ?? '');
    const words = [
      column.get('quote') === true ? quoted(name) : name,
      toText(column.get('data_type') ?? ''),
    ];
    for (const constraint of iterable(column.get('constraints') ?? [])) {
      if (!(constraint instanceof PyDict)) continue;
      const type = toText(constraint.get('type') ?? '');
      const expression = toText(constraint.get('expression') ?? '');
      const rendered = renderConstraint(
        type,
        expression === 'None' ? '' : expression,
        constraint,
        facts,
      );
      if (rendered !== null) words.push(rendered);
    }
    return words.join(' ');
  });
}

function renderConstraint(
  type: string,
  expression: string,
  constraint: PyDict,
  facts: ProjectFacts,
): string | null {
  if (type === 'check')
    return facts.dialect === 'duckdb' && expression !== '' ? `check (${expression})` : null;
  if (type === 'custom') return expression;
  if (type === 'foreign_key') return foreignKey(constraint, expression);
  const word = CONSTRAINTS[type];
  return word === undefined ? null : [word, expression].filter((part) => part !== '').join(' ');
}

function foreignKey(constraint: PyDict, expression: string): string {
  const to = constraint.get('to') ?? null;
  if (to === null) return `references ${expression}`;
  const columns = toList(constraint.get('to_columns') ?? [])
    .map(toText)
    .join(', ');
  return `references ${toText(to)} (${columns})`;
}

function modelConstraints(constraints: Value): Value[] {
  const rendered: Value[] = [];
  for (const constraint of iterable(constraints ?? [])) {
    if (!(constraint instanceof PyDict)) continue;
    const type = toText(constraint.get('type') ?? '');
    const columns = toList(constraint.get('columns') ?? [])
      .map(toText)
      .join(', ');
    const name = constraint.get('name') ?? null;
    const prefix = name === null ? '' : `constraint ${toText(name)} `;
    const expression = constraint.get('expression') ?? null;
    if (type === 'unique' || type === 'primary_key') {
      rendered.push(`${prefix}${CONSTRAINTS[type] ?? type} (${columns})`);
    } else if (type === 'foreign_key') {
      rendered.push(
        `${prefix}foreign key (${columns}) ${foreignKey(constraint, toText(expression ?? ''))}`,
      );
    } else if (type === 'custom' && expression !== null) {
      rendered.push(`${prefix}${toText(expression)}`);
    }
  }
  return rendered;
}

/** Whether a value is a relation, for host functions that take one. */
export function relationArgument(value: Value | undefined, caller: string): PyRelation {
  if (value instanceof PyRelation) return value;
  throw new JinjaError(
    'CompilationError',
    `${caller} takes a relation, not ${toText(value ?? null)}.`,
  );
}

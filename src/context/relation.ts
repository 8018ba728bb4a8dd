/**
 * dbt's Relation: the name of a thing in the warehouse, with what is known of its type.
 */
import {
  type CallArguments,
  PyDict,
  PyFunction,
  PyObject,
  toText,
  type Value,
} from '../jinja/index.js';
import type { Dialect } from '../warehouse/index.js';
import type { QuotePolicy } from './facts.js';
import { type Part, PARTS, PyParts, quotePolicy } from './relation-parts.js';
import {
  dynamicTableChanges,
  interactiveTableChanges,
  refreshedTableOf,
} from './refreshed-table.js';

/** What Jinja calls `relation.type`. */
export type RelationType =
  | 'table'
  | 'view'
  | 'cte'
  | 'materialized_view'
  | 'dynamic_table'
  | 'interactive_table'
  | 'external'
  | 'ephemeral'
  | 'function';

/** Everything that makes a relation; a new one is made for every change. */
export interface RelationFields {
  readonly dialect: Dialect;
  readonly database: string | null;
  readonly schema: string | null;
  readonly identifier: string | null;
  readonly type: RelationType | null;
  readonly quote: QuotePolicy;
  readonly include: QuotePolicy;
  /** True for a table in the Iceberg format. */
  readonly isIceberg?: boolean;
  /** `--empty`: renders as a query of no rows. */
  readonly limit?: number;
  /** A microbatch's input: renders as a query of the rows between two moments. */
  readonly eventTime?: { readonly field: string; readonly start: string; readonly end: string };
  /** View of information_schema, for `information_schema(view)`. */
  readonly informationSchemaView?: string;
}

const INCLUDE_ALL: QuotePolicy = { database: true, schema: true, identifier: true };

/** Makes a relation as `api.Relation.create` does. */
export function createRelation(
  fields: Pick<RelationFields, 'dialect' | 'database' | 'schema' | 'identifier'> &
    Partial<RelationFields>,
): PyRelation {
  return new PyRelation({
    type: null,
    quote: { database: false, schema: false, identifier: false },
    include: INCLUDE_ALL,
    ...fields,
  });
}

/** The relation that a statement names by its parts, outermost first, each as it is kept: it is quoted whole. */
export function relationNamed(dialect: Dialect, name: readonly string[]): PyRelation {
  const [identifier = '', schema = null, database = null] = name.toReversed();
  return createRelation({ dialect, database, schema, identifier, quote: INCLUDE_ALL });
}

/** `str(relation)` renders it; attributes and methods are dbt's. */
export class PyRelation extends PyObject {
  readonly typeName: string;
  readonly fields: RelationFields;

  constructor(fields: RelationFields) {
    super();
    this.fields = fields;
    this.typeName = fields.dialect === 'snowflake' ? 'SnowflakeRelation' : 'DuckDBRelation';
  }

  /** The rendered name: parts that are included, quoted as the policy says, joined by dots. */
  render(): string {
    const { fields } = this;
    const isCte = fields.type === 'cte' || fields.type === 'ephemeral';
    const name = this.#filtered(isCte ? (fields.identifier ?? '') : this.#parts());
    if (fields.limit === undefined) return name;
    return fields.limit === 0
      ? `(select * from ${name} where false limit 0)`
      : `(select * from ${name} limit ${fields.limit})`;
  }

  #filtered(name: string): string {
    const { dialect, eventTime } = this.fields;
    if (eventTime === undefined) return name;
    const { field, start, end } = eventTime;
    const moment = (text: string): string =>
      dialect === 'snowflake' ? `to_timestamp_tz('${text}')` : `'${text}'`;
    return `(select * from ${name} where ${field} >= ${moment(start)} and ${field} < ${moment(end)})`;
  }

  #parts(): string {
    const { fields } = this;
    const rendered = PARTS.filter((part) => fields.include[part] && fields[part] !== null).map(
      (part) => (fields.quote[part] ? quoted(fields[part] ?? '') : (fields[part] ?? '')),
    );
    if (fields.informationSchemaView === undefined) return rendered.join('.');
    const database = fields.include.database && fields.database !== null ? [this.#database()] : [];
    const view = fields.informationSchemaView;
    return [...database, 'INFORMATION_SCHEMA', ...(view === '' ? [] : [view])].join('.');
  }

  #database(): string {
    return this.fields.quote.database
      ? quoted(this.fields.database ?? '')
      : (this.fields.database ?? '');
  }

  with(change: Partial<RelationFields>): PyRelation {
    return new PyRelation({ ...this.fields, ...change });
  }

  /** Whether both names mean the same thing: unquoted parts of Snowflake fold to upper case, of DuckDB to lower. */
  matches(other: PyRelation): boolean {
    return PARTS.every((part) => this.folded(part) === other.folded(part));
  }

  /** One part of the name in the case the warehouse stores it. */
  folded(part: Part): string {
    const { fields } = this;
    const text = fields[part] ?? '';
    if (fields.dialect === 'duckdb') return text.toLowerCase();
    return fields.quote[part] ? text : text.toUpperCase();
  }

  override toText(): string {
    return this.render();
  }

  override toRepr(): string {
    return `<${this.typeName} ${this.render()}>`;
  }

  override isTruthy(): boolean {
    return true;
  }

  /** Packages tell a relation by this: `obj is mapping and obj.get('metadata').type`. */
  override get isMapping(): boolean {
    return true;
  }

  override equals(other: Value): boolean {
    return (
      other instanceof PyRelation &&
      other.render() === this.render() &&
      PARTS.every((part) => other.fields[part] === this.fields[part])
    );
  }

  override hashKey(): string {
    return `relation:${this.render()}`;
  }

  override getAttribute(name: string): Value | undefined {
    const { fields } = this;
    switch (name) {
      case 'database':
      case 'schema':
      case 'identifier':
        return fields[name];
      case 'name':
      case 'table':
        return fields.identifier;
      case 'type':
        return fields.type;
      case 'is_table':
        return fields.type === 'table';
      case 'is_view':
        return fields.type === 'view';
      case 'is_cte':
        return fields.type === 'cte' || fields.type === 'ephemeral';
      case 'is_dynamic_table':
        return fields.type === 'dynamic_table';
      case 'is_materialized_view':
        return fields.type === 'materialized_view' || fields.type === 'dynamic_table';
      case 'is_interactive_table':
        return fields.type === 'interactive_table';
      case 'is_iceberg_format':
        return fields.isIceberg === true;
      case 'is_pointer':
        return false;
      case 'is_function':
        return fields.type === 'function';
      case 'can_be_renamed':
        return isReplaceable(fields) && fields.isIceberg !== true;
      case 'can_be_replaced':
        return isReplaceable(fields);
      case 'quote_character':
        return '"';
      case 'quote_policy':
        return quotePolicy(fields.dialect, fields.quote);
      case 'include_policy':
        return new PyParts('Policy', { ...fields.include });
      case 'metadata':
        return PyDict.fromObject({ type: this.typeName });
      case 'path':
        return new PyParts('Path', {
          database: fields.database,
          schema: fields.schema,
          identifier: fields.identifier,
        });
      case 'Table':
      case 'View':
      case 'CTE':
      case 'External':
        return name.toLowerCase();
      case 'DynamicTable':
        return 'dynamic_table';
      case 'InteractiveTable':
        return 'interactive_table';
      case 'MaterializedView':
        return fields.dialect === 'snowflake' ? 'dynamic_table' : 'materialized_view';
      default:
        return this.#method(name);
    }
  }

  #method(name: string): Value | undefined {
    const { fields } = this;
    switch (name) {
      case 'render':
      case 'render_limited':
        return new PyFunction(name, () => this.render());
      case 'include':
        return new PyFunction(name, (call) =>
          this.with({ include: mergePolicy(this.fields.include, call) }),
        );
      case 'quote':
        return new PyFunction(name, (call) =>
          this.with({ quote: mergePolicy(this.fields.quote, call) }),
        );
      case 'without_identifier':
        return new PyFunction(name, () =>
          this.with({ include: { ...this.fields.include, identifier: false } }),
        );
      case 'incorporate':
        return new PyFunction(name, (call) => this.#incorporate(call));
      case 'replace_path':
        return new PyFunction(name, (call) => this.with(pathOf(call.kwargs)));
      case 'information_schema':
        return new PyFunction(name, ({ args, kwargs }) => {
          const view = args[0] ?? kwargs.get('view_name') ?? null;
          return this.with({ informationSchemaView: view === null ? '' : toText(view) });
        });
      case 'information_schema_only':
        return new PyFunction(name, () => this.with({ informationSchemaView: '' }));
      case 'matches':
        return new PyFunction(name, ({ args, kwargs }) => this.#matchesParts(args, kwargs));
      case 'add_ephemeral_prefix':
        return new PyFunction(name, ({ args }) => ephemeralName(toText(args[0] ?? '')));
      case 'get':
        return new PyFunction(
          name,
          ({ args }) => this.getAttribute(toText(args[0] ?? '')) ?? args[1] ?? null,
        );
      case 'quoted':
        return new PyFunction(name, ({ args }) => quoted(toText(args[0] ?? '')));
      case 'from_config':
        return new PyFunction(name, ({ args, kwargs }) =>
          refreshedTableOf(args[0] ?? kwargs.get('config') ?? null),
        );
      case 'dynamic_table_config_changeset':
      case 'interactive_table_config_changeset':
        return new PyFunction(name, ({ args, kwargs }) =>
          (name === 'dynamic_table_config_changeset'
            ? dynamicTableChanges
            : interactiveTableChanges)(
            args[0] ?? kwargs.get('relation_results') ?? null,
            args[1] ?? kwargs.get('relation_config') ?? null,
          ),
        );
      case 'needs_to_drop':
        // Snowflake: a table is replaced in place unless something of another type or format has its name.
        return new PyFunction(name, ({ args }) => {
          const old = args[0];
          if (!(old instanceof PyRelation)) return false;
          const isOther = (old.fields.isIceberg === true) !== (fields.isIceberg === true);
          return old.fields.type !== fields.type || isOther;
        });
      case 'get_ddl_prefix_for_create':
      case 'get_ddl_prefix_for_alter':
      case 'get_iceberg_ddl_options':
        return fields.dialect === 'snowflake'
          ? ddlPrefix(name, fields.isIceberg === true)
          : undefined;
      default:
        return undefined;
    }
  }

  #incorporate({ kwargs }: CallArguments): PyRelation {
    const path = kwargs.get('path');
    const type = kwargs.get('type');
    return this.with({
      ...(path instanceof PyDict
        ? pathOf(new Map([...path.entries()].map(([k, v]) => [toText(k), v])))
        : {}),
      ...(type === undefined || type === null ? {} : { type: toText(type) as RelationType }),
    });
  }

  #matchesParts(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): boolean {
    return PARTS.every((part, index) => {
      const wanted = kwargs.get(part) ?? args[index] ?? null;
      return (
        wanted === null || this.folded(part) === this.with({ [part]: toText(wanted) }).folded(part)
      );
    });
  }
}

/** Kinds that a `create or replace` can take the place of; Snowflake renames the same. */
function isReplaceable({ type }: RelationFields): boolean {
  return (
    type === 'table' || type === 'view' || type === 'dynamic_table' || type === 'interactive_table'
  );
}

/** Name of the CTE that stands for an ephemeral model. */
export function ephemeralName(identifier: string): string {
  return `__dbt__cte__${identifier}`;
}

/** Quotes a part of a name as both dialects do. */
export function quoted(name: string): string {
  return `"${name}"`;
}

// Snowflake's DDL words for a table's format.
function ddlPrefix(name: string, isIceberg: boolean): PyFunction {
  return new PyFunction(name, ({ args }) => {
    if (name === 'get_ddl_prefix_for_alter') return isIceberg ? 'iceberg' : '';
    if (name !== 'get_ddl_prefix_for_create') return '';
    const [model, temporary] = args;
    if (temporary === true) return 'temporary';
    if (isIceberg) return 'iceberg';
    const transient = model instanceof PyDict ? model.get('transient') : undefined;
    return transient === false ? '' : 'transient';
  });
}

function mergePolicy(policy: QuotePolicy, { args, kwargs }: CallArguments): QuotePolicy {
  const pick = (part: Part, index: number): boolean => {
    const value = kwargs.get(part) ?? args[index] ?? null;
    return value === null ? policy[part] : value === true;
  };
  return {
    database: pick('database', 0),
    schema: pick('schema', 1),
    identifier: pick('identifier', 2),
  };
}

function pathOf(kwargs: ReadonlyMap<string, Value>): Partial<RelationFields> {
  const path: { database?: string | null; schema?: string | null; identifier?: string | null } = {};
  for (const part of PARTS) {
    const value = kwargs.get(part);
    if (value !== undefined) path[part] = value === null ? null : toText(value);
  }
  return path;
}

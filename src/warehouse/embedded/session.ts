/**
 * What one connection knows: where it is, its parameters and variables, and its temporary relations.
 */
import type { ResolvedRelation, StageReference, TranslateOptions } from '../../sql/index.js';
import { formatOptions } from './stages/copy.js';
import { readFiles } from './stages/read-files.js';
import type { StageStore } from './stages/stage-store.js';
import { WarehouseError } from '../warehouse-error.js';
import { systemView } from './information-schema.js';
import {
  type FullName,
  keptSchema,
  keptText,
  temporaryIdentifier,
  temporaryText,
} from './names.js';

export interface SessionStart {
  readonly database: string | null;
  readonly schema: string | null;
  readonly warehouse: string | null;
  readonly role: string | null;
  readonly user: string;
}

/** What the sessions of a warehouse know of its catalog, upper case; each adds what it makes. */
export interface SharedNames {
  readonly variantColumns: Set<string>;
  /** Kept names of functions, as ready SQL. */
  readonly functions: Set<string>;
  /** Relations, as `DATABASE.SCHEMA.NAME`, that have, or had, a comment on some column. */
  readonly commented: Set<string>;
  /** Whether any column has, or had, a length. */
  readonly lengths: { areUsed: boolean };
  readonly stages: StageStore;
}

/** Parameters that statements ask for, with what Snowflake would say of a fresh session. */
const PARAMETERS: Readonly<Record<string, string>> = {
  AUTOCOMMIT: 'true',
  DATE_OUTPUT_FORMAT: 'YYYY-MM-DD',
  QUERY_TAG: '',
  QUOTED_IDENTIFIERS_IGNORE_CASE: 'false',
  STATEMENT_TIMEOUT_IN_SECONDS: '172800',
  TIMESTAMP_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM',
  TIMESTAMP_TYPE_MAPPING: 'TIMESTAMP_NTZ',
  TIMEZONE: 'UTC',
  WEEK_OF_YEAR_POLICY: '0',
  WEEK_START: '0',
};

export class Session {
  readonly id: string;
  readonly user: string;
  readonly shared: SharedNames;
  /** Literals by upper-case name. */
  readonly variables: Map<string, string> = new Map();
  readonly #set = new Map<string, string>();
  /** Upper-case kept names of temporary relations, with their kind. */
  readonly #temporary = new Map<string, 'table' | 'view'>();
  database: string | null;
  schema: string | null;
  warehouse: string | null;
  role: string | null;
  isInTransaction: boolean = false;

  constructor(id: string, start: SessionStart, shared: SharedNames) {
    this.shared = shared;
    this.id = id;
    this.database = start.database;
    this.schema = start.schema;
    this.warehouse = start.warehouse;
    this.role = start.role;
    this.user = start.user;
  }

  /** A name in full. @throws WarehouseError if it leaves out a database or schema that the session has not chosen. */
  fullName(parts: readonly string[]): FullName {
    const identifier = parts.at(-1) ?? '';
    const schema = parts.at(-2) ?? this.schema;
    const database = parts.at(-3) ?? this.database;
    if (database === null)
      throw new WarehouseError(
        'warehouse/no-database',
        `090105 (22000): This session has no current database, so ${parts.join('.')} cannot be found.`,
        { hint: 'Write the name in full, or run `use database`.' },
      );
    if (schema === null)
      throw new WarehouseError(
        'warehouse/no-schema',
        `090106 (22000): This session has no current schema, so ${parts.join('.')} cannot be found.`,
        { hint: 'Write the name in full, or run `use schema`.' },
      );
    return { database, schema, identifier };
  }

  resolve(parts: readonly string[]): ResolvedRelation {
    const name = this.fullName(parts);
    if (name.schema.toUpperCase() === 'INFORMATION_SCHEMA') {
      const view = systemView(name);
      if (view === undefined)
        throw new WarehouseError(
          'warehouse/unsupported',
          `The view ${parts.join('.')} is not supported by the embedded warehouse.`,
        );
      return { text: view, alias: name.identifier };
    }
    if (this.temporaryKind(name) !== undefined)
      return { text: temporaryText(name), alias: name.identifier };
    return { text: keptText(name) };
  }

  /** The full name of a stage, or of the table whose stage it is; undefined for the user's own. */
  stageName(stage: StageReference): FullName | undefined {
    return stage.kind === 'user' ? undefined : this.fullName(stage.name);
  }

  temporaryKind(name: FullName): 'table' | 'view' | undefined {
    return this.#temporary.get(temporaryIdentifier(name).toUpperCase());
  }

  addTemporary(name: FullName, kind: 'table' | 'view'): void {
    this.#temporary.set(temporaryIdentifier(name).toUpperCase(), kind);
  }

  removeTemporary(name: FullName): void {
    this.#temporary.delete(temporaryIdentifier(name).toUpperCase());
  }

  hasColumnComments(name: FullName): boolean {
    return this.shared.commented.has(commentKey(name));
  }

  noteColumnComments(name: FullName): void {
    this.shared.commented.add(commentKey(name));
  }

  parameter(name: string): string | undefined {
    return this.#set.get(name) ?? PARAMETERS[name];
  }

  /** Every parameter known, with its value and whether this session has set it. */
  parameters(): readonly {
    readonly key: string;
    readonly value: string;
    readonly isSet: boolean;
    readonly standard: string;
  }[] {
    const keys = [...new Set([...Object.keys(PARAMETERS), ...this.#set.keys()])].sort();
    return keys.map((key) => ({
      key,
      value: this.parameter(key) ?? '',
      isSet: this.#set.has(key),
      standard: PARAMETERS[key] ?? '',
    }));
  }

  setParameter(name: string, value: string | undefined): void {
    if (value === undefined) this.#set.delete(name);
    else this.#set.set(name, value);
  }

  /** The facts for the translator, as of now. */
  translateOptions(): TranslateOptions {
    return {
      database: this.database,
      schema: this.schema,
      warehouse: this.warehouse,
      role: this.role,
      user: this.user,
      sessionId: this.id,
      resolve: (parts) => this.resolve(parts),
      place: (parts, { isTemporary }) => {
        const name = this.fullName(parts);
        return isTemporary ? temporaryText(name) : keptText(name);
      },
      staged: (stage, choice, width) =>
        readFiles(
          this.shared.stages.list(stage, this.stageName(stage), choice),
          formatOptions(this, stage, choice.format),
          width,
        ),
      variables: this.variables,
      variantColumns: this.shared.variantColumns,
      resolveFunction: (parts) => {
        if (this.shared.functions.size === 0) return undefined;
        const name = this.fullName(parts);
        return this.shared.functions.has(keptText(name).toUpperCase()) ? keptText(name) : undefined;
      },
    };
  }
}

function commentKey({ database, schema, identifier }: FullName): string {
  return `${keptSchema(database, schema)}.${identifier}`.toUpperCase();
}

/**
 * What a Snowflake statement asks the embedded warehouse to do: DuckDB SQL where that is enough, an action with names where the catalog or the session must be asked.
 */

import type { FileChoice, FileFormat, StageOptions, StageReference } from './stage-options.js';

/** A name as given, one to three parts, in stored case. */
export type RelationParts = readonly string[];

/** A statement that must return no row, else the error is raised. */
export interface Guard {
  readonly sql: string;
  readonly code: string;
  readonly message: string;
}

/** `insert into target (columns) query`, each part ready SQL. */
export interface InsertSource {
  readonly insert: string;
  readonly target: string;
  /** Quoted; null where the table's own columns are meant, in their order. */
  readonly columns: readonly string[] | null;
  readonly query: string;
}

export type Translation =
  | { readonly kind: 'query'; readonly sql: string }
  | {
      readonly kind: 'dml';
      readonly verb: 'insert' | 'update' | 'delete' | 'merge';
      readonly target: RelationParts;
      readonly guard?: Guard;
      /** Run before `sql`, in the same transaction. */
      readonly before: readonly string[];
      readonly sql: string;
      /** Set if the rows are nothing but `?`: the statement up to its rows, and the cells of a row. They may then be sent as one value. */
      readonly rows?: { readonly insert: string; readonly width: number };
      /** Set for an insert of a query: its parts, so that values can be fitted to the types of the columns. */
      readonly source?: InsertSource;
      readonly after: readonly string[];
      /** Kinds of change that the statement can make: decides the columns of its answer. */
      readonly changes: readonly ('inserted' | 'updated' | 'deleted')[];
    }
  | {
      readonly kind: 'create';
      readonly object: 'table' | 'view';
      readonly name: RelationParts;
      readonly isTemporary: boolean;
      readonly isTransient: boolean;
      readonly orReplace: boolean;
      readonly ifNotExists: boolean;
      /** Set for a dynamic table: how it was declared. */
      readonly dynamic?: Readonly<Record<string, string>>;
      readonly clusterBy?: string;
      readonly before: readonly string[];
      readonly sql: string;
      /** Set for LIKE and CLONE: the table whose declarations it gets, and its rows; `sql` is for a source that is no table. */
      readonly copyOf?: { readonly source: RelationParts; readonly withRows: boolean };
      /** Set if the table was made under this name, ready SQL, and is to take the place of the one it replaces. */
      readonly replaces?: string;
      /** Comments and constraints, in the same transaction. */
      readonly after: readonly string[];
    }
  | {
      readonly kind: 'create_schema';
      /** The schema whose tables it gets. */
      readonly clone?: RelationParts;
      readonly name: RelationParts;
      readonly orReplace: boolean;
      readonly ifNotExists: boolean;
      readonly comment?: string;
    }
  | {
      readonly kind: 'create_database';
      /** The database whose schemas it gets. */
      readonly clone?: RelationParts;
      readonly name: string;
      readonly orReplace: boolean;
      readonly ifNotExists: boolean;
    }
  | {
      readonly kind: 'create_sequence';
      readonly name: RelationParts;
      readonly orReplace: boolean;
      readonly ifNotExists: boolean;
      readonly start: number;
      readonly step: number;
    }
  | {
      readonly kind: 'create_stage';
      readonly name: RelationParts;
      readonly orReplace: boolean;
      readonly ifNotExists: boolean;
      readonly isTemporary: boolean;
      readonly options: StageOptions;
      readonly format?: FileFormat;
    }
  | {
      readonly kind: 'create_file_format';
      readonly name: RelationParts;
      readonly orReplace: boolean;
      readonly ifNotExists: boolean;
      readonly isTemporary: boolean;
      readonly options: StageOptions;
    }
  | {
      readonly kind: 'files';
      readonly verb: 'list' | 'remove';
      readonly stage: StageReference;
      readonly pattern?: string;
    }
  | {
      readonly kind: 'transfer';
      readonly verb: 'put' | 'get';
      /** A local path, or a folder. */
      readonly file: string;
      readonly stage: StageReference;
      readonly options: StageOptions;
    }
  | {
      readonly kind: 'copy_load';
      readonly target: RelationParts;
      readonly columns?: readonly string[];
      /** Set, with the files, unless `sql` is: a query over them. */
      readonly stage?: StageReference;
      readonly choice?: FileChoice;
      readonly sql?: string;
      readonly options: StageOptions;
    }
  | {
      readonly kind: 'copy_unload';
      readonly stage: StageReference;
      readonly sql: string;
      readonly format?: FileFormat;
      readonly options: StageOptions;
    }
  | { readonly kind: 'create_function'; readonly name: RelationParts; readonly sql: string }
  | {
      readonly kind: 'drop';
      readonly object: DropKind;
      readonly name: RelationParts;
      readonly ifExists: boolean;
    }
  | { readonly kind: 'truncate'; readonly name: RelationParts; readonly ifExists: boolean }
  | {
      readonly kind: 'rename';
      readonly object: 'table' | 'view' | 'schema' | 'database';
      readonly name: RelationParts;
      readonly to: RelationParts;
      readonly ifExists: boolean;
    }
  | { readonly kind: 'swap'; readonly name: RelationParts; readonly other: RelationParts }
  | {
      readonly kind: 'alter';
      readonly name: RelationParts;
      readonly ifExists: boolean;
      readonly changes: readonly TableChange[];
    }
  | {
      readonly kind: 'alter_dynamic';
      readonly name: RelationParts;
      readonly set: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'comment';
      readonly object: string;
      readonly name: RelationParts;
      readonly column?: string;
      readonly ifExists: boolean;
      readonly text: string;
    }
  | {
      readonly kind: 'use';
      readonly object: 'database' | 'schema' | 'warehouse' | 'role' | 'any' | 'secondary_roles';
      readonly name: RelationParts;
    }
  | {
      readonly kind: 'set_parameters';
      readonly set: Readonly<Record<string, string>>;
      readonly unset: readonly string[];
    }
  | {
      readonly kind: 'set_variables';
      readonly values: readonly { readonly name: string; readonly sql: string }[];
      readonly unset: readonly string[];
    }
  | { readonly kind: 'transaction'; readonly verb: 'begin' | 'commit' | 'rollback' }
  | { readonly kind: 'show'; readonly request: ShowRequest }
  | { readonly kind: 'describe'; readonly object: string; readonly name: RelationParts }
  | {
      readonly kind: 'grant';
      readonly isRevoke: boolean;
      readonly privileges: readonly string[];
      readonly object: string;
      readonly name: RelationParts;
      readonly grantee: string;
    }
  /** Speaks of an object that cannot be here: the error that Snowflake gives where it is not. */
  | { readonly kind: 'absent'; readonly message: string }
  /** Accepted and without effect here: warehouses, tags, reclustering. */
  | { readonly kind: 'nothing'; readonly message: string };

export type DropKind =
  | 'table'
  | 'view'
  | 'schema'
  | 'database'
  | 'sequence'
  | 'function'
  | 'stage'
  | 'file_format'
  | 'other';

export type TableChange =
  | { readonly kind: 'sql'; readonly sql: string }
  | {
      readonly kind: 'set_type';
      readonly column: string;
      readonly type: string;
      /** Characters of a VARCHAR(n). */
      readonly length?: number;
    }
  | {
      readonly kind: 'add_column';
      readonly column: string;
      readonly type: string;
      readonly length?: number;
      readonly ifNotExists: boolean;
      /** `DEFAULT …` after the type, if any. */
      readonly extras: readonly string[];
      readonly isRequired: boolean;
    }
  | { readonly kind: 'cluster_by'; readonly expressions: string }
  | { readonly kind: 'comment'; readonly column?: string; readonly text: string }
  | { readonly kind: 'nothing' };

export interface ShowRequest {
  readonly isTerse: boolean;
  /** Upper case, singular or plural as written: `TABLES`, `OBJECTS`, `PRIMARY KEYS`. */
  readonly object: string;
  /** `like 'pattern'`, case does not count. */
  readonly like?: string;
  /** `in account`, `in database d`, `in schema s`, `in table t`, or `in name` alone. */
  readonly scope?: {
    readonly kind:
      | 'account'
      | 'database'
      | 'schema'
      | 'relation'
      | 'session'
      /** An application or a class: none can be here. */
      | 'absent'
      | 'any';
    readonly name: RelationParts;
  };
  readonly startsWith?: string;
  readonly limit?: number;
  /** `from 'name'`: only names after it. */
  readonly from?: string;
  /** `show grants on table t`. */
  readonly on?: { readonly object: string; readonly name: RelationParts };
}

/**
 * What the Jinja context knows of the project, the target and the moment, gathered once per invocation.
 */
import type { Json, JsonObject } from '../base/index.js';
import type { DispatchRule } from '../project/index.js';
import type { Dialect } from '../warehouse/index.js';
import type { MacroDefinition } from './macro.js';

/** Which parts of a relation's name are quoted. */
export interface QuotePolicy {
  readonly database: boolean;
  readonly schema: boolean;
  readonly identifier: boolean;
}

/** Hears what templates use, so that what was read of them can be kept for as long as that stays the same. */
export interface Watch {
  /** A name of the scope that says something else in every invocation. */
  onMoment(): void;
  /** A variable, seen from a package, whether it is there or not; `*` is all of them. */
  onVar(packageName: string, name: string): void;
  /** A macro that begins, however deep. */
  onMacro(macro: MacroDefinition): void;
}

export interface ProjectFacts {
  readonly projectName: string;
  /** Names of all packages that are not dbt's own, root first. */
  readonly packageNames: readonly string[];
  readonly profileName: string;
  /** `{{ target }}`: never holds a secret. */
  readonly target: JsonObject;
  readonly dialect: Dialect;
  readonly quoting: QuotePolicy;
  readonly dispatch: readonly DispatchRule[];
  /** Variables as a node of this package sees them, command line included. */
  readonly vars: (packageName: string) => JsonObject;
  readonly cliVars: JsonObject;
  /** An environment variable; undefined if it is not set. */
  readonly envVar: (name: string) => string | undefined;
  readonly runStartedAt: Date;
  readonly invocationId: string;
  /** `{{ flags }}`, keys in upper case: `FULL_REFRESH`, `WHICH`. */
  readonly flags: JsonObject;
  readonly invocationArgs: JsonObject;
  /** Milliseconds since the epoch; frozen by DAGBOOK_NOW. */
  readonly now: () => number;
  /** The dbt version whose behaviour this is: `1.12.6`. */
  readonly dbtVersion: string;
  /** Hears `log(msg, info=True)`, `print` and warnings of macros. */
  readonly log: (level: 'debug' | 'info' | 'warn' | 'print', message: string) => void;
  /** `{{ query_comment }}` and other settings of dbt_project.yml that macros may read. */
  readonly settings: Readonly<Record<string, Json>>;
  /** `project_name` and `version` of every package that is not dbt's own, the root's too, by name. */
  readonly dependencies: Readonly<Record<string, JsonObject>>;
  readonly watch?: Watch;
}

/**
 * A project as read from disk, before anything in it is parsed: settings, packages, files, the chosen target.
 */
import type { Json, JsonObject, Position } from '../base/index.js';
import type { Environment } from '../platform/index.js';

/** What a file of a project is read as. */
export type FileKind =
  | 'macro'
  | 'model'
  | 'snapshot'
  | 'analysis'
  | 'singular_test'
  | 'generic_test'
  | 'seed'
  | 'docs'
  | 'properties'
  | 'fixture'
  | 'function';

/** One file of a package. */
export interface SourceFile {
  readonly kind: FileKind;
  /** The resource folder it was found under, as dbt_project.yml spells it: `models`. */
  readonly searchedPath: string;
  /** Relative to that folder, with `/`: `staging/stg_orders.sql`. */
  readonly path: string;
  /** Relative to the package's root: `models/staging/stg_orders.sql`. */
  readonly originalFilePath: string;
  /** Absolute. */
  readonly file: string;
}

/** Kinds of resources that dbt_project.yml configures by folder. */
export type TreeName =
  | 'models'
  | 'seeds'
  | 'snapshots'
  | 'data_tests'
  | 'sources'
  | 'unit_tests'
  | 'metrics'
  | 'semantic-models'
  | 'saved-queries'
  | 'exposures'
  | 'analyses'
  | 'functions';

/** The config of each kind of resource: nested by folder, `+key` or a bare scalar is a config, a bare dict is a folder. */
export type ConfigTrees = Readonly<Record<TreeName, JsonObject>>;

/** `dispatch:` of dbt_project.yml. */
export interface DispatchRule {
  readonly macroNamespace: string;
  readonly searchOrder: readonly string[];
}

/** `query-comment:`; null text is none, undefined is dbt's own. */
export interface QueryComment {
  readonly comment: string | null | undefined;
  readonly append: boolean | undefined;
  readonly jobLabel: boolean;
}

/** dbt_project.yml with its defaults filled in. */
export interface ProjectConfig {
  readonly name: string;
  readonly version: string | null;
  /** The `profile:` as written; null if there is none. */
  readonly profile: string | null;
  readonly paths: Readonly<
    Record<
      'model' | 'seed' | 'snapshot' | 'test' | 'analysis' | 'macro' | 'function' | 'docs',
      readonly string[]
    >
  >;
  readonly targetPath: string;
  readonly packagesInstallPath: string;
  readonly cleanTargets: readonly string[];
  /** Templates, rendered when they run. */
  readonly onRunStart: readonly string[];
  readonly onRunEnd: readonly string[];
  readonly dispatch: readonly DispatchRule[];
  readonly queryComment: QueryComment;
  /** Only what the file sets. */
  readonly quoting: JsonObject;
  readonly requireDbtVersion: readonly string[];
  readonly isAccessRestricted: boolean;
  readonly flags: JsonObject;
}

/** The root project or one that is installed below it. */
export interface Package {
  readonly name: string;
  /** Absolute. */
  readonly rootDir: string;
  /** Relative to the root project, '' for itself: what positions begin with. */
  readonly shownPath: string;
  readonly config: ProjectConfig;
  readonly files: readonly SourceFile[];
  /** As rendered. */
  readonly trees: ConfigTrees;
  /** As written. */
  readonly unrenderedTrees: ConfigTrees;
  /** `vars:` of its dbt_project.yml (or vars.yml), as written: strings are rendered when they are read. */
  readonly vars: JsonObject;
  /** Where something stands in its dbt_project.yml; what is not there, the nearest thing above it. */
  positionOf(path: readonly (string | number)[]): Position;
}

/** Where the project is run. */
export interface Target {
  readonly profileName: string;
  readonly name: string;
  readonly type: 'snowflake' | 'duckdb';
  readonly threads: number;
  readonly database: string;
  readonly schema: string;
  /** Everything the profile says, rendered. May hold secrets: show `targetDict` instead. */
  readonly fields: JsonObject;
}

/** One selector of selectors.yml. */
export interface SelectorDefinition {
  readonly name: string;
  readonly isDefault: boolean;
  readonly description: string;
  /** Text or a mapping, as dbt's YAML selectors are. */
  readonly definition: Json;
}

export interface Project {
  /** Absolute. */
  readonly rootDir: string;
  readonly name: string;
  /** The root project first, then what is installed, by name. */
  readonly packages: readonly Package[];
  readonly target: Target;
  readonly selectors: readonly SelectorDefinition[];
  /** `--vars`. */
  readonly cliVars: JsonObject;
  /** `flags:` of dbt_project.yml, keys in lower case. */
  readonly flags: JsonObject;
  /** The process's environment with what `.env` added. */
  readonly env: Environment;
  /** Which parts of names are quoted: the adapter's default under what the project says. */
  readonly quoting: {
    readonly database: boolean;
    readonly schema: boolean;
    readonly identifier: boolean;
  };
}

/**
 * Reads every macro that the project can call: its own, its packages', dbt's.
 */
import type { Diagnostic, JsonObject } from '../base/index.js';
import {
  type MacroDefinition,
  MacroRegistry,
  type ProjectFacts,
  readMacroFile,
} from '../context/index.js';
import { messageOf } from '../base/index.js';
import { readText } from '../platform/index.js';
import { DBT_VERSION, type Project, pythonStrip, targetDict, varsOf } from '../project/index.js';

/** A macro file of dbt's own packages, which the library gives as text. */
export interface InternalMacroFile {
  /** `dbt`, `dbt_snowflake`, `dbt_duckdb`. */
  readonly packageName: string;
  readonly originalFilePath: string;
  readonly text: string;
  /** Where its macros are, if that is known before the text is read. */
  readonly macros?: readonly (readonly [
    kind: MacroDefinition['kind'],
    name: string,
    adapter: string | null,
    line: number,
    start: number,
    end: number,
  ])[];
}

/** What an invocation brings to the parse. */
export interface Invocation {
  readonly runStartedAt: Date;
  readonly invocationId: string;
  /** Milliseconds since the epoch; frozen by DAGBOOK_NOW. */
  readonly now: () => number;
  /** `{{ flags }}`, keys in upper case. */
  readonly flags: JsonObject;
  readonly invocationArgs: JsonObject;
  /** Hears `log(..., info=True)`, `print` and warnings of macros. */
  readonly log: ProjectFacts['log'];
}

/** The facts of an invocation on a project. */
export function factsOf(project: Project, invocation: Invocation): ProjectFacts {
  const [root] = project.packages;
  const varsByPackage = new Map<string, JsonObject>();
  return {
    projectName: project.name,
    packageNames: project.packages.map((one) => one.name),
    profileName: project.target.profileName,
    target: targetDict(project.target),
    dialect: project.target.type,
    quoting: project.quoting,
    dispatch: root?.config.dispatch ?? [],
    vars: (packageName) => {
      let vars = varsByPackage.get(packageName);
      if (vars === undefined) {
        vars = varsOf(project, packageName);
        varsByPackage.set(packageName, vars);
      }
      return vars;
    },
    cliVars: project.cliVars,
    envVar: (name) => project.env[name],
    runStartedAt: invocation.runStartedAt,
    invocationId: invocation.invocationId,
    flags: invocation.flags,
    invocationArgs: invocation.invocationArgs,
    now: invocation.now,
    dbtVersion: DBT_VERSION,
    log: invocation.log,
    settings: {
      query_comment: root?.config.queryComment.comment ?? null,
      target_path: root?.config.targetPath ?? 'target',
      version: root?.config.version ?? null,
      packages_install_path: root?.config.packagesInstallPath ?? 'dbt_packages',
    },
    dependencies: Object.fromEntries(
      project.packages.map(({ name, config }) => [
        name,
        { project_name: name, version: config.version },
      ]),
    ),
  };
}

/** The macros of a file whose places are known. */
function splitBefore(
  { packageName, originalFilePath: path, text }: InternalMacroFile,
  places: NonNullable<InternalMacroFile['macros']>,
): ReturnType<typeof readMacroFile> {
  const macros = places.map(([kind, name, adapter, line, start, end]): MacroDefinition => ({
    id: `macro.${packageName}.${name}`,
    name,
    packageName,
    kind,
    adapter,
    sql: text.slice(start, end),
    path,
    line,
  }));
  return { macros, diagnostics: [] };
}

/** Reads all macros; a file that cannot be read is reported, a second macro of one name in one package too. */
export function readMacros(
  project: Project,
  internal: readonly InternalMacroFile[],
): { readonly registry: MacroRegistry; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const macros = new Map<string, MacroDefinition>();
  const add = (file: InternalMacroFile, shownFile: string): void => {
    const found = file.macros === undefined ? readMacroFile(file) : splitBefore(file, file.macros);
    diagnostics.push(
      ...found.diagnostics.map((one) => shownAt(one, file.originalFilePath, shownFile)),
    );
    for (const macro of found.macros) {
      const first = macros.get(macro.id);
      if (first === undefined) macros.set(macro.id, macro);
      else diagnostics.push(twice(macro, first, shownFile));
    }
  };

  for (const file of internal) add(file, file.originalFilePath);
  for (const owner of project.packages) {
    for (const file of owner.files) {
      if (file.kind !== 'macro' && file.kind !== 'generic_test') continue;
      const shownFile =
        owner.shownPath === ''
          ? file.originalFilePath
          : `${owner.shownPath}/${file.originalFilePath}`;
      try {
        const text = pythonStrip(readText(file.file));
        add({ packageName: owner.name, originalFilePath: file.originalFilePath, text }, shownFile);
      } catch (error) {
        diagnostics.push({
          severity: 'error',
          code: 'manifest/unreadable',
          message: messageOf(error),
          position: { file: shownFile, line: 1, column: 1 },
        });
      }
    }
  }

  const internalPackages = [...new Set(internal.map((file) => file.packageName))];
  const registry = new MacroRegistry(macros.values(), {
    rootPackage: project.name,
    // The adapter's macros come before dbt's own.
    internalPackages: internalPackages.sort(
      (left, right) => Number(left === 'dbt') - Number(right === 'dbt'),
    ),
    dispatch: project.packages[0]?.config.dispatch ?? [],
    adapterTypes: [project.target.type],
  });
  return { registry, diagnostics };
}

function shownAt(diagnostic: Diagnostic, file: string, shownFile: string): Diagnostic {
  const { position } = diagnostic;
  return position === undefined || position.file !== file
    ? diagnostic
    : { ...diagnostic, position: { ...position, file: shownFile } };
}

function twice(macro: MacroDefinition, first: MacroDefinition, shownFile: string): Diagnostic {
  return {
    severity: 'error',
    code: 'manifest/duplicate-macro',
    message: `Two macros of '${macro.packageName}' are named '${macro.name}': in ${first.path} and ${macro.path}.`,
    hint: 'Rename one of them.',
    position: { file: shownFile, line: macro.line, column: 1 },
  };
}

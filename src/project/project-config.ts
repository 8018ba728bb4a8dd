/**
 * Reads dbt_project.yml.
 */
import {
  DagbookError,
  type Diagnostic,
  isJsonObject,
  type Json,
  type JsonObject,
  messageOf,
} from '../base/index.js';
import { isFile, joinPath, readText } from '../platform/index.js';
import { Fields, type Report, reportInto } from './fields.js';
import type {
  ConfigTrees,
  DispatchRule,
  ProjectConfig,
  QueryComment,
  TreeName,
} from './project.js';
import { type KeyPath, type RenderText, renderTree } from './render.js';
import { parseYamlDocument, type YamlDocument } from './yaml.js';

/** dbt_project.yml as written. */
export interface RawProject {
  readonly data: JsonObject;
  readonly document: YamlDocument;
}

export interface ReadProject {
  readonly config: ProjectConfig;
  readonly trees: ConfigTrees;
  readonly unrenderedTrees: ConfigTrees;
  readonly vars: JsonObject;
}

export const PROJECT_FILE = 'dbt_project.yml';

const TREES: Readonly<Record<TreeName, readonly string[]>> = {
  models: ['models'],
  seeds: ['seeds'],
  snapshots: ['snapshots'],
  data_tests: ['data_tests', 'data-tests', 'tests'],
  sources: ['sources'],
  unit_tests: ['unit_tests', 'unit-tests'],
  metrics: ['metrics'],
  'semantic-models': ['semantic-models', 'semantic_models'],
  'saved-queries': ['saved-queries', 'saved_queries'],
  exposures: ['exposures'],
  analyses: ['analyses'],
  functions: ['functions'],
};

/** Values under these keys are templates that are rendered later, when they are used. */
const LATE_KEYS = new Set(['on-run-start', 'on-run-end', 'query-comment', 'vars']);
const HOOK_TREES = new Set(['seeds', 'models', 'snapshots', 'tests', 'data_tests']);
const HOOK_KEYS = new Set(['pre-hook', 'post-hook', 'pre_hook', 'post_hook']);

/**
 * Reads a dbt_project.yml without rendering it.
 *
 * @param shownFile the path that positions show.
 * @throws DagbookError project/not-found, project/yaml or project/invalid.
 */
export function readRawProject(
  folder: string,
  shownFile: string,
  diagnostics: Diagnostic[],
): RawProject {
  const file = joinPath(folder, PROJECT_FILE);
  if (!isFile(file)) {
    throw new DagbookError('project/not-found', `There is no ${PROJECT_FILE} in ${folder}.`, {
      hint: 'Go to the folder of a dbt project, name it with --project-dir, or run `dagbook demo` to get one.',
    });
  }
  const document = parseYamlDocument(readText(file), shownFile);
  const fault = document.diagnostics.find((one) => one.severity === 'error');
  if (fault !== undefined) {
    throw new DagbookError('project/yaml', fault.message, {
      exitCode: 2,
      ...(fault.position === undefined ? {} : { position: fault.position }),
    });
  }
  diagnostics.push(...document.diagnostics);
  if (!isJsonObject(document.value)) {
    throw new DagbookError('project/invalid', `${PROJECT_FILE} must hold a mapping of settings.`, {
      position: document.positionOf([]),
    });
  }
  return { data: hyphenated(document.value), document };
}

/** Renders and checks a dbt_project.yml. @throws DagbookError project/invalid or project/render, with all faults named. */
export function readProject(
  raw: RawProject,
  renderText: RenderText,
  varsFromFile: JsonObject | null,
): ReadProject {
  const rendered = renderProject(raw, renderText);
  const faults: Diagnostic[] = [];
  const report = reportInto(faults, raw.document, 'project/invalid');
  const fields = new Fields(rendered, report);

  if (
    varsFromFile !== null &&
    isJsonObject(raw.data['vars']) &&
    Object.keys(raw.data['vars']).length > 0
  ) {
    report(
      ['vars'],
      `Variables stand both in vars.yml and in ${PROJECT_FILE}.`,
      'Keep them in one of the two.',
    );
  }
  const config = configOf(fields, report);
  const trees = treesOf(rendered, report);
  const unrenderedTrees = treesOf(raw.data, () => undefined);
  const vars = varsFromFile ?? new Fields(raw.data, report).mapping('vars');
  const [first] = faults;
  if (first !== undefined) {
    throw new DagbookError('project/invalid', faults.map((fault) => fault.message).join(' '), {
      ...(first.position === undefined ? {} : { position: first.position }),
      ...(first.hint === undefined ? {} : { hint: first.hint }),
    });
  }
  return { config, trees, unrenderedTrees, vars };
}

function renderProject(raw: RawProject, renderText: RenderText): JsonObject {
  let here: KeyPath = [];
  try {
    const skips = (path: KeyPath): boolean => {
      here = path;
      return isLate(path);
    };
    const rendered = renderTree(raw.data, renderText, skips);
    return isJsonObject(rendered) ? rendered : {};
  } catch (error) {
    throw new DagbookError(
      'project/render',
      `Cannot render '${here.join('.')}' of ${PROJECT_FILE}: ${messageOf(error)}`,
      { position: raw.document.positionOf(here), cause: error },
    );
  }
}

function isLate(path: KeyPath): boolean {
  const [first] = path;
  if (typeof first !== 'string') return false;
  if (LATE_KEYS.has(first)) return true;
  const bare = (step: string | number): string => String(step).replace(/^[+ ]+/u, '');
  return HOOK_TREES.has(first) && path.some((step) => HOOK_KEYS.has(bare(step)));
}

function configOf(fields: Fields, report: Report): ProjectConfig {
  const name = fields.text('name') ?? '';
  if (!/^[^\d\W]\w*$/u.test(name)) {
    report(
      ['name'],
      name === '' ? `'name' is missing.` : `'${name}' is not a name for a project.`,
      'Use letters, digits and underscores, and begin with a letter.',
    );
  }
  const paths = {
    model: fields.texts(['models'], 'model-paths', 'source-paths'),
    seed: fields.texts(['seeds'], 'seed-paths', 'data-paths'),
    snapshot: fields.texts(['snapshots'], 'snapshot-paths'),
    test: fields.texts(['tests'], 'test-paths'),
    analysis: fields.texts(['analyses'], 'analysis-paths'),
    macro: fields.texts(['macros'], 'macro-paths'),
    function: fields.texts(['functions'], 'function-paths'),
  };
  const resources = [
    ...paths.model,
    ...paths.seed,
    ...paths.snapshot,
    ...paths.analysis,
    ...paths.macro,
    ...paths.test,
    ...paths.function,
  ].map((path) => path.replace(/\/+$/u, ''));
  const targetPath = fields.text('target-path') ?? 'target';
  return {
    name,
    version: fields.text('version'),
    profile: fields.text('profile'),
    paths: { ...paths, docs: fields.texts([...new Set(resources)], 'docs-paths') },
    targetPath,
    packagesInstallPath: fields.text('packages-install-path') ?? 'dbt_packages',
    cleanTargets: fields.texts([targetPath], 'clean-targets'),
    onRunStart: fields.texts([], 'on-run-start'),
    onRunEnd: fields.texts([], 'on-run-end'),
    dispatch: dispatchOf(fields.raw('dispatch'), report),
    queryComment: queryCommentOf(fields),
    quoting: fields.mapping('quoting'),
    requireDbtVersion: fields
      .texts([], 'require-dbt-version')
      .flatMap((version) => version.split(','))
      .map((version) => version.trim()),
    isAccessRestricted: fields.flag(false, 'restrict-access'),
    flags: Object.fromEntries(
      Object.entries(fields.mapping('flags')).map(([key, value]) => [key.toLowerCase(), value]),
    ),
  };
}

function dispatchOf(value: Json | undefined, report: Report): readonly DispatchRule[] {
  if (value === undefined) return [];
  const entries = Array.isArray(value) ? value : [value];
  return entries.flatMap((entry: Json, at): readonly DispatchRule[] => {
    const namespace = isJsonObject(entry) ? entry['macro_namespace'] : undefined;
    const order = isJsonObject(entry) ? entry['search_order'] : undefined;
    if (typeof namespace === 'string' && Array.isArray(order)) {
      return [{ macroNamespace: namespace, searchOrder: order.map(String) }];
    }
    report(['dispatch', at], `A 'dispatch' entry needs a macro_namespace and a list search_order.`);
    return [];
  });
}

function queryCommentOf(fields: Fields): QueryComment {
  const value = fields.raw('query-comment');
  if (value === undefined) {
    // Written with nothing behind it, it means none.
    const comment = fields.has('query-comment') ? null : undefined;
    return { comment, append: undefined, jobLabel: false };
  }
  if (!isJsonObject(value)) {
    return {
      comment: typeof value === 'string' ? value : null,
      append: undefined,
      jobLabel: false,
    };
  }
  const { comment, append } = value;
  return {
    comment: typeof comment === 'string' || comment === null ? comment : undefined,
    append: typeof append === 'boolean' ? append : undefined,
    jobLabel: value['job-label'] === true,
  };
}

function treesOf(data: JsonObject, report: Report): ConfigTrees {
  const fields = new Fields(data, report);
  const tree = (name: TreeName): JsonObject => fields.mapping(...TREES[name]);
  return {
    models: tree('models'),
    seeds: tree('seeds'),
    snapshots: tree('snapshots'),
    data_tests: tree('data_tests'),
    sources: tree('sources'),
    unit_tests: tree('unit_tests'),
    metrics: tree('metrics'),
    'semantic-models': tree('semantic-models'),
    'saved-queries': tree('saved-queries'),
    exposures: tree('exposures'),
    analyses: tree('analyses'),
    functions: tree('functions'),
  };
}

const UNDERSCORED =
  /^(?:config_version|(?:source|model|macro|data|seed|test|analysis|docs|asset|function|snapshot|osi|target|log)_paths?|clean_targets|packages_install_path|on_run_(?:start|end)|require_dbt_version|query_comment|restrict_access|dbt_cloud)$/u;

/** dbt takes `model_paths` for `model-paths`; the hyphenated spelling wins. */
function hyphenated(data: JsonObject): JsonObject {
  const keys = Object.keys(data).filter((key) => UNDERSCORED.test(key));
  if (keys.length === 0) return data;
  const renamed = keys.map((key): [string, Json] => [key.replaceAll('_', '-'), data[key] ?? null]);
  return { ...Object.fromEntries(renamed), ...data };
}

/**
 * Reads what a node's text refers to, by rendering it as dbt's parser does.
 */
import type { JsonObject } from '../base/index.js';
import { type Captures, captureTemplate } from '../context/index.js';
import type { Value } from '../jinja/index.js';
import { mergeConfigCalls } from './config-merge.js';
import type { Draft } from './draft.js';
import { listOf, objectOf, type ParseScope, textOf } from './parse-scope.js';
import { pythonCalls } from './python-model.js';
import { STATIC_NAMES, staticCaptures } from './static-template.js';
import { unrenderedCalls } from './unrendered-calls.js';

const JINJA = /\{[{%#]/u;

/**
 * Renders a draft's text and fills in its refs, sources, macros and `config()` calls.
 *
 * @returns false if it does not render, which is reported.
 */
export function captureDraft(
  scope: ParseScope,
  draft: Draft,
  extra?: ReadonlyMap<string, Value>,
): boolean {
  if (draft.language === 'python') return capturePython(scope, draft);
  if (!JINJA.test(draft.rawCode)) return true;
  const found =
    extra === undefined && readsStatically(scope, draft)
      ? staticCaptures(draft.rawCode)
      : undefined;
  if (found !== undefined) {
    draft.refs = found.refs;
    draft.sources = found.sources;
    draft.calls = mergeConfigCalls(found.configs);
    const isPlain = found.isPlain && draft.resourceType === 'model';
    draft.unrenderedCalls = unrenderedCalls(draft.rawCode, draft.calls, isPlain);
    return true;
  }
  const captured = captureText(scope, draft, draft.rawCode, extra);
  if (captured === undefined) return false;
  draft.refs = captured.refs;
  draft.sources = captured.sources;
  draft.metrics = captured.metrics;
  draft.macros = captured.macros;
  draft.calls = mergeConfigCalls(captured.configs);
  draft.unrenderedCalls = unrenderedCalls(draft.rawCode, draft.calls, false);
  return true;
}

/** False where a macro stands in for `ref`, `source` or `config`, or names of the caller's are in scope. */
function readsStatically(scope: ParseScope, draft: Draft): boolean {
  return STATIC_NAMES.every((name) => scope.registry.find(name, draft.packageName) === undefined);
}

function capturePython(scope: ParseScope, draft: Draft): boolean {
  try {
    const { refs, sources, configs } = pythonCalls(
      draft.rawCode,
      draft.position.file,
      draft.position.line,
    );
    draft.refs = refs;
    draft.sources = sources;
    draft.calls = mergeConfigCalls(configs);
    draft.unrenderedCalls = draft.calls;
    return true;
  } catch (error) {
    scope.caught(error, 'manifest/python', draft.position, draft.id);
    return false;
  }
}

/** Renders the hooks of a draft's config and adds what they refer to. */
export function captureHooks(scope: ParseScope, draft: Draft): void {
  for (const key of ['pre-hook', 'post-hook']) {
    const hooks = draft.config[key];
    for (const hook of listOf(hooks)) {
      const sql = textOf(objectOf(hook)['sql']);
      if (sql === null || !JINJA.test(sql)) continue;
      const captured = captureText(scope, draft, sql);
      if (captured === undefined) continue;
      draft.refs = [...draft.refs, ...captured.refs];
      draft.sources = [...draft.sources, ...captured.sources];
      draft.macros = [...new Set([...draft.macros, ...captured.macros])];
    }
  }
}

/** Renders any text in the scope of a draft; what fails is reported and gives undefined. */
export function captureText(
  scope: ParseScope,
  draft: Draft,
  sql: string,
  extra?: ReadonlyMap<string, Value>,
): Captures | undefined {
  try {
    return scope.during(draft.position.file, () =>
      captureTemplate({
        sql,
        file: draft.position.file,
        firstLine: draft.position.line,
        packageName: draft.packageName,
        model: modelAtParse(scope, draft),
        registry: scope.registry,
        facts: scope.facts,
        ...(extra === undefined ? {} : { extra }),
      }),
    );
  } catch (error) {
    scope.caught(error, 'manifest/render', draft.position, draft.id);
    return undefined;
  }
}

/** `{{ model }}` while parsing: the names are still those of the target. */
function modelAtParse(scope: ParseScope, draft: Draft): JsonObject {
  const { target } = scope.project;
  return {
    alias: draft.name,
    schema: target.schema,
    database: target.database,
    fqn: draft.fqn,
    name: draft.name,
    resource_type: draft.resourceType,
    path: draft.path,
    original_file_path: draft.originalFilePath,
    package_name: draft.packageName,
    raw_code: draft.rawCode,
    language: draft.language,
    unique_id: draft.id,
    version: draft.version,
    config: scope.configs.base({
      resourceType: draft.resourceType,
      packageName: draft.packageName,
      fqn: draft.fqn,
    }),
  };
}

/**
 * Reads the properties files of a project: entries by kind, with the Jinja in them rendered where dbt renders it.
 */
import {
  isJsonObject,
  type Json,
  type JsonObject,
  messageOf,
  type Position,
} from '../base/index.js';
import { readText } from '../platform/index.js';
import {
  type KeyPath,
  type Package,
  parseYamlDocument,
  renderTree,
  type SourceFile,
  type YamlDocument,
  type YamlPath,
} from '../project/index.js';
import type { ParseScope } from './parse-scope.js';

/** The lists that a properties file may hold, in the order in which dbt reads them. */
export const PROPERTY_KEYS = [
  'models',
  'seeds',
  'snapshots',
  'sources',
  'macros',
  'data_tests',
  'analyses',
  'exposures',
  'functions',
  'metrics',
  'groups',
  'semantic_models',
  'unit_tests',
  'saved_queries',
] as const;

export type PropertyKey = (typeof PROPERTY_KEYS)[number];

/** One properties file. */
export interface PropertyFile {
  readonly owner: Package;
  readonly file: SourceFile;
  readonly document: YamlDocument;
  /** As positions show it. */
  readonly shownFile: string;
}

/** One item of a list of a properties file. */
export interface PropertyEntry {
  readonly key: PropertyKey;
  readonly name: string;
  readonly source: PropertyFile;
  /** Where it stands in the document. */
  readonly path: YamlPath;
  /** As written. */
  readonly raw: JsonObject;
  /** Rendered, but for descriptions, tests, hooks and the like, which are rendered later. */
  readonly data: JsonObject;
}

/** Reads every properties file of every package, root first; what cannot be read is reported and left out. */
export function readProperties(scope: ParseScope): readonly PropertyEntry[] {
  return scope.packages.flatMap((owner) =>
    owner.files
      .filter((file) => file.kind === 'properties')
      .flatMap((file) => readPropertyFile(scope, owner, file)),
  );
}

/** The position of something below an entry; of what is not there, the nearest thing above it. */
export function positionIn(entry: PropertyEntry, ...steps: YamlPath): Position {
  return entry.source.document.positionOf([...entry.path, ...steps]);
}

function readPropertyFile(
  scope: ParseScope,
  owner: Package,
  file: SourceFile,
): readonly PropertyEntry[] {
  const shownFile = scope.shownFile(owner, file.originalFilePath);
  let text: string;
  try {
    text = readText(file.file);
  } catch (error) {
    scope.caught(error, 'manifest/unreadable', { file: shownFile, line: 1, column: 1 });
    return [];
  }
  const document = parseYamlDocument(text, shownFile);
  scope.diagnostics.push(...document.diagnostics);
  if (document.value === null) return [];
  if (!isJsonObject(document.value)) {
    scope.error(
      'manifest/properties',
      'A properties file must hold a mapping of lists (models, sources, ...).',
      document.positionOf([]),
    );
    return [];
  }
  const source: PropertyFile = { owner, file, document, shownFile };
  const { value } = document;
  return PROPERTY_KEYS.flatMap((key) => readList(scope, source, key, value[key]));
}

function readList(
  scope: ParseScope,
  source: PropertyFile,
  key: PropertyKey,
  list: Json | undefined,
): readonly PropertyEntry[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    scope.error(
      'manifest/properties',
      `'${key}' must be a list.`,
      source.document.positionOf([key]),
    );
    return [];
  }
  return list.flatMap((raw: Json, at): readonly PropertyEntry[] => {
    const path = [key, at];
    if (!isJsonObject(raw) || typeof raw['name'] !== 'string') {
      scope.error(
        'manifest/properties',
        isJsonObject(raw)
          ? `An entry of '${key}' has no name.`
          : `An entry of '${key}' must be a mapping.`,
        source.document.positionOf(path),
        { hint: 'Every entry begins with `- name: ...`.' },
      );
      return [];
    }
    const data = renderEntry(scope, source, key, path, raw);
    if (data === undefined) return [];
    const name = data['name'];
    return [{ key, name: typeof name === 'string' ? name : raw['name'], source, path, raw, data }];
  });
}

function renderEntry(
  scope: ParseScope,
  source: PropertyFile,
  key: PropertyKey,
  path: YamlPath,
  raw: JsonObject,
): JsonObject | undefined {
  let here: KeyPath = [];
  try {
    const data = renderTree(
      raw,
      (text) => scope.renderText(text, source.owner, source.shownFile),
      (at) => {
        here = at;
        return isRenderedLater(key, at);
      },
    );
    return isJsonObject(data) ? data : undefined;
  } catch (error) {
    scope.error(
      'manifest/render-properties',
      `Cannot render this value: ${messageOf(error)}`,
      source.document.positionOf([...path, ...here]),
    );
    return undefined;
  }
}

const LATER = new Set(['tests', 'data_tests', 'description', 'loaded_at_query']);
const LATE_CONFIGS = new Set(['pre_hook', 'post_hook', 'pre-hook', 'post-hook', 'loaded_at_query']);
const LISTS = new Set(['columns', 'dimensions', 'measures', 'entities', 'metrics']);

/** Descriptions, tests and hooks are rendered when they are used, filters of metrics by the semantic layer. */
function isRenderedLater(key: PropertyKey, path: KeyPath): boolean {
  const at = (index: number): string => String(path[index] ?? '');
  switch (key) {
    case 'sources':
      if (isLate(path)) return true;
      return at(0) === 'tables' && isLate(path.slice(2));
    case 'macros':
      return isLate(path) || (at(0) === 'arguments' && isLate(path.slice(1)));
    case 'metrics':
      return path.slice(-2).includes('filter') || isLate(path);
    case 'saved_queries':
      return (at(0) === 'query_params' && at(1) === 'where') || isLate(path);
    default:
      return (at(0) === 'metrics' && path.slice(-2).includes('filter')) || isLate(path);
  }
}

function isLate(path: KeyPath): boolean {
  const at = (index: number): string => String(path[index] ?? '');
  if (LATER.has(at(0))) return true;
  if (path.length === 2 && LATER.has(at(1))) return true;
  if (at(0) === 'config' && LATE_CONFIGS.has(at(1))) return true;
  if (LISTS.has(at(0)) && LATER.has(at(2))) return true;
  if (path.length === 5 && at(4) === 'description') return true;
  if (at(0) !== 'versions') return false;
  return LATER.has(at(2)) || (at(2) === 'columns' && LATER.has(at(4)));
}

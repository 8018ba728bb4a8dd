/**
 * The root project's macros, with what its yaml says of them.
 */
import { isJsonObject, type Json, type JsonObject } from '../../base/index.js';
import type { DocBlock } from '../../manifest/index.js';
import { readText } from '../../platform/index.js';
import { type Package, parseYaml } from '../../project/index.js';
import type { DocumentedMacro } from './docs-input.js';

/** A macro as a file defines it. */
interface DefinedMacro {
  readonly id: string;
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly sql: string;
}

const DOC_CALL =
  /\{\{\s*doc\(\s*(?<quote>['"])(?<first>[\w.]+)\k<quote>\s*(?:,\s*(?<other>['"])(?<second>[\w.]+)\k<other>\s*)?\)\s*\}\}/gu;

/** Macros by name. A generic test is described under its own name, without dbt's prefix. */
export function documentedMacros(
  root: Package,
  macros: readonly DefinedMacro[],
  docs: ReadonlyMap<string, DocBlock>,
): readonly DocumentedMacro[] {
  const properties = macroProperties(root);
  return macros
    .filter((macro) => macro.packageName === root.name)
    .map((macro): DocumentedMacro => {
      const { id, name, packageName, path, sql } = macro;
      const entry = properties.get(name) ?? properties.get(name.replace(/^test_/u, '')) ?? {};
      const config = entry['config'];
      return {
        id,
        name,
        packageName,
        path,
        sql,
        description: described(entry, root.name, docs),
        arguments: objectsIn(entry['arguments']).map((argument) => ({
          name: textOf(argument['name']),
          type: textOf(argument['type']),
          description: described(argument, root.name, docs),
        })),
        meta: metaOf(config) ?? metaOf(entry) ?? {},
      };
    })
    .sort((left, right) => left.name.localeCompare(right.name, 'en'));
}

/** `macros:` of every properties file. What is wrong with a file, the parse has said. */
function macroProperties(root: Package): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const file of root.files) {
    if (file.kind !== 'properties') continue;
    const text = readText(file.file);
    if (!/^macros\s*:/mu.test(text)) continue;
    const content = parseYaml(text);
    for (const entry of objectsIn(isJsonObject(content) ? content['macros'] : undefined)) {
      found.set(textOf(entry['name']), entry);
    }
  }
  return found;
}

/** The description with its literal `doc()` calls replaced; other Jinja stays as written. */
function described(
  entry: JsonObject,
  rootName: string,
  docs: ReadonlyMap<string, DocBlock>,
): string {
  return textOf(entry['description']).replaceAll(DOC_CALL, (call, ...rest) => {
    const groups: unknown = rest.at(-1);
    const { first, second } = groups as Readonly<Record<string, string | undefined>>; // named groups come last
    const id = second === undefined ? `doc.${rootName}.${first}` : `doc.${first}.${second}`;
    return docs.get(id)?.contents ?? call;
  });
}

function metaOf(value: Json | undefined): JsonObject | null {
  const meta = isJsonObject(value) ? value['meta'] : undefined;
  return isJsonObject(meta) ? meta : null;
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item: Json) => isJsonObject(item)) : [];
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

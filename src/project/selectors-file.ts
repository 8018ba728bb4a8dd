/**
 * Reads selectors.yml.
 */
import { type Diagnostic, isJsonObject, type Json, messageOf } from '../base/index.js';
import { isFile, joinPath, readText } from '../platform/index.js';
import { reportInto } from './fields.js';
import type { SelectorDefinition } from './project.js';
import { type RenderText, renderTree } from './render.js';
import { parseYamlDocument } from './yaml.js';

const FILE = 'selectors.yml';

/** The project's selectors in the order of the file; faults become diagnostics and their selector is left out. */
export function readSelectors(
  rootDir: string,
  renderText: RenderText,
  diagnostics: Diagnostic[],
): readonly SelectorDefinition[] {
  const path = joinPath(rootDir, FILE);
  if (!isFile(path)) return [];
  const document = parseYamlDocument(readText(path), FILE);
  diagnostics.push(...document.diagnostics);
  const report = reportInto(diagnostics, document, 'project/selectors');

  let data: Json;
  try {
    data = renderTree(document.value, renderText);
  } catch (error) {
    report([], `Cannot render ${FILE}: ${messageOf(error)}`);
    return [];
  }
  if (!isJsonObject(data)) return [];
  const { selectors } = data;
  if (!Array.isArray(selectors)) {
    report(['selectors'], `'selectors' must be a list.`);
    return [];
  }

  let defaultName: string | undefined;
  return selectors.flatMap((entry: Json, at): readonly SelectorDefinition[] => {
    if (
      !isJsonObject(entry) ||
      typeof entry['name'] !== 'string' ||
      (entry['definition'] ?? null) === null
    ) {
      report(['selectors', at], 'A selector needs a name and a definition.');
      return [];
    }
    const { name, definition = null, description } = entry;
    const isDefault = entry['default'] === true;
    if (isDefault && defaultName !== undefined) {
      report(
        ['selectors', at, 'default'],
        `Both '${defaultName}' and '${name}' are the default selector.`,
      );
    } else if (isDefault) defaultName = name;
    return [
      {
        name,
        isDefault: isDefault && defaultName === name,
        description: typeof description === 'string' ? description : '',
        definition,
      },
    ];
  });
}

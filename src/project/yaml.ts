/**
 * Reads YAML as dbt does: YAML 1.1, anchors and merge keys, the last of two equal keys wins with a warning.
 */
import { type Event, parseEvents, YAMLException } from 'js-yaml';
import {
  DagbookError,
  type Diagnostic,
  type Json,
  messageOf,
  type Position,
} from '../base/index.js';
import { pythonStrip } from './python-text.js';
import { YamlComposer, YamlFault } from './yaml-compose.js';

/** A step into a document: a key of a mapping or an index of a list. */
export type YamlPath = readonly (string | number)[];

/** A YAML file as read. */
export interface YamlDocument {
  /** Null for an empty file, and for one that could not be read. */
  readonly value: Json;
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Where the key or the item at the end of a path stands; of a path that does not exist, the nearest part that does.
   *
   * Cheap for an item of a list; for a key the text is parsed once more, which is meant for diagnostics.
   */
  positionOf(path: YamlPath): Position;
}

/**
 * Parses one YAML document.
 *
 * @param file the path to show in positions.
 * @returns never throws: what is wrong is in `diagnostics`, with the code yaml/syntax or yaml/duplicate-key.
 */
export function parseYamlDocument(text: string, file: string): YamlDocument {
  // dbt strips the text before it parses it, which can move the first line to the left.
  const body = pythonStrip(text);
  const shift = body === '' ? 0 : text.indexOf(body);
  const lines = new LineIndex(file, text);
  const at = (offset: number): Position => lines.positionAt(offset + shift);

  const read = (collectsPositions: boolean): YamlComposer => {
    const composer = new YamlComposer(eventsOf(body), body, collectsPositions);
    composer.readDocument();
    return composer;
  };

  try {
    const composer = read(false);
    let detailed: YamlComposer | undefined;
    const withKeys = (): YamlComposer => (detailed ??= read(true));
    return {
      value: composer.value,
      diagnostics: composer.duplicates.map(({ key, offset }) => ({
        severity: 'warning',
        code: 'yaml/duplicate-key',
        message: `The key '${key}' stands twice in this mapping; the last one counts.`,
        hint: 'Remove one of them.',
        position: at(offset),
      })),
      positionOf: (path) => at(composer.offsetOf(path) ?? withKeys().offsetOf(path) ?? 0),
    };
  } catch (error) {
    const offset = error instanceof YamlFault ? error.offset : offsetOf(error);
    const reason = error instanceof YAMLException ? error.reason : messageOf(error);
    return {
      value: null,
      diagnostics: [
        {
          severity: 'error',
          code: 'yaml/syntax',
          message: `This is not valid YAML: ${reason}.`,
          position: at(offset),
        },
      ],
      positionOf: () => at(0),
    };
  }
}

/** Lines of a text, found once. */
class LineIndex {
  readonly #file: string;
  readonly #text: string;
  #starts: readonly number[] | undefined;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  positionAt(offset: number): Position {
    const starts = (this.#starts ??= lineStarts(this.#text));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.#file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Parses YAML to its value alone. @throws DagbookError yaml/syntax. */
export function parseYaml(text: string): Json {
  const { value, diagnostics } = parseYamlDocument(text, '<yaml>');
  const fault = diagnostics.find((one) => one.severity === 'error');
  if (fault !== undefined) throw new DagbookError(fault.code, fault.message, { exitCode: 1 });
  return value;
}

function eventsOf(body: string): readonly Event[] {
  return body === '' ? [] : parseEvents(body, {});
}

function offsetOf(error: unknown): number {
  return error instanceof YAMLException ? (error.mark?.position ?? 0) : 0;
}

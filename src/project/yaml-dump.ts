/**
 * Writes YAML as PyYAML's `safe_dump` does: block style, lines folded after 80 columns, ASCII, anchors for what stands twice.
 */
import {
  asText,
  JinjaError,
  PyDate,
  PyDateTime,
  PyDict,
  PyFloat,
  PySet,
  PyTuple,
  sortedKeys,
  toText,
  typeName,
  type Value,
} from '../jinja/index.js';
import { YamlLines } from './yaml-lines.js';
import { isMultiline, styleOf } from './yaml-style.js';

/** A value as YAML. @throws JinjaError of class RepresenterError on what YAML cannot hold. */
export function dumpYaml(value: Value, { sortKeys = false }: { sortKeys?: boolean } = {}): string {
  const dumper = new Dumper(sortKeys, anchorsOf(value));
  dumper.write(value, { where: 'root' });
  return dumper.text();
}

type Place =
  | { readonly where: 'root' | 'item' | 'value' }
  | { readonly where: 'key'; readonly isSimple: boolean };

// Longer keys stand on a line of their own, after `? `.
const MAX_SIMPLE_KEY = 128;

class Dumper {
  readonly #lines = new YamlLines();
  readonly #sortKeys: boolean;
  readonly #anchors: ReadonlyMap<Value, string>;
  readonly #written = new Set<Value>();

  constructor(sortKeys: boolean, anchors: ReadonlyMap<Value, string>) {
    this.#sortKeys = sortKeys;
    this.#anchors = anchors;
  }

  text(): string {
    return this.#lines.text();
  }

  write(value: Value, place: Place): void {
    const anchor = this.#anchors.get(value);
    if (anchor !== undefined && this.#written.has(value)) {
      this.#lines.indicator(`*${anchor}`, true);
      return;
    }
    if (anchor !== undefined) {
      this.#written.add(value);
      this.#lines.indicator(`&${anchor}`, true);
    }
    const items = itemsOf(value);
    if (items !== undefined) this.#sequence(items, place);
    else if (value instanceof PyDict) this.#mapping([...value.entries()]);
    else if (value instanceof PySet) {
      this.#lines.indicator('!!set', true);
      this.#mapping(Array.from(value.values(), (item): [Value, Value] => [item, null]));
    } else this.#scalar(value, place);
  }

  #sequence(items: readonly Value[], place: Place): void {
    const lines = this.#lines;
    if (items.length === 0) {
      lines.indicator('[', true);
      lines.indicator(']', false);
      return;
    }
    // A list under a key stands as far left as the key.
    const isIndentless = place.where === 'value' && !lines.isAtIndicator;
    lines.enter({ isFlow: false, isIndentless });
    for (const item of items) {
      lines.newLine();
      lines.indicator('-', true, true);
      this.write(item, { where: 'item' });
    }
    lines.leave();
  }

  #mapping(entries: readonly (readonly [Value, Value])[]): void {
    const lines = this.#lines;
    if (entries.length === 0) {
      lines.indicator('{', true);
      lines.indicator('}', false);
      return;
    }
    lines.enter({ isFlow: false, isIndentless: false });
    for (const [key, value] of this.#sortKeys ? sortedKeys(entries) : entries) {
      lines.newLine();
      const isSimple = this.#isSimpleKey(key);
      if (!isSimple) lines.indicator('?', true, true);
      this.write(key, { where: 'key', isSimple });
      if (isSimple) lines.indicator(':', false);
      else {
        lines.newLine();
        lines.indicator(':', true, true);
      }
      this.write(value, { where: 'value' });
    }
    lines.leave();
  }

  #isSimpleKey(key: Value): boolean {
    const items = itemsOf(key);
    if (items !== undefined) return items.length === 0;
    const text = asText(key) ?? plainText(key);
    return text.length < MAX_SIMPLE_KEY && !isMultiline(text);
  }

  #scalar(value: Value, place: Place): void {
    const isSimpleKey = place.where === 'key' && place.isSimple;
    const text = asText(value);
    this.#lines.enter({ isFlow: true, isIndentless: false });
    if (text === undefined) {
      this.#lines.plain(plainText(value), { isRoot: place.where === 'root', splits: !isSimpleKey });
    } else {
      switch (styleOf(text, { isSimpleKey })) {
        case 'plain':
          this.#lines.plain(text, { isRoot: place.where === 'root', splits: !isSimpleKey });
          break;
        case 'single':
          this.#lines.singleQuoted(text, !isSimpleKey);
          break;
        default:
          this.#lines.doubleQuoted(text, !isSimpleKey);
      }
    }
    this.#lines.leave();
  }
}

function itemsOf(value: Value): readonly Value[] | undefined {
  if (Array.isArray(value)) return value;
  return value instanceof PyTuple ? value.items : undefined;
}

function plainText(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof PyFloat) return floatText(value);
  if (value instanceof PyDate || value instanceof PyDateTime) return toText(value);
  throw new JinjaError('RepresenterError', `('cannot represent an object', ${typeName(value)})`);
}

function floatText(value: PyFloat): string {
  if (Number.isNaN(value.value)) return '.nan';
  if (!Number.isFinite(value.value)) return value.value > 0 ? '.inf' : '-.inf';
  // YAML 1.1 wants a point in a float: 1e+20 would be a text.
  const text = toText(value);
  return text.includes('.') ? text : text.replace('e', '.0e');
}

/** Names for the collections that stand more than once, in the order in which they are met. */
function anchorsOf(root: Value): ReadonlyMap<Value, string> {
  const seen = new Set<Value>();
  const anchors = new Map<Value, string>();
  const order: Value[] = [];
  const repeated = new Set<Value>();
  const walk = (value: Value): void => {
    const isCollection =
      itemsOf(value) !== undefined || value instanceof PyDict || value instanceof PySet;
    if (!isCollection || (value instanceof PyTuple && value.items.length === 0)) return;
    if (seen.has(value)) {
      repeated.add(value);
      return;
    }
    seen.add(value);
    order.push(value);
    for (const item of childrenOf(value)) walk(item);
  };
  walk(root);
  for (const value of order) {
    if (repeated.has(value)) anchors.set(value, `id${String(anchors.size + 1).padStart(3, '0')}`);
  }
  return anchors;
}

function childrenOf(value: Value): readonly Value[] {
  if (value instanceof PyDict) return [...value.entries()].flat();
  if (value instanceof PySet) return [...value.values()];
  return itemsOf(value) ?? [];
}

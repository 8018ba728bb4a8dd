/**
 * Builds plain data from YAML events, by PyYAML's rules for merge keys, anchors and tags.
 */
import {
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import {
  ExactNumber,
  isJsonObject,
  type Json,
  type JsonObject,
  type MappingKey,
  membersOf,
  noteKeys,
  spelledKey,
} from '../base/index.js';
import { resolvePlain, resolveTagged, type ScalarValue } from './yaml-scalar.js';

/** What a YAML text gets wrong beyond its syntax. */
export class YamlFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** One pass over the events of a text. */
export class YamlComposer {
  value: Json = null;
  readonly duplicates: { readonly key: string; readonly offset: number }[] = [];
  readonly #events: readonly Event[];
  readonly #text: string;
  readonly #anchors = new Map<string, Json>();
  /** Offsets of keys by mapping; null when nobody asked for them. Those of items are always kept: there are few. */
  readonly #offsets: Map<object, Map<string | number, number>> | null;
  readonly #items = new Map<object, number[]>();
  #next = 0;

  constructor(events: readonly Event[], text: string, collectsOffsets: boolean) {
    this.#events = events;
    this.#text = text;
    this.#offsets = collectsOffsets ? new Map() : null;
  }

  /** @throws YamlFault on a second document, an unknown alias or tag, or a merge of what is no mapping. */
  readDocument(): void {
    if (this.#events.length === 0) return;
    this.#next = 1;
    if (this.#peek()?.type !== EVENT_ID.POP) this.value = this.#node();
    this.#next += 1;
    if (this.#next < this.#events.length) {
      throw new YamlFault('a second document begins here, where one is expected', this.#offset());
    }
  }

  /** The offset of the last step of a path that exists; undefined if that is a key and keys were not collected. */
  offsetOf(path: readonly (string | number)[]): number | undefined {
    let here = this.value;
    let offset: number | undefined = 0;
    for (const step of path) {
      if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) break;
      offset =
        typeof step === 'number'
          ? this.#items.get(here)?.[step]
          : this.#offsets?.get(here)?.get(step);
      here = childOf(here, step);
    }
    return offset;
  }

  #node(): Json {
    const event = this.#take();
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.#anchored(event, this.#scalar(event));
      case EVENT_ID.ALIAS:
        return this.#alias(event.anchorStart, event.anchorEnd);
      case EVENT_ID.SEQUENCE:
        return this.#anchored(event, this.#sequence(event));
      case EVENT_ID.MAPPING:
        return this.#anchored(event, this.#mapping(event));
      default:
        throw new YamlFault('a value is expected here', this.#offset());
    }
  }

  #sequence(event: SequenceEvent): readonly Json[] {
    this.#refuseTag(event, 'seq');
    const items: Json[] = [];
    const offsets: number[] = [];
    while (this.#peek()?.type !== EVENT_ID.POP) {
      const offset = this.#offset();
      items.push(this.#node());
      offsets.push(offset);
    }
    this.#next += 1;
    this.#items.set(items, offsets);
    return items;
  }

  #mapping(event: MappingEvent): JsonObject {
    this.#refuseTag(event, 'map');
    const own: [key: MappingKey, value: Json, offset: number][] = [];
    const merged: [source: JsonObject, offset: number][] = [];
    let startsWithMerge = false;
    while (this.#peek()?.type !== EVENT_ID.POP) {
      const offset = this.#offset();
      if (this.#isMergeKey()) {
        startsWithMerge ||= own.length === 0 && merged.length === 0;
        this.#next += 1;
        for (const source of this.#mergeSources()) merged.push([source, offset]);
        continue;
      }
      const key = keyOf(this.#node(), offset);
      own.push([key, this.#node(), offset]);
    }
    this.#next += 1;

    const result: Record<string, Json> = {};
    const keys = new Map<string, MappingKey>();
    for (const [source, offset] of merged) {
      for (const [written, value] of membersOf(source)) {
        const key = spelledKey(written);
        keys.set(key, written);
        setKey(result, key, value);
        this.#place(result, key, this.#offsets?.get(source)?.get(key) ?? offset);
      }
    }
    const seen = new Set<string>();
    for (const [written, value, offset] of own) {
      const key = spelledKey(written);
      keys.set(key, written);
      // dbt looks for duplicates only in mappings that do not begin with a merge.
      if (seen.has(key) && !startsWithMerge) this.duplicates.push({ key, offset });
      seen.add(key);
      setKey(result, key, value);
      this.#place(result, key, offset);
    }
    noteKeys(result, [...keys.values()]);
    return result;
  }

  #mergeSources(): readonly JsonObject[] {
    const offset = this.#offset();
    const value = this.#node();
    const sources = Array.isArray(value) ? value : [value];
    return sources.map((source: Json) => {
      if (isJsonObject(source)) return source;
      throw new YamlFault('only mappings can be merged with `<<`', offset);
    });
  }

  #isMergeKey(): boolean {
    const event = this.#peek();
    return (
      event?.type === EVENT_ID.SCALAR &&
      event.style === SCALAR_STYLE.PLAIN &&
      event.tagStart === -1 &&
      event.valueEnd - event.valueStart === 2 &&
      this.#text.startsWith('<<', event.valueStart)
    );
  }

  #scalar(event: ScalarEvent): ScalarValue {
    return this.#resolve(event, this.#scalarText(event));
  }

  #scalarText(event: ScalarEvent): string {
    const text = getScalarValue(this.#text, event);
    const isBlock =
      event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
    // A block that ends where the text ends, without a newline, has none to keep.
    const endsText = event.valueEnd >= this.#text.length && !this.#text.endsWith('\n');
    return isBlock && endsText && text.endsWith('\n') ? text.slice(0, -1) : text;
  }

  #resolve(event: ScalarEvent, text: string): ScalarValue {
    if (event.tagStart === -1) {
      if (event.style !== SCALAR_STYLE.PLAIN) return text;
      if (text === '=') throw new YamlFault('a bare `=` has no value; quote it', event.valueStart);
      return resolvePlain(text);
    }
    const tag = this.#text.slice(event.tagStart, event.tagEnd);
    if (tag === '!' && event.style !== SCALAR_STYLE.PLAIN) return text;
    if (tag === '!') return resolvePlain(text);
    const kind = /^(?:!!|!<tag:yaml\.org,2002:)(?<kind>[a-z]+)>?$/u.exec(tag)?.groups?.['kind'];
    const scalar = kind === undefined ? undefined : resolveTagged(kind, text);
    if (scalar !== undefined) return scalar;
    throw new YamlFault(`the tag ${tag} does not fit or is not known`, event.tagStart);
  }

  #refuseTag(event: SequenceEvent | MappingEvent, kind: 'seq' | 'map'): void {
    if (event.tagStart === -1) return;
    const tag = this.#text.slice(event.tagStart, event.tagEnd);
    if (tag !== '!' && tag !== `!!${kind}`) {
      throw new YamlFault(`the tag ${tag} is not known`, event.tagStart);
    }
  }

  #alias(start: number, end: number): Json {
    const value = this.#anchors.get(this.#text.slice(start, end));
    if (value !== undefined) return value;
    throw new YamlFault(
      `the alias *${this.#text.slice(start, end)} has no anchor before it`,
      Math.max(0, start - 1),
    );
  }

  #anchored<Value extends Json>(
    event: { readonly anchorStart: number; readonly anchorEnd: number },
    value: Value,
  ): Value {
    if (event.anchorStart !== -1) {
      this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), value);
    }
    return value;
  }

  #place(container: object, key: string, offset: number): void {
    if (this.#offsets === null) return;
    const places = this.#offsets.get(container) ?? new Map<string | number, number>();
    this.#offsets.set(container, places.set(key, offset));
  }

  #peek(): Event | undefined {
    return this.#events[this.#next];
  }

  #take(): Event {
    const event = this.#events[this.#next];
    if (event === undefined) throw new YamlFault('the text ends too early', this.#text.length);
    this.#next += 1;
    return event;
  }

  /** Where the next event begins. */
  #offset(): number {
    const event = this.#peek();
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        // The range of a quoted or block scalar is that of its content.
        return Math.max(0, firstOf(event.anchorStart - 1, event.tagStart, quoted(event)));
      case EVENT_ID.ALIAS:
        return Math.max(0, event.anchorStart - 1);
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        return Math.max(0, firstOf(event.anchorStart - 1, event.tagStart, event.start));
      default:
        return this.#text.length;
    }
  }
}

function quoted(event: ScalarEvent): number {
  const isQuoted =
    event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  return isQuoted ? event.valueStart - 1 : event.valueStart;
}

function firstOf(...offsets: readonly number[]): number {
  const known = offsets.filter((offset) => offset >= 0);
  return known.length === 0 ? -1 : Math.min(...known);
}

function keyOf(key: Json, offset: number): MappingKey {
  if (typeof key !== 'object' || key === null || key instanceof ExactNumber) return key;
  throw new YamlFault(
    'a mapping or a list stands as a key; quote a value that begins with `{{`',
    offset,
  );
}

function childOf(container: object, step: string | number): Json {
  const child: unknown = Reflect.get(container, step);
  return (child ?? null) as Json; // Only containers made here are walked: what they hold is Json.
}

function setKey(target: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  } else {
    target[key] = value;
  }
}

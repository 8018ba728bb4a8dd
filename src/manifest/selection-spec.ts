/**
 * What a selection says, as data: criteria and the set operations over them. Read from the command line and from yaml.
 */
import { DagbookError, isJsonObject, type Json, type JsonObject } from '../base/index.js';

export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty';

/** One criterion: `@`, `2+`, `tag:nightly`, `+1`. */
export interface Criterion {
  readonly kind: 'criterion';
  /** As written, for messages. */
  readonly raw: string;
  readonly method: string;
  /** Of `config.materialized`: `['materialized']`. */
  readonly methodArguments: readonly string[];
  readonly value: string;
  readonly withChildrensParents: boolean;
  /** Edges to go up; 0 none, Infinity all. */
  readonly parents: number;
  readonly children: number;
  readonly indirect: IndirectSelection;
}

/** A set operation. `difference` takes all but the first away from the first. */
export interface Combination {
  readonly kind: 'union' | 'intersection' | 'difference';
  readonly parts: readonly SelectionSpec[];
  readonly raw: string;
  /** True if finding nothing is worth a warning. */
  readonly expectsSome: boolean;
  readonly indirect: IndirectSelection;
}

export type SelectionSpec = Criterion | Combination;

const CRITERION =
  /^(?<at>@)?(?:(?<parentsDepth>\d*)(?<parents>\+))?(?:(?<method>[\w.]+):)?(?<value>.*?)(?:(?<children>\+)(?<childrenDepth>\d*))?$/su;

const DEFAULTS = ['fqn:*', 'source:*', 'exposure:*', 'metric:*', 'semantic_model:*'];

/** `--select` and `--exclude`: spaces unite, commas intersect. @throws DagbookError select/bad-spec. */
export function commandLineSpec(
  select: readonly string[] | undefined,
  exclude: readonly string[] | undefined,
  indirect: IndirectSelection,
): SelectionSpec {
  const wanted = (select ?? []).join(' ').trim() === '' ? undefined : select;
  return {
    kind: 'difference',
    parts: [
      unionOf(wanted ?? DEFAULTS, wanted !== undefined, indirect),
      unionOf(exclude ?? [], exclude !== undefined, indirect),
    ],
    raw: (select ?? []).join(' '),
    expectsSome: false,
    // The difference itself takes no part in choosing tests.
    indirect: 'eager',
  };
}

/** One criterion as written. @throws DagbookError select/bad-spec. */
export function criterionOf(raw: string, indirect: IndirectSelection): Criterion {
  const groups = CRITERION.exec(raw)?.groups ?? {};
  const { at, parents, parentsDepth, method, value = '', children, childrenDepth } = groups;
  return checked({
    kind: 'criterion',
    raw,
    ...methodOf(method, value),
    value,
    withChildrensParents: at !== undefined,
    parents: depthOf(parents !== undefined, parentsDepth),
    children: depthOf(children !== undefined, childrenDepth),
    indirect,
  });
}

/**
 * A definition of selectors.yml.
 *
 * @throws DagbookError select/bad-spec with what is wrong.
 */
export function yamlSpec(
  definition: Json,
  indirect: IndirectSelection,
  isRoot = true,
): SelectionSpec {
  if (typeof definition === 'string') return criterionOf(definition, indirect);
  if (!isJsonObject(definition)) throw bad('A definition must be text or a mapping.', definition);
  const hasSet = 'union' in definition || 'intersection' in definition;
  if (hasSet && isRoot && Object.keys(definition).length > 1) {
    throw bad(
      "At its root a definition may have only one key, 'union' or 'intersection'.",
      definition,
    );
  }
  if ('union' in definition) return yamlSet('union', definition, indirect);
  if ('intersection' in definition) return yamlSet('intersection', definition, indirect);
  return yamlCriterion(definition, indirect);
}

function yamlSet(
  kind: 'union' | 'intersection',
  definition: JsonObject,
  indirect: IndirectSelection,
): SelectionSpec {
  const parts: SelectionSpec[] = [];
  let excluded: SelectionSpec | undefined;
  let hasExclude = false;
  for (const part of listAt(definition, kind)) {
    // An `exclude` may stand alone or beside a method; alone it belongs to the whole set.
    if (isJsonObject(part) && 'exclude' in part && !('method' in part)) {
      if (hasExclude) throw bad(`A '${kind}' may have only one 'exclude'.`, definition);
      hasExclude = true;
      excluded = exclusionOf(part, indirect);
    } else parts.push(yamlSpec(part, indirect, false));
  }
  const raw = JSON.stringify(definition);
  const set: SelectionSpec = { kind, parts, raw, expectsSome: false, indirect: 'eager' };
  return excluded === undefined ? set : minus(set, excluded, raw);
}

function yamlCriterion(definition: JsonObject, indirect: IndirectSelection): SelectionSpec {
  const keys = Object.keys(definition);
  const [only] = keys;
  const raw = JSON.stringify(definition);
  if (keys.length === 1 && only !== undefined) {
    return checked({
      kind: 'criterion',
      raw,
      ...methodOf(only, textAt(definition, only)),
      value: textAt(definition, only),
      withChildrensParents: false,
      parents: 0,
      children: 0,
      indirect,
    });
  }
  if (!('method' in definition) || !('value' in definition)) {
    throw bad("A definition has either one key, or 'method' and 'value'.", definition);
  }
  const stated = definition['indirect_selection'];
  if (stated !== undefined && !isIndirect(stated)) {
    throw bad('indirect_selection is eager, cautious, buildable or empty.', definition);
  }
  const base = checked({
    kind: 'criterion',
    raw,
    ...methodOf(textAt(definition, 'method'), textAt(definition, 'value')),
    value: textAt(definition, 'value'),
    withChildrensParents: definition['childrens_parents'] === true,
    parents: depthOf(definition['parents'] === true, depthText(definition, 'parents_depth')),
    children: depthOf(definition['children'] === true, depthText(definition, 'children_depth')),
    indirect: stated === undefined ? indirect : stated,
  });
  const excluded = 'exclude' in definition ? exclusionOf(definition, indirect) : undefined;
  return excluded === undefined ? base : minus(base, excluded, raw);
}

function exclusionOf(
  definition: JsonObject,
  indirect: IndirectSelection,
): SelectionSpec | undefined {
  const parts = listAt(definition, 'exclude').map((part) => yamlSpec(part, indirect, false));
  const [only] = parts;
  if (parts.length <= 1) return only;
  return {
    kind: 'union',
    parts,
    raw: JSON.stringify(definition['exclude'] ?? null),
    expectsSome: false,
    indirect: 'eager',
  };
}

function minus(base: SelectionSpec, excluded: SelectionSpec, raw: string): SelectionSpec {
  return {
    kind: 'difference',
    parts: [base, excluded],
    raw,
    expectsSome: false,
    indirect: 'eager',
  };
}

function unionOf(
  texts: readonly string[],
  expectsSome: boolean,
  indirect: IndirectSelection,
): SelectionSpec {
  const words = texts.flatMap((text) => text.split(/\s+/u)).filter((word) => word !== '');
  return {
    kind: 'union',
    parts: words.map((word) => ({
      kind: 'intersection',
      parts: word.split(',').map((part) => criterionOf(part, indirect)),
      raw: word,
      expectsSome,
      indirect,
    })),
    raw: texts.join(' '),
    expectsSome: false,
    indirect,
  };
}

function methodOf(
  written: string | undefined,
  value: string,
): Pick<Criterion, 'method' | 'methodArguments'> {
  if (written !== undefined) {
    const [method = '', ...methodArguments] = written.split('.');
    return { method, methodArguments };
  }
  if (value.includes('/')) return { method: 'path', methodArguments: [] };
  const isFile = /\.(?:sql|py|csv)$/iu.test(value);
  return { method: isFile ? 'file' : 'fqn', methodArguments: [] };
}

function depthOf(isAsked: boolean, depth: string | undefined): number {
  if (!isAsked) return 0;
  return depth === undefined || depth === '' ? Number.POSITIVE_INFINITY : Number(depth);
}

function checked(criterion: Criterion): Criterion {
  if (!criterion.withChildrensParents || criterion.children === 0) return criterion;
  throw new DagbookError(
    'select/bad-spec',
    `In '${criterion.raw}' the '@' before and the '+' after do not go together.`,
    {
      exitCode: 2,
      hint: "'@model' already takes the children of the model, and all their parents.",
    },
  );
}

function isIndirect(value: Json): value is IndirectSelection {
  return value === 'eager' || value === 'cautious' || value === 'buildable' || value === 'empty';
}

function listAt(definition: JsonObject, key: string): readonly Json[] {
  const value = definition[key];
  if (Array.isArray(value)) return value;
  throw bad(`'${key}' must be a list.`, definition);
}

function textAt(definition: JsonObject, key: string): string {
  const value = definition[key] ?? null;
  if (typeof value === 'object') throw bad(`'${key}' must be text.`, definition);
  return String(value);
}

function depthText(definition: JsonObject, key: string): string | undefined {
  return (definition[key] ?? null) === null ? undefined : textAt(definition, key);
}

function bad(message: string, definition: Json): DagbookError {
  return new DagbookError('select/bad-spec', `${message} It is: ${JSON.stringify(definition)}`, {
    exitCode: 2,
    hint: 'See the selectors of selectors.yml.',
  });
}

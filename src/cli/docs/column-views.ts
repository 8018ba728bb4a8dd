/**
 * Columns of a node: what the yaml says of them, joined to what the warehouse has.
 */
import type { ColumnProperties } from '../../manifest/index.js';
import { constraintText, yamlText } from './data-text.js';
import type { BuiltColumns } from './docs-input.js';
import type { Scribe } from './scribe.js';
import type { ColumnView, TestView } from './view.js';

/**
 * Columns in the warehouse's order where it is known, else in the yaml's; columns that are only described come last.
 *
 * @param built columns as built, or undefined if nobody could tell. Names meet without regard to case, as in the dialects.
 */
export function columnViews(
  scribe: Scribe,
  described: ReadonlyMap<string, ColumnProperties>,
  built: BuiltColumns | undefined,
  tests: readonly TestView[],
): readonly ColumnView[] {
  const isBuilt = built !== undefined && built.length > 0;
  const byName = new Map(
    [...described.values()].map((column) => [column.name.toLowerCase(), column]),
  );
  const builtNames = new Set((built ?? []).map(({ name }) => name.toLowerCase()));
  const fromWarehouse = (built ?? []).map(({ name, typeName }) => {
    const column = byName.get(name.toLowerCase());
    return columnView(
      scribe,
      column ?? emptyColumn(shownName(name)),
      typeName,
      tests,
      column === undefined ? 'not described' : null,
    );
  });
  const onlyDescribed = [...described.values()]
    .filter(({ name }) => !builtNames.has(name.toLowerCase()))
    .map((column) => columnView(scribe, column, null, tests, isBuilt ? 'not built' : null));
  return [...fromWarehouse, ...onlyDescribed];
}

function columnView(
  scribe: Scribe,
  column: ColumnProperties,
  builtType: string | null,
  tests: readonly TestView[],
  gap: ColumnView['gap'],
): ColumnView {
  const { name, dataType } = column;
  return {
    name,
    type: shortType(builtType ?? dataType),
    wholeType: builtType ?? dataType,
    declaredType: builtType === null || isSameType(builtType, dataType) ? null : dataType,
    descriptionHtml: scribe.description(column.description),
    tags: column.tags,
    constraints: column.constraints.map(constraintText),
    meta: yamlText(column.meta),
    tests: tests.filter((test) => test.columnName?.toLowerCase() === name.toLowerCase()),
    gap,
  };
}

/** Snowflake's largest lengths, which it gives where none is asked for. */
function shortType(type: string | null): string | null {
  return type?.replace(/\((?:16777216|134217728|8388608|67108864)\)$/u, '') ?? null;
}

function isSameType(built: string, declared: string | null): boolean {
  return declared === null || familyOf(built) === familyOf(declared);
}

/** Types under one name: `integer` is built as `NUMBER(38,0)`. Lengths and scales are the contract's business. */
const FAMILIES: readonly (readonly [pattern: RegExp, family: string])[] = [
  [
    /^(?:number|numeric|decimal|dec|(?:big|small|tiny|byte|huge|u)?int(?:eger)?|int[1248]|long|short)\b/u,
    'number',
  ],
  [/^(?:varchar|char|character|nchar|nvarchar|string|text|bpchar)\b/u, 'text'],
  [/^(?:float[48]?|double|real)\b/u, 'float'],
  [/^(?:timestamp_?tz|timestamp with)/u, 'timestamp with zone'],
  [/^(?:timestamp|datetime)/u, 'timestamp'],
  [/^(?:bool|boolean|logical)\b/u, 'boolean'],
];

function familyOf(type: string): string {
  const plain = type.trim().toLowerCase();
  return (
    FAMILIES.find(([pattern]) => pattern.test(plain))?.[1] ?? plain.replaceAll(/\(.*\)|\s/gu, '')
  );
}

/** Snowflake stores plain names in upper case; people write them in lower. */
function shownName(name: string): string {
  return /^[A-Z_][A-Z0-9_$]*$/u.test(name) ? name.toLowerCase() : name;
}

function emptyColumn(name: string): ColumnProperties {
  return {
    name,
    description: '',
    dataType: null,
    quote: null,
    tags: [],
    meta: {},
    constraints: [],
    granularity: null,
  };
}

/**
 * Columns of a node: what the yaml says of them, joined to what the warehouse has.
 */
import type { ColumnProperties } from '../../manifest/index.js';
import { inlineText, yamlText } from './data-text.js';
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
    type: builtType ?? dataType,
    declaredType: builtType === null || isSameType(builtType, dataType) ? null : dataType,
    descriptionHtml: scribe.description(column.description),
    tags: column.tags,
    constraints: column.constraints.map(inlineText),
    meta: yamlText(column.meta),
    tests: tests.filter((test) => test.columnName?.toLowerCase() === name.toLowerCase()),
    gap,
  };
}

function isSameType(built: string, declared: string | null): boolean {
  const plain = (type: string): string => type.toLowerCase().replaceAll(/\(.*\)|\s/gu, '');
  return declared === null || plain(built) === plain(declared);
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
  };
}

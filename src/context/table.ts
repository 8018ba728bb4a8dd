/**
 * Tables as macros see them: shaped like agate's, with rows and columns that index by position and by name.
 */
import {
  equals,
  JinjaError,
  PyDate,
  PyDateTime,
  PyDecimal,
  PyDict,
  PyFloat,
  PyFunction,
  PyObject,
  PyTuple,
  toList,
  toRepr,
  toText,
  type Value,
} from '../jinja/index.js';
import type { Cell, ResultColumn, StatementResult } from '../warehouse/index.js';
import { byValue, distinct, inOrder } from './value-order.js';

/** A result as Jinja may look at it. */
export class PyTable extends PyObject {
  readonly typeName = 'Table';
  readonly columnNames: readonly string[];
  readonly rows: readonly PyRow[];

  constructor(columnNames: readonly string[], rows: readonly (readonly Value[])[]) {
    super();
    this.columnNames = columnNames;
    this.rows = rows.map((values) => new PyRow(columnNames, values));
  }

  override toRepr(): string {
    return '<agate.table.Table object>';
  }

  override iterate(): Iterator<Value> {
    return this.rows.values();
  }

  override length(): number {
    return this.rows.length;
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'rows':
        return new PyMappedSequence(this.rows, null);
      case 'columns':
        return new PyMappedSequence(
          this.columnNames.map((column, index) => this.#column(column, index)),
          this.columnNames,
        );
      case 'column_names':
        return new PyTuple([...this.columnNames]);
      case 'row_names':
        return null;
      case 'rename':
        return new PyFunction(name, ({ args, kwargs }) =>
          this.#rename(args[0] ?? kwargs.get('column_names') ?? null),
        );
      case 'select':
        return new PyFunction(name, ({ args }) => this.#keep(namesOf(args[0] ?? null), true));
      case 'exclude':
        return new PyFunction(name, ({ args }) => this.#keep(namesOf(args[0] ?? null), false));
      case 'merge':
        return new PyFunction(name, ({ args, kwargs }) => {
          const tables = toList(kwargs.get('tables') ?? args[0] ?? []);
          return this.#from(
            tables.flatMap((table) => (table instanceof PyTable ? table.rows : [])),
          );
        });
      case 'limit':
        return new PyFunction(name, ({ args }) => {
          const count = args[0];
          return this.#from(this.rows.slice(0, typeof count === 'number' ? count : undefined));
        });
      case 'order_by':
        return new PyFunction(name, ({ args, kwargs }) => {
          const keys = namesOf(args[0] ?? kwargs.get('key') ?? null);
          const isReversed = (args[1] ?? kwargs.get('reverse') ?? false) === true;
          return this.#from(
            this.rows.toSorted((left, right) => (isReversed ? -1 : 1) * byKeys(left, right, keys)),
          );
        });
      case 'distinct':
        return new PyFunction(name, ({ args, kwargs }) =>
          this.#distinct(namesOf(args[0] ?? kwargs.get('key') ?? [...this.columnNames])),
        );
      case 'print_table':
      case 'print_json':
      case 'print_csv':
        // Agate prints to stdout, which belongs to results here: the caller's log hears of it instead.
        return new PyFunction(name, () => null);
      default:
        return undefined;
    }
  }

  #column(name: string, index: number): PyMappedSequence {
    return new PyMappedSequence(
      this.rows.map((row) => row.values[index] ?? null),
      null,
      name,
      index,
    );
  }

  #from(rows: readonly PyRow[]): PyTable {
    return new PyTable(
      this.columnNames,
      rows.map((row) => row.values),
    );
  }

  #distinct(keys: readonly string[]): PyTable {
    const kept: PyRow[] = [];
    for (const row of this.rows)
      if (!kept.some((one) => byKeys(one, row, keys) === 0)) kept.push(row);
    return this.#from(kept);
  }

  #rename(names: Value): PyTable {
    const renamed =
      names instanceof PyDict
        ? this.columnNames.map((column) => toText(names.get(column) ?? column))
        : namesOf(names);
    return new PyTable(
      renamed,
      this.rows.map((row) => row.values),
    );
  }

  #keep(names: readonly string[], isKept: boolean): PyTable {
    const indexes = this.columnNames
      .map((column, index) => ({ column, index }))
      .filter(({ column }) => names.includes(column) === isKept)
      .map(({ index }) => index);
    return new PyTable(
      indexes.map((index) => this.columnNames[index] ?? ''),
      this.rows.map((row) => indexes.map((index) => row.values[index] ?? null)),
    );
  }
}

/** One row: `row[0]`, `row['ID']`, `row.ID`, iteration over its values. */
export class PyRow extends PyObject {
  readonly typeName = 'Row';
  readonly names: readonly string[];
  readonly values: readonly Value[];

  constructor(names: readonly string[], values: readonly Value[]) {
    super();
    this.names = names;
    this.values = values;
  }

  override toRepr(): string {
    return `<agate.Row: (${sample(this.values)})>`;
  }

  override iterate(): Iterator<Value> {
    return this.values.values();
  }

  override length(): number {
    return this.values.length;
  }

  override getItem(key: Value): Value | undefined {
    if (typeof key === 'number') return this.values.at(key);
    const index = typeof key === 'string' ? this.names.indexOf(key) : -1;
    return index === -1 ? undefined : (this.values[index] ?? null);
  }

  override slice(start: Value, stop: Value, step: Value): Value | undefined {
    return sliceOf(this.values, start, stop, step);
  }

  override equals(other: Value): boolean {
    return other instanceof PyRow && sameValues(this.values, other.values);
  }

  override getAttribute(name: string): Value | undefined {
    return sequenceMethod(name, this.values, this.names);
  }
}

/** The first values of a row or column, as agate prints them. */
function sample(values: readonly Value[]): string {
  const shown = values.slice(0, 5).map(toRepr);
  return [...shown, ...(values.length > 5 ? ['...'] : [])].join(', ');
}

/** Agate's MappedSequence: a sequence whose items may also have names. */
export class PyMappedSequence extends PyObject {
  readonly typeName = 'MappedSequence';
  readonly items: readonly Value[];
  readonly names: readonly string[] | null;
  readonly #columnName: string | null;
  /** Place of a column in its table. */
  readonly #index: number;

  constructor(
    items: readonly Value[],
    names: readonly string[] | null,
    columnName: string | null = null,
    index = 0,
  ) {
    super();
    this.items = items;
    this.names = names;
    this.#columnName = columnName;
    this.#index = index;
  }

  override toRepr(): string {
    return this.#columnName === null
      ? `<agate.MappedSequence: (${sample(this.items)})>`
      : `<agate.Column: ${this.#columnName}>`;
  }

  override iterate(): Iterator<Value> {
    return this.items.values();
  }

  override length(): number {
    return this.items.length;
  }

  override getItem(key: Value): Value | undefined {
    if (typeof key === 'number') {
      const item = this.items.at(key);
      if (item === undefined) {
        throw new JinjaError(
          'IndexError',
          `agate.mapped_sequence.MappedSequence object has no element ${key}`,
        );
      }
      return item;
    }
    const index = typeof key === 'string' && this.names !== null ? this.names.indexOf(key) : -1;
    return index === -1 ? undefined : this.items[index];
  }

  override slice(start: Value, stop: Value, step: Value): Value | undefined {
    return sliceOf(this.items, start, stop, step);
  }

  #columnAttribute(name: string, columnName: string): Value | undefined {
    const present = this.items.filter((item) => item !== null);
    switch (name) {
      case 'name':
        return columnName;
      case 'index':
        return this.#index;
      case 'values_without_nulls':
        return new PyFunction(name, () => new PyTuple(present));
      case 'values_sorted':
        return new PyFunction(name, () => inOrder(this.items));
      case 'values_without_nulls_sorted':
        return new PyFunction(name, () => inOrder(present));
      case 'values_distinct':
        return new PyFunction(name, () => new PyTuple(distinct(this.items)));
      default:
        return undefined;
    }
  }

  override equals(other: Value): boolean {
    return other instanceof PyMappedSequence && sameValues(this.items, other.items);
  }

  override getAttribute(name: string): Value | undefined {
    if (this.#columnName !== null) {
      const known = this.#columnAttribute(name, this.#columnName);
      if (known !== undefined) return known;
    }
    return sequenceMethod(name, this.items, this.names ?? []);
  }
}

/** A slice without a step, as the tuple that Python gives. */
function sliceOf(
  items: readonly Value[],
  start: Value,
  stop: Value,
  step: Value,
): Value | undefined {
  if (step !== null && step !== 1) return undefined;
  return new PyTuple(
    items.slice(typeof start === 'number' ? start : 0, typeof stop === 'number' ? stop : undefined),
  );
}

function byKeys(left: PyRow, right: PyRow, keys: readonly string[]): number {
  for (const key of keys) {
    const order = byValue(left.getItem(key) ?? null, right.getItem(key) ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function sequenceMethod(
  name: string,
  items: readonly Value[],
  names: readonly string[],
): Value | undefined {
  switch (name) {
    case 'values':
      return new PyFunction(name, () => new PyTuple([...items]));
    case 'keys':
      return new PyFunction(name, () => new PyTuple([...names]));
    case 'items':
      return new PyFunction(
        name,
        () => new PyTuple(names.map((key, index) => new PyTuple([key, items[index] ?? null]))),
      );
    case 'get':
      return new PyFunction(name, ({ args }) => {
        const index = names.indexOf(toText(args[0] ?? ''));
        return index === -1 ? (args[1] ?? null) : (items[index] ?? null);
      });
    case 'dict':
      return new PyFunction(name, () =>
        PyDict.fromEntries(names.map((key, index): [Value, Value] => [key, items[index] ?? null])),
      );
    case 'index':
      return new PyFunction(name, ({ args }) => {
        const wanted = args[0] ?? null;
        return items.findIndex((item) => equals(item, wanted));
      });
    default:
      return undefined;
  }
}

function sameValues(left: readonly Value[], right: readonly Value[]): boolean {
  return (
    left.length === right.length &&
    left.every((value, index) => equals(value, right[index] ?? null))
  );
}

function namesOf(value: Value): readonly string[] {
  if (Array.isArray(value)) return value.map(toText);
  if (value instanceof PyTuple) return value.items.map(toText);
  return value === null ? [] : [toText(value)];
}

/** A warehouse's result as the table that `load_result(...).table` holds. */
export function tableOf(result: Pick<StatementResult, 'columns' | 'rows'>): PyTable {
  return new PyTable(
    result.columns.map((column) => column.name),
    result.rows.map((row) => row.map((cell, index) => cellValue(cell, result.columns[index]))),
  );
}

/** The Python value of a cell, as dbt's type tester would have it: floats become Decimals, dates dates. */
export function cellValue(cell: Cell, column: ResultColumn | undefined): Value {
  if (cell === null || typeof cell === 'boolean' || typeof cell === 'bigint') return cell;
  if (typeof cell === 'number') {
    if (column?.kind !== 'float') return cell;
    return Number.isFinite(cell) ? PyDecimal.parse(new PyFloat(cell).toRepr()) : null;
  }
  switch (column?.kind) {
    case 'decimal':
      return PyDecimal.parse(cell);
    case 'date':
      return PyDate.parse(cell);
    case 'timestamp':
    case 'timestamp_tz':
      return PyDateTime.parse(cell);
    default:
      return cell;
  }
}

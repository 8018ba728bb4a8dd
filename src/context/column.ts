/**
 * dbt's Column: a name with a data type, as `get_columns_in_relation` gives it.
 */
import { JinjaError, PyFunction, PyObject, toRepr, toText, type Value } from '../jinja/index.js';
import type { Dialect } from '../warehouse/index.js';
import { quoted } from './relation.js';

interface ColumnFields {
  readonly dialect: Dialect;
  readonly name: string;
  readonly dtype: string;
  readonly charSize: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
}

const STRINGS = new Set(['text', 'character varying', 'character', 'varchar']);
const NUMERICS: Readonly<Record<Dialect, ReadonlySet<string>>> = {
  snowflake: new Set([
    'int',
    'integer',
    'bigint',
    'smallint',
    'tinyint',
    'byteint',
    'numeric',
    'decimal',
    'number',
  ]),
  duckdb: new Set(['numeric', 'decimal']),
};
const FLOATS = new Set(['real', 'float4', 'float', 'float8', 'double', 'double precision']);
const INTEGERS = new Set([
  'smallint',
  'integer',
  'bigint',
  'smallserial',
  'serial',
  'bigserial',
  'int2',
  'int4',
  'int8',
  'serial2',
  'serial4',
  'serial8',
]);
/** The one generic type word that `Column.translate_type` maps; others stay as written. */
const LABELS: Readonly<Record<string, string>> = { STRING: 'TEXT' };

/** Reads `NUMBER(38,0)` or `VARCHAR(10)` into a column. */
export function columnFromDescription(dialect: Dialect, name: string, dataType: string): PyColumn {
  const match = /^([^(]+)(?:\(([^)]+)\))?/u.exec(dataType);
  if (match === null) {
    throw new JinjaError('DbtRuntimeError', `Could not interpret data type "${dataType}"`);
  }
  const [first, second] = (match[2] ?? '').split(',').map((size) => Number.parseInt(size, 10));
  const hasOne = first !== undefined && !Number.isNaN(first) && second === undefined;
  const hasTwo = first !== undefined && second !== undefined;
  return new PyColumn({
    dialect,
    name,
    dtype: (match[1] ?? '').trim(),
    charSize: hasOne ? first : null,
    precision: hasTwo ? first : null,
    scale: hasTwo ? second : null,
  });
}

export class PyColumn extends PyObject {
  readonly typeName: string;
  readonly fields: ColumnFields;

  constructor(fields: ColumnFields) {
    super();
    this.fields = fields;
    this.typeName = fields.dialect === 'snowflake' ? 'SnowflakeColumn' : 'DuckDBColumn';
  }

  get isString(): boolean {
    return STRINGS.has(this.fields.dtype.toLowerCase());
  }

  get isNumeric(): boolean {
    return NUMERICS[this.fields.dialect].has(this.fields.dtype.toLowerCase());
  }

  get isFloat(): boolean {
    return FLOATS.has(this.fields.dtype.toLowerCase());
  }

  get isInteger(): boolean {
    // Every whole number of Snowflake is a NUMBER.
    return this.fields.dialect === 'duckdb' && INTEGERS.has(this.fields.dtype.toLowerCase());
  }

  /** Characters that fit. */
  stringSize(): number {
    if (!this.isString)
      throw new JinjaError('DbtRuntimeError', 'Called string_size() on non-string field!');
    const isUnbounded = this.fields.dtype.toLowerCase() === 'text' || this.fields.charSize === null;
    if (isUnbounded) return this.fields.dialect === 'snowflake' ? 16_777_216 : 256;
    return this.fields.charSize ?? 0;
  }

  /** The type as DDL would write it. */
  get dataType(): string {
    const { dtype, precision, scale } = this.fields;
    if (this.isString) return stringType(this.stringSize());
    if (this.isNumeric) return numericType(dtype, precision, scale);
    return dtype;
  }

  override toRepr(): string {
    const { name, dtype, charSize, precision, scale, dialect } = this.fields;
    const fields: readonly (readonly [string, Value])[] = [
      ['column', name],
      ['dtype', dtype],
      ['char_size', charSize],
      ['numeric_precision', precision],
      ['numeric_scale', scale],
      ...(dialect === 'snowflake' ? [['collation', null] as const] : []),
    ];
    return `${this.typeName}(${fields.map(([key, value]) => `${key}=${toRepr(value)}`).join(', ')})`;
  }

  override equals(other: Value): boolean {
    return (
      other instanceof PyColumn &&
      other.fields.name === this.fields.name &&
      other.dataType === this.dataType
    );
  }

  override hashKey(): string {
    return `column:${this.fields.name}:${this.dataType}`;
  }

  override getAttribute(name: string): Value | undefined {
    const { fields } = this;
    switch (name) {
      case 'name':
      case 'column':
        return fields.name;
      case 'quoted':
        return quoted(fields.name);
      case 'dtype':
        return fields.dtype;
      case 'data_type':
      // What dbt writes where it adds a column: the type with its collation, of which we know none.
      case 'expanded_data_type':
        return this.dataType;
      case 'char_size':
        return fields.charSize;
      case 'numeric_precision':
        return fields.precision;
      case 'numeric_scale':
        return fields.scale;
      case 'mode':
        return '';
      case 'is_string':
        return answer(name, this.isString);
      case 'is_number':
        return answer(name, this.isNumeric || this.isFloat || this.isInteger);
      case 'is_numeric':
        return answer(name, this.isNumeric);
      case 'is_float':
        return answer(name, this.isFloat);
      case 'is_integer':
        return answer(name, this.isInteger);
      case 'string_size':
        return new PyFunction(name, () => this.stringSize());
      case 'can_expand_to':
        return new PyFunction(name, ({ args }) => {
          const other = args[0];
          return (
            other instanceof PyColumn &&
            this.isString &&
            other.isString &&
            other.stringSize() > this.stringSize()
          );
        });
      case 'literal':
        return new PyFunction(name, ({ args }) => `${toText(args[0] ?? null)}::${this.dataType}`);
      default:
        return columnClass(fields.dialect).getAttribute(name);
    }
  }
}

/** `api.Column`: the class with its static methods. */
export function columnClass(dialect: Dialect): PyObject {
  return new ColumnClass(dialect);
}

class ColumnClass extends PyObject {
  readonly typeName = 'type';
  readonly #dialect: Dialect;

  constructor(dialect: Dialect) {
    super();
    this.#dialect = dialect;
  }

  override get call(): PyFunction['call'] {
    return ({ args, kwargs }) => {
      const at = (index: number, name: string): Value => args[index] ?? kwargs.get(name) ?? null;
      const size = at(2, 'char_size');
      const precision = at(3, 'numeric_precision');
      const scale = at(4, 'numeric_scale');
      return new PyColumn({
        dialect: this.#dialect,
        name: toText(at(0, 'column')),
        dtype: toText(at(1, 'dtype')),
        charSize: typeof size === 'number' ? size : null,
        precision: typeof precision === 'number' ? precision : null,
        scale: typeof scale === 'number' ? scale : null,
      });
    };
  }

  override getAttribute(name: string): Value | undefined {
    const dialect = this.#dialect;
    switch (name) {
      case 'create':
        return new PyFunction(name, ({ args, kwargs }) => {
          const dtype = translateType(toText(args[1] ?? kwargs.get('label_or_dtype') ?? ''));
          return new PyColumn({
            dialect,
            name: toText(args[0] ?? kwargs.get('name') ?? ''),
            dtype,
            charSize: null,
            precision: null,
            scale: null,
          });
        });
      case 'from_description':
        return new PyFunction(name, ({ args, kwargs }) =>
          columnFromDescription(
            dialect,
            toText(args[0] ?? kwargs.get('name') ?? ''),
            toText(args[1] ?? kwargs.get('raw_data_type') ?? ''),
          ),
        );
      case 'translate_type':
        return new PyFunction(name, ({ args }) => translateType(toText(args[0] ?? '')));
      case 'string_type':
        return new PyFunction(name, ({ args }) => stringType(Number(args[0] ?? 0)));
      case 'numeric_type':
        return new PyFunction(name, ({ args }) => {
          const [, precision, scale] = args;
          return numericType(
            toText(args[0] ?? ''),
            typeof precision === 'number' ? precision : null,
            typeof scale === 'number' ? scale : null,
          );
        });
      case 'TYPE_LABELS':
        return undefined;
      default:
        return undefined;
    }
  }
}

function answer(name: string, value: boolean): PyFunction {
  return new PyFunction(name, () => value);
}

function translateType(label: string): string {
  return LABELS[label.toUpperCase()] ?? label;
}

function stringType(size: number): string {
  return `character varying(${size})`;
}

function numericType(dtype: string, precision: number | null, scale: number | null): string {
  return precision === null || scale === null ? dtype : `${dtype}(${precision},${scale})`;
}

/**
 * The only file that loads DuckDB. Everything above speaks of `NativeDatabase` and never of the package.
 */
import {
  BIGINT,
  BLOB,
  DOUBLE,
  DuckDBBlobValue,
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBListValue,
  type DuckDBResult,
  DuckDBScalarFunction,
  type DuckDBValue,
  LIST,
  ResultReturnType,
  VARCHAR,
} from '@duckdb/node-api';
import type { ResultColumn, Row } from '../port.js';
import { type CellReader, cellReader } from './cells.js';
import type { NativeFunction, NativeValue } from './native-function.js';

/** A result that is read chunk by chunk; nothing is fetched that is not asked for. */
export interface NativeResult {
  readonly columns: readonly ResultColumn[];
  /** True if the statement answers with rows of its own, and not with a count of changes. */
  readonly isQuery: boolean;
  readonly rowsChanged: number;
  /** The next rows, about 2,048 of them; undefined at the end. */
  readonly nextRows: () => Promise<readonly Row[] | undefined>;
}

export type Binding = null | boolean | number | bigint | string;

export interface NativeConnection {
  /** Runs to the end; the rows wait in DuckDB's memory. */
  readonly run: (sql: string, bindings?: readonly Binding[]) => Promise<NativeResult>;
  /** Runs as far as rows are read. The next statement on the connection ends it. */
  readonly stream: (sql: string, bindings?: readonly Binding[]) => Promise<NativeResult>;
  /** Stops what is running; the statement then fails with DuckDB's word for that. */
  readonly interrupt: () => void;
  readonly close: () => void;
}

export interface NativeDatabase {
  readonly connect: () => Promise<NativeConnection>;
  readonly close: () => void;
}

/**
 * Opens a file or `:memory:`.
 *
 * @param options DuckDB's start-up options, by name.
 * @param functions of ours, which every connection then can call; they are not written to the file.
 * @throws what DuckDB throws; see `duckdbError`.
 */
export async function openNative(
  path: string,
  options: Readonly<Record<string, string>>,
  functions: readonly NativeFunction[] = [],
): Promise<NativeDatabase> {
  const instance = await DuckDBInstance.create(path, { ...options });
  if (functions.length > 0) await registerAll(instance, functions);
  return {
    connect: async () => wrapConnection(await instance.connect()),
    close: () => instance.closeSync(),
  };
}

const TYPES = { VARCHAR, BLOB, BIGINT, DOUBLE, 'VARCHAR[]': LIST(VARCHAR) } as const;

/** Functions belong to the instance, though they are given to a connection. */
async function registerAll(
  instance: DuckDBInstance,
  functions: readonly NativeFunction[],
): Promise<void> {
  const connection = await instance.connect();
  for (const one of functions)
    connection.registerScalarFunction(
      DuckDBScalarFunction.create({
        name: one.name,
        parameterTypes: one.parameters.map((type) => TYPES[type]),
        returnType: TYPES[one.returns],
        // Nulls come to us: DuckDB would fold a call with one, whatever the other arguments are.
        specialHandling: true,
        mainFunction: (_, chunk, output) => {
          const columns = one.parameters.map((_type, index) => chunk.getColumnVector(index));
          for (let row = 0; row < chunk.rowCount; row += 1) {
            const values = columns.map((column) => readValue(column.getItem(row)));
            output.setItem(
              row,
              values.includes(null) && one.takesNulls !== true
                ? null
                : writeValue(one.call(...values)),
            );
          }
          output.flush();
        },
      }),
    );
  connection.closeSync();
}

function readValue(value: DuckDBValue): NativeValue {
  if (value instanceof DuckDBBlobValue) return value.bytes;
  if (value instanceof DuckDBListValue)
    return value.items.map((item) => (item === null ? null : String(item)));
  return typeof value === 'string' || typeof value === 'bigint' || typeof value === 'number'
    ? value
    : null;
}

function writeValue(value: NativeValue): DuckDBValue {
  if (value instanceof Uint8Array) return new DuckDBBlobValue(value);
  return typeof value === 'object' && value !== null ? new DuckDBListValue([...value]) : value;
}

function wrapConnection(connection: DuckDBConnection): NativeConnection {
  return {
    run: async (sql, bindings) => wrapResult(await connection.run(sql, bindings?.slice())),
    stream: async (sql, bindings) => wrapResult(await connection.stream(sql, bindings?.slice())),
    interrupt: () => connection.interrupt(),
    close: () => connection.closeSync(),
  };
}

function wrapResult(result: DuckDBResult): NativeResult {
  const types = result.columnTypes();
  const readers: readonly CellReader[] = types.map((type) =>
    cellReader(type.alias ?? String(type)),
  );
  const columns = result.columnNames().map((name, index): ResultColumn => {
    const reader = readers[index];
    return { name, kind: reader?.kind ?? 'text', typeName: reader?.typeName ?? 'VARCHAR' };
  });
  return {
    columns,
    isQuery: result.returnType === ResultReturnType.QUERY_RESULT,
    rowsChanged: result.rowsChanged,
    nextRows: async () => {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return undefined;
      const cells = readers.map((reader, index) =>
        chunk.getColumnValues(index).map((value) => (value === null ? null : reader.read(value))),
      );
      return Array.from({ length: chunk.rowCount }, (_, row) =>
        cells.map((column) => column[row] ?? null),
      );
    },
  };
}

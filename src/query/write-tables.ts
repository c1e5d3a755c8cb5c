import { join } from 'node:path'
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api'
import { momentOf } from '../model/moment.ts'
import type { ColumnType, ColumnValue, TableColumn } from './column.ts'
import { sqlName, sqlText } from './duck-db.ts'
import type { SnapshotRead } from './snapshot-read.ts'
import { type FilledTable, filledTables } from './tables/all-tables.ts'

/** So many rows are in JavaScript at a time: as many as DuckDB takes at once. */
const ROWS_AT_ONCE = 2_048

const DAY_MS = 86_400_000

type DuckDbApi = typeof import('@duckdb/node-api')

/** How a value that is there is given to DuckDB. */
const converters = ({
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
}: DuckDbApi): Readonly<Record<ColumnType, (value: string | number | boolean) => DuckDBValue>> => ({
  VARCHAR: String,
  BIGINT: (value) => BigInt(value),
  DOUBLE: Number,
  BOOLEAN: Boolean,
  DATE: (value) => new DuckDBDateValue(Date.parse(`${value}T00:00:00Z`) / DAY_MS),
  'TIMESTAMP WITH TIME ZONE': (value) => new DuckDBTimestampTZValue(BigInt(Math.round((momentOf(value) ?? 0) * 1_000))),
  'DECIMAL(20,4)': (value) => new DuckDBDecimalValue(BigInt(String(value).replace('.', '')), 20, 4),
})

const typesOf = ({
  BIGINT,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  TIMESTAMPTZ,
  VARCHAR,
}: DuckDbApi): Readonly<Record<ColumnType, DuckDBType>> => ({
  VARCHAR,
  BIGINT,
  DOUBLE,
  BOOLEAN,
  DATE,
  'TIMESTAMP WITH TIME ZONE': TIMESTAMPTZ,
  'DECIMAL(20,4)': DECIMAL(20, 4),
})

function* batches<A>(items: Iterable<A>): Generator<readonly A[]> {
  let batch: A[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length < ROWS_AT_ONCE) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Makes an empty table. `kind`: `TEMP`, or none. */
export const sqlTable = (name: string, columns: readonly Pick<TableColumn, 'name' | 'type'>[], kind = ''): string =>
  `CREATE OR REPLACE ${kind} TABLE ${sqlName(name)} (${columns.map((column) => `${sqlName(column.name)} ${column.type}`).join(', ')})`

/** Rows of one snapshot go into a table of the database, some at a time. */
const fill = async (connection: DuckDBConnection, { name, columns, rows }: FilledTable, read: SnapshotRead) => {
  const api = await import('@duckdb/node-api')
  await connection.run(sqlTable(name, columns, 'TEMP'))
  const [convert, types] = [converters(api), typesOf(api)]
  const appender = await connection.createAppender(name, 'main', 'temp')
  for (const batch of batches(rows(read))) {
    const chunk = api.DuckDBDataChunk.create(
      columns.map(({ type }) => types[type]),
      batch.length,
    )
    for (const [place, { type }] of columns.entries()) {
      chunk.setColumnValues(
        place,
        batch.map((row) => {
          const value: ColumnValue = row[place] ?? null
          return value === null ? null : convert[type](value)
        }),
      )
    }
    appender.appendDataChunk(chunk)
    appender.flushSync()
  }
  appender.closeSync()
}

/** How many of the digits of a seal stand for a snapshot. */
const ID_DIGITS = 16

/** What stands for a snapshot in all tables: the first digits of its seal. */
export const snapshotIdOf = (hash: string): string => hash.slice(hash.indexOf(':') + 1).slice(0, ID_DIGITS)

const timeOf = (generatedAt: string): string => new Date(momentOf(generatedAt) ?? 0).toISOString()

/** The day of a snapshot in UTC, as in all tables. */
export const dayOf = (generatedAt: string): string => timeOf(generatedAt).slice(0, 10)

/** The file of a table. */
export const tableFile = (name: string): string => `${name}.parquet`

/** Writes all tables of a snapshot as files of Parquet into a folder that is there. */
export const writeTables = async (connection: DuckDBConnection, read: SnapshotRead, folder: string): Promise<void> => {
  const { hash, generatedAt } = read.manifest
  const same = `${sqlText(snapshotIdOf(hash))} AS snapshot, TIMESTAMPTZ ${sqlText(timeOf(generatedAt))} AS taken_at, DATE ${sqlText(dayOf(generatedAt))} AS day`
  for (const table of filledTables) {
    const source = `temp.main.${sqlName(table.name)}`
    await fill(connection, table, read)
    await connection.run(
      `COPY (SELECT ${same}, * FROM ${source}) TO ${sqlText(join(folder, tableFile(table.name)))} (FORMAT parquet, COMPRESSION zstd)`,
    )
    await connection.run(`DROP TABLE ${source}`)
  }
}

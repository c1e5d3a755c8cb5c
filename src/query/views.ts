import { basename, join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { sqlName, sqlText } from './duck-db.ts'
import { SELECTION_NAMES, type Selectable, type Selected, selections } from './selections.ts'
import { filledTables, tableDescriptions } from './tables/all-tables.ts'
import { sqlTable, tableFile } from './write-tables.ts'

/** A snapshot with files of its tables. */
interface Source extends Selectable {
  readonly id: string
  readonly path: string
  /** Where its files are. */
  readonly tables: string
}

const filesOf = (snapshots: readonly Source[], name: string): readonly string[] =>
  snapshots.map(({ tables }) => join(tables, tableFile(name)))

/** All files that the views read. */
export const filesOfViews = (snapshots: readonly Source[]): readonly string[] =>
  filledTables.flatMap(({ name }) => filesOf(snapshots, name))

export const sqlList = (texts: readonly string[]): string => `[${texts.map(sqlText).join(', ')}]`

/** The names of the folders are not in the tables, as a folder may be renamed. */
const withFolders = (snapshots: readonly Source[], source: string): string => {
  const folders = snapshots.map(({ id, path }) => `(${sqlText(id)}, ${sqlText(basename(path))})`).join(', ')
  return [
    'SELECT own.snapshot, taken_at, day, folders.folder, * EXCLUDE (snapshot, taken_at, day, folder)',
    `FROM (SELECT *, NULL AS folder FROM ${source}) AS own`,
    `JOIN (VALUES ${folders}) AS folders (snapshot, folder) ON folders.snapshot = own.snapshot`,
  ].join(' ')
}

/** All rows of some snapshots. */
const rowsOf = (name: string, snapshots: readonly Source[]): string => {
  const source = `read_parquet(${sqlList(filesOf(snapshots, name))})`
  return name === 'snapshots' ? withFolders(snapshots, source) : `SELECT * FROM ${source}`
}

/** The rows of some providers of some snapshots. A row that names no provider belongs to each of them. */
const rowsOfProviders = (name: string, selected: readonly Selected<Source>[]): string => {
  const rows = `SELECT * FROM (${rowsOf(
    name,
    selected.map(({ snapshot }) => snapshot),
  )}) AS own`
  if (name === 'people') {
    return `${rows} SEMI JOIN (${rowsOfProviders('users', selected)}) AS users USING (snapshot, person)`
  }
  const pairs = selected.flatMap(({ snapshot, providers }) =>
    providers.map((provider) => `(${sqlText(snapshot.id)}, ${sqlText(provider)})`),
  )
  return [
    `${rows} SEMI JOIN (VALUES ${pairs.join(', ')}) AS selected (snapshot, provider)`,
    'ON selected.snapshot = own.snapshot AND (own.provider IS NULL OR selected.provider = own.provider)',
  ].join(' ')
}

const isWhole = ({ snapshot, providers }: Selected<Source>): boolean => providers.length === snapshot.providers.length

/** What a selection has of a table. Files of snapshots without a part in it are not opened. */
const selectedRows = (name: string, all: readonly Source[], selected: readonly Selected<Source>[]): string => {
  const whole = selected.filter(isWhole).map(({ snapshot }) => snapshot)
  if (whole.length === all.length) return `SELECT * FROM main.${sqlName(name)}`
  const parts = selected.filter((one) => !isWhole(one))
  return [
    ...(whole.length === 0 ? [] : [rowsOf(name, whole)]),
    ...(parts.length === 0 ? [] : [rowsOfProviders(name, parts)]),
  ].join(' UNION ALL ')
}

/** Makes the views over the files of some snapshots, the oldest first. */
export const createViews = async (connection: DuckDBConnection, snapshots: readonly Source[]): Promise<void> => {
  for (const { name } of filledTables) {
    await connection.run(`CREATE VIEW ${sqlName(name)} AS ${rowsOf(name, snapshots)}`)
  }
  for (const [schema, select] of Object.entries(selections)) {
    const selected = select(snapshots)
    await connection.run(`CREATE SCHEMA ${schema}`)
    for (const { name } of filledTables) {
      await connection.run(`CREATE VIEW ${schema}.${sqlName(name)} AS ${selectedRows(name, snapshots, selected)}`)
    }
  }
}

/** Makes the same without any rows. */
export const createEmptyViews = async (connection: DuckDBConnection): Promise<void> => {
  for (const { name, columns } of tableDescriptions) await connection.run(sqlTable(name, columns))
  for (const schema of SELECTION_NAMES) {
    await connection.run(`CREATE SCHEMA ${schema}`)
    for (const { name } of tableDescriptions) {
      await connection.run(`CREATE VIEW ${schema}.${sqlName(name)} AS FROM main.${sqlName(name)}`)
    }
  }
}

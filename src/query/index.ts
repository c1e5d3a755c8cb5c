/**
 * Snapshots as tables: to be asked anything in SQL, and to be exported for other programs. It needs Node, and DuckDB, an
 * optional package that is loaded when tables are opened: `npm install @duckdb/node-api`.
 *
 * {@link openSnapshotTables} opens folders of snapshots, {@link checkSql} looks at a query before that; {@link tableDescriptions} says what is in each column.
 * `newest.users` has the rows of the newest snapshot of each provider alone, `daily.users` of each provider and day. What is unknown
 * is NULL, and the column `…_reason` beside it says why. {@link openParquetFolder} puts the same tables into files, and
 * {@link openPostgres} into a database, of one snapshot after the other; {@link exportSnapshots} does so for folders of snapshots. Every function gives a `TaskEither` and
 * fails as plain data with a `_tag`.
 */
export type {
  FileFailure,
  FileFailureDetails,
  FileMissing,
  FileUnusable,
  NoRoom,
  NoSnapshots,
  NotText,
  SnapshotAborted,
  SnapshotExists,
  SnapshotFolderDamaged,
  SnapshotFolderFailure,
} from '../node/index.ts'
export type { ColumnType, TableColumn } from './column.ts'
export {
  type ExportedSnapshot,
  type ExportOptions,
  type ExportResult,
  exportSnapshots,
} from './export/export-snapshots.ts'
export { openParquetFolder, type ParquetFolder } from './export/parquet-folder.ts'
export { openPostgres, type PostgresOptions, type PostgresTables } from './export/postgres.ts'
export type { AddTablesOptions, TablesTarget } from './export/tables-target.ts'
export {
  type DatabaseFailed,
  type DatabaseFailureDetails,
  type DatabaseRefused,
  type ExportFailure,
  isExportFailure,
  isQueryFailure,
  isTablesFailure,
  type PackageMissing,
  type QueryFailure,
  type QueryMistaken,
  type QueryRefused,
  type QueryUnfinished,
  type TablesFailure,
} from './query-failure.ts'
export type { QueryValue } from './query-value.ts'
export type { SnapshotLeftOut } from './snapshot-paths.ts'
export {
  checkSql,
  openSnapshotTables,
  type QueryResult,
  type SnapshotTables,
  type SnapshotTablesOptions,
  type TabledSnapshot,
} from './snapshot-tables.ts'
export { tableDescriptions } from './tables/all-tables.ts'
export type { TableDescription } from './tables/table.ts'

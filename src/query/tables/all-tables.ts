import type { Column } from '../column.ts'
import type { SnapshotRead } from '../snapshot-read.ts'
import { assignmentRows, assignmentsTable } from './assignments-table.ts'
import { findingRows, findingsTable } from './findings-table.ts'
import { licenseRows, licensesTable } from './licenses-table.ts'
import { peopleRows, peopleTable } from './people-table.ts'
import { snapshotRows, snapshotsTable } from './snapshots-table.ts'
import { SNAPSHOT_COLUMNS, type Table, type TableDescription } from './table.ts'
import { userRows, usersTable } from './users-table.ts'

/** Raised when a table has other columns, or the same ones mean something else: what was kept is made again. */
export const TABLES_VERSION = 4

/** A table of one snapshot, of which no row is made yet. */
export interface FilledTable extends Pick<TableDescription, 'name'> {
  readonly columns: readonly Pick<Column<never>, 'name' | 'type'>[]
  /** The rows, with a value for each column. */
  readonly rows: (read: SnapshotRead) => Generator<readonly ReturnType<Column<never>['of']>[]>
}

const filled = <Row>(table: Table<Row>, rowsOf: (read: SnapshotRead) => Iterable<Row>): FilledTable => ({
  name: table.name,
  columns: table.columns,
  rows: function* (read) {
    for (const row of rowsOf(read)) yield table.columns.map(({ of }) => of(row))
  },
})

/** All tables. `snapshots` is the last one: what is there of a snapshot is all there once it is in it. */
export const filledTables: readonly FilledTable[] = [
  filled(licensesTable, licenseRows),
  filled(usersTable, userRows),
  filled(assignmentsTable, assignmentRows),
  filled(findingsTable, findingRows),
  filled(peopleTable, peopleRows),
  filled(snapshotsTable, snapshotRows),
]

const FOLDER_COLUMN = {
  name: 'folder',
  type: 'VARCHAR',
  meaning: 'The name of its folder; of copies, that of the first one.',
} as const

const described = <Row>({ name, row, columns }: Table<Row>): TableDescription => ({
  name,
  row,
  columns: [
    ...SNAPSHOT_COLUMNS,
    ...(name === snapshotsTable.name ? [FOLDER_COLUMN] : []),
    ...columns.map(({ name, type, unit, meaning }) => ({
      name,
      type,
      ...(unit === undefined ? {} : { unit }),
      meaning,
    })),
  ],
})

/** The tables of snapshots, column by column. */
export const tableDescriptions: readonly TableDescription[] = [
  described(snapshotsTable),
  described(licensesTable),
  described(usersTable),
  described(assignmentsTable),
  described(findingsTable),
  described(peopleTable),
]

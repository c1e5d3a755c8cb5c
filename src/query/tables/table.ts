import type { Column, TableColumn } from '../column.ts'

/** A table as the documents describe it. */
export interface TableDescription {
  readonly name: string
  /** What one row of it is. */
  readonly row: string
  readonly columns: readonly TableColumn[]
}

/** A table, and how its rows are made. */
export interface Table<Row> {
  readonly name: string
  readonly row: string
  /** Without the columns that every row of a snapshot has alike. */
  readonly columns: readonly Column<Row>[]
}

/** What every row of every table begins with. The same in all rows of one snapshot. */
export const SNAPSHOT_COLUMNS: readonly TableColumn[] = [
  {
    name: 'snapshot',
    type: 'VARCHAR',
    meaning: 'Which snapshot: the first 16 digits of its seal. Equal for copies, wherever they are.',
  },
  { name: 'taken_at', type: 'TIMESTAMP WITH TIME ZONE', meaning: 'When it had been read.' },
  { name: 'day', type: 'DATE', meaning: 'The day of that time in UTC.' },
]

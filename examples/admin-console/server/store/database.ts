/** What a column can hold. Times are milliseconds since 1970. */
export type Value = string | number | Uint8Array | null

export type Row = Readonly<Record<string, Value>>

/** SQL with a `?` for each of the values that follow it. */
export type Statement = readonly [sql: string, ...values: Value[]]

/** The SQL that SQLite and PostgreSQL have in common, and the two things in which they differ. */
export interface Database {
  /** The database's own time as an expression: all servers on one database have the same clock. */
  readonly now: string
  /** The type of a column of bytes. */
  readonly bytes: string
  /** The rows of one statement. A statement that changes something is durable when this resolves. */
  readonly rows: (sql: string, ...values: Value[]) => Promise<readonly Row[]>
  /** All of the statements or none of them, and no other writer between them. Resolves to the rows of each. */
  readonly transaction: (statements: readonly Statement[]) => Promise<readonly (readonly Row[])[]>
  readonly close: () => Promise<void>
}

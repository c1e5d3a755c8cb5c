import type { Database } from './database.ts'
import { migrate } from './migrations.ts'

/** Opens the database that `place` names, `postgres://…` or the path of a file for SQLite, with all tables. */
export const openDatabase = async (place: string): Promise<Database> => {
  const database = /^postgres(ql)?:/.test(place)
    ? await (await import('./postgres.ts')).openPostgres(place)
    : await (await import('./sqlite.ts')).openSqlite(place)
  await migrate(database)
  return database
}

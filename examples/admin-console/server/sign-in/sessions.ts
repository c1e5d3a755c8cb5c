import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../store/database.ts'

const HOURS_8 = 8 * 60 * 60 * 1_000
export const SESSION_SECONDS = HOURS_8 / 1_000

/** A reader of the database cannot sign in with what is there. */
const kept = (id: string): string => createHash('sha256').update(id).digest('hex')

/** Who has signed in. A session ends after eight hours, by the database's clock. */
export const createSessions = (database: Database) => ({
  open: async (name: string): Promise<string> => {
    const id = randomBytes(32).toString('base64url')
    await database.rows(`delete from sessions where expires_at <= ${database.now}`)
    await database.rows(
      `insert into sessions (id, name, expires_at) values (?, ?, ${database.now} + ${HOURS_8})`,
      kept(id),
      name,
    )
    return id
  },
  nameOf: async (id: string): Promise<string | undefined> => {
    const [session] = await database.rows(
      `select name from sessions where id = ? and expires_at > ${database.now}`,
      kept(id),
    )
    return session === undefined ? undefined : String(session.name)
  },
  close: async (id: string): Promise<void> => {
    await database.rows('delete from sessions where id = ?', kept(id))
  },
})

export type Sessions = ReturnType<typeof createSessions>

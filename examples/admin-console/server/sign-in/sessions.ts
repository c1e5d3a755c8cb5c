import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../store/database.ts'

const HOURS_8 = 8 * 60 * 60 * 1_000
export const SESSION_SECONDS = HOURS_8 / 1_000

const hashed = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What a user signed in with. Whoever gets another password has to sign in again, everywhere. */
export const credentialOf = ({ password }: { readonly password: string }): string => hashed(password)

/** Who has signed in, and with which credential. */
export interface Session {
  readonly name: string
  readonly credential: string
}

/**
 * Who has signed in. A session ends after eight hours, by the database's clock. Ids are kept as hashes: a reader of the database
 * cannot sign in with what is there.
 */
export const createSessions = (database: Database) => ({
  open: async ({ name, credential }: Session): Promise<string> => {
    const id = randomBytes(32).toString('base64url')
    await database.rows(`delete from sessions where expires_at <= ${database.now}`)
    await database.rows(
      `insert into sessions (id, name, credential, expires_at) values (?, ?, ?, ${database.now} + ${HOURS_8})`,
      ...[hashed(id), name, credential],
    )
    return id
  },
  find: async (id: string): Promise<Session | undefined> => {
    const [session] = await database.rows(
      `select name, credential from sessions where id = ? and expires_at > ${database.now}`,
      hashed(id),
    )
    return session && { name: String(session.name), credential: String(session.credential) }
  },
  close: async (id: string): Promise<void> => {
    await database.rows('delete from sessions where id = ?', hashed(id))
  },
})

export type Sessions = ReturnType<typeof createSessions>

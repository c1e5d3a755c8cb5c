import type { Database } from '../store/database.ts'

/** After this time without a try, failures are forgotten. */
const FORGOTTEN_MS = 15 * 60 * 1_000

/** How long a name must wait after so many failures, counted before this one. */
const WAIT = 'case when failures < 3 then 0 when failures < 5 then 2000 when failures < 10 then 10000 else 60000 end'

/**
 * Slows down guessing: a name that has failed several times must wait, in all servers. A try counts before the password is
 * checked, so that many tries at once are not a way around it. The user of the name waits too, for a minute at
 * most.
 */
export const createAttempts = (database: Database) => {
  const { now } = database
  return {
    /** Resolves to how long to wait, in milliseconds; 0: the password may be checked now. */
    begin: async (name: string): Promise<number> => {
      await database.rows(`delete from sign_in_attempts where next_at < ${now} - ${FORGOTTEN_MS}`)
      const [counted] = await database.rows(
        `insert into sign_in_attempts (name, failures, next_at) values (?, 1, ${now})
         on conflict (name) do update set failures = sign_in_attempts.failures + 1,
           next_at = ${now} + ${WAIT.replaceAll('failures', 'sign_in_attempts.failures')}
         where sign_in_attempts.next_at <= ${now} returning failures`,
        name,
      )
      if (counted !== undefined) return 0
      const [waiting] = await database.rows(
        `select next_at - ${now} as wait from sign_in_attempts where name = ?`,
        name,
      )
      return Math.max(Number(waiting?.wait ?? 0), 1)
    },
    succeeded: async (name: string): Promise<void> => {
      await database.rows('delete from sign_in_attempts where name = ?', name)
    },
  }
}

export type Attempts = ReturnType<typeof createAttempts>

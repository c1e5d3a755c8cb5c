import { createJournal, type Journal, type JournalState, readJournal, toPromise } from 'seatlens'
import { nodeSha256 } from 'seatlens/node'
import type { Database } from './database.ts'
import type { Lease } from './leases.ts'

/** One line of a journal; lines are counted from 1. */
export interface JournalLine {
  readonly line: number
  readonly entry: string
}

/** The lines of a plan's journal, after some line. Default: all. */
export const journalLines = async (database: Database, planId: string, after = 0): Promise<readonly JournalLine[]> => {
  const rows = await database.rows(
    'select line, entry from journal where plan_id = ? and line > ? order by line',
    planId,
    after,
  )
  return rows.map(({ line, entry }) => ({ line: Number(line), entry: String(entry) }))
}

const textOf = (lines: readonly JournalLine[]): string => lines.map(({ entry }) => `${entry}\n`).join('')

const stateIn = (lines: readonly JournalLine[]): Promise<JournalState | undefined> =>
  toPromise(readJournal(textOf(lines), { sha256: nodeSha256 }))

/** What the journal of a plan comes to; undefined where nothing was begun. */
export const journalState = async (database: Database, planId: string): Promise<JournalState | undefined> =>
  stateIn(await journalLines(database, planId))

export interface OpenJournal {
  readonly journal: Journal
  /** What earlier runs have written; undefined where nothing was begun. */
  readonly state: JournalState | undefined
  /** Aborts where the lease was lost. */
  readonly lost: AbortSignal
  /** Stops renewing the lease. */
  readonly close: () => void
}

export interface JournalOptions {
  readonly lease: Lease
  readonly leaseMs: number
  /** Called once the library begins its run, after its own checks. */
  readonly onBegin: () => Promise<void>
}

/**
 * The journal of a plan for the run that holds the lease. A line is written only while the lease is held, in one transaction
 * with its renewal: a server that was suspended, and whose lease another one has taken over, writes nothing more. As nothing
 * is sent that is not in the journal, it sends nothing either.
 */
export const openJournal = async (
  database: Database,
  planId: string,
  { lease, leaseMs, onBegin }: JournalOptions,
): Promise<OpenJournal> => {
  const earlier = await journalLines(database, planId)
  const state = await stateIn(earlier)
  let last = earlier.at(-1)?.line ?? 0

  const lost = new AbortController()
  const renewing = setInterval(() => {
    database.rows(...lease.renewal).then(
      ([renewed]) => renewed === undefined && lost.abort(),
      // A database that does not answer for a while: the next line tells whether the lease is still held.
      () => {},
    )
  }, leaseMs / 3)

  const append = async (lines: string): Promise<void> => {
    const entries = lines.split('\n').filter((line) => line !== '')
    const [renewed] = await database.transaction([
      lease.renewal,
      ...entries.map(
        (entry, place) =>
          [
            `insert into journal (plan_id, line, entry) select cast(? as text), cast(? as integer), cast(? as text)
             where exists (select 1 from leases where token = ? and expires_at > ${database.now})`,
            planId,
            last + place + 1,
            entry,
            lease.token,
          ] as const,
      ),
    ])
    if (renewed?.[0] === undefined) throw new Error('the lease was lost; another server may be at work on this plan')
    last += entries.length
  }

  return {
    journal: createJournal(append, {
      text: textOf(earlier),
      sha256: nodeSha256,
      // The lease was taken before the journal was read, so that no other run can write between the two.
      acquire: async () => {
        await onBegin()
        return { kind: 'taken', release: async () => {} }
      },
    }),
    state,
    lost: lost.signal,
    close: () => clearInterval(renewing),
  }
}

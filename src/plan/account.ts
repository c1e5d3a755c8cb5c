import type { AssignmentChange, AssignmentOutcome, TakenSeat } from '../contract/assignment-change.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { Journal } from './journal.ts'
import type { ImplicitEffect, JournalEntry } from './journal-entry.ts'
import type { Patience } from './journal-patience.ts'
import { journalProblemOf } from './journal-problem.ts'
import type { Plan } from './plan.ts'

/** The latest that is known of a change in one run. */
export type Standing =
  | { readonly result: Exclude<AssignmentOutcome['result'], 'refused' | 'unknown'> }
  | { readonly result: 'refused' | 'unknown'; readonly reason: LicenseError }

/** Keeps account of one run of a plan: what is known of each change, by its place in the plan, and the journal of it. */
export interface Account {
  /** The place of a change of the plan; undefined for any other. */
  readonly placeOf: (change: Pick<AssignmentChange, 'action' | 'userId' | 'licenseId'>) => number | undefined
  readonly standing: (place: number) => Standing | undefined
  /** Takes down what is known already from an earlier run. */
  readonly know: (place: number, standing: Standing) => void
  /** Takes down, in the journal too, what the provider has told. */
  readonly hear: (place: number, standing: Standing) => void
  /** Takes down, in the journal too, what reading has shown. */
  readonly see: (place: number, standing: Standing) => void
  /** Writes down what the vendor did to a user besides. */
  readonly seeBesides: (effect: ImplicitEffect) => void
  /**
   * Takes down, durably, what is about to be sent and what it takes. Rejects, so that it is not sent, where that cannot be
   * done.
   */
  readonly announce: (changes: readonly AssignmentChange[], taken?: readonly TakenSeat[]) => Promise<void>
  readonly wasSent: (place: number) => boolean
  /** Places of changes that were announced in this run. */
  readonly announced: () => ReadonlySet<number>
  /** Why the journal cannot be written any more; undefined where it can. */
  readonly problem: () => string | undefined
  /** Resolves when everything is written; undefined, or why not everything could be. */
  readonly close: (last: JournalEntry) => Promise<string | undefined>
}

/** What an account is kept with. */
export interface AccountKeeping {
  readonly journal: Journal
  /** For what the journal does. */
  readonly patience: Patience
  /** Called with the number of changes of which something is known. */
  readonly onChange: (done: number) => void
}

export const openAccount = (plan: Plan, { journal, patience, onChange }: AccountKeeping): Account => {
  const places = groupedBy(plan.changes.keys(), (place) => plan.changes[place]?.userId ?? '')
  const standings = new Map<number, Standing>()
  const sent = new Set<number>()
  const writing = new Set<Promise<void>>()
  let problem: string | undefined

  const append = async (entry: JournalEntry): Promise<void> => journal.append(entry)
  const write = (entry: JournalEntry): Promise<void> => {
    const written = append(entry)
      .catch((thrown: unknown) => {
        problem ??= journalProblemOf(thrown)
      })
      .finally(() => writing.delete(written))
    writing.add(written)
    return written
  }
  const unlessSilent = async (written: Promise<unknown>): Promise<void> => {
    try {
      await patience(written)
    } catch (thrown) {
      problem ??= journalProblemOf(thrown)
    }
  }
  const know = (place: number, standing: Standing) => {
    standings.set(place, standing)
    onChange(standings.size)
  }
  const settle = (place: number, standing: Standing, readBack?: true) => {
    write({ entry: 'outcome', change: place, ...standing, readBack })
    know(place, standing)
  }
  const placeOf: Account['placeOf'] = ({ action, userId, licenseId }) =>
    places.get(userId)?.find((place) => {
      const change = plan.changes[place]
      return change?.action === action && change.licenseId === licenseId
    })

  return {
    placeOf,
    standing: (place) => standings.get(place),
    know,
    hear: settle,
    see: (place, standing) => settle(place, standing, true),
    seeBesides: (effect) => void write({ entry: 'implicit', ...effect }),
    announce: async (changes, taken = []) => {
      if (problem !== undefined) throw new Error(problem)
      const announced = changes.flatMap((change) => placeOf(change) ?? [])
      const takes = taken.flatMap(({ change, calling }) => {
        const place = placeOf(change)
        return place === undefined ? [] : [{ change: place, calling }]
      })
      await unlessSilent(write({ entry: 'sending', changes: announced, taken: takes.length === 0 ? undefined : takes }))
      if (problem !== undefined) throw new Error(problem)
      for (const place of announced) sent.add(place)
    },
    wasSent: (place) => sent.has(place),
    announced: () => sent,
    problem: () => problem,
    close: async (last) => {
      write(last)
      await unlessSilent(Promise.all(writing))
      return problem
    },
  }
}

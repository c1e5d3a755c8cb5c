import type { AssignmentChange, AssignmentOutcome, TakenSeat } from '../contract/assignment-change.ts'
import { groupedBy } from '../model/grouped-by.ts'
import type { LicenseError } from '../model/license-error.ts'
import { thrownText } from '../model/thrown-text.ts'
import type { Journal } from './journal.ts'
import type { ImplicitEffect, JournalEntry } from './journal-entry.ts'
import type { Patience } from './journal-patience.ts'
import type { Plan } from './plan.ts'

/** What became of a change, as far as one run knows by now. A later outcome takes its place. */
export type LatestOutcome =
  | { readonly result: Exclude<AssignmentOutcome['result'], 'refused' | 'unknown'> }
  | { readonly result: 'refused' | 'unknown'; readonly reason: LicenseError }

/** The record of one run of a plan: the latest outcome of each change, by its place in the plan, and the journal. */
export interface Account {
  /** The place of a change of the plan; undefined for any other. */
  readonly placeOf: (change: Pick<AssignmentChange, 'action' | 'userId' | 'licenseId'>) => number | undefined
  readonly outcome: (place: number) => LatestOutcome | undefined
  /** Enters what is known from an earlier run. It is in the journal already. */
  readonly enter: (place: number, outcome: LatestOutcome) => void
  /** Enters what the provider said of a change, in the journal too. */
  readonly enterTold: (place: number, outcome: LatestOutcome) => void
  /** Enters what a reading shows, in the journal too. */
  readonly enterRead: (place: number, outcome: LatestOutcome) => void
  /** Enters what the vendor changed implicitly, in the journal only. */
  readonly enterImplicit: (effect: ImplicitEffect) => void
  /**
   * Enters what is about to be sent and what it takes, and resolves once that is durable. Rejects where the journal cannot be
   * written: then nothing may be sent.
   */
  readonly announce: (changes: readonly AssignmentChange[], taken?: readonly TakenSeat[]) => Promise<void>
  readonly wasSent: (place: number) => boolean
  /** Places of changes that were announced in this run. */
  readonly announced: () => ReadonlySet<number>
  /** Why the journal can no longer be written; undefined where it can. */
  readonly problem: () => string | undefined
  /** Resolves once everything is written: to undefined, or to why something could not be written. */
  readonly close: (last: JournalEntry) => Promise<string | undefined>
}

/** What an account is kept with. */
export interface AccountKeeping {
  readonly journal: Journal
  /** How long the journal is waited for. */
  readonly patience: Patience
  /** Called with the place of a change, its outcome, and the number of changes that have one. */
  readonly onChange: (place: number, outcome: LatestOutcome, done: number) => void
}

export const openAccount = (plan: Plan, { journal, patience, onChange }: AccountKeeping): Account => {
  const places = groupedBy(plan.changes.keys(), (place) => plan.changes[place]?.userId ?? '')
  const outcomes = new Map<number, LatestOutcome>()
  const sent = new Set<number>()
  const writing = new Set<Promise<void>>()
  let problem: string | undefined

  const append = async (entry: JournalEntry): Promise<void> => journal.append(entry)
  const write = (entry: JournalEntry): Promise<void> => {
    const written = append(entry)
      .catch((thrown: unknown) => {
        problem ??= thrownText(thrown)
      })
      .finally(() => writing.delete(written))
    writing.add(written)
    return written
  }
  const withinPatience = async (written: Promise<unknown>): Promise<void> => {
    try {
      await patience(written)
    } catch (thrown) {
      problem ??= thrownText(thrown)
    }
  }
  const enter = (place: number, outcome: LatestOutcome) => {
    outcomes.set(place, outcome)
    onChange(place, outcome, outcomes.size)
  }
  const settle = (place: number, outcome: LatestOutcome, readBack?: true) => {
    write({ entry: 'outcome', change: place, ...outcome, readBack })
    enter(place, outcome)
  }
  const placeOf: Account['placeOf'] = ({ action, userId, licenseId }) =>
    places.get(userId)?.find((place) => {
      const change = plan.changes[place]
      return change?.action === action && change.licenseId === licenseId
    })

  return {
    placeOf,
    outcome: (place) => outcomes.get(place),
    enter,
    enterTold: settle,
    enterRead: (place, outcome) => settle(place, outcome, true),
    enterImplicit: (effect) => void write({ entry: 'implicit', ...effect }),
    announce: async (changes, taken = []) => {
      if (problem !== undefined) throw new Error(problem)
      const announced = changes.flatMap((change) => placeOf(change) ?? [])
      const takes = taken.flatMap(({ change, calling }) => {
        const place = placeOf(change)
        return place === undefined ? [] : [{ change: place, calling }]
      })
      await withinPatience(
        write({ entry: 'sending', changes: announced, taken: takes.length === 0 ? undefined : takes }),
      )
      if (problem !== undefined) throw new Error(problem)
      for (const place of announced) sent.add(place)
    },
    wasSent: (place) => sent.has(place),
    announced: () => sent,
    problem: () => problem,
    close: async (last) => {
      write(last)
      await withinPatience(Promise.all(writing))
      return problem
    },
  }
}

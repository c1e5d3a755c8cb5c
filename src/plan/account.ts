import type { AssignmentChange, AssignmentOutcome } from '../contract/assignment-change.ts'
import type { LicenseError } from '../model/license-error.ts'
import type { Journal, JournalEntry } from './journal.ts'
import type { Plan } from './plan.ts'
import { keyOfChange } from './seat.ts'

/** The latest that is known of a change in one run. */
export type Standing =
  | { readonly result: Exclude<AssignmentOutcome['result'], 'refused' | 'unknown'> }
  | { readonly result: 'refused' | 'unknown'; readonly reason: LicenseError }

/** Thrown to stop whoever sends, as the journal cannot be written any more. */
export class JournalFailure extends Error {
  override readonly name = 'JournalFailure'
}

/** Keeps account of one run of a plan: what is known of each change, by its place in the plan, and the journal of it. */
export interface Account {
  /** The place of a change of the plan; undefined for any other. */
  readonly placeOf: (change: AssignmentChange) => number | undefined
  readonly standing: (place: number) => Standing | undefined
  /** Takes down what is known already from an earlier run. */
  readonly know: (place: number, standing: Standing) => void
  /** Takes down, in the journal too, what the provider has told. */
  readonly hear: (place: number, standing: Standing) => void
  /** Takes down, in the journal too, what reading has shown. */
  readonly see: (place: number, standing: Standing) => void
  /** Takes down, durably, what is about to be sent. Rejects, so that it is not sent, where that cannot be done. */
  readonly announce: (changes: readonly AssignmentChange[]) => Promise<void>
  readonly wasSent: (place: number) => boolean
  /** Places of changes that were announced, or of which the provider has told something, in this run. */
  readonly touched: () => ReadonlySet<number>
  /** Resolves when everything is written; undefined, or why not everything could be. */
  readonly close: (last: JournalEntry) => Promise<string | undefined>
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

export const openAccount = (plan: Plan, journal: Journal, onChange: (done: number) => void): Account => {
  const places = new Map(plan.changes.map((change, place) => [keyOfChange(change), place]))
  const standings = new Map<number, Standing>()
  const sent = new Set<number>()
  const touched = new Set<number>()
  const writing: Promise<void>[] = []
  let problem: string | undefined

  const write = (entry: JournalEntry): Promise<void> => {
    const written = journal.append(entry)
    written.catch((thrown: unknown) => {
      problem ??= messageOf(thrown)
    })
    return written
  }
  const know = (place: number, standing: Standing) => {
    standings.set(place, standing)
    onChange(standings.size)
  }

  const settle = (place: number, standing: Standing, readBack?: true) => {
    writing.push(write({ entry: 'outcome', change: place, ...standing, readBack }))
    know(place, standing)
  }

  return {
    placeOf: (change) => places.get(keyOfChange(change)),
    standing: (place) => standings.get(place),
    know,
    hear: (place, standing) => {
      touched.add(place)
      settle(place, standing)
    },
    see: (place, standing) => settle(place, standing, true),
    announce: async (changes) => {
      if (problem !== undefined) throw new JournalFailure(problem)
      const announced = changes.flatMap((change) => places.get(keyOfChange(change)) ?? [])
      await write({ entry: 'sending', changes: announced }).catch((thrown: unknown) => {
        throw new JournalFailure(messageOf(thrown))
      })
      for (const place of announced) {
        sent.add(place)
        touched.add(place)
      }
    },
    wasSent: (place) => sent.has(place),
    touched: () => touched,
    close: async (last) => {
      writing.push(write(last))
      await Promise.allSettled(writing)
      return problem
    },
  }
}

import type { AssignmentOutcome, CallingProperties } from '../contract/assignment-change.ts'
import type { Codec } from '../model/codec.ts'
import { codecOf } from '../model/decoder.ts'
import type { LicenseError } from '../model/license-error.ts'
import { JournalEntryOnFile } from './journal-entry-shapes.ts'
import type { Plan } from './plan.ts'

/** What `format` says in every journal. */
export const JOURNAL_FORMAT = 'seatlens-journal'

/** A license that a user lost or gained and no change asked for. */
export interface ImplicitLicense {
  readonly licenseId: string
  /** Its name, for people. */
  readonly license: string
  /** It comes free with the organization. Absent: it is purchased. */
  readonly free?: true | undefined
}

/** What the vendor changed implicitly for one user of a plan. */
export interface ImplicitEffect {
  readonly userId: string
  readonly lost: readonly ImplicitLicense[]
  readonly gained: readonly ImplicitLicense[]
}

/** One line of a journal, but for its time and hash. `change` and `changes` are places in `changes` of the plan, from 0. */
export type JournalEntry =
  /**
   * The first entry has the plan itself, so that the journal can be read, and the plan taken back, without other files.
   */
  | { readonly entry: 'begin'; readonly plan: Plan }
  /** A run goes on with the plan of this hash. */
  | { readonly entry: 'resume'; readonly plan: string }
  /** The changes in a request, by place in the plan. Durable before the request is sent. */
  | {
      readonly entry: 'sending'
      readonly changes: readonly number[]
      /** What an assignment needs to give back what these changes take away. */
      readonly taken?: readonly { readonly change: number; readonly calling: CallingProperties }[] | undefined
    }
  /** Durable before a request that takes changes back. */
  | { readonly entry: 'takingBack'; readonly changes: readonly number[] }
  /** What the vendor changed implicitly for a user of the plan, as read directly after a request. */
  | ({ readonly entry: 'implicit' } & ImplicitEffect)
  /**
   * What became of one change, or of taking it back, as far as is known by then. Of taking back, `applied` and `alreadySo`
   * mean that it is taken back. A later entry for the same change takes its place.
   */
  | {
      readonly entry: 'outcome' | 'takenBack'
      readonly change: number
      readonly result: AssignmentOutcome['result']
      /** Why it was refused or is unknown. */
      readonly reason?: LicenseError | undefined
      /** A reading showed it, and not the provider's outcome. */
      readonly readBack?: true | undefined
    }
  /** A run has ended. */
  | { readonly entry: 'end'; readonly counts: Readonly<Record<string, number>> }

/**
 * Whether a value has the shape of an entry, as `append` gets it, or with time and hash as a line has it. `readJournal` says
 * whether a journal is as it was written.
 */
export const JournalEntry: Codec<JournalEntry> = codecOf(JournalEntryOnFile)

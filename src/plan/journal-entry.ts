import type { AssignmentOutcome, CallingProperties } from '../contract/assignment-change.ts'
import type { Codec } from '../model/codec.ts'
import type { LicenseError } from '../model/license-error.ts'
import { codecOf } from '../provider-kit/decode.ts'
import { JournalEntryOnFile } from './journal-entry-shapes.ts'
import type { Plan } from './plan.ts'

/** What `format` says in every journal. */
export const JOURNAL_FORMAT = 'seatlens-journal'

/** A license that a user lost or got though no change asked for it. */
export interface ImplicitLicense {
  readonly licenseId: string
  /** What people call it. */
  readonly license: string
  /** It is not bought, but comes free with the organization. */
  readonly free?: true | undefined
}

/** What the vendor did to one user of a plan besides. */
export interface ImplicitEffect {
  readonly userId: string
  readonly lost: readonly ImplicitLicense[]
  readonly gained: readonly ImplicitLicense[]
}

/** What became of one change. */
interface Told {
  readonly change: number
  readonly result: AssignmentOutcome['result']
  /** Of what was refused or is unknown. */
  readonly reason?: LicenseError | undefined
  /** It was not the answer that told, but reading back. */
  readonly readBack?: true | undefined
}

/** One line of a journal, but for its time and hash. */
export type JournalEntry =
  /** The first entry: the whole plan, so that the journal can be understood, and taken back, without anything else. */
  | { readonly entry: 'begin'; readonly plan: Plan }
  /** The plan with that hash is taken up again. */
  | { readonly entry: 'resume'; readonly plan: string }
  /** Durable before a request is sent: what is in it, by place in the plan. */
  | {
      readonly entry: 'sending'
      readonly changes: readonly number[]
      /** What an assignment needs to give back what these changes take. */
      readonly taken?: readonly { readonly change: number; readonly calling: CallingProperties }[] | undefined
    }
  /** Durable before a request that takes changes back. */
  | { readonly entry: 'takingBack'; readonly changes: readonly number[] }
  /** What the vendor did to a user of the plan besides, as seen directly after a request. */
  | ({ readonly entry: 'implicit' } & ImplicitEffect)
  /**
   * What became of one change, or of taking it back (then `applied` and `alreadySo` mean that it is taken back), as far as it
   * is known by then. A later entry for the same change takes its place.
   */
  | ({ readonly entry: 'outcome' | 'takenBack' } & Told)
  /** A run has come to its end. */
  | { readonly entry: 'end'; readonly counts: Readonly<Record<string, number>> }

/**
 * Whether something has the shape of an entry, as it is given to `append` or, with its time and hash, as a line has it.
 * Whether a journal is as it was written, says `readJournal`.
 */
export const JournalEntry: Codec<JournalEntry> = codecOf(JournalEntryOnFile)

import * as t from 'io-ts'
import type { AssignmentOutcome, CallingProperties } from '../contract/assignment-change.ts'
import type { Codec } from '../model/codec.ts'
import { isRecord } from '../model/is-record.ts'
import type { LicenseError } from '../model/license-error.ts'
import { codecOf } from '../provider-kit/decode.ts'
import { Calling } from './calling.ts'
import { orAbsent } from './or-absent.ts'
import { type Plan, PlanOnFile } from './plan.ts'

/** What `format` says in every journal. */
export const JOURNAL_FORMAT = 'seatlens-journal'

/** A license that a user lost or got though no change asked for it. */
export interface ImplicitLicense {
  readonly licenseId: string
  /** What people call it. */
  readonly license: string
  /** It is not bought, but comes free with the organisation. */
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

const Result = t.keyof({ applied: null, alreadySo: null, pending: null, refused: null, unknown: null }, 'Result')

/** Whether a value is a failure of a provider, of this version or a later one, which may have more of them. */
export const isFailure = (value: unknown): value is LicenseError =>
  isRecord(value) &&
  [value._tag, value.provider, value.operation, value.message].every((text) => typeof text === 'string')

const Failure = new t.Type<LicenseError>(
  'a failure with _tag, provider, operation and message',
  isFailure,
  (value, context) => (isFailure(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
)

const ImplicitLicenseOnFile = t.intersection(
  [t.type({ licenseId: t.string, license: t.string }), t.partial({ free: orAbsent(t.literal(true)) })],
  'ImplicitLicense',
)
const implicitMembers = {
  userId: t.string,
  lost: t.readonlyArray(ImplicitLicenseOnFile),
  gained: t.readonlyArray(ImplicitLicenseOnFile),
}
export const ImplicitEffects: t.Type<readonly ImplicitEffect[]> = t.readonlyArray(
  t.type(implicitMembers, 'ImplicitEffect'),
  'list of what the vendor did besides, as the journal tells it',
)

const places = t.readonlyArray(t.number)
const told = {
  required: { change: t.number, result: Result },
  optional: { reason: orAbsent(Failure), readBack: orAbsent(t.literal(true)) },
}
const toldOf = <K extends 'outcome' | 'takenBack'>(entry: K, name: string) =>
  t.intersection([t.type({ entry: t.literal(entry), ...told.required }), t.partial(told.optional)], name)

const taken = t.readonlyArray(t.type({ change: t.number, calling: Calling }, 'Taken'))

export const JournalEntryOnFile: t.Type<JournalEntry> = t.union(
  [
    t.type({ entry: t.literal('begin'), plan: PlanOnFile }, 'Begin'),
    t.type({ entry: t.literal('resume'), plan: t.string }, 'Resume'),
    t.intersection(
      [t.type({ entry: t.literal('sending'), changes: places }), t.partial({ taken: orAbsent(taken) })],
      'Sending',
    ),
    t.type({ entry: t.literal('takingBack'), changes: places }, 'TakingBack'),
    t.type({ entry: t.literal('implicit'), ...implicitMembers }, 'Implicit'),
    toldOf('outcome', 'Outcome'),
    toldOf('takenBack', 'TakenBack'),
    t.type({ entry: t.literal('end'), counts: t.record(t.string, t.number) }, 'End'),
  ],
  'JournalEntry',
)

/**
 * Whether something has the shape of an entry, as it is given to `append` or, with its time and hash, as a line has it.
 * Whether a journal is as it was written, says `readJournal`.
 */
export const JournalEntry: Codec<JournalEntry> = codecOf(JournalEntryOnFile)

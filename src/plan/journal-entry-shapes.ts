import * as t from 'io-ts'
import { optional } from '../contract/shapes.ts'
import { isLicenseError, type LicenseError } from '../model/license-error.ts'
import { optionalMembers } from '../model/optional-members.ts'
import { Calling } from './calling.ts'
import type { ImplicitEffect, JournalEntry } from './journal-entry.ts'
import { PlanOnFile } from './plan-shapes.ts'

const Result = t.keyof({ applied: null, alreadySo: null, pending: null, refused: null, unknown: null }, 'Result')

const Failure = new t.Type<LicenseError>(
  'a failure with _tag, provider, operation and message',
  isLicenseError,
  (value, context) => (isLicenseError(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
)

const ImplicitLicenseOnFile = t.intersection(
  [t.type({ licenseId: t.string, license: t.string }), optionalMembers({ free: optional(t.literal(true)) })],
  'ImplicitLicense',
)
const implicitMembers = {
  userId: t.string,
  lost: t.readonlyArray(ImplicitLicenseOnFile),
  gained: t.readonlyArray(ImplicitLicenseOnFile),
}
export const ImplicitEffects: t.Type<readonly ImplicitEffect[]> = t.readonlyArray(
  t.type(implicitMembers, 'ImplicitEffect'),
  'list of implicit changes, as the journal has them',
)

const places = t.readonlyArray(t.number)
const told = {
  required: { change: t.number, result: Result },
  optional: { reason: optional(Failure), readBack: optional(t.literal(true)) },
}
const toldOf = <K extends 'outcome' | 'takenBack'>(entry: K, name: string) =>
  t.intersection([t.type({ entry: t.literal(entry), ...told.required }), optionalMembers(told.optional)], name)

const taken = t.readonlyArray(t.type({ change: t.number, calling: Calling }, 'Taken'))

export const JournalEntryOnFile: t.Type<JournalEntry> = t.union(
  [
    t.type({ entry: t.literal('begin'), plan: PlanOnFile }, 'Begin'),
    t.type({ entry: t.literal('resume'), plan: t.string }, 'Resume'),
    t.intersection(
      [t.type({ entry: t.literal('sending'), changes: places }), optionalMembers({ taken: optional(taken) })],
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

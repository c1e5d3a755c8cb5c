import * as t from 'io-ts'
import { codecOf } from '../../model/decoder.ts'
import { demandNone, problemsIn } from '../../model/invalid-input.ts'
import { optionalMembers } from '../../model/optional-members.ts'
import { WholeNumber } from '../../model/shapes.ts'
import type * as reports from '../license-report.ts'

const MAX_PERCENT = 10_000

const Percent = t.refinement(
  t.number,
  (percent) => percent >= 0 && percent <= MAX_PERCENT,
  `a percentage from 0 to ${MAX_PERCENT}`,
)
const SomeText = t.refinement(t.string, (text) => text.trim() !== '', 'a text that is not empty')

const limits = { maxUtilization: Percent, keepFree: WholeNumber, ignore: t.literal(true) }

/** The limits of a license of a report. */
export const LicenseLimits: t.Type<reports.LicenseLimits> = optionalMembers(limits, 'limits of a license')

/** Limits as callers give them and reports keep them. */
export const LimitEntry: t.Type<reports.LimitEntry> = t.intersection(
  [
    t.type({ license: SomeText }),
    optionalMembers({ ...limits, provider: SomeText, mayBeElsewhere: t.boolean, source: t.string }),
  ],
  'limits of licenses',
)

const Entries = codecOf(t.readonlyArray(LimitEntry, 'a list of limits'))

/** Throws a `LicenseException` with a failure for each mistake in limits as a caller hands them in. */
export const demandLimits = (option: string, entries: readonly reports.LimitEntry[]): void => {
  demandNone(problemsIn(Entries, option, entries))
}

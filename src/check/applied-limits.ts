import * as t from 'io-ts'
import { codecOf } from '../model/decoder.ts'
import { demandNone, problemsIn } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import { DORMANT_AFTER_DAYS } from '../report/findings/report-findings.ts'
import { findingRules } from '../report/license-report.ts'
import type { AppliedLimits, CheckLimits } from './check-result.ts'

const isOneOf = (words: readonly string[]) => Object.fromEntries(words.map((word) => [word, null]))

/** A check of each limit. A new one does not compile before it has one. */
const limits = {
  maxUtilization: t.refinement(t.number, (percent) => percent >= 0, 'a percentage from 0'),
  minAvailable: t.refinement(t.number, Number.isFinite, 'a number of seats'),
  maxFindings: t.refinement(t.number, (findings) => findings >= 0, 'a number of findings from 0'),
  failOn: t.readonlyArray(t.keyof(isOneOf(findingRules), `one of ${findingRules.join(', ')}`), 'list of rules'),
  failOnUnknown: t.boolean,
  dormantAfterDays: t.refinement(t.number, (days) => days >= 0, 'a number of days'),
} satisfies { readonly [Limit in keyof CheckLimits]-?: t.Mixed }

const LimitsOfCaller = codecOf(t.partial(limits, 'limits'))

/** The limits with their defaults. Throws a `LicenseException` with `InvalidInput` where one is malformed. */
export const appliedLimits = (given: CheckLimits): AppliedLimits => {
  demandNone(problemsIn(LimitsOfCaller, isRecord(given) ? '' : 'limits', given))
  const { failOn = [], failOnUnknown = false, dormantAfterDays = DORMANT_AFTER_DAYS } = given
  return { ...given, failOn, failOnUnknown, dormantAfterDays }
}

import { problemsInPrices } from '../contract/price.ts'
import { demandNone } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import { aFunction, type OptionChecks, problemsInOptions, yesOrNo } from '../model/option-checks.ts'
import { aClock, callChecks } from '../paging/call-checks.ts'
import type { LicenseReportOptions } from './create-license-report.ts'
import type { FindingOptions } from './findings/report-findings.ts'
import { groupings } from './license-report.ts'

const isMapOf = (value: unknown, is: (member: unknown) => boolean): boolean =>
  value instanceof Map && [...value.values()].every(is)

const findingChecks: OptionChecks<FindingOptions> = {
  dormantAfterDays: { expected: 'a number of days from 0', is: (value) => typeof value === 'number' && value >= 0 },
  graceDays: { expected: 'a number of days from 0', is: (value) => typeof value === 'number' && value >= 0 },
  renewalDays: { expected: 'a number of days from 0', is: (value) => typeof value === 'number' && value >= 0 },
  exemptions: { expected: 'a list of exemptions', is: (value) => Array.isArray(value) && value.every(isRecord) },
  suppressions: {
    expected: 'a list of suppressions',
    is: (value) => Array.isArray(value) && value.every(isRecord),
  },
}

const reportChecks: OptionChecks<LicenseReportOptions> = {
  ...callChecks,
  onProgress: aFunction,
  onProvider: aFunction,
  verify: yesOrNo,
  detail: yesOrNo,
  mapping: {
    expected: 'a mapping with rows and personOf',
    is: (value) => isRecord(value) && Array.isArray(value.rows) && typeof value.personOf === 'function',
  },
  prices: {
    expected: 'a Map of prices, by provider and license',
    is: (value) => isMapOf(value, (licenses) => isMapOf(licenses, Array.isArray)),
  },
  limits: { expected: 'a list of limits', is: (value) => Array.isArray(value) && value.every(isRecord) },
  findings: { expected: 'an object', is: isRecord },
  groupBy: {
    expected: `one of ${groupings.join(', ')}`,
    is: (value) => groupings.some((grouping) => grouping === value),
  },
  clock: aClock,
}

/** Throws for wrong options, by their names: a report would be made without them, or of something else. */
export const demandReportOptions = (options: LicenseReportOptions): void => {
  demandNone(problemsInOptions(reportChecks, options))
  for (const [provider, licenses] of options.prices ?? []) {
    for (const [license, prices] of licenses) demandNone(problemsInPrices(prices, `prices of ${provider}, ${license}`))
  }
  if (options.findings !== undefined) demandNone(problemsInOptions(findingChecks, options.findings, 'findings'))
}

import { quantity } from '../model/quantity.ts'
import type { LicenseRow } from '../report/license-report.ts'
import { judgeLimits, type LimitKind } from '../report/limits/judge-limits.ts'

const NOTES: Readonly<Record<LimitKind, (limit: number) => string>> = {
  maxUtilization: (limit) => `above the limit of ${limit} %`,
  keepFree: (limit) => `below the limit of ${quantity(limit, 'free seat')}`,
}

/** That a license is beyond its limit of that kind, for people: `above the limit of 95 %`. Empty where it is not. */
export const limitNotes = (row: LicenseRow, kind: LimitKind): readonly string[] =>
  judgeLimits(row).flatMap((judgment) =>
    judgment.kind === kind && judgment.verdict === 'breached' ? [NOTES[kind](judgment.limit)] : [],
  )

/** Whether a license keeps all of its limits, in a word; empty where none applies. */
export const limitWord = (row: LicenseRow): string => {
  const verdicts = new Set(judgeLimits(row).map(({ verdict }) => verdict))
  if (verdicts.has('breached')) return 'breached'
  if (verdicts.has('unknown')) return 'unknown'
  if (verdicts.has('passed')) return 'kept'
  return row.limits?.ignore ? 'ignored' : ''
}

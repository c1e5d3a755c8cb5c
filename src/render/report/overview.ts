import { dayBefore } from '../../model/moment.ts'
import { noticeDayOf } from '../../model/purchase.ts'
import { quantity } from '../../model/quantity.ts'
import { someOf } from '../../model/some-of.ts'
import { type LicenseLabels, licenseLabels } from '../../report/license-labels.ts'
import type { Abstention, LicenseReport, LicenseRow, Saving, Savings } from '../../report/license-report.ts'
import { dayText } from '../../report/purchase-words.ts'
import { abstentionGroups } from './grids/finding-summary.ts'

/** What a report opens with, in every format, in this order. */
export const OVERVIEW = {
  savings: 'What can be saved',
  actions: 'Most valuable actions',
  renewals: 'Renewals ahead',
  unknown: 'What is not known',
} as const

/** A license that is bought for a term which ends soon. */
export interface Renewal {
  readonly row: LicenseRow
  /** What the license is called. */
  readonly label: string
  /** The last day of the term. */
  readonly end: string
  readonly daysLeft: number
  /** The last day on which the renewal can be canceled; absent where the notice is not known. */
  readonly noticeDay?: string | undefined
  /** That day is over. */
  readonly isTooLate: boolean
}

const DAY_MS = 24 * 60 * 60 * 1_000

/** Terms that end within so many days are ahead. */
export const RENEWAL_DAYS = 180

/** Terms that end that soon, first what is to be decided first. */
export const renewalsAhead = (report: Pick<LicenseReport, 'generatedAt' | 'licenses'>): readonly Renewal[] => {
  const today = dayText(report.generatedAt)
  const last = dayBefore(today, -RENEWAL_DAYS) ?? today
  const { labelOf } = licenseLabels(report)
  const decidedBy = ({ noticeDay, end }: Renewal) => noticeDay ?? end
  return report.licenses
    .flatMap((row): readonly Renewal[] => {
      const { term, provider, id } = row
      if (term?.end === undefined || term.end < today || term.end > last) return []
      const noticeDay = noticeDayOf(term)
      const isTooLate = noticeDay !== undefined && noticeDay < today
      const daysLeft = Math.round((Date.parse(term.end) - Date.parse(today)) / DAY_MS)
      return [{ row, label: labelOf(provider, id), end: term.end, daysLeft, noticeDay, isTooLate }]
    })
    .sort((one, other) => (decidedBy(one) < decidedBy(other) ? -1 : decidedBy(one) > decidedBy(other) ? 1 : 0))
}

/** By when a renewal can be canceled, for people. */
export const cancelText = ({ noticeDay, isTooLate }: Renewal): string =>
  noticeDay === undefined ? 'unknown' : `${noticeDay}${isTooLate ? ' (passed)' : ''}`

/** Seats that it saves to do without, all of them or those of one time. */
export interface SavingPart {
  readonly seats: Saving['seats']
  readonly cost: Saving['cost']
  /** Absent: all of them. */
  readonly when?: string | undefined
}

const isNothing = ({ seats }: SavingPart): boolean => seats.kind === 'known' && seats.value === 0

const renewalText = ({ firstEnd, lastEnd }: Saving['atRenewal']): string => {
  if (firstEnd === undefined) return 'at renewal'
  return firstEnd === lastEnd ? `at renewal, after ${firstEnd}` : `at renewal, after ${firstEnd} to ${lastEnd}`
}

/** All of it, then its parts by when they save, without those of no seat. Nothing where there is no seat at all. */
export const savingParts = (saving: Saving): readonly SavingPart[] => {
  const { now, atRenewal, untold, seats, cost } = saving
  const parts: readonly SavingPart[] = [
    { seats, cost },
    { ...now, when: 'at once' },
    { ...atRenewal, when: renewalText(atRenewal) },
    { ...untold, when: 'at a time that is not known' },
  ]
  return parts.filter((part) => !isNothing(part))
}

/** What each of the savings is, for people; the explanation is for formats with room for it. */
export const SAVINGS: readonly {
  readonly field: Exclude<keyof Savings, 'keptFree' | 'plans'>
  readonly title: string
  readonly explanation: string
}[] = [
  {
    field: 'removable',
    title: 'Seats that users can give up',
    explanation: 'Each seat counts once, however many findings are about it.',
  },
  { field: 'unassigned', title: 'Purchased seats that are not in use', explanation: 'They need not be renewed.' },
]

/** What is not known, and why. */
export interface UnknownFact {
  /** A rule that lacks data, or `cost`. */
  readonly about: string
  readonly what: string
}

const subjectOf = (
  { provider, licenseId }: Abstention,
  times: number,
  { labelOf }: LicenseLabels,
): readonly string[] => {
  if (times > 1) return [quantity(times, 'license')]
  return provider === undefined || licenseId === undefined ? [] : [labelOf(provider, licenseId)]
}

const abstentionFacts = (report: LicenseReport): readonly UnknownFact[] => {
  const labels = licenseLabels(report)
  return abstentionGroups(report.abstentions ?? []).map(([first, ...others]) => {
    const { rule, provider, reason } = first
    const where = provider === undefined ? [] : [provider]
    return { about: rule, what: [...where, ...subjectOf(first, others.length + 1, labels), reason].join(': ') }
  })
}

const MAX_NAMED = 3

/** Only where something has a price: without any, money is not spoken of. */
const unpricedFacts = ({ cost }: LicenseReport): readonly UnknownFact[] => {
  const names = (cost?.unpriced ?? []).map(({ name }) => name)
  if (cost === undefined || cost.currencies.length === 0 || names.length === 0) return []
  const named = someOf(names, MAX_NAMED).join(', ')
  return [{ about: 'cost', what: `${quantity(names.length, 'license')} without a price: ${named}` }]
}

/** Where rules lack data, and licenses without a price. */
export const unknownFacts = (report: LicenseReport): readonly UnknownFact[] => [
  ...abstentionFacts(report),
  ...unpricedFacts(report),
]

/** The same, one line each. */
export const unknownLines = (report: LicenseReport): readonly string[] =>
  unknownFacts(report).map(({ about, what }) => `${about}: ${what}`)

/** What the seats are called that can be given up and save nothing. */
export const KEPT_FREE = 'More seats that users can give up, but limits keep free'

/** Absent where there is something that can be saved, or a limit keeps it. */
export const nothingToSaveText = ({ savings, abstentions = [] }: LicenseReport): string | undefined => {
  if (
    savings === undefined ||
    savings.keptFree !== undefined ||
    SAVINGS.some(({ field }) => savingParts(savings[field]).length > 0)
  )
    return undefined
  return abstentions.length === 0
    ? 'No seat was found that could be saved.'
    : 'No seat was found that could be saved, but some rules lack data.'
}

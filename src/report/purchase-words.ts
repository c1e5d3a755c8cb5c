import { type BillingPeriod, noticeDayOf, type Origin, type Term } from '../model/purchase.ts'
import { numberText } from '../model/quantity.ts'
import type { PassedOn } from './license-report.ts'

/** One source for people: `contract 4711`, `the configuration`. Absent: the vendor's list. */
export const originName = (origin: Origin | undefined): string => {
  if (origin === undefined) return "the vendor's list of licenses"
  const { source, name } = origin
  if (name !== undefined) return `${source} ${name}`
  return source === 'several sources' ? source : `the ${source}`
}

const isPartOf = (from: Origin, joint: Origin): boolean =>
  joint.source === 'several sources' || from.source === joint.source

/** The sources of a number: of a sum over products of several contracts, each of them. Absent: the vendor's list alone. */
export const sourcesOf = (
  { purchasedFrom, consumedFrom, purchases = [] }: PassedOn,
  field: 'purchased' | 'consumed',
): readonly Origin[] => {
  const origin = field === 'purchased' ? purchasedFrom : consumedFrom
  if (origin === undefined) return []
  if (origin.name !== undefined) return [origin]
  const parts = purchases
    .filter(({ quantity, billed }) => (field === 'purchased' ? quantity : billed) !== undefined)
    .map(({ from }) => from)
    .filter((from) => isPartOf(from, origin))
  const byName = new Map(parts.map((from) => [originName(from), from]))
  return byName.size === 0 ? [origin] : [...byName.values()]
}

/** Of what one source says: the day, where a time is told. */
const DAY_LENGTH = '2026-01-31'.length

/** The day of a time in ISO 8601. */
export const dayText = (at: string): string => at.slice(0, DAY_LENGTH)

const PERIOD_WORDS: Readonly<Record<BillingPeriod['status'], string>> = {
  open: 'which is still open: provisional',
  closed: 'which is closed',
  unknown: 'which may be open or closed',
}

/** `the billing period 2026-11-01 to 2026-11-30, which is still open: provisional`. */
export const periodText = ({ start, end, status }: BillingPeriod): string =>
  `the billing period ${start} to ${end}, ${PERIOD_WORDS[status]}`

/** `from contract 4711, as of 2026-11-01`. Undefined for what the vendor's list of licenses says. */
export const originText = (row: PassedOn, field: 'purchased' | 'consumed'): string | undefined => {
  const sources = sourcesOf(row, field)
  const origin = field === 'purchased' ? row.purchasedFrom : row.consumedFrom
  if (origin === undefined) return undefined
  const days = new Set(sources.flatMap(({ at }) => (at === undefined ? [] : [dayText(at)])))
  const asOf = days.size === 0 ? '' : `, as of ${[...days].join(' and ')}`
  // What was bought is bought whatever the period; what is billed may change until it is closed.
  const told = field === 'purchased' ? [] : sources.flatMap(({ period }) => (period === undefined ? [] : [period]))
  const periods = new Set(told.map(periodText))
  const of = periods.size === 0 ? '' : `, for ${[...periods].join(' and for ')}`
  return `from ${sources.map(originName).join(' and ')}${asOf}${of}`
}

const daysText = ({ start, end }: Term): string => {
  if (start !== undefined && end !== undefined) return `${start} to ${end}`
  if (end !== undefined) return `until ${end}`
  return start === undefined ? 'of unknown days' : `from ${start}, its end is unknown`
}

/** `2026-01-01 to 2026-12-31; cancel the renewal by 2026-10-02`. */
export const termText = (term: Term): string => {
  const { noticeDays } = term
  if (noticeDays === undefined) return daysText(term)
  const day = noticeDayOf(term)
  const by = day ?? `${numberText(noticeDays)} days before its end`
  return `${daysText(term)}; cancel the renewal by ${by}`
}

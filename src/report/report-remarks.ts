import type { Capacity } from '../model/count.ts'
import { groupedBy } from '../model/grouped-by.ts'
import { gapInWords, isWhole } from '../model/ledger.ts'
import { firstToEnd, type Origin, type Purchase, type Term } from '../model/purchase.ts'
import { numberText, quantity } from '../model/quantity.ts'
import { timeText } from '../model/time-text.ts'
import { labelsOf } from './license-labels.ts'
import type { LicenseReport, LicenseRow, ProviderReport, StaleSource } from './license-report.ts'
import { originName, sourcesOf } from './purchase-words.ts'
import { listsOf, wordsFor } from './report-problems.ts'

/** What is to be said of a report and makes nothing in it partial or unknown. */
export interface Remark {
  readonly provider: string
  /** What it is about, for people: `list of users`, `purchased of Genesys Cloud CX 2`. */
  readonly what: string
  /** A sentence for people. */
  readonly text: string
}

/** What a list that only adds to another one lacks. */
const supplementaryGaps = ({ name, ledger }: ReturnType<typeof listsOf>[number]): readonly string[] =>
  ledger.supplementary && !isWhole(ledger) ? ledger.gaps.map((gap) => gapInWords(gap, wordsFor(name))) : []

/** What the provider says of its lists, and what a list that only adds to another one lacks. */
const remarksOfLists = ({ id: provider, ledgers }: ProviderReport): readonly Remark[] =>
  listsOf(ledgers).flatMap((list) =>
    [...(list.ledger.remarks ?? []), ...supplementaryGaps(list)].map((text) => ({
      provider,
      what: `list of ${list.name}`,
      text,
    })),
  )

const saidText = (value: Capacity): string => {
  if (value.kind === 'known') return `says ${numberText(value.value)}`
  if (value.kind === 'unlimited') return 'says unlimited'
  return value.kind === 'unknown' ? `says what is unknown (${value.reason})` : 'says not applicable'
}

const isSame = (one: Capacity, other: Capacity): boolean =>
  one.kind === other.kind && (one.kind !== 'known' || other.kind !== 'known' || one.value === other.value)

/** A source with the days that a bill of it is for. */
const nameWithDays = (from: Origin | undefined): string =>
  from?.period === undefined ? originName(from) : `${originName(from)} (${from.period.start} to ${from.period.end})`

/** A bill of one month beside one of another: the numbers need not be the same, and the wrong file may have been given. */
const ofOtherDays = (sources: readonly (Origin | undefined)[]): string => {
  const periods = new Set(sources.flatMap((from) => (from?.period === undefined ? [] : [from.period.start])))
  return periods.size < 2 ? '' : '; they are for different billing periods'
}

/** Values of weaker sources that are not the one that counts. */
const differences = (row: LicenseRow): readonly Omit<Remark, 'provider'>[] =>
  (['purchased', 'consumed'] as const).flatMap((field) => {
    const others = (row.overridden ?? []).filter((one) => one.field === field && !isSame(one.value, row[field]))
    if (others.length === 0) return []
    const sources = sourcesOf(row, field)
    const counts = `${sources.map(nameWithDays).join(' and ') || originName(undefined)} ${saidText(row[field])}`
    const rest = [...others].reverse().map(({ value, from }) => `${nameWithDays(from)} ${saidText(value)}`)
    const days = ofOtherDays([...sources, ...others.map(({ from }) => from)])
    return [{ what: field, text: `${[counts, ...rest].join(', ')}${days}` }]
  })

/** One sum of numbers for different days: contracts need not be billed for the same ones. */
const periodsOfSum = (row: LicenseRow): readonly Omit<Remark, 'provider'>[] => {
  const sources = sourcesOf(row, 'consumed').filter(({ period }) => period !== undefined)
  const days = new Set(sources.map(({ period }) => `${period?.start} ${period?.end}`))
  return days.size < 2
    ? []
    : [
        {
          what: 'consumed',
          text: `it is a sum over different billing periods: ${sources.map(nameWithDays).join(', ')}`,
        },
      ]
}

const TERM_FIELDS = ['start', 'end', 'noticeDays'] as const
type TermField = (typeof TERM_FIELDS)[number]

/** What a term says otherwise than another one that says it too. */
const differing = (one: Term, other: Term): readonly TermField[] =>
  TERM_FIELDS.filter((field) => {
    const [here, there] = [one[field], other[field]]
    return here !== undefined && there !== undefined && here !== there
  })

/** `the end 2027-03-31 and the notice 90 days`. */
const partsText = (term: Term, fields: readonly TermField[]): string =>
  fields
    .map((field) => (field === 'noticeDays' ? `the notice ${term.noticeDays} days` : `the ${field} ${term[field]}`))
    .join(' and ')

const hasTerm = (purchase: Purchase): purchase is Purchase & { readonly term: Term } => purchase.term !== undefined

/** The license's term where it was declared, and the contract has another one. */
const termDifference = ({ term, purchases = [] }: LicenseRow): readonly Omit<Remark, 'provider'>[] => {
  const told = purchases.filter(hasTerm)
  const first = firstToEnd(told.map((purchase) => purchase.term))
  const source = told.find((purchase) => purchase.term === first)
  if (term === undefined || first === undefined || source === undefined) return []
  const fields = differing(term, first)
  if (fields.length === 0) return []
  const [counts, other] = [partsText(term, fields), partsText(first, fields)]
  return [{ what: 'term', text: `the configuration says ${counts}, ${originName(source.from)} says ${other}` }]
}

const remarksOfLicenses = (provider: string, rows: readonly LicenseRow[]): readonly Remark[] => {
  const labels = labelsOf(rows)
  return rows.flatMap((row, index) =>
    [...differences(row), ...periodsOfSum(row), ...termDifference(row)].map(({ what, text }) => ({
      provider,
      what: `${what} of ${labels[index] ?? row.name}`,
      text,
    })),
  )
}

const remarkOfSource = ({ provider, source, newest, holders }: StaleSource): Remark => ({
  provider,
  what: `activity by ${source}`,
  text: `it has stopped, and is not believed: its newest time of ${quantity(holders, 'holder')} is ${timeText(newest)}`,
})

/** Besides what the lists themselves say: values of which two sources differ, and sources of activity that have stopped. */
export const remarksBesidesLists = ({
  providers,
  licenses,
  staleSources = [],
}: Pick<LicenseReport, 'providers' | 'licenses' | 'staleSources'>): readonly Remark[] => {
  const byProvider = groupedBy(licenses, ({ provider }) => provider)
  return [
    ...providers.flatMap(({ id }) => remarksOfLicenses(id, byProvider.get(id) ?? [])),
    ...staleSources.map(remarkOfSource),
  ]
}

/** What is to be said of a report besides its gaps, one line each: it makes nothing partial or unknown. */
export const remarksOfReport = (
  report: Pick<LicenseReport, 'providers' | 'licenses' | 'staleSources'>,
): readonly string[] => [
  ...report.providers.flatMap(remarksOfLists).map(({ provider, text }) => `${provider}: ${text}`),
  ...remarksBesidesLists(report).map(({ provider, what, text }) => `${provider}: ${what}: ${text}`),
]

/**
 * The remarks to read at once, one line each: what the providers say of their licenses and users, and what a list that only
 * adds to another one lacks, such as a scope. The others are about details that the report itself shows.
 */
export const remarksToTell = ({
  providers,
}: {
  readonly providers: readonly Pick<ProviderReport, 'id' | 'ledgers'>[]
}): readonly string[] =>
  providers.flatMap(({ id, ledgers }) =>
    [
      ...[ledgers.licenses, ledgers.assignments].flatMap(({ remarks = [] }) => remarks),
      ...listsOf(ledgers).flatMap(supplementaryGaps),
    ].map((text) => `${id}: ${text}`),
  )

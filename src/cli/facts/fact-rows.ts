import { type ActivityFact, type BillingPeriod, type Capacity, isDay, type LicenseFact } from '../../index.ts'
import { Fields } from '../../provider-kit/index.ts'
import type { Row } from '../input/rows-file.ts'
import type { FactField, FactKind } from './fact-shapes.ts'
import { timesIn } from './told-times.ts'

/** One fact of a file. */
export interface ToldFact {
  /** For messages: `activity.csv: line 3`. */
  readonly where: string
  /** The provider that it names. */
  readonly provider: string | undefined
  readonly license?: LicenseFact | undefined
  readonly activity?: ActivityFact | undefined
}

/** The facts of a file, or one line for each that is wrong with it. */
export interface ReadRows {
  readonly facts: readonly ToldFact[]
  readonly problems: readonly string[]
}

/** What all rows of a file have in common. */
export interface FileOfFacts {
  /** The name of the file, without its folder. */
  readonly name: string
  /** The day that the user gave for what does not tell its own. */
  readonly asOf: string | undefined
  /** It tells only some of what users do. */
  readonly coversSome?: true | undefined
  /** When it is read, in milliseconds since 1970. */
  readonly now: number
}

type FactRow = Row<FactField>

const DAY_MS = 24 * 60 * 60 * 1_000
const dayOf = (at: string): string => at.slice(0, 'YYYY-MM-DD'.length)
const dayAt = (moment: number): string => dayOf(new Date(moment).toISOString())
const firstMomentOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** Reads a column of times or days, and keeps what is wrong with it. */
const columnReader = (rows: readonly FactRow[], field: FactField, { now }: FileOfFacts, problems: string[]) => {
  const read = timesIn(rows.flatMap(({ cells }) => cells[field] ?? []))
  return ({ source, cells }: FactRow): string | undefined => {
    const text = cells[field]
    if (text === undefined) return undefined
    const told = read(text)
    const found = Fields.shownText(text)
    if (told.kind === 'time') {
      // A day has begun elsewhere before it begins here.
      if (Date.parse(told.at) <= now + DAY_MS) return told.at
      problems.push(`${source}: ${field}: expected a day that is over, found ${found}; correct it`)
    } else if (told.kind === 'ambiguous') {
      problems.push(
        `${source}: ${field}: expected a day such as 2026-04-03, found ${found}, which may be two days; write the days of this column with the year first`,
      )
    } else if (told.kind === 'unreadable') {
      problems.push(`${source}: ${field}: expected a time such as 2026-01-31 or 2026-01-31T10:00:00Z, found ${found}`)
    }
    return undefined
  }
}

const SEATS = /^\d{1,15}$/

/** A number of seats. With separators of thousands or decimals, `1.250` may be two numbers. */
const seatsReader =
  (field: 'purchased' | 'consumed', problems: string[]) =>
  ({ source, cells }: FactRow): Capacity | undefined => {
    const text = cells[field]
    if (text !== undefined && SEATS.test(text)) return { kind: 'known', value: Number(text) }
    if (field === 'purchased' && text?.toLowerCase() === 'unlimited') return { kind: 'unlimited' }
    const words = field === 'purchased' ? ', or "unlimited"' : ''
    problems.push(
      `${source}: ${field}: expected a whole number of seats from 0, in digits alone${words}, found ${text === undefined ? 'nothing' : Fields.shownText(text)}; correct it, or delete the row`,
    )
    return undefined
  }

const isAboutNone = ({ cells: { license, sku } }: FactRow): boolean => license === undefined && sku === undefined

/** Rows that name the same thing of the same provider: a number that is there twice may count twice. */
const repeatedIn = (rows: readonly FactRow[], keyOf: (row: FactRow) => string): readonly string[] => {
  const first = new Map<string, string>()
  return rows.flatMap((row) => {
    const key = keyOf(row)
    const before = first.get(key)
    if (before === undefined) first.set(key, row.source)
    return before === undefined
      ? []
      : [`${row.source}: the same license or product as in ${before}; keep one of these rows, or add them up`]
  })
}

const seatKey = ({ cells: { provider, license, sku } }: FactRow): string =>
  JSON.stringify([provider?.toLowerCase(), license?.toLowerCase(), sku])

const named = ({ license, sku }: FactRow['cells']): Pick<LicenseFact, 'license' | 'sku'> => ({
  ...(license === undefined ? {} : { license }),
  ...(sku === undefined ? {} : { sku }),
})

const nameless = (rows: readonly FactRow[]): readonly string[] =>
  rows
    .filter(isAboutNone)
    .map(({ source }) => `${source}: license: expected the id, product code or name of a license, or a sku`)

const purchasedFacts = (rows: readonly FactRow[], file: FileOfFacts): ReadRows => {
  const problems = [...nameless(rows), ...repeatedIn(rows, seatKey)]
  const seatsOf = seatsReader('purchased', problems)
  const dayFor = columnReader(rows, 'asOf', file, problems)
  const facts = rows.map((row): ToldFact => {
    const told = dayFor(row)
    const at = told === undefined ? file.asOf : dayOf(told)
    const from = { source: 'file', name: file.name, ...(at === undefined ? {} : { at }) }
    const { source: where, cells } = row
    return { where, provider: cells.provider, license: { ...named(cells), purchased: seatsOf(row), from, where } }
  })
  return { facts, problems }
}

/** A closed bill may come weeks after its period. What is older is of another time than everything beside it. */
const MAX_AGE_DAYS = 62

/** A longer one is mistyped. */
const MAX_PERIOD_DAYS = 366

const STATUSES = ['open', 'closed'] as const

/** The period of a row, and what is wrong with it. */
const periodReader = (rows: readonly FactRow[], file: FileOfFacts, problems: string[]) => {
  // The last day of an open period is still to come.
  const start = columnReader(rows, 'periodStart', file, problems)
  const end = columnReader(rows, 'periodEnd', { ...file, now: Number.POSITIVE_INFINITY }, problems)
  return (row: FactRow): BillingPeriod | undefined => {
    const { source, cells } = row
    const before = problems.length
    const [from, to] = [start(row), end(row)]
    const status = STATUSES.find((one) => one === cells.status?.toLowerCase()) ?? 'unknown'
    if (cells.status !== undefined && status === 'unknown') {
      problems.push(`${source}: status: expected open or closed, found ${Fields.shownText(cells.status)}`)
    }
    if (problems.length > before) return undefined
    if (from === undefined && to === undefined) return undefined
    if (from === undefined || to === undefined || from > to) {
      problems.push(
        `${source}: expected periodStart and, not before it, periodEnd: the first and the last day of the billing period`,
      )
      return undefined
    }
    if (Date.parse(to) - Date.parse(from) > MAX_PERIOD_DAYS * DAY_MS) {
      problems.push(
        `${source}: expected a billing period of a year at most, found ${dayOf(from)} to ${dayOf(to)}; correct its days`,
      )
      return undefined
    }
    return { start: dayOf(from), end: dayOf(to), status }
  }
}

const tooOld = (source: string, day: string, { now }: FileOfFacts): readonly string[] =>
  firstMomentOf(day) >= now - MAX_AGE_DAYS * DAY_MS
    ? []
    : [
        `${source}: expected usage of the last ${MAX_AGE_DAYS} days before ${dayAt(now)}, found usage until ${day}; use a file of this or the last billing period`,
      ]

/** Rows of more than one period: a number of each would be added up, or stand beside that of another month. */
const severalPeriods = (
  periods: readonly (readonly [where: string, period: BillingPeriod | undefined])[],
): readonly string[] => {
  const text = (period: BillingPeriod | undefined) =>
    period === undefined ? 'no period' : `${period.start} to ${period.end}`
  const [first] = periods
  const other = periods.find(([, period]) => text(period) !== text(first?.[1]))
  if (first === undefined || other === undefined) return []
  return [
    `${other[0]}: expected ${text(first[1])}, as in ${first[0]}, found ${text(other[1])}; keep the rows of one billing period`,
  ]
}

const billedFacts = (rows: readonly FactRow[], file: FileOfFacts): ReadRows => {
  const problems = [...nameless(rows)]
  const seatsOf = seatsReader('consumed', problems)
  const periodOf = periodReader(rows, file, problems)
  const dayFor = columnReader(rows, 'asOf', file, problems)
  const periods: (readonly [string, BillingPeriod | undefined])[] = []
  const facts = rows.map((row): ToldFact => {
    const { source: where, cells } = row
    const wrong = problems.length
    const seats = seatsOf(row)
    const period = periodOf(row)
    const told = dayFor(row)
    const at = told === undefined ? file.asOf : dayOf(told)
    if (problems.length === wrong) {
      periods.push([where, period])
      const day = period?.end ?? at
      problems.push(
        ...(day === undefined
          ? [
              `${where}: expected periodStart and periodEnd, or the day of the number as asOf: give the columns, or --as-of DAY`,
            ]
          : tooOld(where, day, file)),
      )
    }
    const from = {
      source: 'file',
      name: file.name,
      ...(at === undefined ? {} : { at }),
      ...(period === undefined ? {} : { period }),
    }
    const consumed = seats?.kind === 'unlimited' ? undefined : seats
    return { where, provider: cells.provider, license: { ...named(cells), consumed, from, where } }
  })
  const several = problems.length > 0 ? [] : severalPeriods(periods)
  return { facts, problems: [...problems, ...several, ...(several.length > 0 ? [] : repeatedIn(rows, seatKey))] }
}

/** An export with a row for each user who is billed: what is consumed is how many there are. */
const countedFacts = (rows: readonly FactRow[], file: FileOfFacts): ReadRows => {
  const problems = [...nameless(rows)]
  const timeOf = columnReader(rows, 'seenAt', file, problems)
  const charged = rows.filter(({ cells }) => cells.entity !== undefined)
  const days = charged.flatMap((row) => timeOf(row) ?? [])
  // The export is at least as new as the newest time in it.
  const newest = days.reduce<string | undefined>(
    (last, day) => (last === undefined || day > last ? day : last),
    undefined,
  )
  const at = file.asOf ?? (newest === undefined ? undefined : dayOf(newest))
  const [first] = charged
  if (first === undefined) problems.push(`${file.name}: expected at least one row with a user or device that is billed`)
  else if (at === undefined)
    problems.push(`${file.name}: expected the day of the file, as no row has a time: --as-of DAY`)
  else problems.push(...tooOld(first.source, at, file))
  const entities = new Map<string, { readonly row: FactRow; readonly names: Set<string> }>()
  for (const row of charged) {
    const key = seatKey(row)
    const entry = entities.get(key) ?? { row, names: new Set<string>() }
    entities.set(key, { ...entry, names: entry.names.add(row.cells.entity?.toLowerCase() ?? '') })
  }
  const facts = [...entities.values()].map(({ row: { source: where, cells }, names }): ToldFact => {
    const from = { source: 'file', name: file.name, ...(at === undefined ? {} : { at }) }
    const consumed = { kind: 'known', value: names.size } as const
    return { where, provider: cells.provider, license: { ...named(cells), consumed, from, where } }
  })
  return { facts, problems }
}

/** What of users' activity a source tells. */
const COVERS: readonly string[] = ['some', 'all']

const activityFacts = (rows: readonly FactRow[], file: FileOfFacts): ReadRows => {
  const problems: string[] = []
  const timeOf = columnReader(rows, 'lastActiveAt', file, problems)
  const dayFor = columnReader(rows, 'asOf', file, problems)
  /** The day so many days before that of the file. */
  const daysAgo = (row: FactRow): string | undefined => {
    const { source, cells } = row
    const text = cells.daysInactive
    if (text === undefined || timesIn([])(text).kind === 'none') return undefined
    const told = dayFor(row)
    const base = told === undefined ? file.asOf : dayOf(told)
    if (!/^\d{1,5}$/.test(text)) {
      problems.push(`${source}: daysInactive: expected a whole number of days from 0, found ${Fields.shownText(text)}`)
    } else if (base === undefined) {
      // Once for the file, as all its rows need it.
      problems.push(`${file.name}: it tells days since the last activity; say on which day it was made: --as-of DAY`)
    } else return new Date(firstMomentOf(base) - Number(text) * DAY_MS).toISOString()
    return undefined
  }
  const facts = rows.flatMap((row): readonly ToldFact[] => {
    const { source: where, cells } = row
    const user = cells.user ?? cells.email ?? cells.id
    if (user === undefined) {
      problems.push(`${where}: user: expected an e-mail address or an id`)
      return []
    }
    const at = cells.lastActiveAt === undefined ? daysAgo(row) : timeOf(row)
    const source = cells.source === undefined ? file.name : `${cells.source} (${file.name})`
    const told = cells.covers?.toLowerCase() ?? (file.coversSome ? 'some' : 'all')
    if (!COVERS.includes(told)) {
      problems.push(`${where}: covers: expected some or all, found ${Fields.shownText(told)}`)
    }
    const covers = told === 'some' ? ({ covers: 'some' } as const) : {}
    // Without a time the file does not tell, which is not the same as never.
    return at === undefined
      ? []
      : [{ where, provider: cells.provider, activity: { user, at, source, ...covers, where } }]
  })
  return { facts, problems }
}

/** The facts in the rows of a file. */
export const factsOfRows = (kind: FactKind, rows: readonly FactRow[], file: FileOfFacts): ReadRows => {
  if (kind === 'activity') return activityFacts(rows, file)
  if (kind === 'purchased') return purchasedFacts(rows, file)
  return rows.some(({ cells }) => cells.entity !== undefined) ? countedFacts(rows, file) : billedFacts(rows, file)
}

/** The day that `--as-of` gives, or what is wrong with it. */
export const problemOfDay = (day: string, now: number): string | undefined =>
  isDay(day) && firstMomentOf(day) <= now + DAY_MS
    ? undefined
    : `--as-of: expected a day that is not in the future, such as 2026-01-31, found ${Fields.shownText(day)}`

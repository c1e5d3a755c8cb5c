import { licenseLabels } from '../../report/license-labels.ts'
import type { LicenseTrend, Trend, TrendPoint } from '../../snapshot/index.ts'

/**
 * Why there is no utilization: it is unknown, there is no limit, nothing was purchased that it would be a part of, or
 * the license was not there.
 */
export type NoUtilization = 'unknown' | 'unlimited' | 'notApplicable' | 'notThere'

/** What one snapshot says of the use of a license. */
export type SeriesValue = number | NoUtilization

export const isKnown = (value: SeriesValue): value is number => typeof value === 'number'

/** A license and its utilization in each snapshot. */
export interface UtilizationSeries {
  readonly license: LicenseTrend
  /** Its name, told apart from others of that name. */
  readonly label: string
  readonly values: readonly SeriesValue[]
  /** In the last snapshot. */
  readonly last: SeriesValue
  /** In points of a hundred, from the first value that is known to the last snapshot; undefined where it is unknown. */
  readonly change: number | undefined
}

/** The licenses of which something can be drawn, and the others by why there is nothing. */
export interface TrendSeries {
  readonly drawn: readonly UtilizationSeries[]
  readonly unknown: readonly UtilizationSeries[]
  readonly unlimited: readonly UtilizationSeries[]
  readonly notApplicable: readonly UtilizationSeries[]
}

const changeOf = (values: readonly SeriesValue[]): number | undefined => {
  const known = values.filter(isKnown)
  const [first, last] = [known[0], values.at(-1)]
  if (first === undefined || last === undefined || !isKnown(last) || known.length < 2) return undefined
  return Math.round((last - first) * 100)
}

const valueAt = ({ purchased, utilization }: TrendPoint): SeriesValue => {
  if (utilization.kind === 'known') return utilization.value
  return purchased.kind === 'unlimited' ? 'unlimited' : utilization.kind
}

/** By snapshot, the providers of which everything had been read. */
type ReadProviders = readonly ReadonlySet<string>[]

const readProvidersOf = ({ snapshots }: Trend): ReadProviders =>
  snapshots.map(({ providers }) => new Set(providers.filter(({ status }) => status === 'complete').map(({ id }) => id)))

/** A license that is missing from a snapshot was not there only if everything of its provider had been read. */
const valuesOf = (read: ReadProviders, { provider, points }: LicenseTrend): readonly SeriesValue[] => {
  const values = read.map((providers): SeriesValue => (providers.has(provider) ? 'notThere' : 'unknown'))
  for (const point of points) values[point.snapshot] = valueAt(point)
  return values
}

/** Why nothing of a license can be drawn, as the last snapshot says that has it. */
const reasonOf = ({ license: { points } }: UtilizationSeries): Exclude<keyof TrendSeries, 'drawn'> => {
  const last = points.at(-1)
  const value = last === undefined ? 'unknown' : valueAt(last)
  return value === 'unlimited' || value === 'notApplicable' ? value : 'unknown'
}

export const utilizationSeries = (trend: Trend): TrendSeries => {
  const { labelOf } = licenseLabels(trend)
  const read = readProvidersOf(trend)
  const all = trend.licenses.map((license): UtilizationSeries => {
    const values = valuesOf(read, license)
    const label = labelOf(license.provider, license.id)
    return { license, label, values, last: values.at(-1) ?? 'unknown', change: changeOf(values) }
  })
  const isDrawn = ({ values }: UtilizationSeries) => values.some(isKnown)
  const undrawn = all.filter((series) => !isDrawn(series))
  const of = (reason: ReturnType<typeof reasonOf>) => undrawn.filter((series) => reasonOf(series) === reason)
  return {
    drawn: all.filter(isDrawn),
    unknown: of('unknown'),
    unlimited: of('unlimited'),
    notApplicable: of('notApplicable'),
  }
}

/** `+20`, `-5`, `0`; nothing where it is unknown. */
export const changeText = (change: number | undefined): string => {
  if (change === undefined) return ''
  return change > 0 ? `+${change}` : String(change)
}

/** How each of these is shown where a number would be, and what that is in words. */
export const NO_UTILIZATION: Readonly<Record<NoUtilization, { readonly mark: string; readonly word: string }>> = {
  unknown: { mark: '·', word: 'unknown' },
  unlimited: { mark: '∞', word: 'unlimited' },
  notApplicable: { mark: '–', word: 'not applicable' },
  notThere: { mark: '×', word: 'not in the snapshot' },
}

const REASONS = ['unknown', 'unlimited', 'notApplicable', 'notThere'] as const

/** Why nothing of a license can be drawn, and what such licenses are headed by. */
export const UNDRAWN = [
  ['unknown', 'Utilization unknown'],
  ['unlimited', 'Unlimited'],
  ['notApplicable', 'Utilization not applicable'],
] as const satisfies readonly (readonly [NoUtilization, string])[]

/** Why its last utilization is unknown; nothing else has a reason. */
export const reasonUnknown = ({ license: { points } }: UtilizationSeries): string | undefined => {
  const last = points.at(-1)?.utilization
  return last?.kind === 'unknown' ? last.reason : undefined
}

/** Those that there are among the values. */
export const reasonsAmong = (values: readonly SeriesValue[]): readonly NoUtilization[] =>
  REASONS.filter((reason) => values.includes(reason))

import { licenseLabels } from '../../../report/license-labels.ts'
import type { LicenseTrend, Trend } from '../../../snapshot/index.ts'

/** A license and its utilization in each snapshot; undefined where it is not known. */
export interface UtilizationSeries {
  readonly license: LicenseTrend
  /** Its name, told apart from others of that name. */
  readonly label: string
  readonly values: readonly (number | undefined)[]
  /** In the last snapshot. */
  readonly last: number | undefined
  /** In points of a hundred, from the first value that is known to the last snapshot; undefined where nobody knows. */
  readonly change: number | undefined
}

/** The licenses of which something can be drawn, and those of which nothing is known. */
export interface TrendSeries {
  readonly drawn: readonly UtilizationSeries[]
  readonly unknown: readonly { readonly license: LicenseTrend; readonly label: string }[]
}

const changeOf = (values: UtilizationSeries['values']): number | undefined => {
  const known = values.filter((value) => value !== undefined)
  const [first, last] = [known[0], values.at(-1)]
  if (first === undefined || last === undefined || known.length < 2) return undefined
  return Math.round((last - first) * 100)
}

export const utilizationSeries = ({ snapshots, licenses }: Trend): TrendSeries => {
  const { labelOf } = licenseLabels({ licenses })
  const all = licenses.map((license): UtilizationSeries => {
    const values: (number | undefined)[] = snapshots.map(() => undefined)
    for (const { snapshot, utilization } of license.points) {
      if (utilization.kind === 'known') values[snapshot] = utilization.value
    }
    const label = labelOf(license.provider, license.id)
    return { license, label, values, last: values.at(-1), change: changeOf(values) }
  })
  const isDrawn = ({ values }: UtilizationSeries) => values.some((value) => value !== undefined)
  return { drawn: all.filter(isDrawn), unknown: all.filter((series) => !isDrawn(series)) }
}

/** `+20`, `-5`, `0`; nothing where it is not known. */
export const changeText = (change: number | undefined): string => {
  if (change === undefined) return ''
  return change > 0 ? `+${change}` : String(change)
}

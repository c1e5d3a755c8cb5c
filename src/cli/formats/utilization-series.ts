import type { LicenseTrend, Trend } from '../../snapshot/index.ts'
import { licenseLabels } from './license-labels.ts'

/** A license and its utilization in each snapshot; undefined where it is not known. */
export interface UtilizationSeries {
  readonly license: LicenseTrend
  /** Its name, told apart from others of that name. */
  readonly label: string
  readonly values: readonly (number | undefined)[]
}

/** The licenses of which something can be drawn. */
export const utilizationSeries = ({ snapshots, licenses }: Trend): readonly UtilizationSeries[] => {
  const { labelOf } = licenseLabels({ licenses })
  return licenses.flatMap((license) => {
    const values: (number | undefined)[] = snapshots.map(() => undefined)
    for (const { snapshot, utilization } of license.points) {
      if (utilization.kind === 'known') values[snapshot] = utilization.value
    }
    return values.some((value) => value !== undefined)
      ? [{ license, label: labelOf(license.provider, license.id), values }]
      : []
  })
}

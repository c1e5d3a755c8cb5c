import { licenseLabels } from '../../../../report/license-labels.ts'
import type { LicenseReport } from '../../../../report/license-report.ts'

/** What providers and licenses are called: told apart where several have one name, by id where the report has no name. */
export interface Names {
  readonly provider: (id: string) => string
  readonly license: (provider: string, id: string) => string
}

export const namesOf = (report: Pick<LicenseReport, 'providers' | 'licenses'>): Names => {
  const { labelOf } = licenseLabels(report)
  const names = new Map(
    report.providers.map(({ id, displayName }) => {
      const isShared = report.providers.some((other) => other.id !== id && other.displayName === displayName)
      return [id, isShared ? `${displayName} (${id})` : displayName]
    }),
  )
  return { provider: (id) => names.get(id) ?? id, license: labelOf }
}

import { groupedBy } from '../../../model/grouped-by.ts'
import { licenseLabels } from '../../../report/license-labels.ts'
import type { LicenseReport } from '../../../report/license-report.ts'

/** What providers and licenses are called: told apart where several have one name, by id where the report has no name. */
export interface Names {
  readonly provider: (id: string) => string
  readonly license: (provider: string, id: string) => string
}

export const namesOf = (report: Pick<LicenseReport, 'providers' | 'licenses'>): Names => {
  const { labelOf } = licenseLabels(report)
  const byName = groupedBy(report.providers, ({ displayName }) => displayName)
  const names = new Map(
    report.providers.map(({ id, displayName }) => {
      const isShared = (byName.get(displayName)?.length ?? 0) > 1
      return [id, isShared ? `${displayName} (${id})` : displayName]
    }),
  )
  return { provider: (id) => names.get(id) ?? id, license: labelOf }
}

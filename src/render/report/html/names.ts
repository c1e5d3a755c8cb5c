import { licenseLabels } from '../../../report/license-labels.ts'
import type { LicenseReport } from '../../../report/license-report.ts'
import { type ProviderTitles, providerTitles } from '../../provider-titles.ts'

/** Names of providers and licenses: unique, and the id where the report has no name. */
export interface Names {
  readonly provider: ProviderTitles
  readonly license: (provider: string, id: string) => string
}

export const namesOf = (report: Pick<LicenseReport, 'providers' | 'licenses'>): Names => ({
  provider: providerTitles(report.providers),
  license: licenseLabels(report).labelOf,
})

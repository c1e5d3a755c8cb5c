import type { LicenseReport } from '../../report/license-report.ts'
import { productsAcrossOrganizations } from '../../report/organization-products.ts'
import { failuresOfReport } from '../../report/report-failures.ts'
import { objectText } from '../text/json-text.ts'
import type { RenderReport, ReportView } from './render-report.ts'

/** Every seat that a user holds or will. */
function* assignmentsOf({ users = [] }: LicenseReport, { costOfSeat }: ReportView): Generator<object> {
  for (const { provider, id: user, person, licenseIds, pendingLicenseIds, seats = [] } of users) {
    const known = new Map(seats.map(({ licenseId, ...since }) => [licenseId, since]))
    for (const license of licenseIds) {
      const cost = costOfSeat(provider, license, user)
      yield {
        provider,
        user,
        person,
        license,
        seat: 'assigned',
        ...known.get(license),
        ...(cost === undefined ? {} : { cost }),
      }
    }
    for (const license of pendingLicenseIds) {
      yield { provider, user, person, license, seat: 'pending', ...known.get(license) }
    }
  }
}

/** The report as it is, with what could not be read; by assignment, with the seats; by organization, with the products. */
export const renderReportJson: RenderReport = (report, _surface, view) =>
  objectText({
    ...report,
    failures: failuresOfReport(report),
    ...(view.layout === 'assignment' ? { assignments: assignmentsOf(report, view) } : {}),
    ...(view.layout === 'organization' ? { products: productsAcrossOrganizations(report) } : {}),
  })

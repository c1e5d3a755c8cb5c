import type { LicenseProvider } from '../contract/index.ts'
import { createLicenseReport, type LicenseReport, type LicenseRow, type UserRow } from '../report/index.ts'
import type { Snapshot, SnapshotManifest } from '../snapshot/index.ts'

/** A snapshot with all that its tables are made of. */
export interface SnapshotRead {
  readonly manifest: SnapshotManifest
  readonly providers: readonly LicenseProvider[]
  /** With users and findings, as `seatlens report --from` makes it. */
  readonly report: LicenseReport
  readonly users: readonly UserRow[]
  readonly vendorOf: (provider: string) => string | undefined
  readonly licenseOf: (provider: string, licenseId: string) => LicenseRow | undefined
}

const keyOf = (provider: string, licenseId: string): string => `${provider} ${licenseId}`

export const readAsTables = async ({ manifest, providers, clock }: Snapshot): Promise<SnapshotRead> => {
  const report = await createLicenseReport({ clock, detail: true, findings: {} })(providers)()
  const vendors = new Map(report.providers.map(({ id, vendor }) => [id, vendor]))
  const licenses = new Map(report.licenses.map((license) => [keyOf(license.provider, license.id), license]))
  return {
    manifest,
    providers,
    report,
    users: report.users ?? [],
    vendorOf: (provider) => vendors.get(provider),
    licenseOf: (provider, licenseId) => licenses.get(keyOf(provider, licenseId)),
  }
}

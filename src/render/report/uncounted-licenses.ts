import type { Cost, LicenseRow } from '../../report/license-report.ts'

/** A license of which it is not known, or not in full, what it costs. */
export type UncountedLicense = LicenseRow & { readonly cost: Extract<Cost, { kind: 'unknown' }> }

const isUncounted = (row: LicenseRow): row is UncountedLicense => row.cost?.kind === 'unknown'

export const uncountedLicenses = (rows: readonly LicenseRow[]): readonly UncountedLicense[] => rows.filter(isUncounted)

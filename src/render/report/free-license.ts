import type { LicenseRow } from '../../report/license-report.ts'

/** It comes with the organization: it costs nothing, and was not purchased. */
export const isFreeLicense = ({ purchased, cost, boughtOnly, declaredOnly }: LicenseRow): boolean =>
  purchased.kind === 'notApplicable' &&
  (cost === undefined || cost.kind === 'notApplicable') &&
  !boughtOnly &&
  !declaredOnly

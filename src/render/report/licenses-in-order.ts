import type { LicenseRow } from '../../report/license-report.ts'
import { isFreeLicense } from './free-license.ts'

/** Licenses as people read them: those that come free are last, as there is nothing to buy, to save or to run out of. */
export const licensesInOrder = (rows: readonly LicenseRow[]): readonly LicenseRow[] => [
  ...rows.filter((row) => !isFreeLicense(row)),
  ...rows.filter(isFreeLicense),
]

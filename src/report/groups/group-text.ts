import type { LicenseLabels } from '../license-labels.ts'
import type { GroupRow } from '../license-report.ts'

/** What people would take for one of our own words. */
const LOOKS_LIKE_OURS = /^(?:none$|unknown$|")/i

/** A group for people: a department that is called `none` is in quotes, and that of users without a department is not. */
export const groupText = (
  { kind, name = '', provider, licenseId }: Pick<GroupRow, 'kind' | 'name' | 'provider' | 'licenseId'>,
  { labelOf }: LicenseLabels,
): string => {
  if (kind !== 'named') return kind
  if (provider !== undefined && licenseId !== undefined) return labelOf(provider, licenseId)
  return LOOKS_LIKE_OURS.test(name) ? JSON.stringify(name) : name
}

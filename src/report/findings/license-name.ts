import type { LicenseRow } from '../license-report.ts'

/** A license, for people: several sites may have one of the same name. */
export const licenseName = ({ name, siteUrl }: Pick<LicenseRow, 'name' | 'siteUrl'>): string =>
  siteUrl === undefined ? name : `${name} (${siteUrl})`

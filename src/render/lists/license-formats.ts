import type { License } from '../../model/license.ts'
import type { ListFormat } from './list-format.ts'

/** Every format of the list of licenses, loaded on demand. */
export const licenseFormats = {
  table: async () => (await import('./license-lists.ts')).licenseTable,
  json: async () => (await import('./license-lists.ts')).licenseJson,
  ndjson: async () => (await import('./license-lists.ts')).licenseNdjson,
  csv: async () => (await import('./license-lists.ts')).licenseCsv,
} satisfies Record<string, () => Promise<ListFormat<License>>>

export type LicenseFormatName = keyof typeof licenseFormats

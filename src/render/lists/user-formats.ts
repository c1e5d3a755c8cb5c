import type { LicensedUser } from '../../model/licensed-user.ts'
import type { LicenseLabels } from '../../report/license-labels.ts'
import type { ListFormat } from './list-format.ts'

/** Every format of the list of users, loaded on demand. The table names licenses; the others have their ids. */
export const userFormats = {
  table: async (labels) => (await import('./user-lists.ts')).userTable(labels),
  json: async () => (await import('./user-lists.ts')).userJson,
  ndjson: async () => (await import('./user-lists.ts')).userNdjson,
  csv: async () => (await import('./user-lists.ts')).userCsv,
} satisfies Record<string, (labels: LicenseLabels) => Promise<ListFormat<LicensedUser>>>

export type UserFormatName = keyof typeof userFormats

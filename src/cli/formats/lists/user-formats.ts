import type { LicensedUser } from '../../../model/licensed-user.ts'
import type { ListFormat } from './list-format.ts'

/** Every format of the list of users, loaded on demand. */
export const userFormats = {
  table: async () => (await import('./user-lists.ts')).userTable,
  json: async () => (await import('./user-lists.ts')).userJson,
  ndjson: async () => (await import('./user-lists.ts')).userNdjson,
  csv: async () => (await import('./user-lists.ts')).userCsv,
} satisfies Record<string, () => Promise<ListFormat<LicensedUser>>>

export type UserFormatName = keyof typeof userFormats

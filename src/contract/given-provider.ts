import { isRecord } from '../model/is-record.ts'
import type { LicenseProvider } from './license-provider.ts'

const isFunction = (value: unknown): boolean => typeof value === 'function'

/** What a caller hands in as a provider: its required members, and no other ones in place of the optional ones. */
export const isProvider = (value: unknown): value is LicenseProvider =>
  isRecord(value) &&
  [value.id, value.vendor].every((text) => typeof text === 'string') &&
  [value.listLicenses, value.listUsers, value.getUser].every(isFunction) &&
  [value.findUsers, value.changeAssignments, value.reviewChanges].every(
    (method) => method === undefined || isFunction(method),
  )

export const PROVIDER_EXPECTED = 'a provider with id, vendor, listLicenses, listUsers and getUser'

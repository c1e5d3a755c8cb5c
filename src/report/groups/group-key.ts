import { type NotStated, type Support, supportOf } from '../../contract/capabilities.ts'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import { quantity } from '../../model/quantity.ts'
import type { GroupRow } from '../license-report.ts'
import type { PersonField } from '../person-field.ts'

/** What a group is called, and what it is a group of. */
export type GroupKey = Pick<GroupRow, 'kind' | 'name' | 'provider' | 'licenseId'>

/** Equal for the same group: what names nothing is never the same as a department that is called `none`. */
export const textOfKey = ({ kind, name, provider, licenseId }: GroupKey): string =>
  JSON.stringify([kind, name, provider, licenseId])

export const NONE: GroupKey = { kind: 'none' }
export const UNKNOWN: GroupKey = { kind: 'unknown' }

/** For people, in the plural. */
export const fieldNames: Readonly<Record<PersonField, string>> = {
  department: 'departments',
  division: 'divisions',
  manager: 'managers',
  location: 'locations',
  costCenter: 'cost centers',
}

const whyOf = (support: Support | NotStated): string => {
  if (support.support === 'unsupported') return `the vendor does not provide it (${support.reason})`
  const toGet = support.support === 'conditional' ? support.toGet : undefined
  return toGet === undefined ? 'it was not read' : `it was not read; to get it, ${toGet}`
}

/** Why a field of so many users of a provider is unknown: `webex: 12 users: the vendor does not provide it (no such field)`. */
export const reasonOfUnknown = (
  { id, capabilities }: Pick<LicenseProvider, 'id' | 'capabilities'>,
  field: PersonField,
  users: number,
  { directoryGap, isToldOfOthers }: { readonly directoryGap: string | undefined; readonly isToldOfOthers: boolean },
): string => {
  const ofThese = isToldOfOthers
    ? 'its directory has no record of them'
    : whyOf(supportOf(capabilities, 'userFields', field))
  return `${id}: ${quantity(users, 'user')}: ${directoryGap ?? ofThese}`
}

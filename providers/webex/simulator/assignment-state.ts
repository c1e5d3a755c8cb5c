import type { LicenseOperation, SiteOperation } from './assignment-request.ts'
import { callingKindOf, isRemoval } from './assignment-rules.ts'
import type { WebexAccount, WebexOrganization } from './organization.ts'
import type { WebexCalling, WebexPersonWithLicenses } from './world.ts'

/** A user with all that assignments change. */
export interface AssignedPerson extends WebexPersonWithLicenses {
  readonly account: WebexAccount
}

const changed = (ids: readonly string[], operations: readonly LicenseOperation[]): readonly string[] => {
  const after = new Set(ids)
  for (const operation of operations) {
    if (isRemoval(operation)) after.delete(operation.id)
    else after.add(operation.id)
  }
  return [...after]
}

const callingIn = (properties: LicenseOperation['properties'] | WebexCalling): WebexCalling => {
  const { locationId, phoneNumber, extension } = properties ?? {}
  return {
    ...(locationId ? { locationId } : {}),
    ...(phoneNumber ? { phoneNumber } : {}),
    ...(extension ? { extension } : {}),
  }
}

/** What a user has after some operations. An external user has to accept what is added. */
export const stateAfter = (
  organization: WebexOrganization,
  { type, licenses, account }: AssignedPerson,
  operations: readonly LicenseOperation[],
): { readonly licenses: readonly string[]; readonly account: WebexAccount } => {
  const removals = operations.filter(isRemoval)
  const additions = operations.filter((operation) => !isRemoval(operation))
  const isCalling = ({ id }: LicenseOperation) => callingKindOf(organization, id) !== undefined
  const assigned = additions.filter(isCalling).at(-1)
  // A user who loses a calling license loses the calling settings with it.
  const kept = removals.some(isCalling) ? {} : callingIn(account)
  const isGuest = type === 'EXTERNAL'
  const pending = additions.filter(({ id }) => !licenses.includes(id))
  return {
    licenses: changed(licenses, isGuest ? removals : operations),
    account: {
      attendeeSites: account.attendeeSites,
      pendingLicenses: changed(account.pendingLicenses, isGuest ? [...removals, ...pending] : removals),
      ...kept,
      ...callingIn(assigned?.properties),
    },
  }
}

export const sitesAfter = (sites: readonly string[], operations: readonly SiteOperation[]): readonly string[] => {
  const remaining = new Set(sites)
  for (const { siteUrl, operation } of operations) {
    if (operation === 'remove') remaining.delete(siteUrl)
    else remaining.add(siteUrl)
  }
  return [...remaining]
}

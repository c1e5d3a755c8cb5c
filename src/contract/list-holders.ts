import type { Holder, LicensedUser } from '../model/licensed-user.ts'
import { changeItems, type Paged } from '../paging/paged.ts'
import type { PageRequest } from '../paging/request.ts'
import { boundedProvider } from './bounded-provider.ts'
import type { LicenseProvider } from './license-provider.ts'

const asHolder =
  (licenseId: string) =>
  ({ id, licenseIds, pendingLicenseIds, lastActiveAt, otherEmails, ...person }: LicensedUser): Holder => ({
    ...person,
    userId: id,
    licenseId,
  })

/**
 * The holders of one license, from any provider: as the vendor lists them where it can, else picked out of all users. Then
 * the ledger is that of the list of users.
 */
export const listHolders = (provider: LicenseProvider, licenseId: string, request: PageRequest = {}): Paged<Holder> => {
  const bounded = boundedProvider(provider)
  return (
    bounded.listHolders?.(licenseId, request) ??
    changeItems(
      bounded.listUsers(request),
      { provider: provider.id, operation: 'listHolders' },
      request,
      () => (users) => users.filter((user) => user.licenseIds.includes(licenseId)).map(asHolder(licenseId)),
    )
  )
}

import type { Given } from '../model/with-defaults.ts'
import type { LicenseProvider } from './license-provider.ts'

/** The same provider as plain data, member by member, as a provider may be an instance of a class. */
export const delegate = (provider: LicenseProvider): LicenseProvider => {
  const { specificationVersion, id, vendor, displayName, capabilities, declaredLicenses } = provider
  const { findUsers, listHolders, changeAssignments, reviewChanges } = provider
  return {
    specificationVersion,
    id,
    vendor,
    displayName,
    capabilities,
    ...(declaredLicenses === undefined ? {} : { declaredLicenses }),
    listLicenses: (request) => provider.listLicenses(request),
    getLicense: (licenseId, options) => provider.getLicense(licenseId, options),
    listUsers: (request) => provider.listUsers(request),
    getUser: (user, options) => provider.getUser(user, options),
    ...(findUsers === undefined ? {} : { findUsers: (users, options) => findUsers.call(provider, users, options) }),
    ...(listHolders === undefined
      ? {}
      : { listHolders: (licenseId, request) => listHolders.call(provider, licenseId, request) }),
    ...(changeAssignments === undefined
      ? {}
      : { changeAssignments: (changes, request) => changeAssignments.call(provider, changes, request) }),
    ...(reviewChanges === undefined
      ? {}
      : { reviewChanges: (changes, surroundings) => reviewChanges.call(provider, changes, surroundings) }),
  }
}

/**
 * The same provider with some parts replaced, for wrappers; a part that is undefined stays as it is. The provider may be an
 * instance of a class.
 */
export const providerWith = (provider: LicenseProvider, parts: Given<LicenseProvider>): LicenseProvider => ({
  ...delegate(provider),
  ...Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)),
})

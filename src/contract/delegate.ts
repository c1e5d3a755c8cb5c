import { demand } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import type { Given } from '../model/with-defaults.ts'
import { PROVIDER_EXPECTED } from './given-provider.ts'
import type { LicenseProvider } from './license-provider.ts'

/** The members of the contract, none left out, so that the compiler misses one that the contract gets later. */
type EveryMember = {
  readonly [K in keyof Required<LicenseProvider>]: undefined extends LicenseProvider[K]
    ? LicenseProvider[K] | undefined
    : LicenseProvider[K]
}

const everyMember = (provider: LicenseProvider): EveryMember => {
  const { specificationVersion, id, vendor, displayName, capabilities, declaredLicenses } = provider
  const { findUsers, listHolders, listWorkspaces, changeAssignments, reviewChanges } = provider
  return {
    specificationVersion,
    id,
    vendor,
    displayName,
    capabilities,
    declaredLicenses,
    listLicenses: (request) => provider.listLicenses(request),
    getLicense: (licenseId, options) => provider.getLicense(licenseId, options),
    listUsers: (request) => provider.listUsers(request),
    getUser: (user, options) => provider.getUser(user, options),
    findUsers: findUsers && ((users, options) => findUsers.call(provider, users, options)),
    listHolders: listHolders && ((licenseId, request) => listHolders.call(provider, licenseId, request)),
    listWorkspaces: listWorkspaces && ((request) => listWorkspaces.call(provider, request)),
    changeAssignments: changeAssignments && ((changes, request) => changeAssignments.call(provider, changes, request)),
    reviewChanges: reviewChanges && ((changes, surroundings) => reviewChanges.call(provider, changes, surroundings)),
  }
}

/** A member that the provider does not have is absent, and not undefined. */
const membersThatAre = ({
  declaredLicenses,
  findUsers,
  listHolders,
  listWorkspaces,
  changeAssignments,
  reviewChanges,
  ...required
}: EveryMember): LicenseProvider => ({
  ...required,
  ...(declaredLicenses === undefined ? {} : { declaredLicenses }),
  ...(findUsers === undefined ? {} : { findUsers }),
  ...(listHolders === undefined ? {} : { listHolders }),
  ...(listWorkspaces === undefined ? {} : { listWorkspaces }),
  ...(changeAssignments === undefined ? {} : { changeAssignments }),
  ...(reviewChanges === undefined ? {} : { reviewChanges }),
})

/** The object and its prototypes, the most general one first, without the one that all objects have. */
const lineageOf = (object: object): readonly object[] => {
  const prototype: unknown = Object.getPrototypeOf(object)
  const isGeneral = typeof prototype !== 'object' || prototype === null || Object.getPrototypeOf(prototype) === null
  return isGeneral ? [object] : [...lineageOf(prototype), object]
}

/** All fields and methods, as the contract may not know all of them. A getter is left out, as it may cost something. */
const fieldsAndMethods = (provider: LicenseProvider): object => {
  const members = new Map<PropertyKey, unknown>()
  for (const holder of lineageOf(provider)) {
    for (const key of Reflect.ownKeys(holder)) {
      const value: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value
      if (key === 'constructor' || value === undefined) continue
      members.set(key, typeof value === 'function' ? value.bind(provider) : value)
    }
  }
  return Object.fromEntries(members)
}

/**
 * The same provider as plain data, member by member, as a provider may be an instance of a class. Members that are not of
 * the contract are passed on.
 */
export const delegate = (provider: LicenseProvider): LicenseProvider => {
  demand(isRecord(provider), 'provider', PROVIDER_EXPECTED)
  return { ...fieldsAndMethods(provider), ...membersThatAre(everyMember(provider)) }
}

/**
 * The same provider with some parts replaced, for wrappers; a part that is undefined stays as it is. The provider may be an
 * instance of a class.
 */
export const providerWith = (provider: LicenseProvider, parts: Given<LicenseProvider>): LicenseProvider => ({
  ...delegate(provider),
  ...Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)),
})

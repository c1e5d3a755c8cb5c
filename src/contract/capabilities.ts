import type { License } from '../model/license.ts'
import type { LicensedUser } from '../model/licensed-user.ts'

/** Whether a provider can do or tell something. */
export type Support =
  | { readonly support: 'supported' }
  | { readonly support: 'unsupported'; readonly reason: string }
  /** Depends on something outside the provider: a permission, a route, the configuration. */
  | { readonly support: 'conditional'; readonly on: string }

export type Operation =
  | 'listLicenses'
  | 'getLicense'
  | 'listUsers'
  /** Going on with the list of users in the middle, by a continuation: see `Page`. */
  | 'resumeUsers'
  | 'getUser'
  | 'listHolders'
  | 'changeAssignments'

/** What is told of `consumedByUsers` is told with `consumed`. */
export type LicenseField = Exclude<keyof License, 'provider' | 'id' | 'raw' | 'consumedByUsers' | 'declaredAs'>
/** What is told of `otherEmails` is told with `email`. */
export type UserField = Exclude<keyof LicensedUser, 'provider' | 'id' | 'licenseIds' | 'raw' | 'otherEmails'>

/** What a provider can do, operation by operation, and what it can tell, field by field. */
export interface Capabilities {
  readonly operations: Readonly<Record<Operation, Support>>
  readonly licenseFields: Readonly<Record<LicenseField, Support>>
  readonly userFields: Readonly<Record<UserField, Support>>
}

export const supported: Support = { support: 'supported' }
export const unsupported = (reason: string): Support => ({ support: 'unsupported', reason })
export const conditional = (on: string): Support => ({ support: 'conditional', on })

/** Of a provider that can do and tell everything, to be changed in parts. */
export const everythingSupported: Capabilities = {
  operations: {
    listLicenses: supported,
    getLicense: supported,
    listUsers: supported,
    resumeUsers: supported,
    getUser: supported,
    listHolders: supported,
    changeAssignments: supported,
  },
  licenseFields: {
    name: supported,
    productCode: supported,
    metric: supported,
    purchased: supported,
    consumed: supported,
    subscriptionId: supported,
    siteUrl: supported,
    includes: supported,
    requires: supported,
  },
  userFields: {
    kind: supported,
    status: supported,
    pendingLicenseIds: supported,
    displayName: supported,
    email: supported,
    department: supported,
    lastActiveAt: supported,
  },
}

import { isRecord } from '../model/is-record.ts'
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

/** What a provider states of some things. Of one that is absent it states nothing. */
export type Stated<Thing extends string> = { readonly [T in Thing]?: Support | undefined }

/**
 * What a provider can do, operation by operation, and what it can tell, field by field. A provider of an earlier version
 * states nothing of what came later, and one of a later version may state something in a way that is not known here: read
 * them with {@link supportOf}.
 */
export interface Capabilities {
  readonly operations?: Stated<Operation> | undefined
  readonly licenseFields?: Stated<LicenseField> | undefined
  readonly userFields?: Stated<UserField> | undefined
}

/** Nothing is stated, or nothing that this version knows. It promises nothing, and rules nothing out. */
export interface NotStated {
  readonly support: 'unknown'
}

const NOT_STATED: NotStated = { support: 'unknown' }

const isSupport = (value: unknown): value is Support => {
  if (!isRecord(value)) return false
  const { support, reason, on } = value
  if (support === 'unsupported') return typeof reason === 'string'
  return support === 'conditional' ? typeof on === 'string' : support === 'supported'
}

type Part = keyof Capabilities

/**
 * What a provider states of one thing, of whichever version and origin it is: `supportOf(capabilities, 'userFields',
 * 'email')`.
 */
export const supportOf = <P extends Part>(
  capabilities: Capabilities | undefined,
  part: P,
  thing: keyof NonNullable<Capabilities[P]>,
): Support | NotStated => {
  const things: unknown = isRecord(capabilities) ? capabilities[part] : undefined
  const support: unknown = isRecord(things) ? things[String(thing)] : undefined
  return isSupport(support) ? support : NOT_STATED
}

const partOf = (value: unknown): object => (isRecord(value) ? value : {})

/** What is stated in data that may be anything. What is not known here is kept, and {@link supportOf} does not take it. */
export const statedCapabilities = (value: unknown): Capabilities => {
  const stated = isRecord(value) ? value : {}
  return {
    ...stated,
    operations: partOf(stated.operations),
    licenseFields: partOf(stated.licenseFields),
    userFields: partOf(stated.userFields),
  }
}

export const supported: Support = { support: 'supported' }
export const unsupported = (reason: string): Support => ({ support: 'unsupported', reason })
export const conditional = (on: string): Support => ({ support: 'conditional', on })

/** Of a provider that can do and tell everything, to be changed in parts. */
export const everythingSupported = {
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
} as const satisfies Capabilities

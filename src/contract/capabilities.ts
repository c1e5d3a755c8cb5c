import { isRecord } from '../model/is-record.ts'
import type { LicensedUser } from '../model/licensed-user.ts'

/** Whether a provider can do something, or provides a field. */
export type Support =
  | { readonly support: 'supported' }
  | { readonly support: 'unsupported'; readonly reason: string }
  /**
   * Takes something outside the provider: a permission, a setting. `toGet` says what to do, as the end of a sentence that
   * begins with "To get this,": `set "userSource": "people"`. Absent: the provider was made for a version without it.
   */
  | { readonly support: 'conditional'; readonly toGet?: string | undefined }

/** An operation of the contract that a provider may support. */
export type Operation =
  | 'listLicenses'
  | 'getLicense'
  | 'listUsers'
  /** Resuming the list of users by a continuation: see `Page`. */
  | 'resumeUsers'
  | 'getUser'
  | 'listHolders'
  /** Rooms, desks and shared phones that hold licenses. */
  | 'listWorkspaces'
  | 'changeAssignments'

/** `consumed` stands for `consumedByUsers` too, `purchases` for the prices of contracts. */
export type LicenseField =
  | 'name'
  | 'productCode'
  | 'metric'
  | 'services'
  | 'purchased'
  | 'consumed'
  | 'purchases'
  | 'term'
  | 'subscriptionId'
  | 'siteUrl'
  | 'includes'
  | 'requires'
/** `email` stands for `otherEmails` too, `lastActiveAt` for `activity`. */
export type UserField = Exclude<
  keyof LicensedUser,
  'provider' | 'id' | 'licenseIds' | 'raw' | 'otherEmails' | 'activity'
>

/** A field of workspaces, where the provider lists some. */
export type WorkspaceField = 'location' | 'devices' | 'createdAt' | 'lastSeenAt'

/** What a provider states of operations or fields. Absent: it states nothing. */
export type Stated<Thing extends string> = { readonly [T in Thing]?: Support | undefined }

/**
 * What a provider can do, by operation, and what it provides, by field. A provider made for an earlier version states nothing
 * of what came later; one made for a later version may state something that is not known here. Read them with
 * {@link supportOf}.
 */
export interface Capabilities {
  readonly operations?: Stated<Operation> | undefined
  readonly licenseFields?: Stated<LicenseField> | undefined
  readonly userFields?: Stated<UserField> | undefined
  readonly workspaceFields?: Stated<WorkspaceField> | undefined
}

/** The provider states nothing, or nothing that this version knows. It may or may not be supported. */
export interface NotStated {
  readonly support: 'unknown'
}

const NOT_STATED: NotStated = { support: 'unknown' }

const isSupport = (value: unknown): value is Support => {
  if (!isRecord(value)) return false
  const { support, reason, toGet } = value
  if (support === 'unsupported') return typeof reason === 'string'
  return support === 'conditional' ? toGet === undefined || typeof toGet === 'string' : support === 'supported'
}

/**
 * What a provider of any version states of one operation or field: `supportOf(capabilities, 'userFields', 'email')`.
 */
export const supportOf = <P extends keyof Capabilities>(
  capabilities: Capabilities | undefined,
  part: P,
  thing: keyof NonNullable<Capabilities[P]>,
): Support | NotStated => {
  const things: unknown = isRecord(capabilities) ? capabilities[part] : undefined
  const support: unknown = isRecord(things) ? things[String(thing)] : undefined
  return isSupport(support) ? support : NOT_STATED
}

const partOf = (value: unknown): object => (isRecord(value) ? value : {})

/** The capabilities in unknown data. Members that are not known here are kept; {@link supportOf} ignores them. */
export const statedCapabilities = (value: unknown): Capabilities => {
  const stated = isRecord(value) ? value : {}
  return {
    ...stated,
    operations: partOf(stated.operations),
    licenseFields: partOf(stated.licenseFields),
    userFields: partOf(stated.userFields),
    ...(stated.workspaceFields === undefined ? {} : { workspaceFields: partOf(stated.workspaceFields) }),
  }
}

/** The provider can do it, or provides the field. */
export const supported: Support = { support: 'supported' }
/** The provider cannot do it, or does not provide the field. `reason`: why, for people. */
export const unsupported = (reason: string): Support => ({ support: 'unsupported', reason })
/** `toGet`: what to do, as the end of "To get this, …". */
export const conditional = (toGet: string): Support => ({ support: 'conditional', toGet })

/** The same for several: `{ ...allSupported('name', 'metric'), siteUrl: unsupported('there are no sites') }`. */
export const allSupported = <Thing extends Operation | LicenseField | UserField | WorkspaceField>(
  ...things: readonly Thing[]
): Stated<Thing> => {
  const stated: { [T in Thing]?: Support } = {}
  for (const thing of things) stated[thing] = supported
  return stated
}

/** The capabilities of a provider that supports everything, to be changed in parts. */
export const everythingSupported = {
  operations: {
    listLicenses: supported,
    getLicense: supported,
    listUsers: supported,
    resumeUsers: supported,
    getUser: supported,
    listHolders: supported,
    listWorkspaces: supported,
    changeAssignments: supported,
  },
  licenseFields: {
    name: supported,
    productCode: supported,
    metric: supported,
    services: supported,
    purchased: supported,
    consumed: supported,
    purchases: supported,
    term: supported,
    subscriptionId: supported,
    siteUrl: supported,
    includes: supported,
    requires: supported,
  },
  userFields: {
    kind: supported,
    status: supported,
    invitePending: supported,
    pendingLicenseIds: supported,
    displayName: supported,
    email: supported,
    department: supported,
    division: supported,
    manager: supported,
    location: supported,
    costCenter: supported,
    employeeNumber: supported,
    createdAt: supported,
    hiredAt: supported,
    lastActiveAt: supported,
    neverActive: supported,
    seats: supported,
  },
  workspaceFields: {
    location: supported,
    devices: supported,
    createdAt: supported,
    lastSeenAt: supported,
  },
} as const satisfies Capabilities

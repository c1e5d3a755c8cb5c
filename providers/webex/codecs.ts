/** What Webex sends, as far as it is used here. Every field but the ids may be absent or `null`, whatever its kind. */
import * as t from 'io-ts'
import { Values } from '../../src/provider-kit/index.ts'
import { idKey } from './hydra-id.ts'

/** A field that the vendor leaves out or sends as `null`; both mean that it is absent. For use in `t.partial`. */
const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null, t.undefined], codec.name)

/** An id that is not empty or blank. A record with an empty id cannot be decoded, and is counted as such. */
const Id = t.refinement(t.string, (text) => text.trim() !== '', 'string, not empty')

/** Old answers give numbers as strings. */
const Units = t.union([t.number, t.string], 'number or numeric text')

/** A license as the Licenses API gives it. Only the fields that are used are decoded. */
export const License = t.intersection(
  [
    t.type({ id: Id }),
    t.partial({
      name: nullable(t.string),
      totalUnits: nullable(Units),
      consumedUnits: nullable(Units),
      consumedByUsers: nullable(Units),
      consumedByWorkspaces: nullable(Units),
      subscriptionId: nullable(t.string),
      siteUrl: nullable(t.string),
      // Not documented here; where it is there, it is believed.
      orgId: t.unknown,
    }),
  ],
  'License',
)
export type License = t.TypeOf<typeof License>

export const Items = t.type({ items: t.UnknownArray }, 'Items')

/** A customer, in the partner's list of them. */
export const ManagedOrganization = t.type({ orgId: Id }, 'ManagedOrganization')
export type ManagedOrganization = t.TypeOf<typeof ManagedOrganization>

/** A page of the holders of a license, which comes with the license itself. */
export const LicenseUsers = t.intersection(
  [t.type({ users: t.UnknownArray }), t.partial({ id: t.unknown, orgId: t.unknown })],
  'LicenseUsers',
)
export type LicenseUsers = t.TypeOf<typeof LicenseUsers>

const Absent = t.union([t.null, t.undefined], 'nothing')

const NoneCounted = t.refinement(t.unknown, (units) => (unitsOf(units) ?? 0) === 0, 'no users, as none are listed')

/**
 * `users` may be missing where the license has no holder: on its only page, which has the license itself, whose counter
 * does not say otherwise, and is not the body of an error.
 */
const LicenseWithoutUsers = t.intersection([
  t.type({ id: Id }),
  t.partial({
    orgId: t.unknown,
    users: Absent,
    consumedByUsers: NoneCounted,
    errors: Absent,
    message: Absent,
    trackingId: Absent,
  }),
])

export const LicenseWithOrWithoutUsers = t.union([LicenseUsers, LicenseWithoutUsers], 'users')

/** A holder of a license, as the license lists it. */
export const LicenseUser = t.intersection(
  [
    t.type({ id: Id }),
    t.partial({
      type: nullable(t.string),
      displayName: nullable(t.string),
      email: nullable(t.string),
    }),
  ],
  'LicenseUser',
)
export type LicenseUser = t.TypeOf<typeof LicenseUser>

/** A person as the People API gives it. Only the fields that are used are decoded. */
export const Person = t.intersection(
  [
    t.type({ id: Id }),
    t.partial({
      orgId: t.unknown,
      emails: nullable(t.array(t.string)),
      displayName: nullable(t.string),
      // A license without an id has no name: the record is counted, and not taken for one that holds less.
      licenses: nullable(t.array(Id, 'license ids')),
      loginEnabled: nullable(t.union([t.boolean, t.string], 'boolean or text')),
      // Documented as text, seen as a boolean; of little weight, so that what is neither must not cost the person.
      invitePending: t.unknown,
      lastActivity: nullable(t.string),
      // Of little weight: what cannot be read must not cost the person.
      created: t.unknown,
      status: t.unknown,
      department: nullable(t.string),
      // See `CallingData`: nothing else depends on them.
      phoneNumbers: t.unknown,
      extension: t.unknown,
      locationId: t.unknown,
    }),
  ],
  'Person',
)
export type Person = t.TypeOf<typeof Person>

/** An organization as the list of organizations gives it. */
export const Organization = t.intersection(
  [t.type({ id: Id }), t.partial({ displayName: nullable(t.string) })],
  'Organization',
)
export type Organization = t.TypeOf<typeof Organization>

/** A workspace as the Workspaces API gives it. Only the fields that are used are decoded. */
export const Workspace = t.intersection(
  [
    t.type({ id: Id }),
    t.partial({
      orgId: t.unknown,
      displayName: nullable(t.string),
      locationId: nullable(t.string),
      created: t.unknown,
      // `collaborationDevices` or `phones`.
      supportedDevices: nullable(t.string),
      calling: nullable(
        t.partial({
          type: nullable(t.string),
          webexCalling: nullable(t.partial({ licenses: nullable(t.array(Id, 'license ids')) })),
        }),
      ),
    }),
  ],
  'Workspace',
)
export type Workspace = t.TypeOf<typeof Workspace>

/** The licenses that Webex names of a workspace; undefined where it names none though the workspace needs one. */
export const licensesIn = ({ calling }: Workspace): readonly string[] | undefined => {
  const licenses = calling?.webexCalling?.licenses
  if (licenses !== undefined && licenses !== null) return idsIn(licenses)
  return calling?.type === 'webexCalling' ? undefined : []
}

/** A device, in a workspace or of a person. */
export const Device = t.intersection(
  [t.type({ id: Id }), t.partial({ orgId: t.unknown, workspaceId: nullable(t.string), lastSeen: nullable(t.string) })],
  'Device',
)
export type Device = t.TypeOf<typeof Device>

/** That a person or a workspace has a hybrid license. */
export const Membership = t.intersection(
  [t.type({ id: Id, licenseId: Id, personId: Id }), t.partial({ personOrgId: t.unknown, status: nullable(t.string) })],
  'Membership',
)
export type Membership = t.TypeOf<typeof Membership>

/** What a person makes calls with; there with `callingData`, and with a calling license only. */
export const CallingData = t.partial(
  {
    phoneNumbers: nullable(
      t.array(
        t.partial({
          type: nullable(t.string),
          value: nullable(t.string),
          primary: nullable(t.boolean),
        }),
      ),
    ),
    extension: nullable(t.string),
    locationId: nullable(t.string),
  },
  'CallingData',
)

/** The schemas of a user of the identity service that have more than a name. */
export const ENTERPRISE_USER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const CISCO_USER = 'urn:scim:schemas:extension:cisco:webexidentity:2.0:User'

/** An account of the identity service (SCIM 2). Its id is the bare uuid that is inside of the id of a person. */
export const Account = t.intersection(
  [t.type({ id: Id }), t.partial({ active: t.unknown, [ENTERPRISE_USER]: t.unknown, [CISCO_USER]: t.unknown })],
  'Account',
)
export type Account = t.TypeOf<typeof Account>

/** A page of accounts. `Resources` may be left out where there are none (RFC 7644), and is not where there is an error. */
export const Accounts = t.union(
  [
    t.intersection([t.type({ Resources: t.UnknownArray }), t.partial({ totalResults: nullable(t.number) })]),
    t.intersection([t.type({ totalResults: t.number }), t.partial({ Resources: Absent })]),
  ],
  'Accounts',
)

const ErrorCode = nullable(t.union([t.string, t.number]))

/** The `errors` of an error, and of an answer that something was not done. */
export const Issues = t.array(
  t.partial({
    description: nullable(t.string),
    errorCode: ErrorCode,
  }),
  'Issues',
)

export const codeText = (code: t.TypeOf<typeof ErrorCode>): string | undefined =>
  code === null || code === undefined ? undefined : String(code)

const AccountSite = t.intersection(
  [t.type({ siteUrl: t.string }), t.partial({ accountType: nullable(t.string) })],
  'AccountSite',
)
export type AccountSite = t.TypeOf<typeof AccountSite>

/** What a user holds after a change. */
export const UserLicenses = t.partial(
  {
    orgId: nullable(t.string),
    personId: nullable(t.string),
    email: nullable(t.string),
    licenses: nullable(t.array(t.string)),
    pendingLicenses: nullable(t.array(t.string)),
    siteUrls: nullable(t.array(AccountSite)),
    pendingSiteUrls: nullable(t.array(AccountSite)),
    errors: t.unknown,
    trackingId: nullable(t.string),
  },
  'UserLicenses',
)
export type UserLicenses = t.TypeOf<typeof UserLicenses>

/** An error of the identity service, in a body of its own shape. */
export const IdentityError = t.intersection(
  [
    t.type({
      message: t.array(t.partial({ code: nullable(t.string), description: nullable(t.string) })),
    }),
    t.partial({ key: nullable(t.string) }),
  ],
  'IdentityError',
)

/** The usual shape of an error, with or without `errors`, and that of the identity service, which has `error`. */
export const ErrorBody = t.partial(
  {
    message: nullable(t.string),
    trackingId: nullable(t.string),
    errorCode: ErrorCode,
    errors: nullable(Issues),
    error: t.unknown,
    // Of SCIM 2.
    detail: nullable(t.string),
  },
  'ErrorBody',
)

/** Only administrators are shown the licenses of people. */
export const showsLicenses = ({ licenses }: Person): boolean => licenses !== undefined && licenses !== null

/** So few ids are compared with each other sooner than they are entered into a map. */
const FEW_IDS = 10

/** Whether each of the texts is an id, and another one than those before it: nearly always, there is nothing to do. */
const areFewIds = (ids: readonly string[]): boolean => {
  if (ids.length > FEW_IDS || ids.some((id) => id === '' || id.includes(','))) return false
  const keys = ids.map(idKey)
  return keys.every((key, place) => keys.indexOf(key) === place)
}

/** Ids without repetition. The documentation's sample of people has two of them in one text. */
export const idsIn = (ids: readonly string[]): readonly string[] => {
  if (areFewIds(ids)) return ids
  const byKey = new Map<string, string>()
  for (const text of ids) {
    for (const id of text.includes(',') ? text.split(',') : [text]) {
      const key = idKey(id)
      if (id !== '' && !byKey.has(key)) byKey.set(key, id)
    }
  }
  return [...byKey.values()]
}

/** Nothing but digits: `1.000` may be one or a thousand. */
const DIGITS = /^\d+$/

/**
 * A whole number that came as a number or as text; undefined where it is neither, or absent, or too large to be exact.
 * Nothing is rounded.
 */
export const unitsOf = (units: unknown): number | undefined => {
  const value = typeof units === 'string' && DIGITS.test(units.trim()) ? Number(units) : units
  return Values.wholeNumberOf(value)
}

/** What Genesys Cloud sends, as far as it is used here. Fields that are not used are not decoded, so they cannot hurt. */
import * as t from 'io-ts'

/** A field that the vendor leaves out or sends as `null`; both mean that it is absent. For use in `t.partial`. */
export const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null, t.undefined], codec.name)

/** An id that is not empty or blank. A record with an empty id cannot be decoded, and is counted as such. */
export const Id = t.refinement(t.string, (text) => text.trim() !== '', 'string, not empty')

const Reference = t.type({ id: t.string }, 'Reference')
const UserReference = t.type({ id: Id }, 'Reference')

/**
 * The listing of users gives license ids, the record of one user gives whole definitions. A strange one among them must
 * not cost the others.
 */
const LicenseReference = t.union([t.string, Reference], 'license id or definition')

/** A license as the License API defines it. */
export const LicenseDefinition = t.intersection(
  [
    t.type({ id: Id }),
    t.partial({
      description: nullable(t.string),
      prerequisites: nullable(t.array(Reference)),
      comprises: nullable(t.array(Reference)),
    }),
  ],
  'LicenseDefinition',
)
export type LicenseDefinition = t.TypeOf<typeof LicenseDefinition>

export const Definitions = t.array(t.unknown, 'LicenseDefinition[]')

const Owned = t.type({ user: UserReference }, 'user')

/**
 * Whom a row of the listing is about. The second form is in no specification, but is handled by a tool that runs against
 * live organizations.
 */
export const LicensedUserId = t.union([UserReference, Owned], 'user id')
export type LicensedUserId = t.TypeOf<typeof LicensedUserId>

/** One row of the listing. One that does not say what the user holds is not one: nothing said is not nothing held. */
export const UserLicenses = t.intersection(
  [LicensedUserId, t.type({ licenses: t.array(LicenseReference) })],
  'UserLicenses',
)
export type UserLicenses = t.TypeOf<typeof UserLicenses>

export const EntityListing = t.intersection(
  [
    t.type({ entities: t.UnknownArray }),
    // To go on by: what is no number of rows or pages must not cost the rows that are there.
    t.partial({ pageSize: t.unknown, pageNumber: t.unknown, pageCount: t.unknown, total: t.unknown }),
  ],
  'EntityListing',
)
export type EntityListing = t.TypeOf<typeof EntityListing>

/**
 * `GET /users/query` documents `entities` and, without saying what for, `results`, which the vendor's own client takes
 * for a number. Rows are read from whichever of them is a list that has some.
 */
export const CursorListing = t.intersection(
  [
    t.union([t.type({ entities: t.UnknownArray }), t.type({ results: t.UnknownArray })], 'rows'),
    t.partial({
      entities: t.unknown,
      results: t.unknown,
      cursor: nullable(t.string),
      nextUri: nullable(t.string),
    }),
  ],
  'CursorListing',
)
export type CursorListing = t.TypeOf<typeof CursorListing>

/** Where no user is found, the rows may be left out, but then the total says so: any other answer is not one. */
export const SearchListing = t.union(
  [t.type({ results: t.UnknownArray }), t.type({ total: t.literal(0) })],
  'SearchListing',
)

/** A user of the directory. Only the fields that are used are decoded. */
export const User = t.intersection(
  [
    t.type({ id: Id }),
    t.partial({
      name: nullable(t.string),
      email: nullable(t.string),
      state: nullable(t.string),
      department: nullable(t.string),
      // Of little weight, and some of it only where it is asked for: what cannot be read must not cost the person.
      division: t.unknown,
      manager: t.unknown,
      dateLastLogin: t.unknown,
      lastTokenIssued: t.unknown,
      employerInfo: t.unknown,
      locations: t.unknown,
    }),
  ],
  'User',
)
export type User = t.TypeOf<typeof User>

/** How long a user was in each presence, in one interval or more. Which of them that was is of more weight than how long. */
export const UserAggregate = t.intersection(
  [
    t.type({ group: t.type({ userId: Id }, 'group') }),
    t.partial({
      data: nullable(
        t.array(
          t.partial(
            {
              interval: t.unknown,
              metrics: nullable(
                t.array(t.partial({ metric: t.unknown, qualifier: t.unknown, stats: t.unknown }, 'metric'), 'metrics'),
              ),
            },
            'interval',
          ),
          'intervals',
        ),
      ),
    }),
  ],
  'UserAggregate',
)
export type UserAggregate = t.TypeOf<typeof UserAggregate>

const Nothing = t.refinement(t.UnknownRecord, (body) => Object.keys(body).length === 0, 'nothing')

/** Of users who have no presence at all, nothing may be told; any other answer without results is none. */
export const UserAggregates = t.union([t.type({ results: t.UnknownArray }), Nothing], 'UserAggregates')

export const LicenseIds = t.array(t.string, 'license ids')

/** A feature toggle of the organization, of a deprecated operation. */
export const LicenseOrgToggle = t.intersection(
  [t.type({ enabled: t.boolean }), t.partial({ featureName: nullable(t.string) })],
  'LicenseOrgToggle',
)
export type LicenseOrgToggle = t.TypeOf<typeof LicenseOrgToggle>

/** The organization with its licenses. */
export const LicenseOrganization = t.intersection(
  [
    t.type({ licenses: t.record(t.string, t.array(Reference)) }),
    t.partial({ id: nullable(t.string), name: nullable(t.string) }),
  ],
  'LicenseOrganization',
)
export type LicenseOrganization = t.TypeOf<typeof LicenseOrganization>

/** The batch answers a map of user ids whose values the vendor types as "object" and no more. */
export const HeldLicenses = t.union(
  [t.array(LicenseReference), t.type({ licenses: t.array(LicenseReference) })],
  'licenses of a user',
)

export const UsersLicenses = t.UnknownRecord

export const LicenseUpdateStatuses = t.array(t.unknown, 'LicenseUpdateStatus[]')

/** What became of one license of one user. The vendor documents a text as `result`, and no value of it. */
export const LicenseUpdateStatus = t.intersection(
  [t.type({ userId: t.string, licenseId: t.string }), t.partial({ result: t.unknown })],
  'LicenseUpdateStatus',
)
export type LicenseUpdateStatus = t.TypeOf<typeof LicenseUpdateStatus>

const Named = t.partial({ id: nullable(t.string), name: nullable(t.string) }, 'Named')

/** Whose a token is. */
export const OwnToken = t.partial({ organization: nullable(Named), OAuthClient: nullable(Named) }, 'TokenInfo')

const GrantPolicy = t.partial(
  {
    domain: nullable(t.string),
    entityName: nullable(t.string),
    actions: nullable(t.array(t.string)),
    condition: t.unknown,
  },
  'AuthzGrantPolicy',
)
const GrantRole = t.partial({ policies: nullable(t.array(GrantPolicy)) }, 'AuthzGrantRole')
const Grant = t.partial({ role: nullable(GrantRole) }, 'AuthzGrant')

/** What the roles of the credentials grant. */
export const AuthorizationSubject = t.partial({ grants: nullable(t.array(Grant)) }, 'AuthzSubject')
export type AuthorizationSubject = t.TypeOf<typeof AuthorizationSubject>

/** Errors of the API, and those of the login host, which have another shape. */
export const ErrorBody = t.partial(
  {
    message: nullable(t.string),
    code: nullable(t.string),
    contextId: nullable(t.string),
    error: nullable(t.string),
    error_description: nullable(t.string),
    description: nullable(t.string),
  },
  'ErrorBody',
)

export const licenseIdOf = (reference: t.TypeOf<typeof LicenseReference>): string =>
  typeof reference === 'string' ? reference : reference.id

export const userIdOf = (row: LicensedUserId): string => (Owned.is(row) ? row.user.id : row.id)

export const rowsOf = ({ entities, results }: CursorListing): readonly unknown[] =>
  [entities, results].filter(t.UnknownArray.is).find((rows) => rows.length > 0) ?? []

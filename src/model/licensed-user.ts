/** Whether a user belongs to the organization that owns the licenses. */
export type UserKind = 'internal' | 'external' | 'unknown'

/** The state of the user's account. `unknown`: the vendor does not provide it, or the directory has no record of the user. */
export type UserStatus = 'active' | 'inactive' | 'deleted' | 'unknown'

/** A user in the vendor's list of license holders, with everything that they hold there. */
export interface LicensedUser {
  /** The id of the configured provider instance. */
  readonly provider: string
  /** The vendor's own user id, opaque. Unique within one provider. */
  readonly id: string
  readonly kind: UserKind
  readonly status: UserStatus
  /** Ids of the licenses that the user holds, each once. The provider may not list a license with such an id. */
  readonly licenseIds: readonly string[]
  /** Ids of licenses that are granted and not in force yet, for example until an invitation is accepted. */
  readonly pendingLicenseIds: readonly string[]
  readonly displayName?: string | undefined
  readonly email?: string | undefined
  /** Further addresses, where the vendor keeps more than one. People are matched by each of them. */
  readonly otherEmails?: readonly string[] | undefined
  /** The department, in the vendor's words. */
  readonly department?: string | undefined
  /** ISO 8601 in UTC. Absent: the vendor does not provide it, which does not mean that the user is inactive. */
  readonly lastActiveAt?: string | undefined
  /** The vendor's record, untouched. Only with `includeRaw`. */
  readonly raw?: unknown
}

/** What a user holds, as words: two users who hold the same have the same words, in any order. */
export const holdingWords = ({
  licenseIds,
  pendingLicenseIds,
}: Pick<LicensedUser, 'licenseIds' | 'pendingLicenseIds'>): readonly string[] => [
  ...licenseIds.map((id) => `holds ${id}`),
  ...pendingLicenseIds.map((id) => `waits for ${id}`),
]

/** One seat of one license, and the user who has it. */
export interface Holder {
  readonly provider: string
  readonly licenseId: string
  readonly userId: string
  readonly kind: UserKind
  readonly status: UserStatus
  readonly displayName?: string | undefined
  readonly email?: string | undefined
  /** The vendor's record, untouched. Only with `includeRaw`. */
  readonly raw?: unknown
}

/** Whether a user belongs to the organization that owns the licenses. */
export type UserKind = 'internal' | 'external' | 'unknown'

/** The state of the user's account; `unknown` where the vendor did not say or the directory has no record of the user. */
export type UserStatus = 'active' | 'inactive' | 'deleted' | 'unknown'

/** Somebody whom a vendor's license listing names, with everything that they hold there. */
export interface LicensedUser {
  /** The id of the configured provider instance. */
  readonly provider: string
  /** The vendor's own user id, opaque. Unique within one provider. */
  readonly id: string
  readonly kind: UserKind
  readonly status: UserStatus
  /** Ids of the licenses held, without repetition. An id may be missing from the provider's license definitions. */
  readonly licenseIds: readonly string[]
  /** Ids of licenses that are granted but not yet in force, for example until an invitation is accepted. */
  readonly pendingLicenseIds: readonly string[]
  readonly displayName?: string
  readonly email?: string
  /** The user's further addresses, where the vendor keeps more than one; people are matched by each of them. */
  readonly otherEmails?: readonly string[]
  /** Where in the organization, in the vendor's words. */
  readonly department?: string
  /** ISO 8601 in UTC, only where the vendor told us. Its absence is not inactivity. */
  readonly lastActiveAt?: string
  /** The vendor's record, untouched; only when asked for with `includeRaw`. */
  readonly raw?: unknown
}

/** What a user holds, in words that are the same, in whatever order, for two users who hold the same. */
export const holdingWords = ({
  licenseIds,
  pendingLicenseIds,
}: Pick<LicensedUser, 'licenseIds' | 'pendingLicenseIds'>): readonly string[] => [
  ...licenseIds.map((id) => `holds ${id}`),
  ...pendingLicenseIds.map((id) => `waits for ${id}`),
]

/** One seat of one license and who sits on it. */
export interface Holder {
  readonly provider: string
  readonly licenseId: string
  readonly userId: string
  readonly kind: UserKind
  readonly status: UserStatus
  readonly displayName?: string
  readonly email?: string
  /** The vendor's record, untouched; only when asked for with `includeRaw`. */
  readonly raw?: unknown
}

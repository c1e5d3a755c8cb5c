import type { Activity } from './activity.ts'

/** Whether a user belongs to the organization that owns the licenses. */
export type UserKind = 'internal' | 'external' | 'unknown'

/** The state of the user's account. `unknown`: the vendor does not provide it, or the directory has no record of the user. */
export type UserStatus = 'active' | 'inactive' | 'deleted' | 'unknown'

/** What gave a user a seat: an assignment to the user, or a role, a group or a template that the user has. */
export type AssignedBy = 'direct' | 'role' | 'group' | 'template' | 'unknown'

/** A license that a user holds: since when, and what gave it, as far as the vendor or earlier snapshots tell. */
export interface Seat {
  readonly licenseId: string
  /** When it was assigned, in ISO 8601. Absent: the vendor does not provide it. */
  readonly assignedAt?: string | undefined
  /** The first snapshot in which the user has it without a break, in ISO 8601: the user has it since then or longer. */
  readonly firstSeenAt?: string | undefined
  readonly assignedBy: AssignedBy
}

/** What is known of the seat that a user has of one license. */
export const seatOf = (
  { seats = [] }: { readonly seats?: readonly Seat[] | undefined },
  licenseId: string,
): Seat | undefined => seats.find((seat) => seat.licenseId === licenseId)

/** A user in the vendor's list of license holders, with everything that they hold there. */
export interface LicensedUser {
  /** The id of the configured provider instance. */
  readonly provider: string
  /** The vendor's own user id, opaque. Unique within one provider. */
  readonly id: string
  readonly kind: UserKind
  readonly status: UserStatus
  /**
   * Whether the user was invited to the organization and has not accepted yet: such a user is `inactive`, whether or not
   * the vendor counts the seats. Absent: the vendor does not provide it.
   */
  readonly invitePending?: boolean | undefined
  /** Ids of the licenses that the user holds, each once. The provider may not list a license with such an id. */
  readonly licenseIds: readonly string[]
  /**
   * Ids of licenses that are granted and that the vendor does not count yet, for example until a user from outside accepts
   * the invitation.
   */
  readonly pendingLicenseIds: readonly string[]
  readonly displayName?: string | undefined
  readonly email?: string | undefined
  /** Further addresses, where the vendor keeps more than one. People are matched by each of them. */
  readonly otherEmails?: readonly string[] | undefined
  /** The department, in the vendor's words. Of this and the next five, null: the vendor's record of the user has none. */
  readonly department?: string | null | undefined
  readonly division?: string | null | undefined
  /** The manager's name, address or id, whichever of them the vendor gives first. */
  readonly manager?: string | null | undefined
  readonly location?: string | null | undefined
  readonly costCenter?: string | null | undefined
  readonly employeeNumber?: string | null | undefined
  /** When the account was created, in ISO 8601: no seat of the user is older. Absent: the vendor does not provide it. */
  readonly createdAt?: string | undefined
  /** When the organization hired the person, in ISO 8601; may be still to come. Absent: the vendor does not provide it. */
  readonly hiredAt?: string | undefined
  /**
   * The newest time in `activity`, as ISO 8601 in UTC. Absent: the vendor does not provide it, which does not mean that the
   * user is inactive.
   */
  readonly lastActiveAt?: string | undefined
  /**
   * Whether the vendor says that the user has never been active. Absent: the vendor does not provide it, or does not share it
   * of this user, who may have been active.
   */
  readonly neverActive?: boolean | undefined
  /** When the user was last active, by each source that tells. Read it with `activityOf`. */
  readonly activity?: readonly Activity[] | undefined
  /** What is known of single seats: since when the user has them, and by what. */
  readonly seats?: readonly Seat[] | undefined
  /** The vendor's record, untouched. Only with `includeRaw`. */
  readonly raw?: unknown
}

/** No id begins with it. */
const WAITS_FOR = '\u0000'

/** What a user holds, as words: two users who hold the same have the same words, in any order. */
export const holdingWords = ({
  licenseIds,
  pendingLicenseIds,
}: Pick<LicensedUser, 'licenseIds' | 'pendingLicenseIds'>): readonly string[] =>
  pendingLicenseIds.length === 0 ? licenseIds : [...licenseIds, ...pendingLicenseIds.map((id) => `${WAITS_FOR}${id}`)]

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

/** One seat of one license, and the workspace that has it. */
export interface WorkspaceHolder {
  readonly provider: string
  readonly licenseId: string
  /** The id of the workspace. */
  readonly workspaceId: string
  readonly kind: 'workspace'
  readonly displayName?: string | undefined
  readonly location?: string | null | undefined
  /** When the last of its devices was seen, as ISO 8601 in UTC. */
  readonly lastSeenAt?: string | undefined
}

import type { CatalogEntry } from './catalog.ts'
import type { MemberProfile } from './member-profile.ts'

/** Who the members of a seeded organization are, and what it has purchased. Times are milliseconds since the epoch. */
export interface WebexCast {
  /** The licenses that it has. */
  readonly catalog: readonly CatalogEntry[]
  readonly unitsOf: (entry: CatalogEntry, size: { readonly members: number; readonly consumed: number }) => number
  /** Of the members whose number has this remainder by the period of profiles. */
  readonly profileOf: (remainder: number) => MemberProfile
  readonly createdAt: (user: number) => number
  /** Undefined: never. */
  readonly lastActiveAt: (user: number) => number | undefined
  /** What is odd about a member's account in the identity service. */
  readonly accountOf: (user: number) => {
    readonly hasNoExtension?: boolean | undefined
    readonly accountStatus?: string | undefined
  }
  readonly devicesSeenAt: number
  /** One external guest for so many members. */
  readonly membersPerGuest: number
}

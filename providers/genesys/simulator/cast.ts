import type { GenesysContract } from './contracts.ts'
import type { GenesysBase } from './organization.ts'
import type { UserProfile } from './user-profile.ts'
import type { GenesysDirectoryRecord, GenesysLicenseDefinition } from './world.ts'

/** Who the users of a seeded organization are, and what it has bought. */
export interface GenesysCast {
  readonly definitions: readonly GenesysLicenseDefinition[]
  /** Of the users whose number has this remainder by the period of profiles. */
  readonly profileOf: (remainder: number) => UserProfile
  /** What the directory and analytics have of a user's activity. */
  readonly activityOf: (user: number) => Pick<GenesysDirectoryRecord, 'dateLastLogin' | 'lastTokenIssued' | 'presences'>
  /** The day on which a user was hired, as `2026-01-31`. */
  readonly hiredOn: (user: number) => string
  /** What an organization of so many users has purchased, by license id. */
  readonly purchasedBy: (users: number) => ReadonlyMap<string, number>
  /** As they are at a time, in milliseconds since the epoch. */
  readonly contractsOf: (base: Pick<GenesysBase, 'holdersOf'>, users: number, now: number) => readonly GenesysContract[]
}

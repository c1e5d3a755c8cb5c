import type { RawRecord } from '../../../src/simulator-kit/index.ts'

/** A license as Genesys Cloud defines it; definitions have no name. */
export interface GenesysLicenseDefinition {
  readonly id: string
  readonly description?: string | undefined
  /** `domain:entity:action`. */
  readonly permissions?: readonly string[] | undefined
  /** Ids of licenses. */
  readonly prerequisites?: readonly string[] | undefined
  /** Ids of licenses. */
  readonly comprises?: readonly string[] | undefined
}

/** One row of the license listing. */
export interface GenesysLicenseRow {
  readonly id: string
  readonly licenses: readonly string[]
}

/** The state of an account, in the vendor's words. A deleted one keeps its record. */
export type GenesysUserState = 'active' | 'inactive' | 'deleted'

/** One record of the directory. */
export interface GenesysDirectoryRecord {
  readonly id: string
  readonly name: string
  /** Default `active`. */
  readonly state?: GenesysUserState | undefined
  readonly email?: string | undefined
  readonly title?: string | undefined
  readonly department?: string | undefined
  /** The name of the division. Default: `Home`. */
  readonly division?: string | undefined
  /** The id of another user. */
  readonly manager?: string | undefined
  /** ISO 8601: the last login with a password. Like the next four, shown only where it is asked for with `expand`. */
  readonly dateLastLogin?: string | undefined
  /** ISO 8601: when the last OAuth token was issued, by whatever sign-in. */
  readonly lastTokenIssued?: string | undefined
  readonly employeeId?: string | undefined
  /** The day, as `2024-05-06`. */
  readonly dateHire?: string | undefined
  /** The name of a location. */
  readonly location?: string | undefined
  /** When the user was not offline, for the analytics API. Default: never. */
  readonly presences?: readonly GenesysPresence[] | undefined
}

/** A time in one presence. */
export interface GenesysPresence {
  /** ISO 8601. */
  readonly from: string
  /** ISO 8601, later than `from`. */
  readonly to: string
  /** Default: `AVAILABLE`. */
  readonly presence?: string | undefined
}

/** A role of the organization. Users get it, and with it the licenses that it needs. */
export interface GenesysRole {
  readonly id: string
  /** The licenses that the role needs. */
  readonly licenses: readonly string[]
}

/**
 * A small organization, written out. Rows and records are listed in their order and as often as they are here, so that
 * any oddity can be staged: a holder without directory record, a held license without definition, a repeated row, or
 * with `rawRecord` a value that is no record at all.
 */
export interface GenesysWorld {
  readonly organization?: { readonly id: string; readonly name: string } | undefined
  readonly definitions: readonly (GenesysLicenseDefinition | RawRecord)[]
  readonly licenseRows: readonly (GenesysLicenseRow | RawRecord)[]
  readonly directory: readonly (GenesysDirectoryRecord | RawRecord)[]
  readonly roles?: readonly GenesysRole[] | undefined
}

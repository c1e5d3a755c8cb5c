import type { RawRecord } from '../../../src/simulator-kit/index.ts'

/**
 * Counters of a license that say what they are told to: `consumedUnits` of all seats, `consumedByUsers` and
 * `consumedByWorkspaces` of those of people and of rooms and devices. One that is left out is not sent.
 */
export interface WebexUnits {
  readonly consumedUnits?: number | string | null | undefined
  readonly consumedByUsers?: number | string | null | undefined
  readonly consumedByWorkspaces?: number | string | null | undefined
}

/** A license as an organization has it. */
export interface WebexLicenseDefinition {
  readonly id: string
  readonly name: string
  /** Seats that were bought. Sent as it is here; default: it is not sent. */
  readonly totalUnits?: number | string | null | undefined
  /** Seats of rooms and devices that no listing names. They count as consumed. Default 0. */
  readonly workspaces?: number | undefined
  /**
   * `counted` (default): the counters follow the assignments. `text`: the same, and all numbers are sent as texts.
   * Anything else is what the counters say, whatever users hold; a counter that is left out is not sent.
   */
  readonly counters?: 'counted' | 'text' | WebexUnits | undefined
  /** Its holders are members of a resource group, by which they are listed too. Default false. */
  readonly hybrid?: boolean | undefined
  readonly subscriptionId?: string | undefined
  readonly siteUrl?: string | undefined
  readonly siteType?: string | undefined
}

/** What a calling license was assigned with. */
export interface WebexCalling {
  readonly locationId?: string | undefined
  readonly phoneNumber?: string | undefined
  readonly extension?: string | undefined
}

/** What the identity service has of a member. */
export interface WebexIdentity {
  /** The enterprise extension; `null` for an account without it. Default: the department alone. */
  readonly enterprise?:
    | {
        readonly costCenter?: string | undefined
        readonly division?: string | undefined
        readonly department?: string | undefined
        readonly employeeNumber?: string | undefined
        readonly manager?: { readonly value: string; readonly displayName?: string | undefined } | undefined
      }
    | null
    | undefined
  /** Default: `pending`, `disabled` or `active`, as the invitation and the login are. */
  readonly accountStatus?: string | undefined
}

/** A device in a workspace. */
export interface WebexDevice {
  readonly id: string
  readonly displayName?: string | undefined
  readonly product?: string | undefined
  /** Default `roomdesk`. */
  readonly type?: string | undefined
  /** Default `connected`. */
  readonly connectionStatus?: string | undefined
  /** ISO 8601. Default: it was never seen. */
  readonly lastSeen?: string | undefined
}

/** A room, desk or shared phone. */
export interface WebexWorkspace {
  readonly id: string
  readonly displayName?: string | undefined
  /** ISO 8601. */
  readonly created?: string | undefined
  readonly locationId?: string | undefined
  /** Default `collaborationDevices`. */
  readonly supportedDevices?: 'collaborationDevices' | 'phones' | undefined
  /** Licenses of Webex Calling that it holds; they count as consumed. Default: none. */
  readonly licenses?: readonly string[] | undefined
  /** Hybrid licenses that it holds; no counter counts them. Default: none. */
  readonly hybridLicenses?: readonly string[] | undefined
  /** How it calls. Default: `webexCalling` where it holds licenses, else `none`. */
  readonly calling?: string | undefined
  /** Default: none. */
  readonly devices?: readonly WebexDevice[] | undefined
}

/** A member, or an external holder, of an organization. */
export interface WebexPerson {
  readonly id: string
  /** Externals hold licenses, but are never listed among the people. Default `INTERNAL`. */
  readonly type?: 'INTERNAL' | 'EXTERNAL' | undefined
  readonly displayName?: string | undefined
  /** Default: the first word of `displayName`. */
  readonly firstName?: string | undefined
  /** Default: the other words of `displayName`. */
  readonly lastName?: string | undefined
  /** ISO 8601. */
  readonly created?: string | undefined
  readonly email?: string | undefined
  /** By SCIM 2. */
  readonly identity?: WebexIdentity | undefined
  /** Default true. */
  readonly loginEnabled?: boolean | undefined
  /** Default false. */
  readonly invitePending?: boolean | undefined
  readonly department?: string | undefined
  /** ISO 8601. */
  readonly lastActivity?: string | undefined
  /** The presence. Default: `pending` for a person who was never active, else `inactive`. */
  readonly status?: string | undefined
  /** False: neither presence nor last activity is shown. Default true. */
  readonly sharesStatus?: boolean | undefined
  /** With what they make calls; lost with the calling license. Default: nothing. */
  readonly calling?: WebexCalling | undefined
  /** False for a holder whom the people listing does not know, although internal. Default true. */
  readonly listed?: boolean | undefined
}

/** A person, and the ids of the licenses that they hold. */
export interface WebexPersonWithLicenses extends WebexPerson {
  readonly licenses: readonly string[]
}

/**
 * A small organization, written out. Everything is listed in this order, ids are sent as they are here, and with
 * `rawRecord` any value takes the place of a record.
 */
export interface WebexWorld {
  readonly organization?: { readonly uuid: string; readonly name: string } | undefined
  readonly licenses: readonly (WebexLicenseDefinition | RawRecord)[]
  readonly people: readonly (WebexPersonWithLicenses | RawRecord)[]
  /** Default: none. */
  readonly workspaces?: readonly (WebexWorkspace | RawRecord)[] | undefined
  /** Values that come after the real holders of a license. */
  readonly rawHolders?: readonly { readonly licenseId: string; readonly rows: readonly RawRecord[] }[] | undefined
}

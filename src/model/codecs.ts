import type { Codec } from './codec.ts'
import type * as counts from './count.ts'
import { codecOf } from './decoder.ts'
import type * as ledgers from './ledger.ts'
import type * as licenses from './license.ts'
import type * as errors from './license-error.ts'
import type * as users from './licensed-user.ts'
import type * as purchases from './purchase.ts'
import * as shapes from './shapes.ts'
import type * as workspaces from './workspace.ts'

/** A count of a kind that only a later version knows is decoded as `unknown`. */
export const Count: Codec<counts.Count> = codecOf(shapes.Count)
export type Count = counts.Count

/** A count of a kind that only a later version knows is decoded as `unknown`. */
export const Capacity: Codec<counts.Capacity> = codecOf(shapes.Capacity)
export type Capacity = counts.Capacity

/** A metric that only a later version knows is decoded as `unknown`. */
export const License: Codec<licenses.License> = codecOf(shapes.License)
export type License = licenses.License

/** A kind or status that only a later version knows is decoded as `unknown`. */
export const LicensedUser: Codec<users.LicensedUser> = codecOf(shapes.LicensedUser)
export type LicensedUser = users.LicensedUser

/** A verdict that only a later version knows is decoded as `partial`: whether such a list is complete is unknown. */
export const Ledger: Codec<ledgers.Ledger> = codecOf(shapes.Ledger)
export type Ledger = ledgers.Ledger

/** A failure with a `_tag` that only a later version knows is decoded as `Unavailable`, with that tag in its message. */
export const LicenseError: Codec<errors.LicenseError> = codecOf(shapes.LicenseError)
export type LicenseError = errors.LicenseError

/** A count of a kind that only a later version knows is decoded as `unknown`. */
export const Purchase: Codec<purchases.Purchase> = codecOf(shapes.Purchase)
export type Purchase = purchases.Purchase

/** A room, desk or shared phone that can hold licenses. It is no user and no person. */
export const Workspace: Codec<workspaces.Workspace> = codecOf(shapes.Workspace)
export type Workspace = workspaces.Workspace

import type { Codec } from './codec.ts'
import type * as counts from './count.ts'
import { codecOf } from './decoder.ts'
import type * as ledgers from './ledger.ts'
import type * as licenses from './license.ts'
import type * as errors from './license-error.ts'
import type * as users from './licensed-user.ts'
import * as shapes from './shapes.ts'

/** As its type says. One of a kind that only a later version knows is decoded as `unknown`. */
export const Count: Codec<counts.Count> = codecOf(shapes.Count)
export type Count = counts.Count

/** As its type says. One of a kind that only a later version knows is decoded as `unknown`. */
export const Capacity: Codec<counts.Capacity> = codecOf(shapes.Capacity)
export type Capacity = counts.Capacity

/** As its type says. A metric that only a later version knows is decoded as `unknown`. */
export const License: Codec<licenses.License> = codecOf(shapes.License)
export type License = licenses.License

/** As its type says. A kind or status that only a later version knows is decoded as `unknown`. */
export const LicensedUser: Codec<users.LicensedUser> = codecOf(shapes.LicensedUser)
export type LicensedUser = users.LicensedUser

/** As its type says. A verdict that only a later version knows is decoded as `partial`: such a list is not known to be whole. */
export const Ledger: Codec<ledgers.Ledger> = codecOf(shapes.Ledger)
export type Ledger = ledgers.Ledger

/**
 * As its type says. A failure with a `_tag` that only a later version knows is decoded as `Unavailable`, with that tag in
 * its message.
 */
export const LicenseError: Codec<errors.LicenseError> = codecOf(shapes.LicenseError)
export type LicenseError = errors.LicenseError
